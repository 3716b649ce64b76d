"""What a field or a scan means by its text alone. Pure."""

from __future__ import annotations

MAKE_NUMBER = "+"
"""Typed alone, it asks for a number for a parcel without a barcode."""


def is_carrier_number(text: str) -> bool:
    """Tell whether a text can only be the number of a parcel, also where a field waits for something else."""
    from kiosk.tracking.scan import is_certain  # noqa: PLC0415 - the first frame does not wait for the formats

    return is_certain(text)
