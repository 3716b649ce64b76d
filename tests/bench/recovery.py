"""What a start costs after a day and after ten years: recovery with 20 open parcels beside few and many events."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

from kiosk.clock import SystemClock
from kiosk.journal.projection import advance
from kiosk.journal.recording import Stamp, append
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.parcels.events import ParcelCancelled, ParcelTakenIn
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.settings import Settings
from kiosk.wiring import Background, open_services
from tests.bench.figure import Figure, ratio

FEW, MANY, OPEN_PARCELS, STARTS = 1_000, 1_000_000, 20, 15
CLERK = Person(name="bench@example.com", role=Role.CLERK)


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        places = [Path(folder) / str(events) for events in (FEW, MANY)]
        for place, events in zip(places, (FEW, MANY), strict=True):
            asyncio.run(_begin(place))
            _fill(place / FILE_NAME, events)
        taken: list[list[float]] = [[], []]
        for _ in range(STARTS):
            for place, seconds in zip(places, taken, strict=True):
                seconds.append(asyncio.run(_recover(place)))
    few, many = map(median, taken)
    return [
        Figure(f"Recovery at start, {FEW:,} events and {OPEN_PARCELS} open parcels", f"{few * 1000:.1f} ms"),
        Figure(f"Recovery at start, {MANY:,} events and {OPEN_PARCELS} open parcels", f"{many * 1000:.1f} ms"),
        ratio("Recovery at start, many events over few", many, few, 1.2),
    ]


async def _begin(folder: Path) -> None:
    async with Journal(folder, environment="demo", desk_name="Bench", clock=SystemClock()) as journal:
        for number in range(OPEN_PARCELS):
            await journal.append(f"open{number}", ParcelTakenIn(tracking_number=f"T{number}", scanned=""), CLERK)


def _fill(path: Path, events: int) -> None:
    """Add parcels that came and went, in one transaction."""
    stamp = Stamp("Bench", CLERK.name, SystemClock().now())
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("BEGIN")
    (sequence,) = database.execute("SELECT sequence FROM chain").fetchone()
    for number in range((events - sequence) // 2):
        parcel_id = f"done{number}"
        for event in (ParcelTakenIn(tracking_number=parcel_id, scanned=""), ParcelCancelled()):
            advance(database, parcel_id, event, stamp.at)
            append(database, parcel_id, event, stamp)
    database.execute("COMMIT")
    database.close()


async def _recover(folder: Path) -> float:
    """Return the seconds from opening the journal until all that was open was looked at."""
    settings = Settings.model_validate({"storage": {"data_dir": folder}})
    begin = time.perf_counter()
    async with open_services(settings, background=Background.DESK) as services:
        await services.settling.settle_all()
        await services.queries.journal.unfinished()
        return time.perf_counter() - begin
