"""updateReservation: one more parcel for a unit that its contact holds, or the unit for longer.

Each request, also one that is repeated much later, is preceded by a reading. It names all parcels that are there by
then, whether the list adds or replaces, and none that the journal knows to have left.
"""

from __future__ import annotations

from datetime import datetime

from kiosk.desk.reservations import held_unit, reservation_of
from kiosk.desk.writes.sending import (
    Again,
    MovedOnError,
    Outcome,
    Sending,
    believe,
    contact_of,
    elsewhere,
    is_of_another,
    is_there,
    reference,
    still_there,
)
from kiosk.errors import ReservationLapsedError, WrongStateError
from kiosk.parcels.events import ReservationExtended, ReservationLapsed, UnitReserved
from kiosk.parcels.lockers import LockerUnit, ParcelReference, UpdateReservationAnswer


class Add:
    """Reserves a place in the unit for one more parcel; never in one that is somebody else's by now."""

    async def send(self, sending: Sending, unit: LockerUnit | None = None) -> Outcome:
        """Add the parcel; raises ReservationLapsedError, with nothing sent, where the contact lost the unit."""
        del unit  # the parcel is in none yet: what its contact holds is read
        held = await held_unit(sending.api, sending.place, contact_of(sending.parcel))
        if held is None:
            raise ReservationLapsedError("unit_emptied", locker_unit_id=sending.place.locker_unit_id)
        promised = [each for each in (sending.write.expiry, held.reservation_expiry_time) if each is not None]
        # Never earlier than it is: the other parcels in the unit were promised that time.
        answer = await _update(sending, held, max(promised, default=None))
        return _added(sending, answer.reservation_expiry_time)

    async def find_out(self, sending: Sending) -> Outcome | Again:
        """Count a number that is in the unit as added; stop where it is in another one or somebody else's."""
        parcel = sending.parcel
        unit = await reservation_of(sending.api, sending.place.locker_bank_id, parcel.tracking_number)
        if unit is None:
            return Again()
        is_here = is_there(unit, sending.place) and not unit.has_deposited(parcel.tracking_number)
        if not is_here or is_of_another(unit, parcel):
            raise elsewhere("number_held_otherwise", parcel, unit)
        return _added(sending, unit.reservation_expiry_time)


class Extend:
    """Holds the unit until another time, with the parcels it has; without a time it only names parcels again."""

    async def send(self, sending: Sending, unit: LockerUnit | None = None) -> Outcome:
        """Send all parcels of the unit beside the time, for the API wants them."""
        await _update(sending, unit or await _own_unit(sending), sending.write.expiry)
        return _extended(sending)

    async def find_out(self, sending: Sending) -> Outcome | Again:
        """Compare the unit with what was wanted; where an older parcel vanished, all are sent again."""
        unit, write = await _own_unit(sending), sending.write
        is_moved = write.expiry is None or unit.reservation_expiry_time == write.expiry
        gone = await sending.elsewhere(sending.place, write.parcels)
        is_complete = all(unit.holds(number) for number in write.parcels if number not in gone)
        return _extended(sending) if is_moved and is_complete else Again(unit)


async def _own_unit(sending: Sending) -> LockerUnit:
    """Return the parcel's unit as it is; raises MovedOnError where it holds another one, or none."""
    parcel, place = sending.parcel, sending.place
    unit = await reservation_of(sending.api, place.locker_bank_id, parcel.tracking_number)
    if unit is None:
        lapsed = ReservationLapsedError(locker_unit_id=place.locker_unit_id)
        raise MovedOnError(lapsed, ReservationLapsed(place=place))
    if not is_there(unit, place) or is_of_another(unit, parcel):
        raise elsewhere("number_held_otherwise", parcel, unit)
    return unit


async def _update(sending: Sending, unit: LockerUnit, expiry: datetime | None) -> UpdateReservationAnswer:
    place, write = sending.place, sending.write
    vanished = [ParcelReference(tracking_number=number) for number in write.parcels if not unit.holds(number)]
    inside = await still_there(sending, (*unit.parcels_reserved, *unit.parcels_deposited, *vanished))
    answer = await sending.api.update_reservation(
        place.locker_bank_id,
        place.locker_unit_id,
        parcels=[*inside, reference(sending.parcel)],
        user_id=write.user_id,
        reservation_expiry_time=expiry,
        transaction_id=write.intent_id,
    )
    believe(place, answer.locker_bank_id, answer.locker_unit_id)
    return answer


def _added(sending: Sending, expiry: datetime | None) -> Outcome:
    expiry = expiry or sending.write.expiry
    return Outcome(UnitReserved(intent_id=sending.write.intent_id, place=sending.place, expiry=expiry))


def _extended(sending: Sending) -> Outcome:
    expiry = sending.write.expiry or sending.parcel.reservation_expiry
    if expiry is None:
        raise WrongStateError("extension_without_time")
    return Outcome(ReservationExtended(intent_id=sending.write.intent_id, place=sending.place, expiry=expiry))
