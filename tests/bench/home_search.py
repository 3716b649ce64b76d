"""Searching at home as one types, among ten thousand parcels that are here: from a key to what fits it."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from kiosk.clock import SystemClock
from kiosk.desk.scanning import Scans
from kiosk.desk.searching import Searching
from kiosk.journal.recording import Stamp, record
from kiosk.journal.store import Journal
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelTakenIn, RecipientChosen
from tests.bench.figure import Figure
from tests.bench.people import people

PARCELS, TEXTS = 10_000, 200
KEY_MILLISECONDS = 50


def measure() -> list[Figure]:
    taken = sorted(asyncio.run(_measure()))
    slowest = quantiles(taken, n=100)[-1] * 1000
    name = f"A key at home among {PARCELS:,} parcels, 99th percentile"
    return [Figure(name, f"{slowest:.1f} ms", f"under {KEY_MILLISECONDS} ms", reached=slowest < KEY_MILLISECONDS)]


async def _measure() -> list[float]:
    """Return the seconds from each key to its answer."""
    names = [person["name"] for person in people(PARCELS)]
    taken: list[float] = []
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with Journal(Path(folder), environment="demo", desk_name="Bench", clock=SystemClock()) as journal:
            await journal.connection.write(lambda database: _fill(database, names))
            searching = Searching(journal, Scans(journal, own_prefix="IH-"))
            for text in _typed(names):
                for letters in range(1, len(text) + 1):
                    begin = time.perf_counter()
                    await searching.search(text[:letters])
                    taken.append(time.perf_counter() - begin)
    return taken


def _number(at: int) -> str:
    return f"1Z999AA1{at:010}"


def _fill(database: sqlite3.Connection, names: list[str]) -> None:
    """Take parcels in for everybody, in one transaction."""
    stamp = Stamp("Bench", "bench@example.com", SystemClock().now())
    for at, name in enumerate(names):
        number, contact = _number(at), Contact(contact_id=f"c{at}", name=name)
        for event in (ParcelTakenIn(tracking_number=number, scanned=number), RecipientChosen(contact=contact)):
            record(database, number, event, stamp)


def _typed(names: list[str]) -> list[str]:
    """Return whole names, ends of numbers, whole numbers, and what nobody has."""
    rng = random.Random(7)
    return [
        rng.choice((rng.choice(names), _number(at)[-4:], _number(at), "xqz9"))
        for at in (rng.randrange(PARCELS) for _ in range(TEXTS))
    ]
