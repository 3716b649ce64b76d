"""How parcels, events and times read on the console. Words only; no widget, no rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState
from kiosk.words.people import person
from kiosk.words.places import where_words
from kiosk.words.signs import CROSS, DIAMOND, FULL, HOLLOW, TICK
from kiosk.words.states import parcel_state
from kiosk.words.times import short_day, short_day_and_time, short_month, time_of_day, to_the_second

NOTHING = "-"
"""Stands where there is nothing to say, so that nobody looks for it."""

STATES = {
    ParcelState.TAKEN_IN: (HOLLOW, "attention"),
    ParcelState.RESERVED: (DIAMOND, "reserved"),
    ParcelState.ON_SHELF: (DIAMOND, "reserved"),
    ParcelState.IN_LOCKER: (FULL, "occupied"),
    ParcelState.UNRECORDED: (DIAMOND, "attention"),
    ParcelState.COLLECTED: (TICK, "free"),
    ParcelState.CANCELLED: (CROSS, "quiet"),
    ParcelState.HANDED_OVER: (TICK, "free"),
    ParcelState.OUTGOING: (DIAMOND, "reserved"),
    ParcelState.SENT: (TICK, "quiet"),
}
"""Sign and theme token of each state."""


def state_of(parcel: Parcel) -> tuple[str, str]:
    """Return sign and word of a parcel's state, and a theme token."""
    if parcel.is_in_doubt:
        return f"? {parcel_state(parcel)}", "attention"
    sign, tone = STATES[parcel.state]
    if parcel.attention:
        return f"! {parcel_state(parcel)}", "broken"
    return f"{sign} {parcel_state(parcel)}", tone


def short_time(moment: datetime | None, now: datetime) -> str:
    """Return the local time: of day where it is today, else the day; six characters. Changes once a day at most."""
    if moment is None:
        return NOTHING
    day, today = moment.astimezone().date(), now.astimezone().date()
    if day == today:
        return time_of_day(moment)
    # Farther away, a day without its year could be taken for one of this year.
    return short_day(day) if abs((day - today).days) < 300 else short_month(day)


def full_time(moment: datetime | None) -> str:
    """Return day and local time to the second."""
    return NOTHING if moment is None else to_the_second(moment)


def event_time(moment: datetime, now: datetime) -> str:
    """Return the local time to the second, with the day where it is not today."""
    if moment.astimezone().date() == now.astimezone().date():
        return time_of_day(moment, seconds=True)
    return short_day_and_time(moment)


def where(parcel: Parcel, label: Callable[[str], str]) -> str:
    """Return the parcel's locker or shelf place."""
    return where_words(parcel, label) or NOTHING


def whom(parcel: Parcel) -> str:
    """Return for whom the parcel is."""
    return person(parcel.contact) or NOTHING
