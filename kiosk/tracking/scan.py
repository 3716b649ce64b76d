"""Reads a raw scan: what of it is the parcel's number."""

from __future__ import annotations

import re
import unicodedata

from kiosk.errors import UnreadableScanError

LONGEST_NUMBER = 100
"""Characters; the longest carrier format has 42."""

_CARRIER_FORM = re.compile(r"1Z[0-9A-Z]{16}|TBA[0-9]{10,}|[A-Z]{2}[0-9]{9}[A-Z]{2}|[0-9]{12,}|\]C1.+", re.IGNORECASE)
"""UPS, Amazon, the post offices' S10, other carriers' digits, a barcode with its symbology in front."""


def tracking_number(scanned: str) -> str:
    """Return the number of a raw scan without control characters and outer blanks; raises UnreadableScanError."""
    number = "".join(" " if unicodedata.category(sign)[0] == "Z" else sign for sign in scanned if _printable(sign))
    number = number.strip()
    if not number:
        raise UnreadableScanError("The scan was empty.")
    if len(number) > LONGEST_NUMBER:
        raise UnreadableScanError(f"The scan has {len(number)} characters; a number has {LONGEST_NUMBER} at most.")
    return number


def looks_like_a_parcel(scanned: str) -> bool:
    """Tell whether a text has the form of a carrier's number, which no contact's id and no name has."""
    try:
        return _CARRIER_FORM.fullmatch(tracking_number(scanned)) is not None
    except UnreadableScanError:
        return False


def _printable(sign: str) -> bool:
    return unicodedata.category(sign)[0] != "C"
