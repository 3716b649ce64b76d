"""An intake: from the scan of a parcel to its pickup code. Each method is one step that a clerk takes."""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import (
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
from kiosk.journal.events import (
    ParcelCancelled,
    ParcelFoundGone,
    ParcelTakenIn,
    PickupCodeSeen,
    RecipientChosen,
    ReservationLapsed,
    UnitReported,
)
from kiosk.models.parcels import Operation, Parcel, ParcelState, UnitPlace, UnitProblem
from kiosk.tracking.scan import tracking_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import SecretStr

    from kiosk.clock import Clock
    from kiosk.flows.command import WritePath
    from kiosk.flows.lookup import BankView, Lookup
    from kiosk.journal.store import Actor, Journal
    from kiosk.models.contacts import Contact
    from kiosk.models.lockers import LockerSize, LockerUnit

Tell = Callable[[str], None]
"""Where a flow says what it is doing, in words for the clerk."""


class TakenIn(NamedTuple):
    """A scanned parcel, and whether it was known before: half done, or lying in a locker."""

    parcel: Parcel
    known: bool


class Intake:
    """The steps of an intake, in the name of one actor."""

    def __init__(
        self,
        journal: Journal,
        write_path: WritePath,
        lookup: Lookup,
        clock: Clock,
        *,
        reservation_for: timedelta,
    ) -> None:
        self._journal = journal
        self._write_path = write_path
        self._lookup = lookup
        self._clock = clock
        self._reservation_for = reservation_for

    async def take_in(self, scanned: str, actor: Actor) -> TakenIn:
        """Record a scanned parcel, or return the one of that number that is still here.

        Raises UnreadableScanError; needs no network.
        """
        known = await self.known(scanned)
        if known is not None:
            return TakenIn(known, known=True)
        storable = scanned.encode(errors="replace").decode()  # half a character can't be written down
        taken_in = ParcelTakenIn(tracking_number=tracking_number(scanned), scanned=storable)
        try:
            return TakenIn(await self._journal.append(secrets.token_hex(8), taken_in, actor), known=False)
        except WrongStateError:
            # Another process on this folder took it in between our look and our writing.
            known = await self.known(scanned)
            if known is None:
                raise
            return TakenIn(known, known=True)

    async def known(self, scanned: str) -> Parcel | None:
        """Return the parcel of that number that is still here, half done or lying in a locker; UnreadableScanError."""
        for parcel in await self._journal.find(tracking_number(scanned)):
            if parcel.present:
                return parcel
        return None

    async def choose_recipient(self, parcel: Parcel, contact: Contact, actor: Actor) -> Parcel:
        """Record for whom the parcel is; possible until a unit is held for it."""
        parcel = await self._as_it_stands(parcel)
        if parcel.state is not ParcelState.TAKEN_IN or parcel.open_write is not None:
            raise WrongStateError(f"The parcel is already {parcel.state.value}.")
        return await self._journal.append(parcel.parcel_id, RecipientChosen(contact=contact), actor)

    def next_unit(self, parcel: Parcel, view: BankView, size: LockerSize, actor: Actor) -> str | None:
        """Return the id of the unit that `reserve` would ask for first, None if that can't be said."""
        try:
            return self._choose(view, size, parcel, actor, set()).locker_unit_id or None
        except NoFreeUnitError:
            return None

    async def reserve(self, parcel: Parcel, locker_bank_id: str, size: LockerSize, actor: Actor, tell: Tell) -> Parcel:
        """Reserve a free unit of that size, the next one where another kiosk was faster.

        Raises NoFreeUnitError, UnknownBankError, ParcelElsewhereError, InDoubtError or ApiError.
        """
        tried: set[str] = set()
        view = await self._lookup.bank(locker_bank_id)
        if self.next_unit(parcel, view, size, actor) is None:
            view = await self._lookup.bank(locker_bank_id, fresh=True)  # "full" is said of the present only
        while True:
            place = self._choose(view, size, parcel, actor, tried)
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

        The pickup code, if there is one, waits in `pickup_code`. Raises ReservationLapsedError, InDoubtError, ApiError.
        """
        place = _place_of(parcel)
        try:
            return await self._write_path.perform(parcel, Operation.DEPOSIT, place, actor)
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
        return await self._free(parcel, place, actor)

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
            parcel = await self._free(parcel, parcel.place, actor)
        if parcel.state is ParcelState.COLLECTED:
            return parcel
        return await self._journal.append(parcel.parcel_id, ParcelCancelled(), actor)

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
        """Return the pickup code that waits to be seen; None for departments and after it was seen."""
        return await self._journal.pickup_code(parcel.parcel_id)

    async def code_seen(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Record that the code was shown to the person, and delete it."""
        return await self._journal.append(parcel.parcel_id, PickupCodeSeen(), actor)

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
        error.hint = "Check that the recipient is right, and choose another one if not. Nothing was reserved."

    async def _free(self, parcel: Parcel, place: UnitPlace, actor: Actor) -> Parcel:
        try:
            return await self._write_path.perform(parcel, Operation.FREE, place, actor)
        except NotFoundError:
            gone = ParcelFoundGone() if parcel.state is ParcelState.DEPOSITED else ReservationLapsed(place=place)
            return await self._journal.append(parcel.parcel_id, gone, actor)
        finally:
            self._lookup.outdate(place.locker_bank_id)

    def _choose(self, view: BankView, size: LockerSize, parcel: Parcel, actor: Actor, tried: set[str]) -> UnitPlace:
        bank_id = view.details.locker_bank_id
        if not view.details.locker_units:
            if any(each.size == size and (each.free == 0 or each.some_free is False) for each in view.sizes):
                raise NoFreeUnitError(f"{view.details.label} has no free locker of size {size}.")
            return UnitPlace(locker_bank_id=bank_id, locker_unit_id="", size=size)
        free = [unit for unit in view.free_units(size) if unit.locker_unit_id not in tried]
        if not free:
            raise NoFreeUnitError(f"{view.details.label} has no free locker of size {size}.")
        wants_access = parcel.contact is not None and parcel.contact.accessible
        unit = _spread([unit for unit in free if unit.accessible == wants_access] or free, actor.kiosk)
        return UnitPlace(locker_bank_id=bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)


def _spread(units: Sequence[LockerUnit], kiosk: str) -> LockerUnit:
    """Start at a place of this kiosk's own, so that kiosks that share a bank rarely ask for the same unit."""
    return units[zlib.crc32(kiosk.encode()) % len(units)]


def _place_of(parcel: Parcel) -> UnitPlace:
    if parcel.place is None:
        raise WrongStateError(f"The parcel is {parcel.state.value}; no locker is held for it.")
    return parcel.place
