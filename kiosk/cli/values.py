"""What arguments are read as; each raises argparse's ArgumentTypeError in words for what it can't be."""

from __future__ import annotations

import argparse
import math
from datetime import date
from pathlib import Path

from kiosk.words.language import _

MOST_HOURS = 24 * 90
"""As long as desk.reservation_hours allows."""


def a_text(raw: str) -> str:
    """Return a text as it was typed."""
    try:
        # Bytes that are not the terminal's encoding come as lone surrogates, which neither UTF-8 nor SQLite takes.
        raw.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(_("not text in the terminal's encoding")) from None
    return raw


def a_reason(raw: str) -> str:
    """Return a reason, which must not be empty."""
    if not raw.strip():
        raise argparse.ArgumentTypeError(_("a reason is needed: what happened, in a few words"))
    return a_text(raw)


def an_id(raw: str) -> str:
    """Return an id without blanks around it."""
    if not raw.strip() or not raw.isprintable():
        raise argparse.ArgumentTypeError(_("an id is needed, without control characters"))
    return raw.strip()


def a_column(raw: str) -> tuple[str, str]:
    """Return a column of the directory and what a file calls it."""
    column, separator, name = raw.partition("=")
    if not separator or not column.strip():
        raise argparse.ArgumentTypeError(_("a column and its name in the file are needed, such as contact_id=EMPLID"))
    return column.strip(), name.strip()


def a_settings_file(raw: str) -> Path:
    """Return a file as it is named from where the command was started, wherever that is later."""
    try:
        return Path(raw).absolute()
    except OSError:
        raise argparse.ArgumentTypeError(_("the folder in which the command was started is gone")) from None


def an_encoding(raw: str) -> str:
    """Return the name of an encoding of text."""
    try:
        "".encode(raw)
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(_("no encoding has this name")) from None
    return raw


def number(raw: str, highest: float) -> float:
    """Return a number from 0 to `highest`."""
    try:
        value = float(raw)
    except ValueError:
        value = math.nan
    # Written so that NaN fails too.
    if not 0 <= value <= highest:
        raise argparse.ArgumentTypeError(_("a number from 0 to {highest} is needed").format(highest=f"{highest:.0f}"))
    return value


def some_hours(raw: str) -> float:
    """Return a number of hours."""
    value = number(raw, MOST_HOURS)
    if value == 0:
        raise argparse.ArgumentTypeError(_("more than 0 hours are needed"))
    return value


def some_days(raw: str) -> float:
    """Return a number of days."""
    return number(raw, MOST_HOURS / 24)


def a_rate(raw: str) -> float:
    """Return a number an hour."""
    return number(raw, 3600)


def integer(raw: str, highest: float) -> int:
    """Return a whole number up to `highest`."""
    value = number(raw, highest)
    if not value.is_integer():
        raise argparse.ArgumentTypeError(_("a whole number is needed"))
    return int(value)


def a_port(raw: str) -> int:
    """Return the number of a port."""
    return integer(raw, 65535)


def a_count(raw: str) -> int:
    """Return a whole number."""
    return integer(raw, 25_000)


def some_minutes(raw: str) -> int:
    """Return a number of minutes."""
    return integer(raw, 7 * 24 * 60)


def some_months(raw: str) -> int:
    """Return a number of months."""
    value = integer(raw, 120)
    if value == 0:
        raise argparse.ArgumentTypeError(_("at least one month is needed"))
    return value


def a_day(raw: str) -> date:
    """Return a day that is written as the calendar does."""
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise argparse.ArgumentTypeError(_("not a day: {text}").format(text=raw)) from None
