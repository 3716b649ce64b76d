"""freeReservation of one parcel only; other parcels in the unit stay."""

from __future__ import annotations

from kiosk.desk.reservations import reservation_of
from kiosk.desk.writes.sending import Again, Outcome, Sending, believe, is_of_another, is_there
from kiosk.parcels.events import UnitFreed
from kiosk.parcels.lockers import LockerUnit, ParcelReference


class Free:
    """Takes the parcel off its unit; a unit that holds nothing else is free then."""

    async def send(self, sending: Sending, unit: LockerUnit | None = None) -> Outcome:
        """Name this parcel, and no other."""
        del unit  # whatever else it holds stays
        place = sending.place
        answer = await sending.api.free_reservation(
            place.locker_bank_id,
            place.locker_unit_id,
            user_id=sending.write.user_id,
            parcels=[ParcelReference(tracking_number=sending.parcel.tracking_number)],
            transaction_id=sending.write.intent_id,
        )
        believe(place, answer.locker_bank_id, answer.locker_unit_id)
        return _freed(sending)

    async def find_out(self, sending: Sending) -> Outcome | Again:
        """Count a number as freed that is not in the unit any more, or is somebody else's there by now."""
        parcel, place = sending.parcel, sending.place
        if parcel.second_place is not None:
            units = await _units(sending)
            is_held = any(is_there(unit, place) and unit.holds(parcel.tracking_number) for unit in units)
        else:
            unit = await reservation_of(sending.api, place.locker_bank_id, parcel.tracking_number)
            is_held = unit is not None and is_there(unit, place) and not is_of_another(unit, parcel)
        return Again() if is_held else _freed(sending)


async def _units(sending: Sending) -> tuple[LockerUnit, ...]:
    """Return all units that may hold the number: getReservation tells one, and with two it may be either.

    The further one may be a stranger's, so the bank is read; where that lists no numbers, what the contact has.
    """
    bank_id, contact = sending.place.locker_bank_id, sending.parcel.contact
    units = (await sending.api.get_locker_bank_details(bank_id)).locker_units
    if contact is None or any(unit.numbers for unit in units):
        return units
    return await sending.api.get_reservation_list(bank_id, contact.contact_id)


def _freed(sending: Sending) -> Outcome:
    return Outcome(UnitFreed(intent_id=sending.write.intent_id, place=sending.place))
