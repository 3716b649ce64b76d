"""What programs and spreadsheets write in the place of a value: for nothing, for an error, for an id. Pure.

Programs write NULL where they have nothing; spreadsheets take an id for a number or for a date, and keep that alone.
"""

from __future__ import annotations

import re

_WORDS = (
    *("null", "none", "nil", "na", "n/a", "n.a.", "NaN", "NaT", "undefined", "blank", "empty", "DBNull"),
    *("System.DBNull", "not set", "not available", "not applicable"),
)
_SPELLED = {each for word in _WORDS for each in (word, word.lower(), word.upper(), word.title(), word.capitalize())}
_IN_BRACKETS = {f"{left}{word}{right}" for word in _SPELLED for left, right in ("()", "<>", "[]", "{}")}
_SIGNS = {"-", "--", "\u2013", "\u2014", "?", "''", '""', "\\N", "\\n"}

NO_NAME = _IN_BRACKETS | _SIGNS
NO_NAME |= {"NULL", "null", "None", "none", "NONE", "nil", "N/A", "n/a", "N.A.", "n.a.", "NaN", "nan", "undefined"}
"""What stands where a name is asked for and there is none; Null, Nil, Na, Nan and Blank are names."""
NOTHING = _IN_BRACKETS | _SIGNS | _SPELLED
"""What stands in any other cell where there is nothing."""

_ERROR = re.compile(r"#[¡¿]?\w[\w/]*[!?]|#N/?[A-Z]|#\u041d/\u0414|#GETTING_DATA|#+|Err:\d{3}")
_TEXT = re.compile(r'="([^"]*)"')
_NUMBER = re.compile(
    r"[-+]?\d+(?:[.,]\d+)?E[-+]\d+"  # 1.23457E+10
    r"|[-+]?\d+[.,]\d+E\d+"
    r"|\d+[.,]0*"  # 12345.0
    r"|\d{1,3}(?:[.,]\d{3})+[.,]\d\d",  # 12,345.00
    re.IGNORECASE,
)
_MONTH = (
    "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mrz|Mär|Mai|Okt|Dez"
    "|janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|ene|feb|mar|abr|may|jun|jul|ago|sep|dic"
    "|gen|apr|mag|giu|lug|set|ott)"
)
_DATE = re.compile(
    rf"\d{{1,2}}\.?[- ]{_MONTH}\.?(?:[- ](?:\d\d)?\d\d)?"  # 5-Jan
    rf"|{_MONTH}\.?[- ](?:\d\d)?\d\d"  # Jan-05
    r"|\d{1,2}([./])\d{1,2}\1(?:\d\d)?\d\d"  # 1/5/2026
    r"|\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?"
)


BEGINNINGS = {"#", "E", "="}
"""How a cell begins in which a spreadsheet wrote an error, or a text as a formula."""


def is_error(cell: str) -> bool:
    """Tell whether a spreadsheet wrote that a formula failed, in whichever language: #N/A, #NV, #¡REF!, Err:502."""
    return _ERROR.fullmatch(cell) is not None


def as_text(cell: str) -> str:
    """Return what is between the signs by which an export tells a spreadsheet that it is a text: ="00123"."""
    found = _TEXT.fullmatch(cell)
    return cell if found is None else found[1]


def as_id(cell: str) -> str:
    """Return an id without what marks it as a text: ="00123" or '00123."""
    return as_text(cell[1:] if cell[:1] == "'" else cell)


def is_rounded(contact_id: str) -> bool:
    """Tell whether a spreadsheet took an id for a number."""
    return _NUMBER.fullmatch(contact_id) is not None


def is_date(contact_id: str) -> bool:
    """Tell whether a spreadsheet took an id for a date."""
    return _DATE.fullmatch(contact_id) is not None
