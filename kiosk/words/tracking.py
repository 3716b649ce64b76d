"""What several front ends say about a scan: what it is instead of a carrier's number, and what happened to it."""

from __future__ import annotations

from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.tracking.damage import Fault
from kiosk.tracking.other_codes import Kind
from kiosk.tracking.readings import Check
from kiosk.tracking.scan import Scan
from kiosk.words.language import N_, _

KINDS = {
    Kind.SSCC: N_("an SSCC, a shipping unit number used by several carriers"),
    Kind.GTIN: N_("a product number (UPC or EAN), not a tracking number"),
    Kind.IMEI: N_("the serial number of a mobile phone (IMEI)"),
    Kind.ROUTING: N_("a routing code, which shows where the parcel is going, not which parcel it is"),
    Kind.LEITCODE: N_("a Deutsche Post routing code (Leitcode)"),
    Kind.AMAZON_STOCK: N_("an Amazon warehouse number (FBA, LPN, X00)"),
    Kind.PPID: N_("a Dell part number (PPID)"),
    Kind.MAC_ADDRESS: N_("the address of a network device (MAC)"),
    Kind.HIBC: N_("a medical product number (HIBC)"),
    Kind.DOCUMENT: N_("an invoice, order or item number"),
}
"""What a code is or may be that can be taken; what can't is said by the error (`refusals`)."""

CHECKS = {
    Check.OK: N_("check digit correct"),
    Check.NONE: N_("no check digit"),
    Check.BAD: N_("check digit wrong"),
}
"""What a number's check digit says."""


def what_happened(scan: Scan) -> str:
    """Return in a sentence what happened to a scan on its way; empty where nothing did."""
    match scan.fault:
        case Fault.HALF if scan.half_of is not None:
            carrier = CARRIER_NAMES[scan.half_of]
            return _("This is only the first part of a {carrier} number.").format(carrier=carrier)
        case Fault.LAYOUT:
            text = _("The scanner is set to a US keyboard, but this computer uses another one: {layouts}.")
            return text.format(layouts=listed(scan.layouts))
        case Fault.FLOAT:
            return _("A spreadsheet rounded this number, so its last digits are zeros.")
        case _:
            return ""


def listed(names: tuple[str, ...]) -> str:
    """Return the first three names: `German, Czech or Slovak`."""
    *others, last = names[:3]
    return _("{names} or {last}").format(names=", ".join(others), last=last) if others else last
