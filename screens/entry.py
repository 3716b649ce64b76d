"""What a field or a scan means by its text alone. Pure."""

from __future__ import annotations

MAKE_NUMBER = "+"
"""Typed alone, it asks for a number for a parcel without a barcode."""


def is_unmistakable(text: str) -> bool:
    """Tell whether a text ends a line as only a carrier's number does, whatever a hand typed in front of it."""
    from kiosk.tracking import scan  # noqa: PLC0415 - the first frame does not wait for the formats

    return scan.is_unmistakable(text)
