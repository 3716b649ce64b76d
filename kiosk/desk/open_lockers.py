"""Lockers that a recipient has already: found, and given one more parcel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from kiosk.clock import Clock
from kiosk.desk.lockers import Lockers
from kiosk.desk.progress import Doing, Progress, Tell
from kiosk.desk.requests import WritePath
from kiosk.desk.writes.sending import contact_of
from kiosk.desk.writes.wanted import Wanted
from kiosk.errors import (
    ApiError,
    NotAuthorizedError,
    ParcelElsewhereError,
    RefusedError,
    ReservationLapsedError,
    ThrottledError,
)
from kiosk.journal.store import Journal
from kiosk.journal.units import freed_in_doubt
from kiosk.parcels.choosing import REPORT_HOLDS_FOR, BankView
from kiosk.parcels.lockers import LockerUnit, size_order
from kiosk.parcels.other_desks import OtherDesks, OtherParcel
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation, UnitState
from kiosk.parcels.steps import Step

LOOKS_BACK = 50
"""How many of a contact's parcels are looked through for those in a unit."""


HEARD_COUNTS_FOR = timedelta(hours=1)
"""How long a locker that another desk filled is proposed after the other desks were heard last."""


class OpenLocker(NamedTuple):
    """A unit that a contact holds, and the numbers of the parcels that are in it or on their way into it."""

    place: UnitPlace
    inside: tuple[str, ...]
    on_their_way: tuple[str, ...]
    accessible: bool


class OpenLockers:
    """The units that recipients have already."""

    def __init__(
        self,
        journal: Journal,
        write_path: WritePath,
        lockers: Lockers,
        others: OtherDesks,
        clock: Clock,
        *,
        reservation_for: timedelta,
    ) -> None:
        self._journal = journal
        self._others = others
        self._write_path = write_path
        self._lockers = lockers
        self._clock = clock
        self._reservation_for = reservation_for

    async def of(self, parcel: Parcel, view: BankView) -> tuple[OpenLocker, ...]:
        """Return the recipient's units to which the parcel could be added: those of the bank in view first, then large.

        The view tells of its bank; of other banks, and where it does not say whose a unit is, this journal knows, and
        what other desks said last. The service is asked again before anything is added. Left out are units that did not
        take this parcel, units that were reported as out of order, and those from which a late request may take this
        number.
        """
        if parcel.contact is None:
            return ()
        contact_id, near = parcel.contact.contact_id, view.details.locker_bank_id
        told = {unit.locker_unit_id: unit for unit in view.details.locker_units}
        found = _from_service(unit for unit in told.values() if unit.contact_id == contact_id)
        others = await self._elsewhere(contact_id)
        # What was put in since the bank was read is not in the reading; of this desk's own it is in the view.
        newer = {each.place.locker_unit_id for each in others if each.place and each.since > view.read_at}
        for known in await self._known(contact_id, others):
            unit_id = known.place.locker_unit_id
            unit = told.get(unit_id) if known.place.locker_bank_id == near else None
            if unit is None or (unit.contact_id is None and not _is_out(unit, is_newer=unit_id in newer)):
                found.append(known)
        open_lockers = [each for each in found if await self._takes(each, parcel)]
        return tuple(
            sorted(
                open_lockers,
                key=lambda each: (each.place.locker_bank_id != near, [-rank for rank in _rank(each)], len(each.inside)),
            )
        )

    async def known_here(self, parcel: Parcel) -> str | None:
        """Return the bank in which the recipient has a unit, as far as this journal and the other desks know."""
        if parcel.contact is None:
            return None
        contact_id = parcel.contact.contact_id
        known = await self._known(contact_id, await self._elsewhere(contact_id))
        return next((each.place.locker_bank_id for each in known), None)

    async def others_in_unit(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """Return the recipient's other parcels that this journal has in the same unit."""
        in_unit = await self._journal.in_unit(parcel.place) if parcel.place else ()
        return tuple(each for each in in_unit if each.parcel_id != parcel.parcel_id and _same_contact(each, parcel))

    async def numbers_beside(self, parcel: Parcel) -> tuple[str, ...]:
        """Return what else is in the parcel's unit, as this journal and the last reading of its bank have it."""
        place = parcel.place
        if place is None:
            return ()
        view = self._lockers.seen(place.locker_bank_id)
        units = view.details.locker_units if view else ()
        told = [number for unit in units if unit.locker_unit_id == place.locker_unit_id for number in unit.numbers]
        left = await self._journal.not_in_unit(place, told)
        known = [each.tracking_number for each in await self.others_in_unit(parcel)]
        beside = dict.fromkeys((*known, *(number for number in told if number not in left)))
        return tuple(number for number in beside if number != parcel.tracking_number)

    async def add(self, parcel: Parcel, locker: OpenLocker, person: Person, tell: Tell) -> Parcel:
        """Reserve a place in the recipient's unit; the parcel is then to be put in and deposited as usual.

        Raises ReservationLapsedError where the unit was emptied meanwhile, else ParcelElsewhereError, InDoubtError or
        ApiError.
        """
        place = locker.place
        tell(Progress(Doing.ADDING, place.locker_unit_id))
        there = (*locker.inside, *locker.on_their_way)
        expiry = (self._clock.now() + self._reservation_for).replace(microsecond=0)
        try:
            wanted = Wanted(Operation.ADD, place, expiry)
            added = await self._write_path.perform(parcel, wanted, person, Step.ADD_TO_LOCKER)
        except (NotAuthorizedError, ThrottledError):
            raise
        except RefusedError as error:
            raise await self._what_refused(parcel, place, error) from error
        return await self._looked_after(added, there, person, tell)

    async def _looked_after(self, parcel: Parcel, there: tuple[str, ...], person: Person, tell: Tell) -> Parcel:
        """Read what the unit holds now; parcels that were there and vanished with ours are named once more."""
        place = parcel.place
        if place is None:
            return parcel
        try:
            unit = await self._lockers.reservation(place.locker_bank_id, parcel.tracking_number)
        except ApiError:
            return parcel  # the service said that it was done; a look is no step
        if unit is None:
            return parcel
        # Between our look and the update the unit was emptied and given away: strangers must not share a code.
        if unit.contact_id not in {None, contact_of(parcel).contact_id}:
            await self._write_path.perform(parcel, Wanted(Operation.FREE, place), person, None)
            raise ReservationLapsedError("unit_of_somebody_else", locker_unit_id=place.locker_unit_id)
        missing = [number for number in there if not unit.holds(number)]
        gone = await self._journal.not_in_unit(place, missing)
        vanished = tuple(number for number in missing if number not in gone)
        if not vanished:
            return parcel
        tell(Progress(Doing.NAMING_AGAIN, place.locker_unit_id, tracking_numbers=vanished))
        wanted = Wanted(Operation.EXTEND, place, parcel.reservation_expiry, vanished)
        return await self._write_path.perform(parcel, wanted, person, None)

    async def _what_refused(
        self, parcel: Parcel, place: UnitPlace, error: RefusedError
    ) -> ParcelElsewhereError | ReservationLapsedError | RefusedError:
        """Return what the refusal means, if a reading can tell: the API has no codes for it."""
        held = await self._lockers.reservation(place.locker_bank_id, parcel.tracking_number)
        if held is not None:
            number, unit_id = parcel.tracking_number, held.locker_unit_id
            return ParcelElsewhereError("number_holds_locker", tracking_number=number, locker_unit_id=unit_id)
        units = await self._lockers.reservations_of(contact_of(parcel).contact_id)
        if not any(_place_of(unit).locker_unit_id == place.locker_unit_id for unit in units):
            return ReservationLapsedError("unit_emptied", locker_unit_id=place.locker_unit_id)
        return error

    async def _takes(self, locker: OpenLocker, parcel: Parcel) -> bool:
        place = locker.place
        unfit = {(each.locker_bank_id, each.locker_unit_id) for each in parcel.unfit_units}
        reported = await self._journal.reported_units(place.locker_bank_id, within=REPORT_HOLDS_FOR)
        since = self._clock.now() - REPORT_HOLDS_FOR
        reported |= await self._others.doubtful_units(place.locker_bank_id, since)
        connection = self._journal.connection
        taken_off = await freed_in_doubt(connection, parcel.tracking_number, place.locker_bank_id)
        is_unfit = (place.locker_bank_id, place.locker_unit_id) in unfit
        return not is_unfit and place.locker_unit_id not in reported | taken_off

    async def _elsewhere(self, contact_id: str) -> tuple[OtherParcel, ...]:
        """Return what other desks have for a contact, while that was heard lately: nobody is sent by what is old."""
        heard_at = await self._others.heard_at()
        is_fresh = heard_at is not None and self._clock.now() - heard_at < HEARD_COUNTS_FOR
        return await self._others.of_contact(contact_id) if is_fresh else ()

    async def _known(self, contact_id: str, others: Iterable[OtherParcel]) -> list[OpenLocker]:
        """Return the units that a contact has by this journal and by what other desks said last, in banks of ours."""
        own = await self._journal.of_contact(contact_id, LOOKS_BACK)
        banks = self._lockers.bank_ids()
        known: list[Parcel | OtherParcel] = [each for each in own if each.has_unit]
        near = (each for each in others if each.place is not None and each.place.locker_bank_id in banks)
        known += [each for each in near if not each.in_doubt]
        units: dict[tuple[str, str], list[Parcel | OtherParcel]] = {}
        for parcel in known:
            if parcel.place is not None:
                units.setdefault((parcel.place.locker_bank_id, parcel.place.locker_unit_id), []).append(parcel)
        return [self._as_known(in_same_unit) for in_same_unit in units.values()]

    def _as_known(self, in_same_unit: list[Parcel | OtherParcel]) -> OpenLocker:
        place = next(each.place for each in in_same_unit if each.place is not None)
        view = self._lockers.seen(place.locker_bank_id)
        units = view.details.locker_units if view else ()
        is_in = {each.tracking_number: each.is_in_locker for each in in_same_unit}
        return OpenLocker(
            place=place,
            inside=tuple(number for number, inside in is_in.items() if inside),
            on_their_way=tuple(number for number, inside in is_in.items() if not inside),
            accessible=any(unit.accessible for unit in units if unit.locker_unit_id == place.locker_unit_id),
        )


def _from_service(units: Iterable[LockerUnit]) -> list[OpenLocker]:
    return [
        OpenLocker(
            place=_place_of(unit),
            inside=tuple(each.tracking_number for each in unit.parcels_deposited),
            on_their_way=tuple(number for number in unit.numbers if not unit.has_deposited(number)),
            accessible=unit.accessible,
        )
        for unit in units
        if unit.numbers and unit.unit_in_service is not False
    ]


def _is_out(unit: LockerUnit, *, is_newer: bool) -> bool:
    """Tell whether a reading says that nothing can be added to a unit, unless it is older than what is known of it."""
    return unit.unit_in_service is False or (unit.state is UnitState.FREE and not is_newer)


def _place_of(unit: LockerUnit) -> UnitPlace:
    return UnitPlace(locker_bank_id=unit.locker_bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)


def _rank(locker: OpenLocker) -> tuple[int]:
    return (size_order(locker.place.size)[0],)


def _same_contact(mate: Parcel, parcel: Parcel) -> bool:
    ids = {each.contact.contact_id if each.contact else None for each in (mate, parcel)}
    return len(ids) == 1 and None not in ids
