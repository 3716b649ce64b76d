"""The API's writes as the kiosk needs them: how each is sent, and how a lost answer is found out by reading.

When to do which is decided in `kiosk/desk/requests.py`. Each function returns the event that records the outcome.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple, Protocol

from pydantic import SecretStr

from kiosk.api.lockers import LockersApi
from kiosk.desk.reservations import held_unit, reservation_of
from kiosk.errors import ParcelElsewhereError, ReservationLapsedError, WrongStateError
from kiosk.parcels import events
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import CreateReservationRequest, LockerUnit, ParcelReference
from kiosk.parcels.parcel import OpenWrite, Parcel, UnitPlace
from kiosk.parcels.states import ContactType, Operation


class Outcome(NamedTuple):
    """The event of a write that was done, and the pickup code where one came with it."""

    event: events.Event
    code: SecretStr | None = None
    complete: bool = True
    """False where it was done but its answer is missed: sending it again gets one."""


class Write(Protocol):
    """One kind of write."""

    async def send(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome:
        """Send the request once; raises ApiError."""
        ...

    async def settled(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome | None:
        """Read what became of it: the outcome if it was done, None if it must be sent (again).

        Raises ParcelElsewhereError where somebody else holds the number, ApiError where nothing can be read.
        """
        ...


class Reserve:
    """createReservation, by unit id: a repeated or late request can't take a second unit."""

    async def send(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome:
        """Ask for exactly the unit of `write`, or by size where the bank tells no units."""
        contact = contact_of(parcel)
        unit_id = write.place.locker_unit_id or None
        answer = await api.create_reservation(
            write.place.locker_bank_id,
            CreateReservationRequest(
                user_id=write.user_id,
                locker_unit_id=unit_id,
                size=None if unit_id else write.place.size,
                # A named unit was chosen with that in mind, perhaps out of reach because the clerk said so.
                accessible=(contact.accessible or None) if unit_id is None else None,
                contact_id=contact.contact_id,
                contact_type=contact.contact_type,
                tracking_number=parcel.tracking_number,
                secondary_tracking_number=parcel.second_number,
                reservation_expiry_time=write.expiry,
            ),
            transaction_id=write.intent_id,
        )
        place = write.place.model_copy(
            update={"locker_unit_id": answer.locker_unit_id, "size": answer.size or write.place.size}
        )
        expiry = answer.reservation_expiry_time or write.expiry
        return Outcome(events.UnitReserved(intent_id=write.intent_id, place=place, expiry=expiry))

    async def settled(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome | None:
        """Adopt the unit if the number is reserved for our contact; stop if it is somebody else's."""
        unit = await reservation_of(api, write.place.locker_bank_id, parcel.tracking_number)
        if unit is None:
            return None
        if unit.contact_id not in {None, contact_of(parcel).contact_id}:
            raise _elsewhere("number_of_another_recipient", parcel, unit)
        # Adopted as reserved, it would be put into a unit where a parcel of that number lies already.
        if unit.has_deposited(parcel.tracking_number):
            raise _elsewhere("number_lies_in_locker", parcel, unit)
        place = UnitPlace(
            locker_bank_id=write.place.locker_bank_id,
            locker_unit_id=unit.locker_unit_id,
            size=unit.size or write.place.size,
        )
        expiry = unit.reservation_expiry_time or write.expiry
        return Outcome(events.UnitReserved(intent_id=write.intent_id, place=place, expiry=expiry))


class Deposit:
    """updateDeposit: the parcel is in; for a recipient the answer holds the pickup code, once.

    In a shared unit it names all parcels that lie there, whether the list adds or replaces; never one that is only
    reserved, which may still be in somebody's hands. The code counts for all of them.
    """

    async def send(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome:
        """Record the deposit."""
        answer = await api.update_deposit(
            write.place.locker_bank_id,
            write.place.locker_unit_id,
            parcels=[
                *await self._lying_there(api, parcel, write),
                _reference(parcel),
            ],
            user_id=write.user_id,
            transaction_id=write.intent_id,
        )
        event = events.ParcelDeposited(
            intent_id=write.intent_id,
            place=write.place,
            deposited_at=answer.deposit_time,
            deposit_expiry=answer.deposit_expiry_time,
            code_received=answer.pickup_code is not None,
        )
        return Outcome(event, answer.pickup_code)

    async def settled(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome | None:
        """Count a deposit as done; a recipient's code was lost with the answer, so it is not complete."""
        unit = await reservation_of(api, write.place.locker_bank_id, parcel.tracking_number)
        if unit is None or not unit.has_deposited(parcel.tracking_number):
            return None
        event = events.ParcelDeposited(
            intent_id=write.intent_id,
            place=write.place,
            deposited_at=unit.deposit_time,
            deposit_expiry=unit.deposit_expiry_time,
            code_received=False,
        )
        return Outcome(event, complete=contact_of(parcel).contact_type is ContactType.DEPARTMENT)

    @staticmethod
    async def _lying_there(api: LockersApi, parcel: Parcel, write: OpenWrite) -> list[ParcelReference]:
        if not write.parcels:
            return []
        unit = await reservation_of(api, write.place.locker_bank_id, parcel.tracking_number)
        lying = unit.parcels_deposited if unit is not None else ()
        return [each for each in lying if each.tracking_number != parcel.tracking_number]


class Free:
    """freeReservation of this parcel only; other parcels in the unit stay."""

    async def send(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome:
        """Take the parcel off its unit; a unit that holds nothing else is free then."""
        await api.free_reservation(
            write.place.locker_bank_id,
            write.place.locker_unit_id,
            user_id=write.user_id,
            parcels=[ParcelReference(tracking_number=parcel.tracking_number)],
            transaction_id=write.intent_id,
        )
        return self._done(write)

    async def settled(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome | None:
        """Count a number that is gone as freed; of one that holds two units, only all of a contact's units tell."""
        # getReservation tells one unit of a number, and with two it may be either.
        if parcel.second_place is None:
            unit = await reservation_of(api, write.place.locker_bank_id, parcel.tracking_number)
            return None if unit is not None else self._done(write)
        units = await api.get_reservation_list(write.place.locker_bank_id, contact_of(parcel).contact_id)
        holding = {unit.locker_unit_id for unit in units if unit.holds(parcel.tracking_number)}
        return None if write.place.locker_unit_id in holding else self._done(write)

    def _done(self, write: OpenWrite) -> Outcome:
        return Outcome(events.UnitFreed(intent_id=write.intent_id, place=write.place))


class Add:
    """updateReservation: one more parcel for a unit that its contact holds.

    Each request, also one that is repeated much later, is preceded by a reading: never into a unit that is somebody
    else's by now, and always with all parcels that are there, whether the list adds or replaces.
    """

    async def send(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome:
        """Add the parcel; raises ReservationLapsedError, with nothing sent, where the contact lost the unit."""
        place = write.place
        unit = await held_unit(api, place, contact_of(parcel))
        if unit is None:
            raise ReservationLapsedError("unit_emptied", locker_unit_id=place.locker_unit_id)
        inside = {each.tracking_number: each for each in (*unit.parcels_reserved, *unit.parcels_deposited)}
        held_until = [each for each in (write.expiry, unit.reservation_expiry_time) if each is not None]
        answer = await api.update_reservation(
            place.locker_bank_id,
            place.locker_unit_id,
            parcels=[*(inside | {parcel.tracking_number: _reference(parcel)}).values()],
            user_id=write.user_id,
            # Never earlier than it is: the other parcels in the unit were promised that time.
            reservation_expiry_time=max(held_until, default=None),
            transaction_id=write.intent_id,
        )
        return self._done(write, answer.reservation_expiry_time)

    async def settled(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome | None:
        """Count a number that is in the unit as added; stop where it is in another one or somebody else's."""
        unit = await reservation_of(api, write.place.locker_bank_id, parcel.tracking_number)
        if unit is None:
            return None
        here = unit.locker_unit_id == write.place.locker_unit_id and not unit.has_deposited(parcel.tracking_number)
        if not here or unit.contact_id not in {None, contact_of(parcel).contact_id}:
            raise _elsewhere("number_held_otherwise", parcel, unit)
        return self._done(write, unit.reservation_expiry_time)

    @staticmethod
    def _done(write: OpenWrite, expiry: datetime | None) -> Outcome:
        expiry = expiry or write.expiry
        return Outcome(events.UnitReserved(intent_id=write.intent_id, place=write.place, expiry=expiry))


class Extend:
    """updateReservation: the unit shall be held until another time, with the parcels it has."""

    async def send(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome:
        """Send all parcels of the unit beside the time: the API wants them, and may replace its list with them."""
        await api.update_reservation(
            write.place.locker_bank_id,
            write.place.locker_unit_id,
            parcels=[ParcelReference(tracking_number=number) for number in write.parcels or (parcel.tracking_number,)],
            user_id=write.user_id,
            reservation_expiry_time=write.expiry,
            transaction_id=write.intent_id,
        )
        return self._done(parcel, write)

    async def settled(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome | None:
        """Compare the unit with what was wanted; where an older parcel vanished, all are sent again."""
        unit = await reservation_of(api, write.place.locker_bank_id, parcel.tracking_number)
        if unit is None or unit.locker_unit_id != write.place.locker_unit_id:
            return None
        # Without an expiry the write only names parcels again, and any time is right.
        moved = write.expiry is None or unit.reservation_expiry_time == write.expiry
        complete = all(unit.holds(number) for number in write.parcels)
        return self._done(parcel, write) if moved and complete else None

    def _done(self, parcel: Parcel, write: OpenWrite) -> Outcome:
        expiry = write.expiry or parcel.reservation_expiry
        if expiry is None:
            raise WrongStateError("extension_without_time")
        return Outcome(events.ReservationExtended(intent_id=write.intent_id, place=write.place, expiry=expiry))


WRITES: Final[dict[Operation, Write]] = {
    Operation.RESERVE: Reserve(),
    Operation.DEPOSIT: Deposit(),
    Operation.FREE: Free(),
    Operation.EXTEND: Extend(),
    Operation.ADD: Add(),
}
"""How each operation is written."""


def _reference(parcel: Parcel) -> ParcelReference:
    return ParcelReference(tracking_number=parcel.tracking_number, secondary_tracking_number=parcel.second_number)


def _elsewhere(code: str, parcel: Parcel, unit: LockerUnit) -> ParcelElsewhereError:
    return ParcelElsewhereError(code, tracking_number=parcel.tracking_number, locker_unit_id=unit.locker_unit_id)


def contact_of(parcel: Parcel) -> Contact:
    """Return for whom the parcel is; raises WrongStateError while nobody was chosen."""
    if parcel.contact is None:
        raise WrongStateError("hindered_no_recipient")
    return parcel.contact
