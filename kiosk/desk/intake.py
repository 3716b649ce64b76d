"""An intake: from the recipient of a scanned parcel to its pickup code. Each method is one step that a clerk takes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.errors import (
    DirectoryError,
    InDoubtError,
    NoFreeUnitError,
    NotAuthorizedError,
    NotFoundError,
    ParcelElsewhereError,
    RefusedError,
    ReservationLapsedError,
    ThrottledError,
    UnitTakenError,
    WrongStateError,
)
from kiosk.parcels.choosing import choose_unit
from kiosk.parcels.events import (
    ParcelCancelled,
    ParcelFoundGone,
    RecipientChosen,
    RecipientRead,
    ReservationLapsed,
    UnitReported,
)
from kiosk.parcels.parcel import Operation, Parcel, ParcelState, UnitPlace, UnitProblem

if TYPE_CHECKING:
    from pydantic import SecretStr

    from kiosk.clock import Clock
    from kiosk.desk.lookup import BankView, Lookup
    from kiosk.desk.requests import WritePath
    from kiosk.journal.store import Actor, Journal
    from kiosk.parcels.contacts import Contact
    from kiosk.parcels.lockers import LockerSize
    from kiosk.recipients.directory import Directory

LONGEST_NAME = 80
"""Characters of a name as it was read."""

Tell = Callable[[str], None]
"""Where a flow says what it is doing, in words for the clerk."""


class Intake:
    """The steps of an intake, in the name of one actor."""

    def __init__(  # noqa: PLR0913 - what an intake works with, and for how long it reserves and keeps
        self,
        journal: Journal,
        write_path: WritePath,
        lookup: Lookup,
        directory: Directory,
        clock: Clock,
        *,
        reservation_for: timedelta,
        keep_codes_for: timedelta,
    ) -> None:
        self._journal = journal
        self._write_path = write_path
        self._lookup = lookup
        self._directory = directory
        self._clock = clock
        self._reservation_for = reservation_for
        self._keep_codes_for = keep_codes_for

    async def choose_recipient(self, parcel: Parcel, contact: Contact, actor: Actor) -> Parcel:
        """Record for whom the parcel is; possible until a unit is held for it."""
        parcel = await self._as_it_stands(parcel)
        if parcel.state is not ParcelState.TAKEN_IN or parcel.open_write is not None:
            raise WrongStateError(f"The parcel is already {parcel.state.value}.")
        if parcel.question is not None:
            raise WrongStateError(f"The parcel's number is not settled: {parcel.question.value}.")
        parcel = await self._journal.append(parcel.parcel_id, RecipientChosen(contact=contact), actor)
        with suppress(DirectoryError):  # it only makes the next search better
            await self._directory.note_chosen(contact.contact_id, self._clock.now())
        return parcel

    async def note_name(self, parcel: Parcel, name: str, actor: Actor) -> Parcel:
        """Record the name on the label of somebody who is not in the directory; the recipient is attached later."""
        name = name.encode(errors="replace").decode().strip()[:LONGEST_NAME]
        if not name or parcel.contact is not None or name == parcel.recipient_read:
            return parcel
        return await self._journal.append(
            parcel.parcel_id, RecipientRead(name=name), actor, only_if=lambda known: known.contact is None
        )

    def next_unit(
        self, parcel: Parcel, view: BankView, size: LockerSize, actor: Actor, *, out_of_reach: bool = False
    ) -> str | None:
        """Return the id of the unit that `reserve` would ask for first, None if that can't be said."""
        try:
            place = choose_unit(view, size, parcel.contact, actor.kiosk, out_of_reach=out_of_reach)
        except NoFreeUnitError:
            return None
        return place.locker_unit_id or None

    async def reserve(  # noqa: PLR0913 - the clerk's choice, part by part
        self,
        parcel: Parcel,
        locker_bank_id: str,
        size: LockerSize,
        actor: Actor,
        tell: Tell,
        *,
        out_of_reach: bool = False,
    ) -> Parcel:
        """Reserve a free unit of that size, the next one where another kiosk was faster.

        A contact who needs a unit within reach gets another one only where `out_of_reach` says so.
        Raises NoFreeUnitError, UnknownBankError, ParcelElsewhereError, InDoubtError or ApiError.
        """
        tried: set[str] = set()
        view = await self._lookup.bank(locker_bank_id)
        if self.next_unit(parcel, view, size, actor, out_of_reach=out_of_reach) is None:
            view = await self._lookup.bank(locker_bank_id, fresh=True)  # "full" is said of the present only
        while True:
            place = choose_unit(view, size, parcel.contact, actor.kiosk, tried=tried, out_of_reach=out_of_reach)
            tell(f"Reserving locker {place.locker_unit_id or f'of size {size}'} in {view.details.label}")
            try:
                return await self._reserve(parcel, place, actor)
            except UnitTakenError:
                tried.add(place.locker_unit_id)
                tell(f"Locker {place.locker_unit_id} was taken a moment ago; looking for the next one")
                view = await self._lookup.bank(locker_bank_id, fresh=True)

    async def reserve_unit(self, parcel: Parcel, locker_bank_id: str, locker_unit_id: str, actor: Actor) -> Parcel:
        """Reserve exactly this unit; raises UnitTakenError if it is not free."""
        return await self._reserve(
            parcel, UnitPlace(locker_bank_id=locker_bank_id, locker_unit_id=locker_unit_id), actor
        )

    async def deposit(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Record that the parcel is in its unit and the door is closed.

        The pickup code, if there is one, waits in `pickup_code`. Raises ReservationLapsedError, InDoubtError, ApiError,
        and WrongStateError for one that is in already: asking again would replace the code that somebody has.
        """
        place = _place_of(parcel)
        if (await self._as_it_stands(parcel)).state is ParcelState.DEPOSITED:
            raise WrongStateError("The parcel is in its locker already.")
        try:
            return await self._write_path.perform(
                parcel, Operation.DEPOSIT, place, actor, parcels=await self._in_shared_unit(parcel, place)
            )
        except (NotAuthorizedError, ThrottledError):
            raise
        except RefusedError as error:
            if await self._lookup.reservation(place.locker_bank_id, parcel.tracking_number) is not None:
                raise
            await self._journal.append(parcel.parcel_id, ReservationLapsed(place=place), actor)
            raise ReservationLapsedError(
                f"Locker {place.locker_unit_id} is no longer reserved for this parcel."
            ) from error

    async def report(self, parcel: Parcel, problem: UnitProblem, actor: Actor) -> Parcel:
        """Record what is wrong at the door and give the unit back; the parcel is in the clerk's hands again."""
        place = _place_of(parcel)
        await self._journal.append(parcel.parcel_id, UnitReported(place=place, problem=problem), actor)
        return await self.give_back(parcel, actor)

    async def cancel(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Give the intake up: a reserved unit is freed, the parcel is marked as cancelled."""
        if (await self._as_it_stands(parcel)).state is ParcelState.DEPOSITED:
            raise WrongStateError("The parcel is in a locker; it can't be cancelled.")
        return await self.free(parcel, actor)

    async def free(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Take the parcel off its unit, also out of the locker it lies in; it is marked as cancelled.

        One that turns out to be gone from its locker already was collected, and is returned as that.
        """
        parcel = await self._as_it_stands(parcel)
        if parcel.open_write is not None:
            raise InDoubtError(f"The {parcel.open_write.operation} of this parcel is not confirmed yet.")
        if parcel.state in {ParcelState.COLLECTED, ParcelState.CANCELLED}:
            raise WrongStateError(f"The parcel is {parcel.state.value}; it holds no locker.")
        if parcel.place is not None:
            parcel = await self.give_back(parcel, actor)
        if parcel.state is ParcelState.COLLECTED:
            return parcel
        return await self._journal.append(parcel.parcel_id, ParcelCancelled(), actor)

    async def give_back(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Take this parcel only off its unit: it is in the clerk's hands, or was collected. Others stay in the unit."""
        place = _place_of(parcel)
        try:
            return await self._write_path.perform(parcel, Operation.FREE, place, actor)
        except NotFoundError:
            gone = ParcelFoundGone() if parcel.state is ParcelState.DEPOSITED else ReservationLapsed(place=place)
            return await self._journal.append(parcel.parcel_id, gone, actor)
        finally:
            self._lookup.outdate(place.locker_bank_id)

    async def extend(self, parcel: Parcel, hours: float, actor: Actor) -> Parcel:
        """Move the end of the reservation to `hours` from now."""
        expiry = (self._clock.now() + timedelta(hours=hours)).replace(microsecond=0)
        place = _place_of(parcel)
        unit = await self._lookup.reservation(place.locker_bank_id, parcel.tracking_number)
        numbers = tuple(each.tracking_number for each in unit.parcels_reserved) if unit else ()
        return await self._write_path.perform(
            parcel, Operation.EXTEND, place, actor, expiry=expiry, parcels=numbers or (parcel.tracking_number,)
        )

    async def pickup_code(self, parcel: Parcel) -> SecretStr | None:
        """Return the pickup code that waits to be seen; None for departments and after it was seen.

        Raises InDoubtError while the deposit of another parcel in the same unit may have replaced it.
        """
        for mate in await self._journal.in_unit(parcel.place) if parcel.place else ():
            if mate.open_write is not None and mate.open_write.operation is Operation.DEPOSIT:
                raise InDoubtError(
                    f"Parcel {mate.tracking_number} in the same locker is not confirmed yet; it may replace this code.",
                    hint="Nothing is lost: the kiosk goes on asking. Look at the code again in a while.",
                )
        return await self._journal.pickup_code(parcel.parcel_id)

    async def code_seen(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Record that the code was seen; for a few minutes it can be shown again (`kiosk/desk/kept_codes.py`)."""
        return await self._journal.code_seen(parcel.parcel_id, actor, keep_for=self._keep_codes_for)

    async def _in_shared_unit(self, parcel: Parcel, place: UnitPlace) -> tuple[str, ...]:
        """Return the numbers known to be in the unit if it may hold others; () for a unit of the parcel's own."""
        numbers = tuple(each.tracking_number for each in await self._journal.in_unit(place))
        return numbers if parcel.shared or len(numbers) > 1 else ()

    async def _as_it_stands(self, parcel: Parcel) -> Parcel:
        """Return the parcel as the journal has it by now; what a screen holds may be older."""
        return await self._journal.parcel(parcel.parcel_id) or parcel

    async def _reserve(self, parcel: Parcel, place: UnitPlace, actor: Actor) -> Parcel:
        expiry = (self._clock.now() + self._reservation_for).replace(microsecond=0)
        try:
            return await self._write_path.perform(parcel, Operation.RESERVE, place, actor, expiry=expiry)
        except (NotAuthorizedError, ThrottledError):
            raise
        except RefusedError as error:
            await self._explain_refusal(parcel, place, error)
            raise
        finally:
            self._lookup.outdate(place.locker_bank_id)

    async def _explain_refusal(self, parcel: Parcel, place: UnitPlace, error: RefusedError) -> None:
        """Raise what the refusal means, if a reading can tell: the API has no codes for it."""
        held = await self._lookup.reservation(place.locker_bank_id, parcel.tracking_number)
        if held is not None:
            deposited = held.has_deposited(parcel.tracking_number)
            raise ParcelElsewhereError(
                f"A parcel with the number {parcel.tracking_number} "
                f"{'already lies in' if deposited else 'already holds'} locker {held.locker_unit_id}."
            ) from error
        view = await self._lookup.bank(place.locker_bank_id, fresh=True)
        units = {unit.locker_unit_id for unit in view.details.locker_units}
        free = {unit.locker_unit_id for unit in view.details.free_units()}
        if place.locker_unit_id in units - free:
            raise UnitTakenError(f"Locker {place.locker_unit_id} is not free.") from error
        error.parameters["hint"] = (
            "Check that the recipient is right, and choose another one if not. Nothing was reserved."
        )


def _place_of(parcel: Parcel) -> UnitPlace:
    if parcel.place is None:
        raise WrongStateError(f"The parcel is {parcel.state.value}; no locker is held for it.")
    return parcel.place
