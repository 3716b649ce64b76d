"""How the places of parcels read in a row of a table: bank and locker, or shelf place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel, UnitPlace

Label = Callable[[str], str]
"""Names a bank by its id, as people say it."""


def place_words(place: UnitPlace, label: Label) -> str:
    """Return bank and locker."""
    return f"{label(place.locker_bank_id)} {place.locker_unit_id}"


def shelf_words(place: str) -> str:
    """Return a place on the shelf."""
    return _("shelf {place}").format(place=place)


def where_words(parcel: Parcel, label: Label) -> str:
    """Return where a parcel is: on the shelf, or in which locker; empty where it has neither."""
    if parcel.shelf:
        return shelf_words(parcel.shelf)
    return place_words(parcel.place, label) if parcel.place else ""
