"""updateDeposit: the parcel is in; for a recipient the answer holds the pickup code, once.

It goes only into the parcel's unit while the service holds that for the parcel's contact. In a shared unit it names all
parcels that lie there, whether the list adds or replaces; never one that is only reserved, which may still be in
somebody's hands. The code counts for all of them.
"""

from __future__ import annotations

from typing import NoReturn

from kiosk.desk.findings import deposit_unclear, refused_late, unit_of_somebody_else
from kiosk.desk.reservations import held_unit, reservation_of
from kiosk.desk.writes.sending import (
    Again,
    MovedOnError,
    Outcome,
    Sending,
    believe,
    cause_of,
    contact_of,
    is_of_another,
    is_there,
    reference,
    still_there,
)
from kiosk.errors import NotFoundError, NotRecordedError, WrongStateError
from kiosk.parcels.events import AttentionRaised, ParcelDeposited, ParcelFoundGone, ParcelLeftUnrecorded
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.states import ContactType


class Deposit:
    """Records that the parcel is in its unit."""

    async def send(self, sending: Sending, unit: LockerUnit | None = None) -> Outcome:
        """Record the deposit, after a look at the unit where it may hold others or may not be the parcel's any more."""
        if unit is None and _needs_a_look(sending):
            unit = await _own_unit(sending)
        lying = await still_there(sending, unit.parcels_deposited) if unit is not None else []
        place = sending.place
        answer = await sending.api.update_deposit(
            place.locker_bank_id,
            place.locker_unit_id,
            parcels=[*lying, reference(sending.parcel)],
            user_id=sending.write.user_id,
            transaction_id=sending.write.intent_id,
        )
        # A code for another unit would open a stranger's door.
        believe(place, answer.locker_bank_id, answer.locker_unit_id)
        event = ParcelDeposited(
            intent_id=sending.write.intent_id,
            place=place,
            deposited_at=answer.deposit_time,
            deposit_expiry=answer.deposit_expiry_time,
            code_received=answer.pickup_code is not None,
        )
        return Outcome(event, answer.pickup_code)

    async def find_out(self, sending: Sending) -> Outcome | Again:
        """Count as done what lies in its unit for its contact.

        But for a code that was lost with the answer, and one who deposited: no reading tells either of them.
        """
        unit = await _own_unit(sending)
        if not unit.has_deposited(sending.parcel.tracking_number):
            return Again(unit)
        event = ParcelDeposited(
            intent_id=sending.write.intent_id,
            place=sending.place,
            deposited_at=unit.deposit_time,
            deposit_expiry=unit.deposit_expiry_time,
            code_received=False,
        )
        parcel = sending.parcel
        tells_all = contact_of(parcel).contact_type is ContactType.DEPARTMENT and not parcel.is_in_locker
        return Outcome(event) if tells_all else Again(unit, Outcome(event))


def _needs_a_look(sending: Sending) -> bool:
    """Tell whether the unit may hold others, or its reservation may be over."""
    parcel = sending.parcel
    is_over = parcel.reservation_expiry is not None and parcel.reservation_expiry <= sending.at
    return parcel.shared or parcel.is_in_locker or sending.has_mates or is_over


async def _own_unit(sending: Sending) -> LockerUnit:
    """Return the parcel's unit as it is; raises MovedOnError where the service does not hold it for the parcel."""
    parcel, place = sending.parcel, sending.place
    unit = await reservation_of(sending.api, place.locker_bank_id, parcel.tracking_number)
    if unit is not None and not is_there(unit, place):
        # A number can hold two units, and a reading of the number tells one of them.
        own = await held_unit(sending.api, place, contact_of(parcel))
        unit = own if own is not None and own.holds(parcel.tracking_number) else unit
    if unit is None:
        await _gone(sending)
    if not is_there(unit, place):
        other = place.model_copy(update={"locker_unit_id": unit.locker_unit_id, "size": unit.size})
        _unrecorded(sending, "number_in_another_unit", other)
    if is_of_another(unit, parcel):
        _unrecorded(sending, "unit_given_away", place)
    # A reservation that arrived late can hold the empty unit for a parcel that was collected from it.
    if _was_recorded(sending) and not unit.has_deposited(parcel.tracking_number):
        _collected(sending)
    return unit


async def _gone(sending: Sending) -> NoReturn:
    """Raise what it means that the service holds nothing for the number any more."""
    parcel, write, place = sending.parcel, sending.write, sending.place
    if _was_recorded(sending):
        _collected(sending)
    try:
        units = (await sending.api.get_locker_bank_details(place.locker_bank_id)).locker_units
    except NotFoundError:
        units = ()
    if any(is_there(unit, place) and is_of_another(unit, parcel) for unit in units):
        _unrecorded(sending, "unit_given_away", place)
    cause = NotRecordedError(
        "deposit_unclear" if write.may_be_done else "reservation_over",
        tracking_number=parcel.tracking_number,
        locker_unit_id=place.locker_unit_id,
    )
    item = (deposit_unclear if write.may_be_done else refused_late)(place, cause_of(cause))
    raise MovedOnError(cause, ParcelLeftUnrecorded(place=place), AttentionRaised(item=item))


def _was_recorded(sending: Sending) -> bool:
    """Tell whether the service is known to have had the parcel in its unit."""
    return sending.parcel.is_in_locker or sending.write.was_done


def _collected(sending: Sending) -> NoReturn:
    parcel = sending.parcel
    collected = WrongStateError("collected_meanwhile", tracking_number=parcel.tracking_number)
    raise MovedOnError(collected, ParcelFoundGone(), is_told=parcel.is_in_locker)


def _unrecorded(sending: Sending, code: str, unit: UnitPlace) -> NoReturn:
    """Raise that a unit is in the way, and keep that for somebody to look at."""
    parcel, place = sending.parcel, sending.place
    cause = NotRecordedError(
        code,
        tracking_number=parcel.tracking_number,
        locker_unit_id=place.locker_unit_id,
        other_unit_id=unit.locker_unit_id,
    )
    item = unit_of_somebody_else(cause_of(cause), unit)
    # One that was recorded before lies where it was recorded; only a fresh code was asked for.
    left = () if parcel.is_in_locker else (ParcelLeftUnrecorded(place=place),)
    raise MovedOnError(cause, *left, AttentionRaised(item=item))
