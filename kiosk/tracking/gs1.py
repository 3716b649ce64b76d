"""GS1 element strings: application identifiers with their values, one after the other.

Where a value may be of any length a group separator ends it. Scanners send that as it is, or as another sign.
"""

from __future__ import annotations

import re

from kiosk.tracking.cleaning import GS

_SPELLED = re.compile(
    r"\{GS\}|<GS>|\[GS\]|\(GS\)|<0X1D>|\\X1D|\\U001D|&#29;|_1D|\u241d|\^\]|<F1>|\{FNC1\}|<FNC1>|\[FNC1\]", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"(?:\((\d{2,4})\)\s*([^()]+))+")
_ELEMENT = re.compile(r"\((\d{2,4})\)\s*([^()]+)")

_BEHIND_ZIP = re.compile(r"^(420\d{5}(?:\d{4})?)[|~^#@\\]")
_SUBSTITUTES = "|~^#"
"""What scanners are set to send instead of the separator."""

_FIXED = {"00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "20": 2, "402": 17, "422": 3, "424": 3, "425": 3, "426": 3}
_FIXED |= {f"{identifier}": 6 for identifier in range(11, 20)} | {f"{identifier}": 13 for identifier in range(410, 418)}
_OF_FOUR = re.compile(r"3[1-6]\d\d")
"""Measures: six digits each."""

_VARIABLE = {"10": 20, "21": 20, "22": 20, "30": 8, "37": 8, "90": 30} | {f"{each}": 90 for each in range(91, 100)}
_VARIABLE |= dict.fromkeys(("240", "241", "250", "251", "253", "254", "400", "401", "403"), 30)
_VARIABLE |= {"235": 28, "242": 6, "243": 20, "255": 25, "420": 20, "421": 12, "423": 15, "427": 3}
_VARIABLE_OF_FOUR = re.compile(r"39\d\d|43\d\d|7\d\d\d|8\d\d\d")

Element = tuple[str, str]
"""An application identifier and its value."""


def with_separators(text: str) -> str:
    """Return the text with the group separator where it was spelled out, or sent as another sign behind a ZIP code."""
    # A scanner that sends the separator itself spells none: what looks like one is data then.
    if GS in text or text.isalnum():
        return text
    return _BEHIND_ZIP.sub(rf"\1{GS}", _SPELLED.sub(GS, text))


def elements(text: str, *, told: bool = False) -> tuple[Element, ...]:
    """Return the elements of a cleaned text, none where it is no element string.

    `told` says that the scanner named it one; without that it needs a separator or brackets to be taken for one.
    """
    if text.startswith("("):
        return tuple(_ELEMENT.findall(text.replace(" ", ""))) if _IN_BRACKETS.fullmatch(text) else ()
    for sign in (GS, *_SUBSTITUTES):
        if (told or sign in text) and (found := _parsed(text.replace(sign, GS).replace(" ", ""))):
            return found
    return ()


def _parsed(text: str) -> tuple[Element, ...]:
    found: list[Element] = []
    rest = text.strip(GS)
    while rest:
        element = _first(rest)
        if element is None:
            return ()
        found.append(element)
        # Behind a value of fixed length a separator is needless; where a label has one all the same it is skipped.
        rest = rest[len(element[0]) + len(element[1]) :].lstrip(GS)
    return tuple(found)


def _first(text: str) -> Element | None:
    if _OF_FOUR.match(text):
        return _fixed(text, 4, 6)
    for digits in (2, 3):
        if text[:digits] in _FIXED:
            return _fixed(text, digits, _FIXED[text[:digits]])
    for digits in (2, 3):
        if text[:digits] in _VARIABLE:
            return _variable(text, digits, _VARIABLE[text[:digits]])
    return _variable(text, 4, 90) if _VARIABLE_OF_FOUR.match(text) else None


def _fixed(text: str, digits: int, length: int) -> Element | None:
    value = text[digits : digits + length]
    return (text[:digits], value) if len(value) == length and value.isdigit() else None


def _variable(text: str, digits: int, longest: int) -> Element | None:
    value = text[digits:].split(GS, 1)[0]
    return (text[:digits], value) if 0 < len(value) <= longest else None
