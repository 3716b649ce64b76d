"""What fits a text that was typed at home, as rows: which is proposed, and what stands behind each. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.words.language import _, ngettext
from kiosk.words.plain import shorten
from screens.widgets.parcel_list import ParcelRow
from screens.wording import new_parcel_row

if TYPE_CHECKING:
    from kiosk.desk.searching import Fits
    from kiosk.parcels.parcel import Parcel

SHOWN_SIGNS = 40
"""How much of a text that nothing fits is repeated."""


def rows_of(fits: Fits, row: Callable[[Parcel], ParcelRow]) -> list[ParcelRow]:
    """Return what fits as rows; where the text may be a new number, the first row stands for that."""
    parcels = [row(parcel) for parcel in fits.parcels]
    return [new_parcel_row(fits.text), *parcels] if fits.may_be_new else parcels


def head_of(fits: Fits) -> str:
    """Return how many parcels fit."""
    count = len(fits.parcels)
    if fits.is_full:
        return _("Here: {count:,} or more parcels found").format(count=count)
    words = ngettext("Here: {count:,} parcel found", "Here: {count:,} parcels found", count)
    return words.format(count=count) if count else _("Not here")


def proposed(fits: Fits) -> int | None:
    """Return the row that Enter takes: the best parcel; a new one where none fits, or the number is a whole one."""
    if not fits.parcels:
        return 0 if fits.may_be_new else None
    # Row 0 is the new parcel: proposed before others only where a check digit says that the number is whole.
    return 1 if fits.may_be_new and not fits.is_carriers else 0


def parcel_at(fits: Fits, row: int | None) -> Parcel | None:
    """Return the parcel of a row; None where the row stands for a new one."""
    at = -1 if row is None else row - int(fits.may_be_new)
    return fits.parcels[at] if 0 <= at < len(fits.parcels) else None


def nothing_fits(text: str) -> str:
    """Return that nothing here fits a text."""
    return _("Nothing here matches “{text}”.").format(text=shorten(text, SHOWN_SIGNS))
