"""A clerk at a kiosk that runs in this terminal: `python -m tests.soak.clerk ROUNDS FOLDER REPORT`, for `memory.py`.

The kiosk is the product with Textual's own driver; time is advanced by hand, a day in 288 rounds.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from textual.pilot import Pilot
from textual.screen import Screen

import kiosk.api.retry
import kiosk.desk.requests
from kiosk.cli.screen import settled
from kiosk.simulator.faults import NAMES
from kiosk.wiring import Background, open_services
from screens.app import KioskApp
from screens.clerk.recipient import RecipientScreen
from screens.clerk_actions import RESERVE
from tests.desk.test_scans import two_carriers
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.remains import Remains

FAULTS = [name for name in NAMES if name not in {"late", "429-after", "no-code"}]
"""Those that do not make the clerk wait for whole seconds."""

FAULT_EVERY = 5
"""Intakes from one fault to the next."""

STEP = timedelta(minutes=5)
"""A round takes three parcels in: a day of 860 is a bad one."""
PEOPLE = ("mwangi abdi", "samira k", "zainab", "gergo")


class WatchedApp(KioskApp):
    """The kiosk, which says when the recipient screen of a scan was given to the terminal."""

    def __init__(self, desk: Desk, work: Callable[[WatchedApp], Any]) -> None:
        super().__init__(lambda: settled(open_services(desk.settings(), clock=desk.clock, background=Background.DESK)))
        self.number = ""
        self.painted = 0.0
        self._work = work
        self._at_work: asyncio.Task[None] | None = None

    def on_ready(self) -> None:
        """Let the clerk begin."""
        self._at_work = asyncio.create_task(self._carry_on())

    async def _carry_on(self) -> None:
        try:
            await self._work(self)
        finally:
            self.exit()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        if self.number and isinstance(screen, RecipientScreen) and screen.parcel.tracking_number == self.number:
            self.number, self.painted = "", time.perf_counter()


class _Waiting:
    """What `Kiosk` needs of a pilot where no test drives the app: time."""

    async def pause(self, delay: float | None = None) -> None:
        await asyncio.sleep(delay or 0)


class Clerk:
    """Takes parcels in and looks at every screen."""

    def __init__(self, app: WatchedApp, desk: Desk) -> None:
        self.kiosk = Kiosk(app, cast("Pilot[None]", _Waiting()))
        self.app = app
        self.desk = desk
        self.random = random.Random(1)
        self.faults = 0

    async def opened(self) -> None:
        await self.kiosk.until(lambda: self.app._services is not None, "opened")
        await self.kiosk.until(lambda: self.kiosk.services.queries.activity.connection.since is not None, "asked")

    async def scan(self, number: str) -> float:
        """Scan, and return the seconds until the recipient screen was painted."""
        self.app.number, begin = number, time.perf_counter()
        self.kiosk.scan(number)
        await self.kiosk.until(lambda: not self.app.number, f"the screen of {number}")
        return self.app.painted - begin

    async def intake(self, number: str, *, with_fault: bool) -> float:
        """Bring a parcel from the scan into a locker, by way of each screen; return the seconds of the scan."""
        seconds = await self.scan(number)
        await self.go("Recipient", "f4", "ContactId", "escape", "Recipient", "f7", "Shelf", "escape", "Recipient")
        if with_fault:
            await asyncio.to_thread(self.desk.service.fault, self.random.choice(FAULTS))
            self.faults += 1
        person = self.random.choice(PEOPLE)
        for _ in range(30):
            await self.kiosk.until(lambda: self.kiosk.rests, "rest")
            if self.kiosk.name == "Code":
                break
            await self._step(number, person)
            await asyncio.sleep(0.02)
        else:
            raise AssertionError(f"no way on: {self.kiosk.read}")
        await asyncio.to_thread(self.desk.service.clear)
        await self.go("Code", "enter", "Home")
        self.kiosk.scan(number)
        await self.go("ParcelPage", "escape", "Home")
        for unit in await asyncio.to_thread(self.desk.service.holding, number):
            await asyncio.to_thread(self.desk.service.collect, unit["lockerBankId"], unit["lockerUnitId"])
        return seconds

    async def _step(self, number: str, person: str) -> None:
        match self.kiosk.name:
            case "Home":
                self.kiosk.scan(number)
            case "Recipient":
                self.kiosk.type(f"{person}\r")
            case "ParcelPage":
                await self.kiosk.press("f5")
            case "Locker" if not self.kiosk.screen.allows(RESERVE):
                await self.kiosk.press("f5")
            case _:
                await self.kiosk.press("enter")

    async def look_around(self) -> None:
        """Open the other screens, and change the colours."""
        await self.go("Home", "f1", "Help", "escape", "Home", "f3", "Finder")
        await self.kiosk.shows("found")
        await self.go("Finder", "f2", "FacilityChoices", "escape", "Finder", "f4", "FacilityAddress", "escape")
        await self.go("Finder", "enter", "Facility", "escape", "Finder", "escape", "Home", "f12", "Home")
        self.kiosk.type("+\r")
        await self.give_up("Label")
        self.kiosk.scan(two_carriers())
        await self.give_up("Number")

    async def give_up(self, name: str) -> None:
        """Wait for a screen, and give its parcel up."""
        await self.kiosk.at(name)
        await self.kiosk.press("delete", "f10")
        await self.kiosk.at("Home")

    async def go(self, *way: str) -> None:
        """Wait for a screen, press a key, wait for a screen, and so on."""
        for place, word in enumerate(way):
            if place % 2:
                await self.kiosk.press(word)
            else:
                await self.kiosk.at(word)


class _Collections:
    """The longest time for which the collector held everything up; the processor's time, for others use it too."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._began = 0.0
        gc.callbacks.append(self._note)

    def _note(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._began = time.thread_time()
        else:
            self.longest = max(self.longest, time.thread_time() - self._began)


def megabytes() -> float:
    """Return the memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


async def work(app: WatchedApp, desk: Desk, rounds: int, report: Path) -> None:
    """Do so many rounds, and report."""
    clerk, collections = Clerk(app, desk), _Collections()
    await clerk.opened()
    remains = Remains(app)
    done: list[tuple[float, float]] = []
    for number in range(rounds):
        seconds = await clerk.intake(f"T{number}", with_fault=number % FAULT_EVERY == FAULT_EVERY - 1)
        await clerk.look_around()
        desk.clock.advance(STEP)
        done.append((megabytes(), seconds))
    longest = collections.longest
    with suppress(AssertionError):  # the report says what is left
        await remains.are_dead()
    told = {
        "rounds": done,
        "dead": remains.left(),
        "screens": sorted(remains.shown),
        "faults": clerk.faults,
        "longest_collection": longest,
    }
    await asyncio.to_thread(report.write_text, json.dumps(told))


def main() -> None:
    rounds, folder, report = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    kiosk.desk.requests.SETTLE_AFTER_SECONDS = (0.0, 0.0, 0.0)
    kiosk.api.retry._FIRST_WAIT = kiosk.api.retry._QUICK_WAIT = 0.0  # type: ignore[misc]
    desk = Desk(folder)
    app = WatchedApp(desk, lambda app: work(app, desk, rounds, report))
    app.run()
    desk.service.pull_out()
    if app.lifetime.failure is not None:
        sys.exit(repr(app._exception))


if __name__ == "__main__":
    main()
