"""Reads a raw scan: what of it is the parcel's number."""

from __future__ import annotations

import unicodedata

from kiosk.errors import UnreadableScanError

LONGEST_NUMBER = 100
"""Characters; the longest carrier format has 42."""


def tracking_number(scanned: str) -> str:
    """Return the number of a raw scan without control characters and outer blanks; raises UnreadableScanError."""
    number = "".join(" " if unicodedata.category(sign)[0] == "Z" else sign for sign in scanned if _printable(sign))
    number = number.strip()
    if not number:
        raise UnreadableScanError("The scan was empty.")
    if len(number) > LONGEST_NUMBER:
        raise UnreadableScanError(f"The scan has {len(number)} characters; a number has {LONGEST_NUMBER} at most.")
    return number


def _printable(sign: str) -> bool:
    return unicodedata.category(sign)[0] != "C"
