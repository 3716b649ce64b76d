"""What the journal costs: an append with its commit on the disk, and opening it with what is unfinished."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

from kiosk.clock import SystemClock
from kiosk.journal.store import Journal
from kiosk.parcels.events import ParcelCancelled, ParcelTakenIn
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from tests.bench.figure import Figure

APPENDS = 200
EVENTS = (1_000,)
"""With how many events a start is measured."""
CLERK = Person(name="bench@example.com", role=Role.CLERK)


def measure() -> list[Figure]:
    return asyncio.run(_measure())


async def _measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        seconds = await _append(Path(folder), APPENDS // 2)
        figures = [Figure("Journal, an append on the disk", f"{median(seconds) * 1000:.1f} ms")]
        held = APPENDS
        for events in EVENTS:
            await _append(Path(folder), (events - held) // 2)
            held = events
            figures.append(Figure(f"Journal, a start with {events:,} events", f"{await _open(Path(folder)):.1f} ms"))
    return figures


async def _append(folder: Path, parcels: int) -> list[float]:
    """Take parcels in and give them up, two events each; return the seconds of each append."""
    seconds: list[float] = []
    async with _journal(folder) as journal:
        for _ in range(parcels):
            number = f"TBA{time.perf_counter_ns()}"
            for event in (ParcelTakenIn(tracking_number=number, scanned=number), ParcelCancelled()):
                begin = time.perf_counter()
                await journal.append(number, event, CLERK)
                seconds.append(time.perf_counter() - begin)
    return seconds


async def _open(folder: Path) -> float:
    """Return the milliseconds until the unfinished parcels are known, the median of a few starts."""
    taken: list[float] = []
    for _ in range(11):
        begin = time.perf_counter()
        async with _journal(folder) as journal:
            await journal.unfinished()
            taken.append(time.perf_counter() - begin)
    return median(taken) * 1000


def _journal(folder: Path) -> Journal:
    return Journal(folder, environment="demo", desk_name="Bench", clock=SystemClock())
