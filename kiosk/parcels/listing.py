"""Lists of parcels: which an operator wants to see, in which order, and which have run out of time. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from kiosk.parcels.parcel import GONE, Parcel
from kiosk.parcels.states import ParcelState


class Sort(StrEnum):
    """In which order parcels are listed."""

    OLDEST = "oldest_first"
    NEWEST = "newest_first"
    EXPIRY = "expiry"
    LOCKER = "locker"
    CONTACT = "contact"


class Age(StrEnum):
    """How long ago a parcel was taken in, at least."""

    ANY = "any"
    DAY = "over_a_day"
    DAYS = "over_3_days"
    WEEK = "over_a_week"

    @property
    def least(self) -> timedelta:
        """The least time since it was taken in."""
        return timedelta(days={Age.ANY: 0, Age.DAY: 1, Age.DAYS: 3, Age.WEEK: 7}[self])


class ParcelFilter(NamedTuple):
    """Which parcels are wanted. None takes every one."""

    text: str = ""
    """What is searched for, as in the clerk's search."""
    state: ParcelState | None = None
    size: str | None = None
    age: Age = Age.ANY
    sort: Sort = Sort.OLDEST
    gone: bool = False
    """Those that were collected or cancelled, not those that are here."""
    undeliverable: bool = False
    """Only those whose recipients no notice reached."""

    def takes(self, parcel: Parcel, now: datetime) -> bool:
        """Tell whether a parcel is wanted; text and `gone` are looked at where parcels are read."""
        return (
            self.state in {None, parcel.state}
            and self.size in {None, size_of(parcel)}
            and now - parcel.taken_in_at >= self.age.least
            and (parcel.is_undeliverable or not self.undeliverable)
        )


class Expired(NamedTuple):
    """A parcel whose time in its locker is over."""

    parcel: Parcel
    since: datetime


class Uncollected(NamedTuple):
    """A parcel in its locker whose time is over, or soon will be."""

    parcel: Parcel
    until: datetime
    is_expired: bool


class Count(NamedTuple):
    """How many parcels are here."""

    here: int
    """Not at their end: in hand, on the shelf, in a unit or on the way into one, or to be sent."""
    in_units: int
    """Those of them that are in a unit or on the way into one."""


def count(by_state: Mapping[ParcelState, int]) -> Count:
    """Count the parcels that are here from how many are present in each state.

    One that is gone may be present: somebody still has to look into it. It is not here.
    """
    in_units = by_state.get(ParcelState.RESERVED, 0) + by_state.get(ParcelState.IN_LOCKER, 0)
    return Count(here=sum(number for state, number in by_state.items() if state not in GONE), in_units=in_units)


def size_of(parcel: Parcel) -> str | None:
    """Return the size of a parcel's unit, or the one it waits for."""
    return (parcel.place.size if parcel.place else None) or parcel.wanted_size


def expires_at(parcel: Parcel) -> datetime | None:
    """Return when the parcel's time in its unit is over."""
    if parcel.is_in_locker:
        return parcel.deposit_expiry
    return parcel.reservation_expiry if parcel.is_reserved else None


def expired(parcels: tuple[Parcel, ...], now: datetime) -> list[Expired]:
    """Return the parcels whose time in their unit is over."""
    ends = [(parcel, expires_at(parcel)) for parcel in parcels]
    return [Expired(parcel, end) for parcel, end in ends if end is not None and end < now]


def uncollected(parcels: tuple[Parcel, ...], now: datetime, within: timedelta) -> tuple[Uncollected, ...]:
    """Return the parcels in lockers whose time is over or ends within that time, as somebody walks past the doors."""
    inside = sorted((parcel for parcel in parcels if parcel.is_in_locker), key=_locker)
    ends = [(parcel, end) for parcel in inside if (end := parcel.deposit_expiry) is not None]
    return tuple(Uncollected(parcel, end, end < now) for parcel, end in ends if end < now + within)


def in_order(parcels: list[Parcel], sort: Sort, name_key: Callable[[str], tuple[str, str]]) -> list[Parcel]:
    """Return the parcels, which come newest first, in the wanted order; `name_key` says by what names are sorted."""
    match sort:
        case Sort.OLDEST:
            return parcels[::-1]
        case Sort.NEWEST:
            return parcels
        case Sort.EXPIRY:
            far = max((end for parcel in parcels if (end := expires_at(parcel))), default=None)
            return sorted(parcels, key=lambda each: (expires_at(each) is None, expires_at(each) or far))
        case Sort.LOCKER:
            return sorted(parcels, key=_locker)
        case Sort.CONTACT:
            return sorted(parcels, key=lambda each: (each.contact is None, name_key(_name(each))))


def _name(parcel: Parcel) -> str:
    return parcel.contact.name if parcel.contact is not None else ""


def _locker(parcel: Parcel) -> tuple[bool, str, int, str]:
    if parcel.place is None:
        return (True, "", 0, parcel.shelf or "")
    unit = parcel.place.locker_unit_id
    # As numbers, so that 10 comes behind 9; isdigit would let through signs such as ² that int refuses.
    return (False, parcel.place.locker_bank_id, int(unit) if unit.isdecimal() else 0, unit)
