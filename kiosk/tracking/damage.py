"""What goes wrong between a label and a text: half of it, twice the same, two labels in one, a rounded number."""

from __future__ import annotations

import re
from enum import StrEnum

from kiosk.parcels.carriers import Carrier
from kiosk.tracking.formats import Strength
from kiosk.tracking.other_codes import Kind, is_gs1, kind_of_digits
from kiosk.tracking.readings import certain, proven, readings


class Fault(StrEnum):
    """What happened to a text before it came here; the values are the codes that machines see."""

    HALF = "half_a_number"
    LAYOUT = "keyboard_layout"
    """The computer has another keyboard layout than the scanner types for."""
    FLOAT = "spreadsheet_float"
    """A spreadsheet took it for a quantity and rounded it."""
    TWO_LABELS = "two_labels"
    """Two labels were read as one line."""


_HALVES: tuple[tuple[Carrier, re.Pattern[str]], ...] = (
    (Carrier.UPS, re.compile(r"1Z[A-Z0-9]{3,15}")),
    (Carrier.USPS, re.compile(r"(?:420\d{5}(?:\d{4})?)?9[2-5]\d{14,19}")),
    (Carrier.AMAZON, re.compile(r"TB[ACM](?:[A-Z]{3})?\d{3,11}")),
    (Carrier.DHL, re.compile(r"JJ?D\d{5,15}")),
    (Carrier.LASERSHIP, re.compile(r"1LS(?:7[12]|CX)[A-Z0-9]{1,9}")),
    (Carrier.UNIUNI, re.compile(r"UUS\d{4,12}")),
    (Carrier.GOFO, re.compile(r"GFUS\d{4,13}")),
    (Carrier.YUNEXPRESS, re.compile(r"YT\d{8,15}")),
    (Carrier.SPEEDEE, re.compile(r"SP\d{10,17}")),
)
_FLOAT = re.compile(r"[+-]?\d(?:[.,]\d+E\+?|E\+)(?:9|[1-9]\d)", re.IGNORECASE)
_PRECISE_DIGITS = 15
"""What a spreadsheet keeps of a number; it makes zeros of the rest."""


def half_of(code: str) -> Carrier | None:
    """Return whose number begins like this bare code, which ends too early."""
    return next((carrier for carrier, shape in _HALVES if shape.fullmatch(code)), None)


def is_float(text: str) -> bool:
    """Tell whether a text is what a spreadsheet shows instead of a long number: `9.40014E+21`."""
    return _FLOAT.fullmatch(text) is not None


def is_rounded(code: str) -> bool:
    """Tell whether a bare code has only zeros where a spreadsheet loses its digits."""
    # A spreadsheet drops leading zeros, so a code that begins with one did not come out of it.
    return code.isdigit() and len(code) >= 18 and not code[_PRECISE_DIGITS:].strip("0") and code[:1] != "0"


def part_of_twice(code: str) -> str | None:
    """Return the number of a label that was read twice, or three times, in one line."""
    for times in (2, 3):
        part = code[: len(code) // times]
        if (
            len(part) >= 8
            and part * times == code
            and (proven(part) or _is_sscc(part) or _has_letters_and_digits(part))
        ):
            return part
    return None


def labels_in(code: str) -> tuple[str, ...]:
    """Return the numbers of labels that were read as one line, none where it isn't certain that they are several."""
    if len(code) < 20 or sum(map(str.isdigit, code)) < 16:
        return ()
    cuts = [(code[:cut], code[cut:]) for cut in range(8, len(code) - 7)]
    certain_left = [(left, right) for left, right in cuts if certain(left)]
    for left, right in certain_left:
        if _has_a_certain_shape(right):
            return (left, right)
    for left, right in certain_left:
        if more := labels_in(right):
            return (left, *more)
    for left, right in cuts:
        if certain(left) and (proven(right) or _is_sscc(right)):
            return (left, right)
        if certain(right) and (proven(left) or _is_sscc(left)):
            return (left, right)
    # Only in the middle: over all cuts, two check digits would often be right by chance.
    left, right = code[: len(code) // 2], code[len(code) // 2 :]
    return (left, right) if len(left) == len(right) and proven(left) and proven(right) else ()


def without_routing(code: str) -> str | None:
    """Return the number of a label whose routing code was read in the same line, in front or behind."""
    # 420 with a ZIP code of five or of nine digits.
    for length in (8, 12):
        for routing, number in ((code[:length], code[length:]), (code[-length:], code[:-length])):
            if routing.startswith("420") and routing.isdigit() and certain(number):
                return number
    return None


def _has_a_certain_shape(code: str) -> bool:
    """Tell whether a code is of a shape that nothing else has, even if it was misread."""
    found = readings(code)
    return bool(found) and found[0].strength is Strength.CERTAIN


def _is_sscc(code: str) -> bool:
    return code.isdigit() and kind_of_digits(code) is Kind.SSCC and is_gs1(code[-18:])


def _has_letters_and_digits(code: str) -> bool:
    return (
        not code.isalpha()
        and not code.isdigit()
        and any(sign.isdigit() for sign in code)
        and any(sign.isalpha() for sign in code)
    )
