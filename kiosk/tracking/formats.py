"""The one table of tracking-number formats: carrier, name, shape, check digit, and which part is the number.

A shape matches a code without blanks, in capitals. Its groups: `serial` is what the check digit protects, `check` the
digit, `number` what a person would quote (the whole where it is missing). Order is likelihood: where several carriers
fit equally well, the earlier row is proposed. Sources: `README.md` names the public descriptions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.models.carriers import Carrier
from kiosk.tracking.check_digits import luhn, mod7, mod10, mod10_from_right, mod37_36, s10, weighted_mod11

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.tracking.check_digits import Check


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table."""

    carrier: Carrier
    name: str
    shape: re.Pattern[str]
    lengths: range
    check: Check | None = None
    prepend: str = ""
    """What the check digit protects besides the serial, unprinted."""
    least_digits: int = 0
    """How short the number may become by dropping its leading zeros; 0 keeps them."""

    def number(self, match: re.Match[str]) -> str:
        """Return the part of a matching code that a person would quote."""
        number = match["number"] if "number" in self.shape.groupindex else match[0]
        while self.least_digits and len(number) > self.least_digits and number[0] == "0":
            number = number[1:]
        return number

    def serial(self, match: re.Match[str]) -> str:
        """Return what the check digit of a matching code protects."""
        return self.prepend + match["serial"]


_COUNTRIES = (
    "AD|AE|AF|AG|AI|AL|AM|AO|AQ|AR|AS|AT|AU|AW|AX|AZ|BA|BB|BD|BE|BF|BG|BH|BI|BJ|BL|BM|BN|BO|BQ|BR|BS|BT|BV|BW|BY|BZ|CA|"
    "CC|CD|CF|CG|CH|CI|CK|CL|CM|CN|CO|CR|CU|CV|CW|CX|CY|CZ|DE|DJ|DK|DM|DO|DZ|EC|EE|EG|EH|ER|ES|ET|FI|FJ|FK|FM|FO|FR|GA|"
    "GB|GD|GE|GF|GG|GH|GI|GL|GM|GN|GP|GQ|GR|GS|GT|GU|GW|GY|HK|HM|HN|HR|HT|HU|ID|IE|IL|IM|IN|IO|IQ|IR|IS|IT|JE|JM|JO|JP|"
    "KE|KG|KH|KI|KM|KN|KP|KR|KW|KY|KZ|LA|LB|LC|LI|LK|LR|LS|LT|LU|LV|LY|MA|MC|MD|ME|MF|MG|MH|MK|ML|MM|MN|MO|MP|MQ|MR|MS|"
    "MT|MU|MV|MW|MX|MY|MZ|NA|NC|NE|NF|NG|NI|NL|NO|NP|NR|NU|NZ|OM|PA|PE|PF|PG|PH|PK|PL|PM|PN|PR|PS|PT|PW|PY|QA|RE|RO|RS|"
    "RU|RW|SA|SB|SC|SD|SE|SG|SH|SI|SJ|SK|SL|SM|SN|SO|SR|SS|ST|SV|SX|SY|SZ|TC|TD|TF|TG|TH|TJ|TK|TL|TM|TN|TO|TR|TT|TV|TW|"
    "TZ|UA|UG|UM|US|UY|UZ|VA|VC|VE|VG|VI|VN|VU|WF|WS|YE|YT|ZA|ZM|ZW"
)
"""ISO 3166-1, for the last two letters of S10."""

_IMPB_N = r"94\d{3}(?:9\d{8}(?:\d{7}|\d{11}|\d{15})|[0-8]\d{5}(?:\d{10}|\d{14}))"
_IMPB_C = (
    r"(?:92\d{3}9\d{8}(?:\d{7}|\d{11})|93\d{3}[0-8]\d{5}(?:\d{10}|\d{14})"
    r"|95\d{3}(?:9\d{8}(?:\d{7}|\d{11})|[0-8]\d{5}(?:\d{10}|\d{14})))"
)


def _row(  # noqa: PLR0913 - the columns of the table
    carrier: Carrier,
    name: str,
    shape: str,
    lengths: range | int,
    check: Check | None = None,
    *,
    prepend: str = "",
    least_digits: int = 0,
) -> Format:
    wide = lengths if isinstance(lengths, range) else range(lengths, lengths + 1)
    return Format(carrier, name, re.compile(shape), wide, check, prepend, least_digits)


def _routed(name: str, body: str, lengths: range, check: Check, prepend: str = "") -> Iterator[Format]:
    """Yield a USPS body bare, behind 420 and a ZIP of nine, and one of five: each may fit where the other doesn't."""
    number = rf"(?P<number>(?P<serial>{body})(?P<check>\d))"
    for routing, longer, what in (("", 0, ""), (r"420\d{9}", 12, "420 + ZIP+4"), (r"420\d{5}", 8, "420 + ZIP")):
        label = f"{name}, {what} taken off" if what else name
        span = range(lengths.start + longer, lengths.stop + longer)
        yield _row(Carrier.USPS, label, routing + number, span, check, prepend=prepend)


_12 = weighted_mod11((3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))
_14 = weighted_mod11((1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))

FORMATS: tuple[Format, ...] = (
    _row(Carrier.UPS, "1Z", r"1Z(?P<serial>[A-Z0-9]{15})(?P<check>\d)", 18, mod10(1, 2)),
    _row(Carrier.UPS, "waybill", r"[AHJKTV](?P<serial>\d{9})(?P<check>\d)", 11, mod10(1, 2)),
    *_routed("IMpb N", _IMPB_N, range(22, 31), mod10_from_right(3, 1)),
    *_routed("IMpb C", _IMPB_C, range(22, 27), mod10_from_right(3, 1)),
    *_routed("legacy 91", r"91\d{19}", range(22, 23), mod10(3, 1)),
    *_routed("legacy, 91 not printed", r"\d{19}", range(20, 21), mod10(3, 1), prepend="91"),
    _row(Carrier.USPS, "20", r"(?P<serial>\d{19})(?P<check>\d)", 20, mod10(3, 1)),
    _row(Carrier.S10, "international post", rf"[A-Z]{{2}}(?P<serial>\d{{8}})(?P<check>\d)(?:{_COUNTRIES})", 13, s10),
    _row(Carrier.FEDEX, "Express 12", r"(?P<serial>\d{11})(?P<check>\d)", 12, _12),
    _row(
        Carrier.FEDEX,
        "Express 34, last 14 taken",
        r"[0-8]\d{19}(?P<number>(?P<serial>\d{13})(?P<check>\d))",
        34,
        _14,
        least_digits=12,
    ),
    _row(
        Carrier.FEDEX,
        "ASTRA 32, 12 in the middle taken",
        r"3\d{15}(?P<number>(?P<serial>\d{11})(?P<check>\d))\d{4}",
        32,
        _12,
    ),
    _row(Carrier.FEDEX, "Ground 15", r"(?P<serial>\d{14})(?P<check>\d)", 15, mod10(1, 3)),
    _row(Carrier.FEDEX, "Ground SSCC-18", r"\d{2}(?P<serial>\d{15})(?P<check>\d)", 18, mod10(3, 1)),
    _row(
        Carrier.FEDEX,
        "Ground 96, last 15 taken",
        r"96\d{5}(?P<number>(?P<serial>\d{14})(?P<check>\d))",
        22,
        mod10(1, 3),
    ),
    _row(
        Carrier.FEDEX,
        "Ground GSN 34, last 14 taken",
        r"96\d{18}(?P<number>(?P<serial>\d{13})(?P<check>\d))",
        34,
        _14,
        least_digits=12,
    ),
    _row(Carrier.DHL, "Express", r"(?P<serial>\d{9,10})(?P<check>\d)", range(10, 12), mod7),
    _row(Carrier.AMAZON, "Logistics", r"TB[ACM]\d{12}", 15),
    _row(Carrier.AMAZON, "international", r"[AFC]\d{10}", 11),
    _row(Carrier.CANADA_POST, "16", r"(?P<serial>\d{15})(?P<check>\d)", 16, mod10(3, 1)),
    _row(Carrier.CANPAR, "22", r"[CDKLSUXZ]\d{21}", 22),
    _row(Carrier.PUROLATOR, "12", r"(?P<serial>[0-5]\d{10})(?P<check>\d)", 12, luhn),
    _row(Carrier.PUROLATOR, "alpha", r"[A-Z]{3}\d{9}", 12),
    _row(Carrier.ONTRAC, "C", r"C(?P<serial>\d{13})(?P<check>\d)", 15, mod10(1, 2), prepend="4"),
    _row(Carrier.ONTRAC, "D", r"D(?P<serial>\d{13})(?P<check>\d)", 15, mod10(1, 2), prepend="5"),
    _row(Carrier.LASERSHIP, "LX", r"L[AIEHNX][1-3]\d{7}", 10),
    _row(Carrier.LASERSHIP, "1LS", r"1LS(?:7[12]\d{10}|7[12]\d{2}01[1-4]\d{6}-1|CX[A-Z0-9]{10})", range(15, 19)),
    _row(Carrier.DPD, "28", r"(?P<serial>\d{27})(?P<check>[A-Z0-9])", 28, mod37_36),
    _row(Carrier.DPD, "14", r"(?P<serial>\d{14})(?P<check>[A-Z0-9])", 15, mod37_36),
    _row(Carrier.OLD_DOMINION, "777", r"(?P<serial>(?:77[78]|072|780)\d{7})(?P<check>\d)", 11, luhn),
    _row(Carrier.OLD_DOMINION, "80", r"(?P<serial>80\d{8})(?P<check>\d)", 11, luhn),
    _row(Carrier.LANDMARK, "LTN", r"LTN\d{8}N1", 13),
    _row(Carrier.SPEEDEE, "SP", r"SP\d{18}", 20),
    _row(Carrier.GOFO, "GFUS", r"GFUS\d{14}", 18),
    _row(Carrier.YUNEXPRESS, "YT", r"YT\d{16}", 18),
    _row(Carrier.YODEL, "JD", r"JJ?D\d{16}", range(18, 20)),
    _row(Carrier.DHL, "Express piece", r"J[A-Z]{2,3}\d{9,10}", range(12, 15)),
    _row(
        Carrier.DHL,
        "eCommerce",
        r"(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)(?=[A-Z]*\d)[A-Z0-9]{10,39}",
        range(12, 42),
    ),
    _row(Carrier.DHL, "eCommerce 14", r"\d{14}", 14),
)

_BY_LENGTH: dict[int, tuple[Format, ...]] = {
    length: tuple(row for row in FORMATS if length in row.lengths)
    for length in range(1, max(row.lengths.stop for row in FORMATS))
}


def formats_of(length: int) -> tuple[Format, ...]:
    """Return the rows that a code of so many characters can fit, in the table's order."""
    return _BY_LENGTH.get(length, ())
