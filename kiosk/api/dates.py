"""What the `Date` of an answer says; it is a witness of the time (`kiosk/desk/trusted_time.py`)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_CREDIBLE_YEARS: Final = range(2025, 2100)


def read_date(text: str) -> datetime | None:
    """Return the time in a `Date` header; None where there is none, and for one that no server of today can mean."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    # One without a zone is in no time that could be told.
    return date.astimezone(UTC) if date.tzinfo is not None and date.year in _CREDIBLE_YEARS else None
