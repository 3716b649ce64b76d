"""A carrier's number among words: `TRK# 7860 4558 6781`, a sentence of an e-mail, a line of a delivery note."""

from __future__ import annotations

import re
from collections.abc import Callable

from kiosk.tracking.other_codes import Kind, is_gs1, kind_of_digits
from kiosk.tracking.readings import Candidate, readings

_WORDS = re.compile(r"[A-Za-z0-9]+")
_BETWEEN = re.compile(r"[ .-]{1,3}")
"""What stands between two groups of one number."""

_SPEAKS_OF_NUMBERS = re.compile(
    r"TRK|TRACK|FEDEX|\bUPS\b|USPS|\bDHL\b|\bDPD\b|PUROLATOR|CANADA ?POST|ONTRAC|WAYBILL|\bAWB\b|SHIPMENT|CONSIGNMENT"
    r"|PARCEL|PACKAGE|SENDUNG|PAKET|LIEFER|COLIS|SUIVI|ENVIO|SEGUIMIENTO|SPEDIZIONE|RASTREIO|PAKKE",
    re.IGNORECASE,
)
_SSCC = re.compile(r"\b(?:SSCC|NVE)[ .:#()-]{0,4}(?:0?0?\))?[ ]?((?:\d ?){18}(?:\d ?\d)?)\b", re.IGNORECASE)
_LONGEST_LETTERS = 4
"""Letters of a group that has no digit: numbers are printed in groups of three or four signs."""

_MOST_GROUPS = 10
_LONGEST, _SHORTEST = 34, 10


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the bare numbers of carriers in a cleaned text, each once, as they come.

    Digits alone need a word that speaks of parcels in the same text, or to be all there is beside punctuation: a
    telephone number has a right check digit of somebody's once in seven times. Right behind such a word a number may
    even have a wrong check digit; then it is the only one.
    """
    groups = list(_WORDS.finditer(text))
    word = _SPEAKS_OF_NUMBERS.search(text)
    are_digits_enough = word is not None or all(_in_number(each[0]) for each in groups)
    found: dict[str, None] = {}
    place = 0
    while place < len(groups):
        code, place = _number_at(text, groups, place, _proven if are_digits_enough else _certain)
        if code:
            found.setdefault(code)
    if not found and word is not None:
        behind = (place for place, each in enumerate(groups) if each.start() >= word.end() and _in_number(each[0]))
        code, _ = _number_at(text, groups, next(behind, len(groups)), _no_guess)
        return (code,) if code else ()
    return tuple(found)


def sscc_in(text: str) -> str | None:
    """Return the SSCC behind a word that says so, if its check digit is right."""
    found = _SSCC.search(text)
    code = found[1].replace(" ", "") if found else ""
    # With 20 digits the identifier 00 stands in front, which the check digit does not protect.
    return code if kind_of_digits(code) is Kind.SSCC and is_gs1(code[-18:]) else None


def _number_at(
    text: str, groups: list[re.Match[str]], place: int, counts: Callable[[Candidate], bool]
) -> tuple[str, int]:
    """Return the longest number that begins at this group and the place behind it; no number and the next place."""
    code, best = "", ("", place + 1)
    for end in range(place, min(place + _MOST_GROUPS, len(groups))):
        group = groups[end][0]
        if end > place and not _BETWEEN.fullmatch(text, groups[end - 1].end(), groups[end].start()):
            break
        code += group.upper()
        if len(code) > _LONGEST or not (_in_number(group) or end == place or len(group) <= _LONGEST_LETTERS):
            break
        if len(code) >= _SHORTEST and (candidates := readings(code)) and counts(candidates[0]):
            best = (code, end + 1)
    return best


def _certain(candidate: Candidate) -> bool:
    return candidate.is_certain


def _proven(candidate: Candidate) -> bool:
    return candidate.is_proven and not candidate.is_guess


def _no_guess(candidate: Candidate) -> bool:
    return not candidate.is_guess


def _in_number(group: str) -> bool:
    return any(sign.isdigit() for sign in group)
