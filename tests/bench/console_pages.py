"""How long each page of the console takes to open beside a journal of a million events, spread over ten years."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from kiosk.clock import SystemClock
from kiosk.journal.projection import advance
from kiosk.journal.recording import Stamp, append
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelCancelled, ParcelDeposited, ParcelTakenIn, RecipientChosen
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.settings import Settings
from kiosk.wiring import open_services
from screens.console.app import ConsoleApp
from screens.console.base import ConsoleScreen
from tests.bench.figure import Figure

EVENTS = 1_000_000
STILL_HERE = 20_000
"""Parcels that nobody noted as collected: the worst that a journal of that size holds."""
YEARS = timedelta(days=3650)
TURNS = 5
BOUND = 0.2
PAGES = {
    "1": "Overview",
    "2": "BankMap",
    "3": "ParcelList",
    "4": "Attention",
    "5": "Journal",
    "6": "Kiosk",
}
SEARCHES = {"3/done4711\r": "parcels by number", "3/bench 7\r": "parcels by name", "5/ana\r": "events by person"}


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        asyncio.run(_begin(Path(folder)))
        _fill(Path(folder) / FILE_NAME, EVENTS)
        taken = asyncio.run(_open_pages(Path(folder)))
    return [
        Figure(
            f"Console, {name} of {EVENTS:,} events",
            f"{median(seconds) * 1000:.0f} ms, at most {max(seconds) * 1000:.0f} ms",
            f"under {BOUND * 1000:.0f} ms",
            reached=max(seconds) < BOUND,
        )
        for name, seconds in taken.items()
    ]


async def _begin(folder: Path) -> None:
    async with Journal(folder, environment="demo", desk_name="Bench", clock=SystemClock()):
        pass


def _fill(path: Path, events: int) -> None:
    """Add parcels that came and went over the years, in one transaction."""
    end = datetime.now(UTC)
    parcels = events // 4
    place = UnitPlace(locker_bank_id="AOne", locker_unit_id="7", size=LockerSize("small"))
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN")
        for number in range(parcels):
            at = end - YEARS + YEARS * (number / parcels)
            deposited = ParcelDeposited(
                intent_id="i", place=place, deposited_at=at, deposit_expiry=at, code_received=False
            )
            steps = [
                ParcelTakenIn(tracking_number=f"DONE{number}", scanned=""),
                RecipientChosen(contact=Contact(contact_id=f"c{number % 500}", name=f"Bench {number % 500}")),
                deposited,
                deposited if number >= parcels - STILL_HERE else ParcelCancelled(),
            ]
            for event in steps:
                advance(database, f"p{number}", event, at)
                person = "ana" if number == parcels // 2 else f"clerk{number % 5}"
                append(database, f"p{number}", event, Stamp("Bench", person, at))
        database.execute("COMMIT")


async def _open_pages(folder: Path) -> dict[str, list[float]]:
    """Open each page again and again; from the key until all was read and handed to drawing."""
    settings = Settings.model_validate({"storage": {"data_dir": folder}})
    operator = Person(name="ada", role=Role.VIEWER, origin="local")
    app = ConsoleApp(lambda: open_services(settings), operator)
    taken: dict[str, list[float]] = {}
    async with app.run_test(size=(80, 24)) as pilot:
        while app.page_stack.services is None or not _rests(app):
            await pilot.pause(0.01)
        for _ in range(TURNS):
            for keys, name in {**{digit: f"opening {page}" for digit, page in PAGES.items()}, **SEARCHES}.items():
                await _typed(app, "4" if keys[0] != "4" else "6")
                if len(keys) > 1:
                    await _typed(app, keys[0])
                began = time.perf_counter()
                await _typed(app, keys if len(keys) == 1 else keys[1:])
                taken.setdefault(name, []).append(time.perf_counter() - began)
    return taken


async def _typed(app: ConsoleApp, keys: str) -> None:
    """Press keys, then wait until what they ask for is read and drawn."""
    for key in keys:
        screen = app.screen
        assert isinstance(screen, ConsoleScreen)
        await screen.press({"\r": "enter", "/": "slash"}.get(key, key), key)
    assert isinstance(app.screen, ConsoleScreen)
    await app.screen.read_now()


def _rests(app: ConsoleApp) -> bool:
    return isinstance(app.screen, ConsoleScreen) and app.screen.shown is not None and not app.screen.busy
