"""The real kiosk on real services and a simulated locker service, used as a person uses it: scan, press, tap, read."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from textual.pilot import Pilot

from kiosk.clock import ManualClock
from kiosk.journal.audit import verify
from kiosk.languages import ENGLISH
from kiosk.parcels.parcel import Parcel
from kiosk.scanner.roles import DeviceRole
from kiosk.settings import Settings
from kiosk.simulator.faults import FaultPlan
from kiosk.simulator.server import Simulator
from kiosk.simulator.state import FILE_NAME
from kiosk.wiring import Background, Services, open_services
from screens.app import KioskApp
from screens.base import ClerkScreen
from screens.crash import Crash
from screens.destinations import TopDestination
from screens.widgets.count_row import CountRow
from tests.house.desk import no_sleep
from tests.journal.book import export
from tests.scanner.plug import Plug
from tests.screens.hands import Hands
from tests.screens.qr_reader import read_qr
from tests.screens.reading import english_rows, english_text, in_english, is_tagged
from tests.screens.widgets.harness import lines, screen_text
from tests.simulator.line import ask

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PATIENCE = 20.0
"""Seconds after which something that should have shown up never will."""

HOPS = 2
"""Pauses that a message needs at most to be taken: it goes to its screen, which hands it on to the app."""


class Kiosk:
    """One run of the kiosk's app."""

    def __init__(self, app: KioskApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.hands = Hands(app)

    @property
    def services(self) -> Services:
        services = self.app._services
        assert services is not None
        return services

    @property
    def clock(self) -> ManualClock:
        clock = self.services.clock
        assert isinstance(clock, ManualClock)
        return clock

    @property
    def read(self) -> str:
        """The screen as one flowing text, so that a sentence is found across rows."""
        return " ".join(english_text(self.app).replace("▌", " ").split())

    @property
    def screen(self) -> ClerkScreen:
        assert isinstance(self.app.screen, ClerkScreen)
        return self.app.screen

    @property
    def name(self) -> str:
        """The class of the screen that is shown, without its ending."""
        return type(self.app.screen).__name__.removesuffix("Screen")

    @property
    def rests(self) -> bool:
        """Whether the screen is all there and no flow of it is under way."""
        return self.screen.is_ready and not self.screen.busy

    async def until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Let the app go on until something is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.app._exception is None, self.app._exception
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}\n{self.app.screen}\n{screen_text(self.app)}")
            await self.pilot.pause(0.004)

    async def shows(self, *words: str, busy: bool = False) -> str:
        """Wait until the words are on the screen, and no flow is under way; return the screen's text."""
        await self.until(
            lambda: all(word in self.read for word in words) and (busy or not self.screen.busy), ", ".join(words)
        )
        return self.read

    async def counts(self, label: str, count: int) -> None:
        """Wait until home is shown, nothing is under way, and the target of that label counts so many."""
        await self.at("Home")
        row = self.screen.query_one(CountRow)
        await self.until(
            lambda: (label, f"{count:,}") in {(in_english(item.label), item.count) for item in row.items}, label
        )

    async def lacks(self, word: str) -> None:
        """Wait until a word is gone."""
        await self.until(lambda: word not in self.read, f"no {word}")

    async def at(self, name: str) -> None:
        """Wait until a screen is shown and ready."""
        await self.until(lambda: self.name == name and self.screen.is_mounted and not self.screen.busy, name)
        await self.pilot.pause(0)

    async def at_once(self, name: str) -> None:
        """Wait until a screen is shown, even while it is still busy."""
        await self.until(lambda: self.name == name and self.screen.is_ready, name)

    async def shows_the_code_of(self, units: list[dict[str, Any]]) -> None:
        """Wait until a phone reads the valid pickup code of the only unit off the screen."""
        (unit,) = units
        await self.until(lambda: read_qr(self.app) == [unit["pickupCode"]], "the valid code")

    def type(self, text: str) -> None:
        """Let a hand type; a carriage return is Enter."""
        self.hands.type(text)

    def scan(self, number: str, end: str = "\r") -> None:
        """Let a scanner send a code."""
        self.hands.scan(f"{number}{end}")

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each on a screen that was seen, without waiting for what they do."""
        self.hands.press(*keys)
        await self.pilot.pause(0)

    async def tap(self, words: str, *, last: bool = False) -> None:
        """Put a finger on the first place where the words stand, or on the last one."""
        if is_tagged():
            found = [(row.column(words), y) for y, row in enumerate(english_rows(self.app)) if words in row.text]
            assert found, f"nothing to tap: {words}\n{self.read}"
            self.hands.tap(*found[-1 if last else 0])
            await self.pilot.pause(0)
            return
        shown = list(enumerate(lines(self.app)))
        for y, line in reversed(shown) if last else shown:
            if words in line:
                self.hands.tap(line.index(words) + len(words) // 2, y)
                await self.pilot.pause(0)
                return
        raise AssertionError(f"nothing to tap: {words}\n{self.read}")

    async def events(self) -> list[str]:
        """Return the types of all events in order."""
        return [event["type"] for event in await self.history()]

    async def history(self) -> list[dict[str, Any]]:
        """Return all events as the journal exports them, once the chain was proved sound."""
        verdict = await verify(self.services.queries.journal.connection)
        assert verdict.sound, verdict
        return list(await export(self.services.queries.journal.connection))

    async def parcel(self, number: str) -> Parcel:
        """Return the latest parcel of that number as the journal has it."""
        return (await self.services.queries.journal.find(number))[0]

    async def rest(self) -> None:
        """Wait until everything that was asked for has come to its end, with all that it asked for in turn."""
        await self.pilot.pause()
        quiet = 0

        def has_rested() -> bool:
            nonlocal quiet
            # A screen looks up what was typed without being busy: only its worker tells of that.
            quiet = quiet + 1 if self.rests and not self.app.workers else 0
            return quiet > HOPS

        await self.until(has_rested, "rest")
        await self.pilot.pause()

    async def cover(self, to: TopDestination, name: str) -> None:
        """Open a screen on top of the one that is shown, as home does, and wait until it is there."""
        self.screen.cover(to)
        await self.at(name)

    async def to_recipient(self, number: str = "T1") -> None:
        self.scan(number)
        await self.shows(f"Parcel {number}", "Who is it for?")

    async def to_locker(self, number: str = "T1", letters: str = "mwangi abdi") -> None:
        await self.to_recipient(number)
        self.type(f"{letters}\r")
        await self.shows("free lockers as of")

    async def to_put_in(self, number: str = "T1", letters: str = "mwangi abdi") -> None:
        await self.to_locker(number, letters)
        await self.press("enter")
        await self.shows("Put it in locker")

    async def to_code(self, number: str = "T1", letters: str = "mwangi abdi") -> None:
        await self.to_put_in(number, letters)
        await self.press("enter")
        await self.at("Code")


class Service:
    """The simulated locker service: its truth, its faults, and its plug."""

    def __init__(self, folder: Path, clock: ManualClock) -> None:
        self._folder = folder
        self._clock = clock
        self._simulator: Simulator | None = None
        self.port = 0
        self.plug_in()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def plug_in(self) -> None:
        plan = FaultPlan(late_seconds=30, slow_seconds=0.3)
        self._simulator = Simulator(self._folder, port=self.port, seed=1, clock=self._clock, faults=plan)
        self._simulator.start()
        self.port = int(self._simulator.url.rpartition(":")[2])

    def pull_out(self) -> None:
        if self._simulator is not None:
            self._simulator.stop()
            self._simulator = None

    def fault(self, name: str, operation: str | None = None, times: int = 1, body: str = "wrapped") -> None:
        """Let the next requests of an operation fail."""
        wanted = {"fault": name, "operation": operation, "times": times, "body": body}
        sent = {key: value for key, value in wanted.items() if value is not None}
        answer = ask(self.url, "POST", "/_simulator/faults", sent)
        assert answer.status == 200, answer.body

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Leave every request without an answer for as long as this goes on."""
        with closing(sqlite3.connect(self._folder / FILE_NAME, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            yield
            database.execute("ROLLBACK")

    def rename_banks(self, name: str) -> None:
        """Give every bank of the service the same name."""
        with closing(sqlite3.connect(self._folder / FILE_NAME)) as database, database:
            database.execute("UPDATE banks SET name = ?", (name,))

    def clear(self) -> None:
        assert ask(self.url, "DELETE", "/_simulator/faults").status == 200

    def collect(self, bank: str, unit: str) -> None:
        body = {"lockerBankId": bank, "lockerUnitId": unit}
        assert ask(self.url, "POST", "/_simulator/pickup", body).status == 200

    def units(self) -> list[dict[str, Any]]:
        state = ask(self.url, "GET", "/_simulator/state").value
        return [
            {**unit, "lockerBankId": bank["lockerBankId"]}
            for bank in state["lockerBanks"]
            for unit in bank["lockerUnits"]
        ]

    def unit(self, bank: str, unit_id: str) -> dict[str, Any]:
        (found,) = (unit for unit in self.units() if (unit["lockerBankId"], unit["lockerUnitId"]) == (bank, unit_id))
        return found

    def holding(self, number: str) -> list[dict[str, Any]]:
        """Return every unit that holds a number."""
        return [
            unit
            for unit in self.units()
            if number in {parcel["trackingNumber"] for parcel in unit["parcelsReserved"] + unit["parcelsDeposited"]}
        ]

    def request(self, method: str, path: str, body: object) -> Any:
        """Do something that another kiosk does."""
        answer = ask(self.url, method, f"/parcelpoint/api/v1/lockerBanks/{path}", body)
        assert answer.status == 200, answer.body
        return answer.value


class Desk:
    """A data folder, a service and a clock; `open` starts the kiosk on them, as often as wanted."""

    language = ENGLISH

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock(START)
        self.service = Service(folder / "service", self.clock)
        self.printer: dict[str, object] = {}
        self.people: dict[str, object] = {}
        self.lockdown: dict[str, object] = {}
        self.touch: dict[str, object] = {}
        self.fleet: dict[str, object] = {}
        """Sections of the settings."""
        self.plugs: dict[DeviceRole, Plug] = {}
        """The devices that the settings name."""

    def settings(self, read_seconds: float = 10, **desk: Any) -> Settings:
        return Settings.model_validate(
            {
                "desk": {"own_prefix": "T", "language": self.language}
                | desk,  # T1, T2: in-house numbers that are taken without a question
                "lockers": {
                    "url": f"{self.service.url}/parcelpoint",
                    "connect_seconds": 2,
                    "read_seconds": read_seconds,
                },
                "storage": {"data_dir": self.folder / "data"},
                "notices": {"channels": [], "quiet_from": "22:00", "quiet_until": "07:00"},
                "printer": self.printer,
                "devices": {role.value: f"/dev/input/{role.value}" for role in self.plugs},
                "touch": self.touch,
                "people": self.people,
                "lockdown": self.lockdown,
                "fleet": self.fleet,
            }
        )

    def app(
        self, transport: httpx.AsyncBaseTransport | None = None, after: Crash | None = None, **desk: Any
    ) -> KioskApp:
        settings = self.settings(**desk)
        return KioskApp(
            lambda: open_services(
                settings,
                clock=self.clock,
                background=Background.DESK,
                transport=transport,
                sleep=no_sleep,
                open_device=lambda path: self.plugs[DeviceRole(path.name)].open(path),
            ),
            after=after,
        )

    @asynccontextmanager
    async def open(
        self,
        size: tuple[int, int] = (80, 24),
        transport: httpx.AsyncBaseTransport | None = None,
        after: Crash | None = None,
        **desk: Any,
    ) -> AsyncIterator[Kiosk]:
        """Open the kiosk and wait until everything is there."""
        app = self.app(transport, after, **desk)
        async with app.run_test(size=size) as pilot:
            kiosk = Kiosk(app, pilot)
            await opened(kiosk)
            yield kiosk
        assert app._exception is None


async def opened(kiosk: Kiosk) -> None:
    """Wait until the kiosk has opened everything and has asked the service for the first time."""
    await kiosk.until(
        # Taking in is what opens last.
        lambda: (
            kiosk.app.taking_in._services is not None and kiosk.services.queries.activity.connection.since is not None
        ),
        "opened",
    )
    await kiosk.pilot.pause(0)
