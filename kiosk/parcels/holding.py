"""Until when a locker can be held for longer: the days that people name, and the limit of the settings. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from kiosk.parcels.parcel import Parcel


class HoldUntil(StrEnum):
    """An end that a clerk can choose."""

    TONIGHT = "tonight"
    TOMORROW = "tomorrow"
    WEEK = "week"


_DAYS: Final = {HoldUntil.TONIGHT: 0, HoldUntil.TOMORROW: 1, HoldUntil.WEEK: 7}
_END_OF_DAY: Final = time(23, 59)


def end_of(until: HoldUntil, now: datetime) -> datetime:
    """Return the end of that day, local time."""
    day = now.astimezone().date() + timedelta(days=_DAYS[until])
    # Without an offset of its own: the clocks may change between now and then.
    return datetime.combine(day, _END_OF_DAY).astimezone(UTC)


def choices(parcel: Parcel, now: datetime, longest: timedelta) -> tuple[HoldUntil, ...]:
    """Return the ends that are later than the present one, and within `longest` after the parcel was taken in."""
    present = parcel.reservation_expiry or now
    return tuple(each for each in HoldUntil if present < end_of(each, now) <= parcel.taken_in_at + longest)
