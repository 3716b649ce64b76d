"""What the server holds now, read the way that settling a write and looking things up both need. Writes nothing."""

from __future__ import annotations

from kiosk.api.lockers import LockersApi
from kiosk.errors import NotFoundError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.parcel import UnitPlace


async def reservation_of(api: LockersApi, locker_bank_id: str, tracking_number: str) -> LockerUnit | None:
    """Return the unit that holds this number in the bank, with all its parcels, or None if there is none."""
    try:
        return await api.get_reservation(locker_bank_id, tracking_number, include_all_parcels=True)
    except NotFoundError:
        return None


async def held_unit(api: LockersApi, place: UnitPlace, contact: Contact) -> LockerUnit | None:
    """Return the unit if the contact holds it, with all its parcels."""
    units = await api.get_reservation_list(place.locker_bank_id, contact.contact_id)
    return next((unit for unit in units if unit.locker_unit_id == place.locker_unit_id), None)
