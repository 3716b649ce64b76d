"""The operations on reservations: create, get, list, update, free.

Sources: the operation pages under https://docs.shipping360.pitneybowes.com/openapi/parcelpoint. What no page says is
decided strictly, so that a careless client is noticed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kiosk.simulator.banks import find_bank, find_reserved_unit, find_unit, is_free
from kiosk.simulator.calls import Call
from kiosk.simulator.errors import Refusal, not_found, validation_error
from kiosk.simulator.fields import (
    flag,
    future_time,
    one_of,
    optional_parcels,
    optional_text,
    required_parcels,
    required_text,
)
from kiosk.simulator.messages import decode
from kiosk.simulator.times import write_time
from kiosk.simulator.units import SIZES, Parcel, Unit, empty, hold, holder_of, parcel_list, read_units

CONTACT_TYPES = ("recipient", "department")
DEFAULT_RESERVATION = timedelta(hours=24)


def create_reservation(call: Call) -> dict[str, Any]:
    """Reserve the unit asked for, or any free one of the size, for one parcel of one contact."""
    body = call.body
    bank_id = find_bank(call)["bank_id"]
    user_id = required_text(body, "userId")
    parcel = Parcel(required_text(body, "trackingNumber"), optional_text(body, "secondaryTrackingNumber"))
    contact_id, contact_type = _contact(call)
    expiry = future_time(body, "reservationExpiryTime", call.now) or call.now + DEFAULT_RESERVATION
    _refuse_held_elsewhere(call, bank_id, parcel)
    unit = _wanted_unit(call, bank_id)

    call.db.execute(
        "UPDATE units SET contact_id = ?, user_id = ?, reservation_time = ?, reservation_expiry = ?"
        " WHERE bank_id = ? AND unit_id = ?",
        (contact_id, user_id, write_time(call.now), write_time(expiry), bank_id, unit.unit_id),
    )
    hold(call.db, bank_id, unit.unit_id, parcel)
    return {
        "lockerBankId": bank_id,
        "lockerUnitId": unit.unit_id,
        "size": unit.size,
        "accessible": unit.accessible,
        "contactId": contact_id,
        "contactType": contact_type,
        **parcel.to_json(),
        "reservationExpiryTime": write_time(expiry),
    }


def _contact(call: Call) -> tuple[str, str]:
    contact_id = required_text(call.body, "contactId")
    contact_type = required_text(call.body, "contactType")
    one_of(contact_type, "contactType", CONTACT_TYPES)
    if contact_type != _type_of(call, contact_id):
        raise validation_error(f"Contact {contact_id} is no {contact_type}", "contactType")
    return contact_id, contact_type


def _type_of(call: Call, contact_id: str) -> str:
    row = call.db.execute("SELECT contact_type FROM contacts WHERE contact_id = ?", (contact_id,)).fetchone()
    if row is not None:
        return str(row["contact_type"])
    found = call.find_contact(contact_id)
    if found is None:
        raise not_found(f"There is no contact {contact_id}", "contactId")
    contact_type, name = found
    call.db.execute("INSERT INTO contacts VALUES (?, ?, ?)", (contact_id, contact_type, name))
    return contact_type


def _wanted_unit(call: Call, bank_id: str) -> Unit:
    unit_id, size = optional_text(call.body, "lockerUnitId"), optional_text(call.body, "size")
    accessible = flag(call.body, "accessible")
    one_of(size, "size", SIZES)
    if unit_id is not None:
        unit = find_unit(call, unit_id)
        if not is_free(unit):
            state = "already reserved" if unit.reserved else "out of service"
            raise validation_error(f"Locker unit {unit_id} in {bank_id} is {state}", "lockerUnitId")
        return unit
    if size is None:
        raise validation_error("size or lockerUnitId is required", "size", "lockerUnitId")
    free = [unit for unit in read_units(call.db, bank_id) if unit.size == size and is_free(unit)]
    # An accessible unit is kept for those who need it while another one will do.
    fitting = (
        [unit for unit in free if unit.accessible] if accessible else sorted(free, key=lambda unit: unit.accessible)
    )
    if not fitting:
        kind = f"accessible {size}" if accessible else size
        raise validation_error(f"{bank_id} has no free {kind} locker unit", "size")
    return fitting[0]


def _refuse_held_elsewhere(call: Call, bank_id: str, parcel: Parcel, unit_id: str | None = None) -> None:
    holder = holder_of(call.db, bank_id, parcel.tracking_number)
    if holder not in (None, unit_id):
        raise validation_error(
            f"trackingNumber {parcel.tracking_number} already holds locker unit {holder} in {bank_id}", "trackingNumber"
        )


def get_reservation(call: Call) -> dict[str, Any]:
    """Show the unit that holds a tracking number."""
    bank_id = find_bank(call)["bank_id"]
    number = call.params["trackingNumber"]
    holder = holder_of(call.db, bank_id, number)
    if holder is None and _is_true(call, "isTrackNumUrlEncoded"):
        # The path was decoded once already. What exists as it came is never decoded again.
        number = decode(number) if number.isascii() else number
        holder = holder_of(call.db, bank_id, number)
    if holder is None:
        raise not_found(f"No reservation in {bank_id} holds trackingNumber {number}", "trackingNumber")
    only = None if _is_true(call, "includeAllParcels") else number
    return find_unit(call, holder).to_json(only)


def _is_true(call: Call, parameter: str) -> bool:
    return call.request.query.get(parameter, "").lower() == "true"


def get_reservation_list(call: Call) -> dict[str, Any]:
    """Show every unit of the bank that a contact holds."""
    bank_id = find_bank(call)["bank_id"]
    contact_id = call.params["contactId"]
    _type_of(call, contact_id)
    units = read_units(call.db, bank_id)
    return {"reservedUnits": [unit.to_json() for unit in units if unit.contact_id == contact_id]}


def update_reservation(call: Call) -> dict[str, Any]:
    """Add parcels to a reservation and move its expiry; parcels that are there already stay."""
    unit = find_reserved_unit(call)
    parcels = required_parcels(call.body)
    user_id = optional_text(call.body, "userId") or unit.user_id
    moved = future_time(call.body, "reservationExpiryTime", call.now)
    for parcel in parcels:
        _refuse_held_elsewhere(call, unit.bank_id, parcel, unit.unit_id)

    for parcel in parcels:
        hold(call.db, unit.bank_id, unit.unit_id, parcel)
    expiry = write_time(moved) if moved else unit.reservation_expiry
    call.db.execute(
        "UPDATE units SET user_id = ?, reservation_expiry = ? WHERE bank_id = ? AND unit_id = ?",
        (user_id, expiry, unit.bank_id, unit.unit_id),
    )
    return {
        "lockerBankId": unit.bank_id,
        "lockerUnitId": unit.unit_id,
        "userId": user_id,
        "reservationExpiryTime": expiry,
        "parcelsReserved": parcel_list(find_reserved_unit(call).parcels),
    }


def free_reservation(call: Call) -> dict[str, Any]:
    """Release a unit, or take only the named parcels off it; with the last parcel the unit is free."""
    unit = find_reserved_unit(call)
    required_text(call.body, "userId")
    named = optional_parcels(call.body)
    _release(call, unit, unit.parcels if named is None else named)
    left = find_unit(call, unit.unit_id)
    return {
        "lockerBankId": unit.bank_id,
        "lockerUnitId": unit.unit_id,
        "unitReserved": left.reserved,
        "contactId": unit.contact_id,
        "contactType": unit.contact_type,
        "parcelsReserved": parcel_list(left.parcels),
    }


def _release(call: Call, unit: Unit, parcels: list[Parcel] | tuple[Parcel, ...]) -> None:
    named = {parcel.tracking_number for parcel in parcels}
    if unknown := named - {parcel.tracking_number for parcel in unit.parcels}:
        raise _not_in_unit(unit, unknown)
    left = [parcel for parcel in unit.parcels if parcel.tracking_number not in named]
    if not left:
        empty(call.db, unit.bank_id, unit.unit_id)
        return
    for number in named:
        call.db.execute("DELETE FROM parcels WHERE bank_id = ? AND tracking_number = ?", (unit.bank_id, number))
    if not any(parcel.deposited for parcel in left):
        call.db.execute(
            "UPDATE units SET deposit_time = NULL, deposit_expiry = NULL, pickup_code = NULL"
            " WHERE bank_id = ? AND unit_id = ?",
            (unit.bank_id, unit.unit_id),
        )


def _not_in_unit(unit: Unit, numbers: set[str]) -> Refusal:
    return not_found(
        f"Locker unit {unit.unit_id} in {unit.bank_id} does not hold {', '.join(sorted(numbers))}", "parcels"
    )
