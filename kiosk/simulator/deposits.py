"""What happens to a deposit: updateDeposit, the pickup code, and the recipient who empties the unit.

Source: https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/updateDeposit.
The day until a deposit expires is the sample's.
"""

from __future__ import annotations

import random
import sqlite3
from datetime import datetime, timedelta
from typing import Any

from kiosk.simulator.banks import find_reserved_unit
from kiosk.simulator.calls import Call
from kiosk.simulator.errors import validation_error
from kiosk.simulator.fields import optional_text, required_parcels
from kiosk.simulator.state import count_up, counter, set_counter
from kiosk.simulator.times import write_time
from kiosk.simulator.units import empty, parcel_list

DEPOSIT_LIFETIME = timedelta(days=1)
CODE_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 capitals and digits without the look-alikes I, O, 0 and 1."""
CODE_LENGTH = 6
CODE_STEP = 0x2545F491
"""Odd, so that steps of it through all codes meet each one once before any comes again."""
SHORTEST_STAY = timedelta(minutes=10)


def update_deposit(call: Call) -> dict[str, Any]:
    """Record that reserved parcels lie in the unit; for a recipient with a fresh code, which ends the earlier one."""
    unit = find_reserved_unit(call)
    parcels = required_parcels(call.body)
    user_id = optional_text(call.body, "userId") or unit.user_id
    reserved = {parcel.tracking_number for parcel in unit.parcels}
    for parcel in parcels:
        if parcel.tracking_number not in reserved:
            info = f"trackingNumber {parcel.tracking_number} is not reserved in locker unit {unit.unit_id}"
            raise validation_error(info, "parcels")

    for parcel in parcels:
        call.db.execute(
            "UPDATE parcels SET deposited = 1 WHERE bank_id = ? AND tracking_number = ?",
            (unit.bank_id, parcel.tracking_number),
        )
    code = fresh_code(call.db) if unit.contact_type == "recipient" else None
    expiry = write_time(call.now + DEPOSIT_LIFETIME)
    call.db.execute(
        "UPDATE units SET user_id = ?, deposit_time = ?, deposit_expiry = ?, pickup_code = ?"
        " WHERE bank_id = ? AND unit_id = ?",
        (user_id, write_time(call.now), expiry, code, unit.bank_id, unit.unit_id),
    )
    return {
        "lockerBankId": unit.bank_id,
        "lockerUnitId": unit.unit_id,
        "userId": user_id,
        **({"pickupCode": code} if code else {}),
        "depositTime": write_time(call.now),
        "depositExpiryTime": expiry,
        "parcelsDeposited": parcel_list(find_reserved_unit(call).deposited),
    }


def fresh_code(db: sqlite3.Connection) -> str:
    """Return a pickup code that this world never gave before."""
    place = int(counter(db, "seed")) * 7919 + count_up(db, "codes") * CODE_STEP
    code = ""
    for _ in range(CODE_LENGTH):
        place, character = divmod(place, len(CODE_CHARACTERS))
        code += CODE_CHARACTERS[character]
    return code


def collect(db: sqlite3.Connection, bank_id: str, unit_id: str) -> None:
    """Let the recipient take everything out."""
    empty(db, bank_id, unit_id)
    count_up(db, "collected")


def let_reservations_lapse(db: sqlite3.Connection, now: datetime) -> None:
    """Free the units whose reservation ended before anything was put in."""
    lapsed = db.execute(
        "SELECT bank_id, unit_id FROM units WHERE reservation_expiry <= ? AND deposit_time IS NULL", (write_time(now),)
    ).fetchall()
    for row in lapsed:
        empty(db, row["bank_id"], row["unit_id"])


def let_recipients_collect(db: sqlite3.Connection, now: datetime, per_hour: float) -> None:
    """Let simulated recipients come, about `per_hour` of them in all banks together, to deposits of some minutes' age.

    Who comes and when follows from the seed, so that every process sharing the file sees the same visits.
    """
    if per_hour <= 0:
        return
    due = counter(db, "next_visit") or now.timestamp() + _gap(db, per_hour)
    while due <= now.timestamp():
        latest = write_time(datetime.fromtimestamp(due, now.tzinfo) - SHORTEST_STAY)
        waiting = db.execute(
            "SELECT bank_id, unit_id FROM units WHERE deposit_time <= ? ORDER BY bank_id, position", (latest,)
        ).fetchall()
        if waiting:
            row = _random(db).choice(waiting)
            collect(db, row["bank_id"], row["unit_id"])
        # Nobody waiting: the visits of a long pause need not be walked through one by one.
        due = (due if waiting else now.timestamp()) + _gap(db, per_hour)
    set_counter(db, "next_visit", due)


def _gap(db: sqlite3.Connection, per_hour: float) -> float:
    return _random(db).expovariate(per_hour) * 3600


def _random(db: sqlite3.Connection) -> random.Random:
    # A new generator for each draw: a shared counter can go on in another process, a generator's state could not.
    return random.Random(f"{counter(db, 'seed')}/{count_up(db, 'draws')}")
