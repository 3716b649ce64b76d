"""What a reading of a bank's units shows about the parcels of this journal: the one comparison of the two. Pure.

A reading proves something only about a parcel to which nothing has happened since it was asked for; that is seen to
where readings are recorded (`kiosk/desk/observations.py`). What is then said is in `kiosk/words/findings.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.parcels.events import ParcelFoundGone, ReservationLapsed
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.parcel import AttentionItem, Parcel, UnitPlace
from kiosk.parcels.states import ContactType, Finding, UnitState

SAME_TIME = timedelta(seconds=1)
"""How far two readings of one moment may differ: a service may cut off fractions of a second in one of its answers."""

HELD_UP_FOR = timedelta(hours=1)
"""How long after it was sent a request may still be carried out; what two clocks differ by is within it."""


class Shown(NamedTuple):
    """What a reading shows about one parcel."""

    gone: ParcelFoundGone | ReservationLapsed | None = None
    """The parcel is not in its unit any more, and in no other one of its contact."""
    items: tuple[AttentionItem, ...] = ()
    """What somebody has to look at, one item a finding."""
    later_deposit: AttentionItem | None = None
    """A deposit after the parcel's, in a unit that another desk uses too: an item if it may be a late one of ours."""


NOTHING = Shown()


class UnitsRead:
    """Units of one bank as they were read, all of them or some."""

    def __init__(self, units: Iterable[LockerUnit]) -> None:
        self._units: dict[str, LockerUnit] = {}
        self._holding: defaultdict[str, list[LockerUnit]] = defaultdict(list)
        for unit in units:
            self._units[unit.locker_unit_id] = unit
            for number in unit.numbers:
                self._holding[number].append(unit)
        # A service may never fill these lists: then a number that is missing in them says nothing.
        self._tells_deposits = any(unit.parcels_deposited for unit in self._units.values())

    def held(self) -> Iterator[tuple[str, LockerUnit]]:
        """Yield each number with each unit that is held for it, or in which it lies."""
        for number, units in self._holding.items():
            yield from ((number, unit) for unit in units)

    def shows(self, parcel: Parcel, mates: Sequence[Parcel] = (), code_seen_at: datetime | None = None) -> Shown:
        """Compare a parcel that has a unit of this bank; `mates` are what the journal has in the same unit.

        `code_seen_at` is when somebody confirmed its pickup code last. While a write of the parcel is open nothing is
        concluded.
        """
        place = parcel.place
        if place is None or not parcel.has_unit or parcel.open_write is not None:
            return NOTHING
        own = self._units.get(place.locker_unit_id)
        further = [unit for unit in self._holding.get(parcel.tracking_number, ()) if unit is not own]
        is_out = own is not None and (does_not_hold(own, parcel) or self._was_emptied(own, parcel))
        found: list[AttentionItem | None] = [
            self._of_further_unit(parcel, place, unit, is_out=is_out) for unit in further
        ]
        later = _later_deposit(own, parcel, mates) if own is not None and not is_out else None
        is_certain = own is None or not _has_strangers(own, parcel, mates) or _was_given_late(own, parcel, code_seen_at)
        if own is not None and not is_out:
            found += [_strangers(own, parcel, mates), later if is_certain else None]
        items = {item.finding: item for item in reversed(found) if item is not None}
        is_gone = is_out and all(_is_anothers(unit, parcel) for unit in further)
        return Shown(gone(parcel, place) if is_gone else None, tuple(items.values()), later if not is_certain else None)

    def _was_emptied(self, unit: LockerUnit, parcel: Parcel) -> bool:
        """Tell whether a parcel that was deposited is only reserved: collected, and held again by a late request."""
        if not (self._tells_deposits and parcel.is_in_locker and unit.waits_for(parcel.tracking_number)):
            return False
        # A reservation from before the deposit is the parcel's own: the service lost the deposit, and it lies there.
        reserved, deposited = unit.reservation_time, parcel.deposit_time
        return reserved is not None and deposited is not None and reserved > deposited

    @staticmethod
    def _of_further_unit(parcel: Parcel, place: UnitPlace, unit: LockerUnit, *, is_out: bool) -> AttentionItem:
        there = UnitPlace(
            locker_bank_id=place.locker_bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size or place.size
        )
        if _is_anothers(unit, parcel):
            return AttentionItem(finding=Finding.UNIT_OF_SOMEBODY_ELSE, place=there)
        finding = Finding.LIES_ELSEWHERE if is_out else Finding.TWO_UNITS
        return AttentionItem(finding=finding, place=there, since=unit.reservation_time)


def is_elsewhere(parcel: Parcel, place: UnitPlace, shown: Shown = NOTHING) -> bool:
    """Tell whether a unit is held for a parcel that the journal has elsewhere, or nowhere.

    A parcel that has a unit of the same bank is compared with all of them by `UnitsRead.shows`: what that has `shown`
    counts. While a write of the parcel is open nothing is concluded.
    """
    if parcel.open_write is not None or parcel.is_unreadable:
        return False
    if parcel.place is None or not (parcel.has_unit or parcel.is_unrecorded):
        return True
    if parcel.is_unrecorded:
        # The one that it was put into is told of already: nobody knows yet whether it lies there.
        return not parcel.place.is_same_unit(place)
    return parcel.place.locker_bank_id != place.locker_bank_id or shown.gone is not None


def left_over(
    parcel: Parcel, unit: LockerUnit, place: UnitPlace, *, doubted_at: datetime | None, changed_at: datetime
) -> AttentionItem | None:
    """Return the item for a unit that late requests hold for a parcel that is elsewhere.

    Another desk may rightly have taken the number in, and carriers use numbers again. So it is left over only if the
    unit was reserved no later than a request that was held up can arrive: after a request of this desk for that unit
    was in doubt (`doubted_at`); or, where the parcel was collected from there, after the last thing that happened to it
    (`changed_at`), for another desk that uses the unit names all that lie in it. For whom it is held tells nothing: an
    update puts a number into a stranger's unit too. Where the number counts as put in, `doubted_at` is of a deposit.
    """
    waits = unit.waits_for(parcel.tracking_number)
    since = unit.reservation_time if waits else unit.deposit_time
    was_here = waits and parcel.is_gone and parcel.place is not None and parcel.place.is_same_unit(place)
    if not may_be_late(since, doubted_at) and not (was_here and may_be_late(since, changed_at)):
        return None
    return AttentionItem(finding=Finding.TWO_UNITS, place=place, since=since)


def may_be_late(at: datetime | None, since: datetime | None) -> bool:
    """Tell whether what the service did then may be a request that was held up since; None for no request."""
    return at is not None and since is not None and at <= since + HELD_UP_FOR


def gone(parcel: Parcel, place: UnitPlace) -> ParcelFoundGone | ReservationLapsed:
    """Return what happened to a parcel that its unit does not hold any more."""
    return ParcelFoundGone() if parcel.is_in_locker else ReservationLapsed(place=place)


def does_not_hold(unit: LockerUnit, parcel: Parcel) -> bool:
    """Tell whether a reading proves that the parcel is not in this unit.

    A unit that lists no number proves it only by being free, or by being another contact's.
    """
    if unit.holds(parcel.tracking_number):
        return False
    return unit.state is UnitState.FREE or bool(unit.numbers) or _is_anothers(unit, parcel)


def _is_anothers(unit: LockerUnit, parcel: Parcel) -> bool:
    """Tell whether the reading names another contact for the unit than the parcel's."""
    return bool(unit.contact_id) and parcel.contact is not None and unit.contact_id != parcel.contact.contact_id


def _strangers(unit: LockerUnit, parcel: Parcel, mates: Sequence[Parcel]) -> AttentionItem | None:
    """Return the item for a unit that is another contact's, or holds a parcel of another contact as well."""
    if not unit.holds(parcel.tracking_number):
        return None
    strangers = [mate for mate in mates if unit.holds(mate.tracking_number) and not _same_contact(mate, parcel)]
    if strangers:
        return AttentionItem(finding=Finding.UNIT_GIVEN_TWICE)
    return AttentionItem(finding=Finding.UNIT_OF_SOMEBODY_ELSE) if _is_anothers(unit, parcel) else None


def _later_deposit(unit: LockerUnit, parcel: Parcel, mates: Sequence[Parcel]) -> AttentionItem | None:
    """Return the item for a deposit that the service carried out after the one whose code was shown.

    Times of the service, whose clock may differ from ours. A unit has one code, so only the parcel whose deposit
    brought it gets the item. A write that is open may be the later deposit.
    """
    if not parcel.is_in_locker or not _gets_a_code(parcel) or any(mate.open_write for mate in mates):
        return None
    ours = [parcel, *(mate for mate in mates if mate.is_in_locker)]
    latest = _latest({each.parcel_id: each.deposit_time for each in ours})
    if latest is None or latest[1] != parcel.parcel_id or unit.deposit_time is None:
        return None
    if not unit.has_deposited(parcel.tracking_number) or unit.deposit_time - latest[0] < SAME_TIME:
        return None
    return AttentionItem(finding=Finding.CODE_MAY_BE_DEAD, since=unit.deposit_time)


def _has_strangers(unit: LockerUnit, parcel: Parcel, mates: Sequence[Parcel]) -> bool:
    """Tell whether another desk put a parcel in: its clerk may have the new code."""
    ours = {each.tracking_number for each in (parcel, *mates) if each.is_in_locker}
    return not {each.tracking_number for each in unit.parcels_deposited} <= ours


def _was_given_late(unit: LockerUnit, parcel: Parcel, code_seen_at: datetime | None) -> bool:
    """Tell whether a code was shown after the deposit that ended it, or is still to be shown.

    Told of each deposit of another desk, two desks would renew each other's codes for ever.
    """
    is_later = code_seen_at is not None and unit.deposit_time is not None and code_seen_at > unit.deposit_time
    return parcel.code_waiting or is_later


def _latest(times: dict[str, datetime | None]) -> tuple[datetime, str] | None:
    """Return the latest time with its parcel; None where one of them is not known, for it may be later still."""
    known = [(time, parcel_id) for parcel_id, time in times.items() if time is not None]
    return max(known) if len(known) == len(times) else None


def _gets_a_code(parcel: Parcel) -> bool:
    return parcel.contact is not None and parcel.contact.contact_type is ContactType.RECIPIENT


def _same_contact(mate: Parcel, parcel: Parcel) -> bool:
    return mate.contact is None or parcel.contact is None or mate.contact.contact_id == parcel.contact.contact_id
