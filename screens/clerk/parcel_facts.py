"""What is known about one parcel, as the clerk's page lists it. Words only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from textwrap import wrap

from kiosk.parcels.parcel import Parcel
from kiosk.words.findings import why_not_confirmed
from kiosk.words.language import _
from kiosk.words.people import person, where_to_find
from kiosk.words.plain import plain
from kiosk.words.states import shelf_reason_word
from kiosk.words.times import day_and_time
from screens.wording import state_word

_MOST_LINES = 2
_WIDTH = 64
"""Columns beside the names, at 80."""


def facts_of(parcel: Parcel, place: str, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield what is known about a parcel, each with its name; `place` says where its locker is."""
    yield _("State"), state_word(parcel)
    if parcel.open_write is not None:
        yield from zip(
            (_("Why"), *[""] * _MOST_LINES), _lines(why_not_confirmed(parcel.open_write, to_clerk=True)), strict=False
        )
    if parcel.contact is not None:
        yield _("Recipient"), person(parcel.contact)
        yield "", where_to_find(parcel.contact)
    elif parcel.recipient_read:
        yield _("Label says"), parcel.recipient_read
    if parcel.moved_to is not None:
        yield _("Moved on"), _("taken out for the right person, under the same number")
    if parcel.moved_from is not None:
        yield _("Moved here"), _("it was in the wrong person's locker before")
    if parcel.shelf is not None and parcel.shelf_reason is not None:
        yield _("Shelf"), f"{parcel.shelf}, {shelf_reason_word(parcel.shelf_reason)}"
    if parcel.place is not None:
        yield _("Place"), place[:1].upper() + place[1:]
    yield _("Taken in"), day_and_time(parcel.taken_in_at, now)
    if parcel.deposited_at is not None:
        yield _("Put in"), day_and_time(parcel.deposited_at, now)
    if parcel.deposit_expiry is not None:
        yield _("Until"), day_and_time(parcel.deposit_expiry, now)


def _lines(text: str) -> list[str]:
    return wrap(plain(text), _WIDTH, max_lines=_MOST_LINES, placeholder=" …")
