"""The demo world that a new data folder begins with: banks, units, contacts, and units already in use.

The same seed and time make the same world.
"""

from __future__ import annotations

import csv
import random
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.simulator.deposits import DEPOSIT_LIFETIME, fresh_code
from kiosk.simulator.state import set_counter
from kiosk.simulator.times import write_time
from kiosk.simulator.units import Parcel, hold


@dataclass(frozen=True)
class DemoBank:
    """A bank as it is set up: how many units of each size, and how many of those are in use."""

    bank_id: str
    name: str
    location_id: str
    location_name: str
    units: tuple[tuple[str, int, int], ...]
    """(size, units, in use)"""
    out_of_service: bool


BANKS = (
    DemoBank(
        "AOne",
        "Lobby",
        "HQ",
        "Headquarters",
        (("small", 9, 3), ("medium", 7, 2), ("large", 4, 1), ("mlarge", 4, 1)),
        out_of_service=True,
    ),
    DemoBank(
        "BTwo",
        "Loading dock",
        "HQ",
        "Headquarters",
        (("small", 16, 4), ("medium", 12, 3), ("large", 6, 2), ("mlarge", 6, 1)),
        out_of_service=True,
    ),
    # Small enough to run out of a size, which is worth seeing in a demo.
    DemoBank(
        "CThree",
        "Laboratory",
        "LAB",
        "Laboratory",
        (("small", 5, 2), ("medium", 3, 1), ("large", 2, 2), ("mlarge", 2, 0)),
        out_of_service=False,
    ),
)
ACCESSIBLE_EVERY = 3
"""Of each size, the second unit and every third after it is within reach."""


def contacts_file() -> Path:
    """Return the CSV file of the demo's people and departments."""
    return Path(__file__).with_name("contacts.csv")


def sow(db: sqlite3.Connection, seed: int, now: datetime) -> None:
    """Fill an empty file with the demo world."""
    rng = random.Random(seed)
    set_counter(db, "seed", seed)
    with contacts_file().open(encoding="utf-8", newline="") as file:
        rows = [(row["contact_id"], row["contact_type"], row["name"]) for row in csv.DictReader(file)]
    db.executemany("INSERT INTO contacts VALUES (?, ?, ?)", rows)
    contacts = [(contact_id, contact_type) for contact_id, contact_type, _ in rows]
    for bank in BANKS:
        _install(db, bank)
        _use(db, bank, rng, contacts, now)


def _install(db: sqlite3.Connection, bank: DemoBank) -> None:
    db.execute("INSERT INTO banks VALUES (?, ?, ?, ?)", (bank.bank_id, bank.name, bank.location_id, bank.location_name))
    number = 0
    for size, count, _ in bank.units:
        for place in range(count):
            number += 1
            db.execute(
                "INSERT INTO units (bank_id, unit_id, position, size, accessible, in_service) VALUES (?, ?, ?, ?, ?, 1)",
                (bank.bank_id, str(number), number, size, place % ACCESSIBLE_EVERY == 1),
            )


def _use(
    db: sqlite3.Connection, bank: DemoBank, rng: random.Random, contacts: list[tuple[str, str]], now: datetime
) -> None:
    first = 1
    for size, count, in_use in bank.units:
        chosen = rng.sample(range(first, first + count), in_use + bank.out_of_service)
        if bank.out_of_service and size == "medium":
            broken = chosen[in_use]
            db.execute("UPDATE units SET in_service = 0 WHERE bank_id = ? AND unit_id = ?", (bank.bank_id, str(broken)))
        for number in chosen[:in_use]:
            _occupy(db, bank.bank_id, str(number), rng, contacts, now)
        first += count


def _occupy(
    db: sqlite3.Connection,
    bank_id: str,
    unit_id: str,
    rng: random.Random,
    contacts: list[tuple[str, str]],
    now: datetime,
) -> None:
    contact_id, contact_type = rng.choice(contacts)
    reserved = now - timedelta(minutes=rng.randint(30, 600))
    db.execute(
        "UPDATE units SET contact_id = ?, user_id = 'mailroom@example.com', reservation_time = ?, reservation_expiry = ?"
        " WHERE bank_id = ? AND unit_id = ?",
        (contact_id, write_time(reserved), write_time(now + timedelta(hours=rng.randint(4, 72))), bank_id, unit_id),
    )
    for _ in range(rng.choice((1, 1, 1, 2))):
        hold(db, bank_id, unit_id, Parcel(f"TBA{rng.randrange(10**12):012}"))
    if rng.random() < 1 / 3:
        return
    deposited = reserved + timedelta(minutes=rng.randint(1, 20))
    code = fresh_code(db) if contact_type == "recipient" else None
    db.execute("UPDATE parcels SET deposited = 1 WHERE bank_id = ? AND unit_id = ?", (bank_id, unit_id))
    db.execute(
        "UPDATE units SET deposit_time = ?, deposit_expiry = ?, pickup_code = ? WHERE bank_id = ? AND unit_id = ?",
        (write_time(deposited), write_time(deposited + DEPOSIT_LIFETIME), code, bank_id, unit_id),
    )
