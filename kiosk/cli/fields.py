"""Parcels and units as fields under the API's names, for people's tables and programs' JSON alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.cli.output import Fields
from kiosk.parcels.contacts import Contact
from kiosk.parcels.contradictions import MENDED_BY
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.other_desks import OtherParcel
from kiosk.parcels.parcel import Cause, Parcel, UnitPlace
from kiosk.parcels.states import ParcelState

if TYPE_CHECKING:
    from kiosk.desk.overview import UnitContent


def parcel_fields(parcel: Parcel) -> Fields:
    """Return a parcel as the journal knows it. No pickup code: the deposit adds it."""
    place, contact, write = parcel.place, parcel.contact, parcel.open_write
    return {
        "trackingNumber": parcel.tracking_number,
        "secondaryTrackingNumber": parcel.second_number,
        "state": None if parcel.is_unreadable else parcel.state,
        "inDoubt": write.operation if write else None,
        "cause": cause_fields(write.cause) if write else None,
        **_whom_and_where(contact, place),
        "shelf": parcel.shelf,
        "takenInTime": parcel.taken_in_at,
        "reservationExpiryTime": parcel.reservation_expiry,
        "depositTime": parcel.deposited_at,
        "depositExpiryTime": parcel.deposit_expiry,
        "handedTo": parcel.handed_to or None,
        "destination": parcel.destination or None,
    }


def cause_fields(cause: Cause | None) -> Fields | None:
    """Return why something went wrong: its code and parameters, for people its sentence (`Output.record`)."""
    return {"code": cause.code, "parameters": cause.parameters} if cause else None


def held_fields(tracking_number: str, locker_bank_id: str, unit: LockerUnit) -> Fields:
    """Return a parcel as the server knows it, by the unit that holds it."""
    is_in = unit.has_deposited(tracking_number)
    return {
        "trackingNumber": tracking_number,
        "state": ParcelState.IN_LOCKER if is_in else ParcelState.RESERVED,
        "contactId": unit.contact_id,
        "contactType": unit.contact_type.value if unit.contact_type else None,
        "contactName": unit.contact_name or None,
        "lockerBankId": locker_bank_id,
        "lockerUnitId": unit.locker_unit_id,
        "size": unit.size,
        "reservationExpiryTime": unit.reservation_expiry_time,
        "depositTime": unit.deposit_time if is_in else None,
        "depositExpiryTime": unit.deposit_expiry_time if is_in else None,
    }


def other_fields(other: OtherParcel, heard_at: datetime | None) -> Fields:
    """Return a parcel that another desk has, as it told of it last; `heard_at` is when the centre was last heard."""
    place, contact = other.place, other.contact
    return {
        "trackingNumber": other.tracking_number,
        "state": other.state,
        "desk": other.desk_name,
        "deskId": other.desk,
        "site": other.site or None,
        **_whom_and_where(contact, place),
        "shelf": other.shelf,
        "takenInTime": other.taken_in_at,
        "sinceTime": other.since,
        "heardTime": heard_at,
    }


def _whom_and_where(contact: Contact | None, place: UnitPlace | None) -> Fields:
    return {
        "contactId": contact.contact_id if contact else None,
        "contactType": contact.contact_type.value if contact else None,
        "contactName": (contact.name or None) if contact else None,
        "lockerBankId": place.locker_bank_id if place else None,
        "lockerUnitId": place.locker_unit_id if place else None,
        "size": place.size if place else None,
    }


def contradiction_fields(content: UnitContent) -> Fields:
    """Return a unit that contradicts itself: the code, what mends it, and the numbers it is about."""
    code, numbers = content.contradiction, (each.tracking_number for each in content.parcels)
    return {
        "lockerUnitId": content.unit.locker_unit_id,
        "contradiction": code,
        "mendedBy": (code and MENDED_BY[code]) or ("stocktake",),
        "trackingNumbers": [*dict.fromkeys((*content.unit.numbers, *numbers))],
    }
