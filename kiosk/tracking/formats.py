"""The one table of tracking-number formats: carrier, name, shape, check digit, and which part is the number.

A shape matches a code without blanks, in capitals. Its groups: `serial` is what the check digit protects, `check` the
digit, `number` what a person would quote (the whole where it is missing). Order is likelihood: where several carriers
fit equally well, the earlier row is proposed. Sources: `README.md` names the public descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from kiosk.parcels.carriers import Carrier
from kiosk.tracking.check_digits import Check, luhn, mod7, mod10, mod10_from_right, mod37_36, s10, weighted_mod11


class Strength(Enum):
    """How much the shape of a format says, beside its check digit."""

    CERTAIN = 0
    """Letters or a beginning that nothing else has: with a right check digit, or without having one, it is that."""
    LIKELY = 1
    """Digits with a check digit: one other code in ten fits by chance."""
    GUESS = 2
    """Many other codes look the same: it is asked about."""


_compiled = cache(re.compile)
"""Quicker to look up than in `re`'s own cache."""


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table."""

    carrier: Carrier
    name: str
    shape: str
    """A regular expression, compiled when a code of its length comes: most rows wait in vain for one."""
    lengths: range
    check: Check | None = None
    strength: Strength = Strength.LIKELY
    prepend: str = ""
    """What the check digit protects besides the serial, unprinted."""
    only_right: bool = False
    """The shape is so wide that a wrong check digit only means that it is something else."""
    digits: int = 0
    """How many digits the number has behind leading zeros; with more of them the whole code is the number, since the
    digits alone would be anybody's. 0 takes the number as it stands."""

    def match(self, code: str) -> re.Match[str] | None:
        """Return the match where a whole code has this shape."""
        return _compiled(self.shape).fullmatch(code)

    def number(self, match: re.Match[str]) -> str:
        """Return the part of a matching code that a person would quote."""
        if not self.digits:
            return match["number"] if "number" in match.re.groupindex else match[0]
        number = match["number"]
        zeros = len(number) - self.digits
        return match[0] if number[:zeros].strip("0") else number[zeros:]

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


def _row(
    carrier: Carrier,
    name: str,
    shape: str,
    lengths: range | int,
    check: Check | None = None,
    strength: Strength = Strength.LIKELY,
    *,
    prepend: str = "",
    only_right: bool = False,
    digits: int = 0,
) -> Format:
    wide = lengths if isinstance(lengths, range) else range(lengths, lengths + 1)
    return Format(carrier, name, shape, wide, check, strength, prepend, only_right, digits)


def _routed(
    name: str, body: str, lengths: range, check: Check, strength: Strength, prepend: str = ""
) -> Iterator[Format]:
    """Yield a USPS body bare, behind 420 and a ZIP of nine, and one of five: each may fit where the other doesn't."""
    number = rf"(?P<number>(?P<serial>{body})(?P<check>\d))"
    for routing, longer, what in (("", 0, ""), (r"420\d{9}", 12, "420 + ZIP+4"), (r"420\d{5}", 8, "420 + ZIP")):
        label = f"{name}, {what} taken off" if what else name
        span = range(lengths.start + longer, lengths.stop + longer)
        yield _row(Carrier.USPS, label, routing + number, span, check, strength, prepend=prepend)


def _ontrac(letter: str, digit: str) -> Iterator[Format]:
    """Yield OnTrac's rows: the digit that stands for the letter is protected too, unless the serial begins with it."""
    others = "".join(each for each in "0123456789" if each != digit)
    for name, first, prepend in ((letter, f"[{others}]", digit), (f"{letter}{digit}", digit, "")):
        shape = rf"{letter}(?P<serial>{first}\d{{12}})(?P<check>\d)"
        yield _row(Carrier.ONTRAC, name, shape, 15, mod10(1, 2), _CERTAIN, prepend=prepend)


_CERTAIN, _LIKELY, _GUESS = Strength.CERTAIN, Strength.LIKELY, Strength.GUESS
_12 = weighted_mod11((3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))
_14 = weighted_mod11((1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))
_20 = r"(?!00)\d{19}"
"""Twenty digits that begin with 00 are an SSCC, whose check digit always fits the rule of USPS too."""

FORMATS: tuple[Format, ...] = (
    _row(Carrier.UPS, "1Z", r"1Z(?P<serial>[A-Z0-9]{15})(?P<check>\d)", 18, mod10(1, 2), _CERTAIN),
    _row(Carrier.UPS, "waybill", r"[AHJKTV](?P<serial>\d{9})(?P<check>\d)", 11, mod10(1, 2)),
    *_routed("IMpb N", _IMPB_N, range(22, 31), mod10_from_right(3, 1), _CERTAIN),
    *_routed("IMpb C", _IMPB_C, range(22, 27), mod10_from_right(3, 1), _CERTAIN),
    *_routed("legacy 91", r"91\d{19}", range(22, 23), mod10(3, 1), _CERTAIN),
    *_routed("legacy, 91 not printed", _20, range(20, 21), mod10(3, 1), _LIKELY, prepend="91"),
    _row(Carrier.USPS, "20", rf"(?P<serial>{_20})(?P<check>\d)", 20, mod10(3, 1)),
    _row(
        Carrier.S10,
        "international post",
        rf"[A-Z]{{2}}(?P<serial>\d{{8}})(?P<check>\d)(?:{_COUNTRIES})",
        13,
        s10,
        _CERTAIN,
    ),
    _row(Carrier.YANWEN, "as S10, YP", r"[A-Z]{2}(?P<serial>\d{8})(?P<check>\d)YP", 13, s10, _CERTAIN),
    _row(
        Carrier.S10,
        "as international post, no country",
        rf"[A-Z]{{2}}(?P<serial>\d{{8}})(?P<check>\d)(?!YP|{_COUNTRIES})[A-Z]{{2}}",
        13,
        s10,
        _GUESS,
        only_right=True,
    ),
    _row(Carrier.FEDEX, "Express 12", r"(?P<serial>\d{11})(?P<check>\d)", 12, _12),
    _row(
        Carrier.FEDEX,
        "Express 34, last 14 taken",
        r"[0-8]\d{19}(?P<number>(?P<serial>\d{13})(?P<check>\d))",
        34,
        _14,
        digits=12,
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
        digits=12,
    ),
    _row(
        Carrier.FEDEX,
        "Ground Economy, 92 not printed",
        rf"(?P<serial>{_20})(?P<check>\d)",
        20,
        mod10_from_right(3, 1),
        prepend="92",
        only_right=True,
    ),
    _row(Carrier.DHL, "Express", r"(?P<serial>\d{9,10})(?P<check>\d)", range(10, 12), mod7),
    _row(Carrier.AMAZON, "Logistics", r"TB[ACM](?:\d{3}|[A-Z]{3})\d{9}", 15, None, _CERTAIN),
    _row(Carrier.AMAZON, "international", r"[AFC]\d{10}", 11, None, _GUESS),
    _row(Carrier.CANADA_POST, "16", r"(?P<serial>\d{15})(?P<check>\d)", 16, mod10(3, 1)),
    _row(Carrier.CANPAR, "22", r"[CDKLSUXZ]\d{21}", 22, None, _CERTAIN),
    _row(Carrier.PUROLATOR, "12", r"(?P<serial>[0-5]\d{10})(?P<check>\d)", 12, luhn),
    _row(Carrier.PUROLATOR, "alpha", r"[A-Z]{3}\d{9}", 12, None, _GUESS),
    *_ontrac("C", "4"),
    *_ontrac("D", "5"),
    _row(Carrier.LASERSHIP, "LX", r"L[AIEHNX][1-3]\d{7}", 10, None, _LIKELY),
    _row(
        Carrier.LASERSHIP,
        "1LS",
        r"1LS(?:7[12]\d{10}|7[12]\d{2}01[1-4]\d{6}-1|CX[A-Z0-9]{10})",
        range(15, 19),
        None,
        _CERTAIN,
    ),
    _row(
        Carrier.DPD,
        "28, 14 in the middle taken",
        r"(?P<serial>[A-Z0-9]{7}(?P<number>\d{14})\d{6})(?P<check>[A-Z0-9])",
        28,
        mod37_36,
    ),
    _row(
        Carrier.DPD,
        "14 and check sign",
        r"(?P<serial>(?P<number>\d{14}))(?P<check>[A-Z0-9])",
        15,
        mod37_36,
        only_right=True,
    ),
    _row(Carrier.DPD, "14", r"\d{14}", 14, None, _GUESS),
    _row(Carrier.OLD_DOMINION, "777", r"(?P<serial>(?:77[78]|072|780)\d{7})(?P<check>\d)", 11, luhn),
    _row(Carrier.OLD_DOMINION, "80", r"(?P<serial>80\d{8})(?P<check>\d)", 11, luhn),
    _row(Carrier.LANDMARK, "LTN", r"LTN\d{8}N1", 13, None, _CERTAIN),
    _row(Carrier.SPEEDEE, "SP", r"SP\d{18}", 20, None, _CERTAIN),
    _row(Carrier.GOFO, "GFUS", r"GFUS\d{14}", 18, None, _CERTAIN),
    _row(Carrier.YUNEXPRESS, "YT", r"YT\d{16}", 18, None, _CERTAIN),
    _row(Carrier.UNIUNI, "UUS", r"UUS\d{13}", 16, None, _CERTAIN),
    _row(Carrier.DHL, "piece id", r"J(?:D\d{18}|JD\d{16}|JD\d{18})", range(19, 22), None, _CERTAIN),
    _row(Carrier.YODEL, "JD", r"JJ?D\d{16}", range(18, 20), None, _CERTAIN),
    _row(Carrier.POSTNL, "3S", r"3S[A-Z]{2,6}\d{6,13}", range(10, 22), None, _CERTAIN),
    _row(Carrier.DHL, "Parcel 3S", r"3S[A-Z]{2,6}\d{6,13}", range(10, 22), None, _CERTAIN),
    _row(Carrier.DHL, "Parcel JVGL", r"JVGL\d{14,20}", range(18, 25), None, _CERTAIN),
    _row(Carrier.DHL, "Express piece", r"J(?:JD|VGL)\d{9,10}", range(12, 15), None, _CERTAIN),
    _row(Carrier.DHL, "Express piece, other letters", r"J(?!JD|VGL)[A-Z]{2,3}\d{9,10}", range(12, 15), None, _GUESS),
    _row(Carrier.UPS, "Mail Innovations", r"MI\d{6}[A-Z0-9]{1,22}", range(9, 31), None, _GUESS),
    _row(
        Carrier.DHL,
        "eCommerce",
        r"(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)(?=[A-Z]*\d)[A-Z0-9]{10,39}",
        range(12, 42),
        None,
        _GUESS,
    ),
    _row(Carrier.DHL, "eCommerce 14", r"\d{14}", 14, None, _GUESS),
)

_BY_LENGTH: dict[int, tuple[Format, ...]] = {
    length: tuple(row for row in FORMATS if length in row.lengths)
    for length in range(1, max(row.lengths.stop for row in FORMATS))
}


def formats_of(length: int) -> tuple[Format, ...]:
    """Return the rows that a code of so many characters can fit, in the table's order."""
    return _BY_LENGTH.get(length, ())
