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
    out_of_service: str | None = None
    """The size of its broken unit."""


BANKS = (
    DemoBank(
        "AOne",
        "Lobby",
        "HQ",
        "Headquarters",
        (("small", 9, 3), ("medium", 7, 2), ("large", 4, 1), ("mlarge", 4, 1)),
        out_of_service="medium",
    ),
    DemoBank(
        "BTwo",
        "Loading dock",
        "HQ",
        "Headquarters",
        (("small", 16, 4), ("medium", 12, 3), ("large", 6, 2), ("mlarge", 6, 1)),
        out_of_service="medium",
    ),
    # Small enough to run out of a size, which is worth seeing in a demo.
    DemoBank(
        "CThree",
        "Laboratory",
        "LAB",
        "Laboratory",
        (("small", 5, 2), ("medium", 3, 1), ("large", 2, 2), ("mlarge", 2, 0)),
    ),
)
ACCESSIBLE_EVERY = 3
"""Of each size, the second unit and every third after it is within reach."""
RESERVED_ONLY_EVERY = 3
"""Of the units in use, the first and every third after it hold nothing yet."""
AGES = (timedelta(), timedelta(days=3), timedelta(days=1))
"""By how much earlier the first units of each bank were put to use: one is expired, one was filled yesterday."""
FOR_DEPARTMENTS = 1 / 6
"""How many of the units in use are a department's."""
DEMO_USER = "mailroom@example.com"


def contacts_file() -> Path:
    """Return the CSV file of the demo's people and departments."""
    return Path(__file__).with_name("contacts.csv")


def fill(db: sqlite3.Connection, seed: int, now: datetime) -> None:
    """Fill an empty file with the demo world."""
    set_counter(db, "seed", seed)
    with contacts_file().open(encoding="utf-8", newline="") as file:
        contacts = [(row["contact_id"], row["contact_type"], row["name"]) for row in csv.DictReader(file)]
    db.executemany("INSERT INTO contacts VALUES (?, ?, ?)", contacts)
    world = _DemoWorld(db, random.Random(seed), contacts, now)
    for bank in BANKS:
        world.install(bank)


@dataclass(frozen=True)
class _DemoWorld:
    db: sqlite3.Connection
    rng: random.Random
    contacts: list[tuple[str, str, str]]
    now: datetime

    def install(self, bank: DemoBank) -> None:
        self.db.execute(
            "INSERT INTO banks VALUES (?, ?, ?, ?)", (bank.bank_id, bank.name, bank.location_id, bank.location_name)
        )
        first, used = 1, 0
        for size, count, in_use in bank.units:
            numbers = range(first, first + count)
            for place, number in enumerate(numbers):
                accessible = place % ACCESSIBLE_EVERY == 1
                self.db.execute(
                    "INSERT INTO units (bank_id, unit_id, position, size, accessible, in_service)"
                    " VALUES (?, ?, ?, ?, ?, 1)",
                    (bank.bank_id, str(number), number, size, accessible),
                )
            broken = size == bank.out_of_service
            # The first accessible unit stays free, but where the size is to be full.
            usable = numbers if in_use == count else [number for number in numbers if number != first + 1]
            chosen = self.rng.sample(usable, in_use + broken)
            for number in chosen[:in_use]:
                age = AGES[used] if used < len(AGES) else timedelta()
                self.use(bank.bank_id, str(number), age, deposit=used % RESERVED_ONLY_EVERY != 0)
                used += 1
            for number in chosen[in_use:]:
                self.db.execute(
                    "UPDATE units SET in_service = 0 WHERE bank_id = ? AND unit_id = ?", (bank.bank_id, str(number))
                )
            first += count

    def use(self, bank_id: str, unit_id: str, age: timedelta, *, deposit: bool) -> None:
        wanted = "department" if self.rng.random() < FOR_DEPARTMENTS else "recipient"
        contact_id = self.rng.choice([contact for contact, kind, _ in self.contacts if kind == wanted])
        reserved = self.now - age - timedelta(minutes=self.rng.randint(30, 600))
        expiry = self.now + timedelta(hours=self.rng.randint(4, 72))
        self.db.execute(
            "UPDATE units SET contact_id = ?, user_id = ?, reservation_time = ?, reservation_expiry = ?"
            " WHERE bank_id = ? AND unit_id = ?",
            (contact_id, DEMO_USER, write_time(reserved), write_time(expiry), bank_id, unit_id),
        )
        for _ in range(self.rng.choice((1, 1, 1, 2))):
            hold(self.db, bank_id, unit_id, Parcel(f"TBA{self.rng.randrange(10**12):012}"))
        if deposit:
            code = fresh_code(self.db) if wanted == "recipient" else None
            self.fill(bank_id, unit_id, reserved + timedelta(minutes=self.rng.randint(1, 20)), code)

    def fill(self, bank_id: str, unit_id: str, moment: datetime, code: str | None) -> None:
        self.db.execute("UPDATE parcels SET deposited = 1 WHERE bank_id = ? AND unit_id = ?", (bank_id, unit_id))
        self.db.execute(
            "UPDATE units SET deposit_time = ?, deposit_expiry = ?, pickup_code = ? WHERE bank_id = ? AND unit_id = ?",
            (write_time(moment), write_time(moment + DEPOSIT_LIFETIME), code, bank_id, unit_id),
        )
