"""The simulator's own addresses under `/_simulator/`: the truth, the faults, a pick-up by hand.

They ask for no credentials, and no fault hits them.
"""

from __future__ import annotations

from typing import Any

from kiosk.simulator.banks import bank_json
from kiosk.simulator.calls import Call
from kiosk.simulator.deposits import collect
from kiosk.simulator.errors import not_found, validation_error
from kiosk.simulator.fields import optional_text, required_text
from kiosk.simulator.state import counter
from kiosk.simulator.times import write_time
from kiosk.simulator.units import parcel_list, read_units


def show_state(call: Call) -> dict[str, Any]:
    """Show every bank and unit as it truly is, with the pickup codes that the API never repeats."""
    banks = call.db.execute("SELECT * FROM banks ORDER BY rowid").fetchall()
    return {
        "time": write_time(call.now),
        "requests": int(counter(call.db, "requests")),
        "collected": int(counter(call.db, "collected")),
        "lockerBanks": [
            bank_json(bank)
            | {
                "lockerUnits": [
                    unit.to_json() | {"pickupCode": unit.pickup_code} for unit in read_units(call.db, bank["bank_id"])
                ]
            }
            for bank in banks
        ],
    }


def collect_unit(call: Call) -> dict[str, Any]:
    """Empty a unit as if the recipient had collected; tell what lay in it, and which code opened it."""
    bank_id, unit_id = required_text(call.body, "lockerBankId"), required_text(call.body, "lockerUnitId")
    units = read_units(call.db, bank_id, unit_id)
    if not units:
        raise not_found(f"There is no locker unit {unit_id} in {bank_id}", "lockerUnitId")
    if not units[0].deposited:
        raise validation_error(f"Nothing is deposited in locker unit {unit_id} of {bank_id}", "lockerUnitId")
    collect(call.db, bank_id, unit_id)
    return {"collected": parcel_list(units[0].deposited), "pickupCode": units[0].pickup_code}


def show_faults(call: Call) -> dict[str, Any]:
    """Show what is queued and what was injected."""
    return call.faults.to_json()


def clear_faults(call: Call) -> dict[str, Any]:
    """Forget what is queued and the counts."""
    call.faults.clear()
    return call.faults.to_json()


def queue_fault(call: Call) -> dict[str, Any]:
    """Queue a fault for the next matching requests of this process."""
    times = call.body.get("times", 1)
    # True is an int in Python.
    if not isinstance(times, int) or isinstance(times, bool):
        raise validation_error("times must be a whole number", "times")
    fault, operation = required_text(call.body, "fault"), optional_text(call.body, "operation")
    body = optional_text(call.body, "body") or "wrapped"
    try:
        call.faults.queue(fault, operation, times, body)
    except ValueError as error:
        raise validation_error(str(error)) from error
    return call.faults.to_json()
