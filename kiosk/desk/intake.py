"""The steps of an intake, from the recipient to the pickup code. Each is a row of `kiosk/parcels/steps.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta

from kiosk.api.errors import SERVICE_SAID
from kiosk.clock import Clock
from kiosk.desk.findings import unit_given_twice
from kiosk.desk.lockers import Lockers
from kiosk.desk.permission import allowed, check
from kiosk.desk.progress import Doing, Progress, Tell
from kiosk.desk.requests import WritePath
from kiosk.desk.writes.wanted import Wanted, place_of
from kiosk.errors import (
    DirectoryError,
    NoFreeUnitError,
    NotAuthorizedError,
    NotFoundError,
    ParcelElsewhereError,
    RefusedError,
    ThrottledError,
    UnitTakenError,
    WrongStateError,
)
from kiosk.journal.store import Journal
from kiosk.journal.units import freed_in_doubt
from kiosk.parcels.choosing import BankView, choose_unit
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import (
    AttentionRaised,
    ParcelCancelled,
    RecipientChosen,
    RecipientRead,
    UnitReported,
)
from kiosk.parcels.findings import gone
from kiosk.parcels.holding import HoldUntil, choices, end_of
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation, UnitProblem
from kiosk.parcels.steps import Step
from kiosk.recipients.directory import Directory

LONGEST_NAME = 80
"""Characters of a name as it was read off a label."""


class Intake:
    """The steps of an intake; each goes with the person who takes it, and raises what `permission.allowed` says."""

    def __init__(
        self,
        journal: Journal,
        write_path: WritePath,
        lockers: Lockers,
        directory: Directory,
        clock: Clock,
        *,
        desk_name: str,
        reservation_for: timedelta,
        longest_hold: timedelta,
        on_deposited: Callable[[Parcel, Person], None],
    ) -> None:
        self._journal = journal
        self._write_path = write_path
        self._lockers = lockers
        self._directory = directory
        self._clock = clock
        self._desk_name = desk_name
        self._reservation_for = reservation_for
        self._longest_hold = longest_hold
        self._on_deposited = on_deposited

    async def choose_recipient(self, parcel: Parcel, contact: Contact, person: Person) -> Parcel:
        """Record for whom the parcel is; possible until a unit is held for it."""
        chosen, may = RecipientChosen(contact=contact), allowed(Step.CHOOSE_RECIPIENT, person)
        parcel = await self._journal.append(parcel.parcel_id, chosen, person, allowed=may)
        with suppress(DirectoryError):  # it only makes the next search better
            await self._directory.note_chosen(contact.contact_id, self._clock.now())
        return parcel

    async def note_name(self, parcel: Parcel, name: str, person: Person) -> Parcel:
        """Record the name on the label of somebody who is not in the directory; the recipient is attached later."""
        # A terminal can bring half a character, a lone surrogate, which can't be written as UTF-8.
        name = name.encode(errors="replace").decode().strip()[:LONGEST_NAME]
        if not name or parcel.contact is not None or name == parcel.recipient_read:
            return parcel
        read, may = RecipientRead(name=name), allowed(Step.NOTE_NAME, person)
        return await self._journal.append(parcel.parcel_id, read, person, allowed=may)

    def next_unit(self, parcel: Parcel, view: BankView, size: LockerSize, *, out_of_reach: bool = False) -> str | None:
        """Return the id of the unit that `reserve` would ask for first, None if that can't be said."""
        place = self._chosen(parcel, view, size, out_of_reach=out_of_reach)
        return place.locker_unit_id or None if place else None

    async def reserve(
        self,
        parcel: Parcel,
        locker_bank_id: str,
        size: LockerSize,
        person: Person,
        tell: Tell,
        *,
        out_of_reach: bool = False,
        hold_for: timedelta | None = None,
    ) -> Parcel:
        """Reserve a free unit of that size, the next one where another kiosk was faster; held as long as the desk says.

        A contact who needs a unit within reach gets another one only where `out_of_reach` says so.
        Raises NoFreeUnitError, UnknownBankError, ParcelElsewhereError, InDoubtError or ApiError.
        """
        # A request that was held up would take the parcel off such a unit again, whatever was deposited since.
        tried = set(await freed_in_doubt(self._journal.connection, parcel.tracking_number, locker_bank_id))
        view = await self._lockers.at_hand(locker_bank_id)
        if self._chosen(parcel, view, size, tried=tried, out_of_reach=out_of_reach) is None:
            view = await self._lockers.bank(locker_bank_id, fresh=True)  # "full" is said of the present only
        while True:
            place = self._chosen(parcel, view, size, tried=tried, out_of_reach=out_of_reach)
            if place is None:
                raise _no_free_unit(view, size)
            doing = Doing.RESERVING_UNIT if place.locker_unit_id else Doing.RESERVING_SIZE
            tell(Progress(doing, place.locker_unit_id, size, view.details.label))
            try:
                return await self._for_us_alone(await self._reserve(parcel, place, person, hold_for), person)
            except UnitTakenError:
                tried.add(place.locker_unit_id)
                tell(Progress(Doing.TAKEN_MEANWHILE, place.locker_unit_id))
                # Another desk is at this bank right now: more of the units that were free may be gone.
                view = await self._lockers.bank(locker_bank_id, fresh=True)

    async def reserve_unit(
        self,
        parcel: Parcel,
        locker_bank_id: str,
        locker_unit_id: str,
        person: Person,
        *,
        hold_for: timedelta | None = None,
    ) -> Parcel:
        """Reserve exactly this unit; raises UnitTakenError if it is not free."""
        place = UnitPlace(locker_bank_id=locker_bank_id, locker_unit_id=locker_unit_id)
        return await self._for_us_alone(await self._reserve(parcel, place, person, hold_for), person)

    async def deposit(self, parcel: Parcel, person: Person) -> Parcel:
        """Record that the parcel is in its unit and the door is closed.

        The pickup code, if there is one, waits in `pickup_code`; a parcel that was collected meanwhile is returned as
        that. Raises NotRecordedError where the service does not hold the unit for it any more, InDoubtError, ApiError,
        and WrongStateError for one that is in already: asking again would replace the code that somebody has.
        """
        wanted = Wanted(Operation.DEPOSIT, place_of(parcel))
        deposited = await self._write_path.perform(parcel, wanted, person, Step.DEPOSIT)
        if deposited.is_in_locker:
            self._on_deposited(deposited, person)
        return deposited

    async def report_unit(self, parcel: Parcel, problem: UnitProblem, person: Person) -> Parcel:
        """Record what is wrong at the door and give the unit back; the parcel is in the clerk's hands again."""
        reported, may = UnitReported(place=place_of(parcel), problem=problem), allowed(Step.REPORT_UNIT, person)
        parcel = await self._journal.append(parcel.parcel_id, reported, person, allowed=may)
        return await self.give_back(parcel, person, Step.REPORT_UNIT)

    async def cancel(self, parcel: Parcel, person: Person) -> Parcel:
        """Give the intake up: a reserved unit is given back, the parcel is marked as cancelled."""
        return await self.end(parcel, person, Step.CANCEL)

    async def end(self, parcel: Parcel, person: Person, step: Step) -> Parcel:
        """Give the parcel's unit back, if it has one, and the intake up; `step` is CANCEL or TAKE_OUT.

        One that turns out to be gone from its locker already was collected, and is returned as that.
        """
        if parcel.has_unit:
            parcel = await self.give_back(parcel, person, step, ends_intake=True)
            if parcel.is_gone:
                return parcel

        def look(known: Parcel) -> None:
            check(step, known, person)
            if known.has_unit:  # another process reserved a unit meanwhile
                raise WrongStateError("changed_meanwhile")

        return await self._journal.append(parcel.parcel_id, ParcelCancelled(), person, allowed=look)

    async def give_back(self, parcel: Parcel, person: Person, step: Step, *, ends_intake: bool = False) -> Parcel:
        """Take this parcel only off its unit: it is in the clerk's hands, or was collected. Others stay in the unit."""
        place = place_of(parcel)

        def is_as_it_was(known: Parcel) -> None:
            if known.is_in_doubt or (known.is_in_locker, known.place) != (parcel.is_in_locker, place):
                raise WrongStateError("changed_meanwhile")

        try:
            wanted = Wanted(Operation.FREE, place, ends_intake=ends_intake)
            return await self._write_path.perform(parcel, wanted, person, step)
        except NotFoundError:
            return await self._journal.append(parcel.parcel_id, gone(parcel, place), person, allowed=is_as_it_was)

    async def extend(self, parcel: Parcel, hours: float, person: Person) -> Parcel:
        """Hold the unit longer; raises ReservationLapsedError where the reservation is over.

        A reservation ends `hours` from now. A parcel in its unit is deposited once more, for the API has no other way:
        the service decides how long, and its answer brings a fresh code. Raises WrongStateError beyond the settings'
        limit, which for such a deposit counts from now: nobody knows before how long it will be.
        """
        is_in, now = parcel.is_in_locker, self._clock.now()
        # Whole seconds, as they are sent: settling compares the time asked for with the one that is read.
        expiry = now if is_in else (now + timedelta(hours=hours)).replace(microsecond=0)
        if expiry > parcel.taken_in_at + self._longest_hold:
            raise WrongStateError("held_too_long", days=f"{self._longest_hold / timedelta(days=1):g}")
        place = place_of(parcel)
        wanted = Wanted(Operation.DEPOSIT, place) if is_in else Wanted(Operation.EXTEND, place, expiry)
        return await self._write_path.perform(parcel, wanted, person, Step.EXTEND)

    def ends_to_choose(self, parcel: Parcel) -> dict[HoldUntil, float]:
        """Return until when a reservation can be extended, each with the hours from now."""
        now = self._clock.now()
        ends = {each: end_of(each, now) - now for each in choices(parcel, now, self._longest_hold)}
        return {each: left / timedelta(hours=1) for each, left in ends.items()}

    async def release(self, parcel: Parcel, person: Person) -> Parcel:
        """Give the unit back before the parcel is in it: another one can be chosen."""
        return await self.give_back(parcel, person, Step.RELEASE)

    def _chosen(
        self,
        parcel: Parcel,
        view: BankView,
        size: LockerSize,
        *,
        tried: Iterable[str] = (),
        out_of_reach: bool = False,
    ) -> UnitPlace | None:
        bank_id = view.details.locker_bank_id
        unfit = {each.locker_unit_id for each in parcel.unfit_units if each.locker_bank_id == bank_id}
        without = unfit.union(tried)
        return choose_unit(view, size, parcel.contact, self._desk_name, without=without, out_of_reach=out_of_reach)

    async def _reserve(self, parcel: Parcel, place: UnitPlace, person: Person, hold_for: timedelta | None) -> Parcel:
        expiry = (self._clock.now() + (hold_for or self._reservation_for)).replace(microsecond=0)
        try:
            return await self._write_path.perform(
                parcel, Wanted(Operation.RESERVE, place, expiry), person, Step.RESERVE
            )
        except (NotAuthorizedError, ThrottledError):
            raise
        except RefusedError as error:
            raise await self._what_refused(parcel, place, error) from error

    async def _for_us_alone(self, parcel: Parcel, person: Person) -> Parcel:
        """Return the parcel unless its unit holds another person's parcel too; then give the unit back.

        Raises UnitTakenError for such a unit, which neither of the two is to be sent to.
        """
        place = place_of(parcel)
        for known in await self._journal.in_unit(place):
            if known.contact is None or parcel.contact is None or known.contact.contact_id == parcel.contact.contact_id:
                continue
            # As a rule it was collected, and nobody has noticed yet.
            mate = await self._lockers.refresh(known, person)
            if mate.has_unit and mate.place == place:
                twice = AttentionRaised(item=unit_given_twice(place))
                for each in (mate, parcel):
                    await self._journal.append(each.parcel_id, twice, person)
                await self.give_back(parcel, person, Step.CANCEL)
                raise UnitTakenError(locker_unit_id=place.locker_unit_id)
        return parcel

    async def _what_refused(
        self, parcel: Parcel, place: UnitPlace, error: RefusedError
    ) -> ParcelElsewhereError | UnitTakenError | RefusedError:
        """Return what the refusal means, if a reading can tell: the API has no codes for it."""
        held = await self._lockers.reservation(place.locker_bank_id, parcel.tracking_number)
        if held is not None:
            code = "number_lies_in_locker" if held.has_deposited(parcel.tracking_number) else "number_holds_locker"
            number, unit_id = parcel.tracking_number, held.locker_unit_id
            return ParcelElsewhereError(code, tracking_number=number, locker_unit_id=unit_id)
        view = await self._lockers.bank(place.locker_bank_id, fresh=True)
        units = {unit.locker_unit_id for unit in view.details.locker_units}
        free = {unit.locker_unit_id for unit in view.details.free_units()}
        # Not simply "not free": a unit that does not exist, or none that was named, was taken by nobody.
        if place.locker_unit_id in units - free:
            return UnitTakenError(locker_unit_id=place.locker_unit_id)
        # A page or an empty answer says nothing of the reservation, so its own error is the better one.
        if error.code != SERVICE_SAID:
            return error
        text, service_code = error.parameters["text"], error.service_code
        return type(error)("reservation_refused", status=error.status, service_code=service_code, text=text)


def _no_free_unit(view: BankView, size: LockerSize) -> NoFreeUnitError:
    code = "no_free_unit_within_reach" if view.free_units(size) else "no_free_unit"
    return NoFreeUnitError(code, bank=view.details.label, size=size)
