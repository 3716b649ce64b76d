"""createReservation, by unit id: a repeated or late request can't take a second unit."""

from __future__ import annotations

from kiosk.desk.reservations import reservation_of
from kiosk.desk.writes.sending import Again, Outcome, Sending, contact_of, elsewhere, is_of_another
from kiosk.errors import AnswerLostError
from kiosk.parcels.events import UnitReserved
from kiosk.parcels.lockers import CreateReservationAnswer, CreateReservationRequest, LockerUnit
from kiosk.parcels.parcel import UnitPlace


class Reserve:
    """Holds a unit for a parcel."""

    async def send(self, sending: Sending, unit: LockerUnit | None = None) -> Outcome:
        """Ask for exactly the unit of the write, or by size where the bank tells no units."""
        del unit  # nothing is held yet
        parcel, write, place = sending.parcel, sending.write, sending.place
        contact = contact_of(parcel)
        unit_id = place.locker_unit_id or None
        request = CreateReservationRequest(
            user_id=write.user_id,
            locker_unit_id=unit_id,
            size=None if unit_id else place.size,
            # A named unit was chosen with that in mind, perhaps out of reach because the clerk said so.
            accessible=(contact.accessible or None) if unit_id is None else None,
            contact_id=contact.contact_id,
            contact_type=contact.contact_type,
            tracking_number=parcel.tracking_number,
            secondary_tracking_number=parcel.second_number,
            reservation_expiry_time=write.expiry,
        )
        answer = await sending.api.create_reservation(place.locker_bank_id, request, transaction_id=write.intent_id)
        _believe(answer, request, place)
        return _reserved(sending, answer)

    async def find_out(self, sending: Sending) -> Outcome | Again:
        """Adopt the unit if the number is reserved for our contact; stop if it is somebody else's."""
        parcel = sending.parcel
        unit = await reservation_of(sending.api, sending.place.locker_bank_id, parcel.tracking_number)
        if unit is None:
            return Again()
        if is_of_another(unit, parcel):
            raise elsewhere("number_of_another_recipient", parcel, unit)
        # Adopted as reserved, it would be put into a unit where a parcel of that number lies already.
        if unit.has_deposited(parcel.tracking_number):
            raise elsewhere("number_lies_in_locker", parcel, unit)
        return _reserved(sending, unit)


def _reserved(sending: Sending, told: CreateReservationAnswer | LockerUnit) -> Outcome:
    """Return what is held: the unit that the service names is the truth, whatever was asked for."""
    place = sending.place.model_copy(
        update={"locker_unit_id": told.locker_unit_id, "size": told.size or sending.place.size}
    )
    expiry = told.reservation_expiry_time or sending.write.expiry
    return Outcome(UnitReserved(intent_id=sending.write.intent_id, place=place, expiry=expiry))


def _believe(answer: CreateReservationAnswer, request: CreateReservationRequest, place: UnitPlace) -> None:
    """Raise AnswerLostError for an answer about another bank, contact or number; a reading then tells."""
    told = (answer.locker_bank_id, answer.contact_id, answer.tracking_number)
    asked = (place.locker_bank_id, request.contact_id, request.tracking_number)
    if any(is_told and is_told != wanted for is_told, wanted in zip(told, asked, strict=True)):
        raise AnswerLostError("answer_about_another", status=200)
