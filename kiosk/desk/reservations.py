"""What the server holds now, read the way that settling a write and looking things up both need. Writes nothing."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.api.lockers import LockersApi
from kiosk.errors import AnswerLostError, NotFoundError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.parcel import UnitPlace


class Held(NamedTuple):
    """A unit that holds a number, and the number as the server spells it."""

    place: UnitPlace
    unit: LockerUnit
    tracking_number: str


async def reservation_of(api: LockersApi, locker_bank_id: str, tracking_number: str) -> LockerUnit | None:
    """Return the unit that holds this number in the bank, with all its parcels, or None if there is none.

    Raises ApiError, also for an answer about something else.
    """
    try:
        unit = await api.get_reservation(locker_bank_id, tracking_number, include_all_parcels=True)
    except NotFoundError:
        return None
    # A unit without a list says nothing of numbers, and no page promises one.
    if unit.locker_bank_id not in {"", locker_bank_id} or (unit.numbers and not unit.is_known_by(tracking_number)):
        raise AnswerLostError("answer_about_another", status=200)
    return unit


async def held_unit(api: LockersApi, place: UnitPlace, contact: Contact) -> LockerUnit | None:
    """Return the unit if the contact holds it, with all its parcels."""
    units = await api.get_reservation_list(place.locker_bank_id, contact.contact_id)
    own = (unit for unit in units if unit.contact_id in {None, "", contact.contact_id})
    return next((unit for unit in own if unit.locker_unit_id == place.locker_unit_id), None)
