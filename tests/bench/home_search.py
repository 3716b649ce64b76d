"""Searching as one types: at home among ten thousand parcels that are here, and among a million that ever were.

From a key to what fits it. Beside it, what an append costs in the large journal.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from kiosk.clock import SystemClock
from kiosk.desk.scanning import Scans
from kiosk.desk.searching import Fits, Searching
from kiosk.journal.projection import write_parcel
from kiosk.journal.store import Journal
from kiosk.journal.words import write_words
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelTakenIn, RecipientChosen
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.other_desks import NoOtherDesks
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import ParcelState, Role
from tests.bench.figure import Figure
from tests.bench.people import people

HERE, EVER, TEXTS, APPENDS = 10_000, 1_000_000, 300, 200
AT_ONCE = 50_000
A_DAY = 2_000
KEY_MILLISECONDS = 50
CLERK = Person(name="bench@example.com", role=Role.CLERK)


def measure() -> list[Figure]:
    return asyncio.run(_measure())


async def _measure() -> list[Figure]:
    persons = [(person["name"], person["department"]) for person in people(20_000)]
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with Journal(Path(folder), environment="demo", desk_name="Bench", clock=SystemClock()) as journal:
            for end in range(AT_ONCE, EVER + 1, AT_ONCE):
                await journal.connection.write(partial(_fill, persons=persons, begin=end - AT_ONCE, end=end))
            searching = Searching(journal, Scans(journal, own_prefix="IH-"), NoOtherDesks(), SystemClock())
            texts = _typed([name for name, _ in persons])
            return [
                _slowest(f"A key at home among {HERE:,} parcels", await _type(searching.search, texts)),
                _slowest(f"A key of Find among {EVER:,} parcels", await _type(searching.find, texts)),
                Figure(f"Journal, an append among {EVER:,} parcels", f"{await _append(journal) * 1000:.1f} ms"),
            ]


def _slowest(name: str, taken: list[float]) -> Figure:
    slowest = quantiles(taken, n=100)[-1] * 1000
    bound = f"under {KEY_MILLISECONDS} ms"
    return Figure(f"{name}, 99th percentile", f"{slowest:.1f} ms", bound, reached=slowest < KEY_MILLISECONDS)


async def _type(search: Callable[[str], Awaitable[Fits]], texts: list[str]) -> list[float]:
    """Return the seconds from each key to its answer."""
    taken: list[float] = []
    for text in texts:
        for letters in range(1, len(text) + 1):
            begin = time.perf_counter()
            await search(text[:letters])
            taken.append(time.perf_counter() - begin)
    return taken


async def _append(journal: Journal) -> float:
    """Return the median seconds of an append that changes by what a parcel is found."""
    taken: list[float] = []
    for at in range(APPENDS):
        number = f"TBA{time.perf_counter_ns()}"
        contact = Contact(contact_id=f"new{at}", name=f"Newcomer {at}")
        for event in (ParcelTakenIn(tracking_number=number, scanned=number), RecipientChosen(contact=contact)):
            begin = time.perf_counter()
            await journal.append(number, event, CLERK)
            taken.append(time.perf_counter() - begin)
    return median(taken)


def _number(at: int) -> str:
    return f"1Z999AA1{at * 7_919 % 10_000_000_000:010}"


def _fill(database: sqlite3.Connection, persons: list[tuple[str, str]], begin: int, end: int) -> None:
    """Write parcels as they stand, without the events before; all but the last are collected."""
    now = SystemClock().now()
    rng = random.Random(begin)
    for at in range(begin, end):
        who = rng.randrange(len(persons))
        name, department = persons[who]
        taken_in_at = now - timedelta(days=(EVER - at) / A_DAY)
        parcel = Parcel(
            parcel_id=f"{at:016x}",
            tracking_number=_number(at),
            scanned=_number(at),
            taken_in_at=taken_in_at,
            state=ParcelState.IN_LOCKER if at >= EVER - HERE else ParcelState.COLLECTED,
            contact=Contact(contact_id=f"{who:024x}", name=name, department=department),
            place=UnitPlace(locker_bank_id="AOne", locker_unit_id=str(at % 500), size=LockerSize("small")),
        )
        write_parcel(database, parcel, taken_in_at)
        write_words(database, parcel)


def _typed(names: list[str]) -> list[str]:
    """Return names in several orders, numbers and their ends, lockers, days, and what nobody has."""
    rng = random.Random(7)
    texts: list[str] = []
    for at in (rng.randrange(EVER) for _ in range(TEXTS)):
        first, *_, last = name = rng.choice(names).split()
        ways = (" ".join(name), last, f"{last} {first}", f"{first[0]} {last}", _number(at)[-4:], _number(at))
        others = (f"AOne {at % 500}", str(at % 500), "yesterday", "11/24", f"{last} yesterday", "xqz9", f"{last}q")
        texts.append(rng.choice((*ways, *others)))
    return texts
