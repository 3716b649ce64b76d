"""The table of what is no tracking number, though a scanner reads it off a box. Says what it is, and no more.

Told by what stands in the text (`WIFI:`, `BEGIN:VCARD`) where it can be told for certain, else by a shape and a check
digit, which other codes may have by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from kiosk.tracking.check_digits import gs1, leitcode, luhn


class Kind(StrEnum):
    """What a code is instead of a carrier's number; the values are the codes that machines see."""

    SSCC = "sscc"
    """GS1's number of a logistic unit, which several carriers use as the parcel's number."""
    GTIN = "gtin"
    """The number of the goods: EAN, UPC, ITF-14."""
    IMEI = "imei"
    ROUTING = "routing"
    """Where a parcel goes: the same for every parcel that goes there."""
    LEITCODE = "leitcode"
    """Deutsche Post's routing code; 14 digits, so that other codes fit by chance."""
    AMAZON_STOCK = "amazon_stock"
    """FBA, LPN, X00: numbers of Amazon's warehouses."""
    PPID = "ppid"
    """The number of a Dell part."""
    MAC_ADDRESS = "mac_address"
    HIBC = "hibc"
    """The number of a medical product."""
    DOCUMENT = "document"
    """An invoice, an order, a serial number: letters that say so, and digits."""

    WIFI = "wifi"
    CONTACT = "contact"
    CALENDAR = "calendar"
    PAYMENT = "payment"
    SECRET = "secret"  # noqa: S105 - the name of a kind, not one
    """What opens something: a second factor, a smart-home device, a telephone contract."""
    IDENTITY = "identity"
    """A passport, a driving licence, a boarding pass."""
    LINK = "link"
    """A telephone number, a message, a place: what a telephone would open."""
    WEB_ADDRESS = "web_address"
    DATA = "data"
    """JSON or XML."""
    POSTAGE = "postage"
    """Royal Mail's Mailmark: a stamp."""
    LABEL_DATA = "label_data"
    """The envelope of a label's 2D code without a carrier's number in it."""
    TEST_CODE = "test_code"
    """The kiosk's own code for testing scanners."""


NEVER_STORED = frozenset(
    {
        Kind.ROUTING,
        Kind.WIFI,
        Kind.CONTACT,
        Kind.CALENDAR,
        Kind.PAYMENT,
        Kind.SECRET,
        Kind.IDENTITY,
        Kind.LINK,
        Kind.WEB_ADDRESS,
        Kind.DATA,
        Kind.POSTAGE,
        Kind.LABEL_DATA,
        Kind.TEST_CODE,
    }
)
"""What can't be taken, not even as an in-house number."""

PRIVATE = NEVER_STORED - {Kind.ROUTING, Kind.POSTAGE, Kind.LABEL_DATA, Kind.TEST_CODE}
"""What is not even repeated to whoever asked."""


# Regular expressions, which `re` compiles and keeps when they are first wanted.
_CERTAIN = (
    # Any sign may stand for the colon: the keyboard layout of the computer may be another one than the scanner's.
    (Kind.WIFI, r"[WZ]IFI(.)[TSPHR]\1|\bDPP:[A-Z]:|(?:^|;)\s*[THS]:[^;]*;.*?\bP:|^P:.*;;"),
    (Kind.CONTACT, r"BEGIN.VC[AQ]RD|^(?:ME|BIZ)C[AQ]RD.[A-Z]"),
    (Kind.CALENDAR, r"BEGIN.V(?:EVENT|CALENDAR)"),
    (
        Kind.PAYMENT,
        r"^SPC\s*0[12]\d\d\s*1\s|^SPC\s0[12]\d\d|^BCD\s*00[12]\s|^(?:SPD|SCD)\*1\.0|^ST0001\d\||^HRVHUB30|^UPNQR",
    ),
    (Kind.PAYMENT, r"^(?:UPI|BITCOIN|ETHEREUM|LIGHTNING|BITCOINCASH|LITECOIN|PAYTO):|^000201.*6304[0-9A-F]{4}$"),
    (
        Kind.SECRET,
        r"^(?:OTPAUTH|OTPAUTH-MIGRATION|X-HM|LPA|FIDO|SGNL|TG|WC|STEAM|LNURL|HC1|HCERT):|^MT:[A-Z0-9.-]{19,}$",
    ),
    (Kind.IDENTITY, r"ANSI ?6360\d\d|^[PIVAC][A-Z<][A-Z]{3}[A-Z]+<|[A-Z0-9]<<[A-Z0-9<]"),
    (Kind.IDENTITY, r"^M[1-9][A-Z'.-]+/[A-Z .'-]+ E?[A-Z0-9]{5,7} [A-Z]{6}"),
    (Kind.LINK, r"^(?:TEL|SMS|SMSTO|MMS|MMSTO|MAILTO|MATMSG|GEO|SIP|FACETIME|SKYPE|WHATSAPP|MARKET|URN|FTP|BT):"),
    (Kind.WEB_ADDRESS, r"^(?:HTTPS?:|URL:|URLTO:|MEBKM:|WWW\.)|^[A-Z]{2,}://"),
    (Kind.DATA, r"^\s*[{\[].*[\"':].*[}\]]\s*$|^<\?XML|^<([A-Z][\w:-]*)[^<>]*>.*</\1>$"),
    (Kind.POSTAGE, r"^JGB [0-9A-Z][0-9A-Z ]{16,}$"),
    (Kind.ROUTING, r"^2L ?[A-Z]{2} ?[A-Z0-9][A-Z0-9 -]{1,10}(?:\+[0-9A-Z]{0,10})?$"),
)

_SAY_SO = (
    "INV|INVOICE|PO|SO|ORD|ORDER|RMA|RGA|RE|RG|RECH|SN|S/N|SKU|REF|LOT|PN|P/N|WO|BOL|ASN|DN|LS|CUST|QTY|BATCH|ITEM"
)
"""What stands in front of the numbers of papers and goods."""

_SHAPES = (
    (Kind.AMAZON_STOCK, r"FBA[A-Z0-9]{9,}|LPN[A-Z]{2,4}[A-Z0-9]{6,}|X00[A-Z0-9]{7}|B0[A-Z0-9]{8}"),
    (Kind.PPID, r"[A-Z]{2}-?0-?[A-Z0-9]{5}-?[A-Z0-9]{5}-?[A-Z0-9]{3}-?[A-Z0-9]{4}(?:-?[A-Z]\d\d)?"),
    (Kind.MAC_ADDRESS, r"(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}"),
    (Kind.HIBC, r"\+[A-Z][A-Z0-9]{3}[A-Z0-9 $/+.%-]{3,}"),
    (Kind.DOCUMENT, rf"(?:{_SAY_SO})[ .:#/_-]{{0,3}}(?=[A-Z/-]{{0,4}}\d)[A-Z0-9/_-]{{3,}}"),
)

_IMEI_BODIES = ("01", "10", "30", "33", "35", "44", "45", "49", "50", "51", "52", "53", "54", "86", "91", "99")
"""Who gives out type codes of telephones: the first two digits of an IMEI."""

_UPC_BEGINS = frozenset("0136789")
"""A UPC that begins with 2, 4 or 5 is one of a shop's own scales and coupons: it does not come on a box."""

_POSTAL_CODE = (
    r"421(?:036|040|056|076|100|124|152|156|170|191|203|208|233|246|250|276|300|344|348|352|356|360|372|376|380|392|410"
    r"|428|440|442|458|484|528|554|578|604|608|616|620|630|642|643|682|702|70[3-5]|710|724|752|756|764|784|792|804|826"
    r"|840)\d{3,9}"
)
"""The application identifier 421: a country to which parcels go often, by its number of ISO 3166-1, and its code."""


def certain_kind(text: str) -> Kind | None:
    """Return what a cleaned text is without doubt, though it is no parcel's number; None where it may be one."""
    return next((kind for kind, shape in _CERTAIN if re.search(shape, text, re.IGNORECASE)), None)


def kind_of_digits(code: str) -> Kind | None:
    """Return what a bare code of digits may be by its length, its beginning and its own check digit."""
    return next((kind for kind, test in _BY_LENGTH.get(len(code), ()) if test(code)), None)


def kind_of_shape(text: str) -> Kind | None:
    """Return what a text with letters may be by its shape; many a number of one's own has one like it."""
    return next((kind for kind, shape in _SHAPES if re.fullmatch(shape, text, re.IGNORECASE)), None)


def _is_upc(code: str) -> bool:
    return code[0] in _UPC_BEGINS and is_gs1(code)


def _is_imei(code: str) -> bool:
    return code.startswith(_IMEI_BODIES) and luhn(code[:-1]) == code[-1]


def _is_leitcode(code: str) -> bool:
    return leitcode(code[:-1]) == code[-1]


def _begins_with_zeros(code: str) -> bool:
    return code.startswith("00")


def _is_zip(code: str) -> bool:
    return code.startswith("420")


def _is_postal_code(code: str) -> bool:
    return re.fullmatch(_POSTAL_CODE, code) is not None


def is_gs1(code: str) -> bool:
    """Tell whether a GTIN or an SSCC has its right check digit."""
    return code.isascii() and code.isdigit() and gs1(code[:-1]) == code[-1]


# The first that fits counts. A beginning is asked before a check digit, which fits one code in ten by chance.
# Twenty digits that begin with 00 are an SSCC even with a wrong check digit: whoever scans is asked about that.
_BY_LENGTH: dict[int, tuple[tuple[Kind, Callable[[str], bool]], ...]] = {
    8: ((Kind.ROUTING, _is_zip), (Kind.GTIN, is_gs1)),
    9: ((Kind.ROUTING, _is_postal_code),),
    10: ((Kind.ROUTING, _is_postal_code),),
    11: ((Kind.ROUTING, _is_postal_code),),
    12: ((Kind.ROUTING, _is_zip), (Kind.ROUTING, _is_postal_code), (Kind.GTIN, _is_upc)),
    13: ((Kind.ROUTING, _is_postal_code), (Kind.GTIN, is_gs1)),
    14: ((Kind.GTIN, is_gs1), (Kind.LEITCODE, _is_leitcode)),
    15: ((Kind.ROUTING, _is_postal_code), (Kind.IMEI, _is_imei)),
    18: ((Kind.SSCC, is_gs1),),
    20: ((Kind.SSCC, _begins_with_zeros),),
}
