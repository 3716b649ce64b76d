"""A bank of 500 units, most of them in use: how long its screens take to open and to move in, until all is drawn.

From what a key asks for to the drawn rows, in time of the processor, so that what else runs on the machine does not
count: neither does the 0.1 s that every key waits for, nor the service's answer, which is there before.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from textual.app import App

from kiosk.journal.recording import Stamp, append
from kiosk.parcels.desk_events import UnitCounted
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.simulator.state import FILE_NAME
from kiosk.tracking.codes import Code
from kiosk.wiring import open_services
from screens.base import ClerkScreen
from screens.clerk.counting import CountingScreen
from screens.clerk.stocktake_result import StocktakeResultScreen
from screens.console.app import ConsoleApp
from screens.console.bank_map import BankMapScreen
from screens.destinations import ShowCounting, ShowLocker, ShowStocktakeResult
from screens.widgets.bank_doors import BankDoors
from screens.widgets.notice import Greeting
from tests.bench.figure import Figure
from tests.house.desk import CLERK, PERSON
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.widgets.harness import lines

UNITS = 500
BANK = "AOne"
TURNS = 9
BOUND = 0.1

Taken = dict[str, list[float]]


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        taken = asyncio.run(_measure(Path(folder)))
    return [
        Figure(
            f"A bank of {UNITS} units, {name}",
            f"{median(seconds) * 1000:.0f} ms",
            f"at most {BOUND * 1000:.0f} ms",
            reached=median(seconds) <= BOUND,
        )
        for name, seconds in taken.items()
    ]


async def _measure(folder: Path) -> Taken:
    desk = Desk(folder)
    try:
        _enlarge(folder / "service" / FILE_NAME)
        taken: Taken = {}
        async with desk.open() as kiosk:
            await _count_most(kiosk)
            await _locker_screen(kiosk, taken)
            await _stocktake(kiosk, taken)
        await _console(desk, taken)
    finally:
        desk.service.pull_out()
    return taken


def _enlarge(path: Path) -> None:
    """Give the bank its units; most hold a parcel of another desk."""
    with closing(sqlite3.connect(path)) as database, database:
        first = database.execute("SELECT count(*) FROM units WHERE bank_id = ?", (BANK,)).fetchone()[0] + 1
        contact = database.execute("SELECT contact_id FROM contacts LIMIT 1").fetchone()[0]
        for number in range(first, UNITS + 1):
            used = number % 5 != 0
            database.execute(
                "INSERT INTO units (bank_id, unit_id, position, size, accessible, in_service, contact_id)"
                " VALUES (?, ?, ?, ?, 0, 1, ?)",
                (BANK, str(number), number, ("small", "medium", "large")[number % 3], contact if used else None),
            )
            if used:
                database.execute(
                    "INSERT INTO parcels (bank_id, unit_id, tracking_number, deposited) VALUES (?, ?, ?, 1)",
                    (BANK, str(number), f"TBA{number:012}"),
                )


async def _count_most(kiosk: Kiosk) -> None:
    """Count all units but one, in one go; every tenth is found empty, and so its parcel is missing."""
    stocktake = await kiosk.services.desk.stocktakes.begin(BANK, CLERK)

    def work(database: sqlite3.Connection, stamp: Stamp) -> None:
        for unit_id in stocktake.locker_unit_ids[:-1]:
            number = int(unit_id)
            found = (f"TBA{number:012}",) if number > 24 and number % 5 and number % 10 != 1 else ()
            counted = UnitCounted(locker_bank_id=BANK, locker_unit_id=unit_id, found=found)
            append(database, None, counted, stamp)

    await kiosk.services.queries.journal.write(CLERK, work)


async def _locker_screen(kiosk: Kiosk, taken: Taken) -> None:
    parcel = (await kiosk.services.desk.scans.take_in("T1", CLERK)).parcel
    parcel = await kiosk.services.desk.intake.choose_recipient(parcel, PERSON, CLERK)
    for _ in range(TURNS):
        began = time.process_time()
        await kiosk.app.navigator.show(ShowLocker(parcel), Greeting())
        screen = kiosk.screen
        await kiosk.until(partial(_is_there, screen), "doors")
        _drawn(taken, "the clerk's locker screen", began, kiosk.app)
        await kiosk.rest()
        began = time.process_time()
        screen.query_one(BankDoors).scroll_relative(y=10, animate=False, force=True)
        _drawn(taken, "scrolling there", began, kiosk.app)
        await kiosk.app.navigator.go_home()


async def _stocktake(kiosk: Kiosk, taken: Taken) -> None:
    for _ in range(TURNS):
        began = time.process_time()
        await kiosk.app.navigator.cover(ShowCounting(BANK))
        screen = kiosk.screen
        assert isinstance(screen, CountingScreen)
        await kiosk.until(partial(_is_there, screen), "the locker")
        _drawn(taken, "the stock-take opens", began, kiosk.app)
        began = time.process_time()
        await screen.takes_scan(Code("T501"))
        await kiosk.until(partial(_is_there, screen), "the verdict")
        _drawn(taken, "a scanned parcel is compared", began, kiosk.app)
        await kiosk.app.navigator.go_home()
        began = time.process_time()
        await kiosk.app.navigator.cover(ShowStocktakeResult(BANK))
        result = kiosk.screen
        assert isinstance(result, StocktakeResultScreen)
        await kiosk.until(partial(_is_there, result), "the result")
        _drawn(taken, "the stock-take's result", began, kiosk.app)
        await kiosk.app.navigator.go_home()


async def _console(desk: Desk, taken: Taken) -> None:
    operator = Person(name="ada", role=Role.VIEWER, origin="local")
    settings = desk.settings()
    app = ConsoleApp(lambda: open_services(settings, clock=desk.clock), operator)
    async with app.run_test(size=(80, 24)) as pilot, asyncio.timeout(60):

        async def until(words: str) -> None:
            while words not in " ".join(" ".join(lines(app)).split()):
                await pilot.pause(0.002)

        await until("Read today")
        for turn in range(TURNS + 1):
            began = time.process_time()
            await app.action_page("banks")
            await until(f"of {UNITS} free")
            _drawn(taken, "the console's map" if turn else "the console's map for the first time", began, app)
            screen = app.screen
            assert isinstance(screen, BankMapScreen)
            began = time.process_time()
            screen.action_door(0, 1)
            _drawn(taken, "an arrow there", began, app)
            await app.action_page("overview")
            await until("Read today")


def _is_there(screen: ClerkScreen) -> bool:
    """Tell whether a screen has what it is about."""
    match screen:
        case CountingScreen():
            return bool(screen._unit) and (not screen._found or bool(screen._rows))
        case StocktakeResultScreen():
            return bool(screen._rows)
        case _:
            return any(doors.doors for doors in screen.query(BankDoors))


def _drawn(taken: Taken, name: str, began: float, app: App[Any]) -> None:
    """Draw every row, and note how long all of it took."""
    lines(app)
    taken.setdefault(name, []).append(time.process_time() - began)
