"""What several front ends say about a scan: what it is instead of a carrier's number, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.tracking.damage import Fault
from kiosk.tracking.other_codes import Kind

if TYPE_CHECKING:
    from kiosk.tracking.scan import Scan

CARRIERS = {
    "ups": "UPS",
    "usps": "USPS",
    "fedex": "FedEx",
    "dhl": "DHL",
    "amazon": "Amazon",
    "canada_post": "Canada Post",
    "canpar": "Canpar",
    "purolator": "Purolator",
    "ontrac": "OnTrac",
    "lasership": "LaserShip",
    "dpd": "DPD",
    "old_dominion": "Old Dominion",
    "landmark": "Landmark",
    "speedee": "Spee-Dee",
    "gofo": "GOFO",
    "yunexpress": "YunExpress",
    "yodel": "Yodel",
    "postnl": "PostNL",
    "uniuni": "UniUni",
    "yanwen": "Yanwen",
    "s10": "Post",
}
"""Names as people say them."""

KINDS = {
    Kind.SSCC: "an SSCC, a shipping unit's number that several carriers use",
    Kind.GTIN: "the number of the goods (UPC or EAN), not of the parcel",
    Kind.IMEI: "the number of a mobile phone (IMEI)",
    Kind.ROUTING: "a routing code: it says where to, not which parcel",
    Kind.LEITCODE: "a routing code of Deutsche Post (Leitcode)",
    Kind.AMAZON_STOCK: "a number of Amazon's warehouse (FBA, LPN, X00)",
    Kind.PPID: "the number of a Dell part (PPID)",
    Kind.MAC_ADDRESS: "the address of a network device (MAC)",
    Kind.HIBC: "the number of a medical product (HIBC)",
    Kind.DOCUMENT: "a number of an invoice, an order or an article",
}
"""What a code is or may be that can be taken; what can't is said by the error (`refusals`)."""


def what_happened(scan: Scan) -> str:
    """Return in a sentence what happened to a scan on its way; empty where nothing did."""
    match scan.fault:
        case Fault.HALF if scan.half_of is not None:
            return f"This is only the beginning of a {CARRIERS[scan.half_of.value]} number."
        case Fault.LAYOUT:
            return f"The scanner types for a US keyboard, this computer has another one: {listed(scan.layouts)}."
        case Fault.FLOAT:
            return "A spreadsheet has rounded this number: its last digits are zeros."
        case _:
            return ""


def listed(names: tuple[str, ...]) -> str:
    """Return the first three names: `German, Czech or Slovak`."""
    *others, last = names[:3]
    return f"{', '.join(others)} or {last}" if others else last
