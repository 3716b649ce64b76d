"""The operations that only look at banks: getLockerBanks, lockerSizes, getLockerBankDetails.

The shapes of these answers are inferred: no page shows them.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from kiosk.simulator.calls import Call
from kiosk.simulator.errors import not_found
from kiosk.simulator.units import SIZES, Unit, read_units


def get_locker_banks(call: Call) -> dict[str, Any]:
    """List the banks; the filters `locationId` and `lockerBankId` narrow it, down to nothing."""
    location, bank = call.request.query.get("locationId"), call.request.query.get("lockerBankId")
    rows = call.db.execute("SELECT * FROM banks ORDER BY rowid").fetchall()
    return {
        "lockerBanks": [
            bank_json(row) for row in rows if location in (None, row["location_id"]) and bank in (None, row["bank_id"])
        ]
    }


def locker_sizes(call: Call) -> dict[str, Any]:
    """Count the free units of each size that the bank has."""
    bank = find_bank(call)
    units = read_units(call.db, bank["bank_id"])
    sizes = [size for size in SIZES if any(unit.size == size for unit in units)]
    return {
        "lockerBankId": bank["bank_id"],
        "sizes": [
            {"size": size, "available": sum(unit.size == size and is_free(unit) for unit in units)} for size in sizes
        ],
    }


def get_locker_bank_details(call: Call) -> dict[str, Any]:
    """Show the bank and each of its units."""
    bank = find_bank(call)
    return bank_json(bank) | {"lockerUnits": [unit.to_json() for unit in read_units(call.db, bank["bank_id"])]}


def bank_json(row: sqlite3.Row) -> dict[str, Any]:
    """Write a bank as the API's LockerBank."""
    return {
        "lockerBankId": row["bank_id"],
        "lockerBankName": row["name"],
        "locationId": row["location_id"],
        "locationName": row["location_name"],
    }


def find_bank(call: Call) -> sqlite3.Row:
    """Return the bank the path names, or refuse."""
    bank_id = call.params["lockerBankId"]
    row: sqlite3.Row | None = call.db.execute("SELECT * FROM banks WHERE bank_id = ?", (bank_id,)).fetchone()
    if row is None:
        raise not_found(f"There is no locker bank {bank_id}", "lockerBankId")
    return row


def find_unit(call: Call, unit_id: str) -> Unit:
    """Return a unit of the bank the path names, or refuse."""
    bank_id = find_bank(call)["bank_id"]
    units = read_units(call.db, bank_id, unit_id)
    if not units:
        raise not_found(f"There is no locker unit {unit_id} in {bank_id}", "lockerUnitId")
    return units[0]


def find_reserved_unit(call: Call) -> Unit:
    """Return the unit the path names, or refuse because nobody holds it."""
    unit = find_unit(call, call.params["lockerUnitId"])
    if not unit.reserved:
        raise not_found(f"Locker unit {unit.unit_id} in {unit.bank_id} is not reserved", "lockerUnitId")
    return unit


def is_free(unit: Unit) -> bool:
    """Tell whether a unit can be reserved."""
    return unit.in_service and not unit.reserved
