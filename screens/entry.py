"""What a field or a scan means by its text alone. Pure."""

from __future__ import annotations

MAKE_NUMBER = "+"
"""Typed alone, it asks for a number for a parcel without a barcode."""


def is_carrier_number(text: str) -> bool:
    """Tell whether a text can only be the number of a parcel, also where a field waits for something else."""
    from kiosk.tracking.scan import is_certain  # noqa: PLC0415 - the first frame does not wait for the formats

    return is_certain(text)


def is_unmistakable(text: str) -> bool:
    """Tell whether a text ends a line as only a carrier's number does, whatever a hand typed in front of it."""
    from kiosk.tracking import scan  # noqa: PLC0415 - the first frame does not wait for the formats

    return scan.is_unmistakable(text)
