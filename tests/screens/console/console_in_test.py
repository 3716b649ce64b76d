"""Both consoles under test; the operator's on real services and a journal with parcels in all states."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any, NamedTuple

from textual.pilot import Pilot

from kiosk.desk.session_files import Session, enter, leave, new_session
from kiosk.desk.sessions import FOLDER
from kiosk.journal.audit import verify
from kiosk.parcels.events import WriteAsked, WriteFellInDoubt
from kiosk.parcels.parcel import AttentionItem, Cause, Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, Operation, Role, ShelfReason
from kiosk.wiring import Services, open_services
from screens.console.app import ConsoleApp
from screens.console.framed import FramedScreen
from screens.fleet.app import FleetApp
from screens.widgets.table import Table
from tests.house.desk import CLERK
from tests.journal.book import export
from tests.screens.hands import Hands
from tests.screens.kiosk_in_test import PATIENCE, Desk
from tests.screens.parcels_in_test import SMALL, put_in, reserved, seen, taken_in
from tests.screens.reading import english_text
from tests.screens.widgets.harness import screen_text


class Console:
    """One run of the console."""

    def __init__(self, app: ConsoleApp | FleetApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.hands = Hands(app)

    @property
    def services(self) -> Services:
        services = self.app.page_stack.services
        assert isinstance(services, Services)
        return services

    @property
    def screen(self) -> FramedScreen[Any]:
        assert isinstance(self.app.screen, FramedScreen)
        return self.app.screen

    @property
    def table(self) -> Table:
        assert isinstance(self.screen.body, Table)
        return self.screen.body

    @property
    def name(self) -> str:
        return type(self.app.screen).__name__.removesuffix("Screen")

    @property
    def rows(self) -> list[str]:
        return english_text(self.app).splitlines()

    @property
    def read(self) -> str:
        """The screen as one flowing text."""
        return " ".join(english_text(self.app).split())

    @property
    def keys(self) -> str:
        """The last row."""
        return self.rows[-1]

    async def until(self, condition: Callable[[], bool], what: str = "") -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.app._exception is None, self.app._exception
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}\n{self.app.screen}\n{screen_text(self.app)}")
            await self.pilot.pause(0.004)

    async def shows(self, *words: str) -> str:
        await self.until(lambda: all(word in self.read for word in words), ", ".join(words))
        return self.read

    async def lacks(self, *words: str) -> None:
        await self.until(lambda: not any(word in self.read for word in words), f"without {words}")

    async def at(self, name: str) -> None:
        await self.until(lambda: self.name == name and self.screen.is_ready and not self.screen.busy, name)
        await self.pilot.pause(0)

    def type(self, text: str) -> None:
        """Let a hand type; a carriage return is Enter."""
        self.hands.type(text)

    async def press(self, *keys: str) -> None:
        """Press keys by their names."""
        self.hands.press(*keys)
        await self.pilot.pause(0)

    async def page(self, digit: str, name: str, *words: str) -> None:
        """Go to a page and wait for what it shows."""
        self.type(digit)
        await self.at(name)
        await self.shows(*words)

    async def choose(self, words: str) -> None:
        """Move the highlight down to the row with these words."""
        for _ in range(200):
            if any("►" in row[:3] and words in row for row in self.rows):
                return
            before = self.rows
            await self.press("down")
            await self.until(lambda before=before: self.rows != before, f"a row with {words}")  # type: ignore[misc]
        raise AssertionError(f"no row with {words}")

    async def history(self) -> list[dict[str, Any]]:
        """Return all events, once the chain was proved sound."""
        assert (await verify(self.services.queries.journal.connection)).sound
        return list(await export(self.services.queries.journal.connection))

    async def parcel(self, number: str) -> Parcel:
        return (await self.services.queries.journal.find(number))[0]


class Filled(NamedTuple):
    """The numbers of parcels, by how they stand."""

    deposited: str = "DEPOSITED1"
    reserved: str = "RESERVED1"
    held: str = "HELD1"
    code_waiting: str = "CODEWAITS1"
    attention: str = "TWOUNITS1"
    expired: str = "EXPIRED1"
    in_doubt: str = "INDOUBT1"
    collected: str = "COLLECTED1"
    cancelled: str = "CANCELLED1"


NUMBERS = Filled()


async def fill(desk: Desk) -> Filled:
    """Bring a parcel into each state, by what clerks do; then let an hour pass."""
    async with open_services(desk.settings(), clock=desk.clock) as services:
        expired = await taken_in(services, NUMBERS.expired, "maria")
        expired = await reserved(services, expired)
        desk.clock.advance(timedelta(hours=25))
        hold_again(desk, expired)
        deposited = await put_in(services, NUMBERS.deposited, "yusuf abboud")
        await seen(services, deposited)
        await reserved(services, await taken_in(services, NUMBERS.reserved, "zainab"))
        held = await taken_in(services, NUMBERS.held, "samira")
        await services.desk.shelf.put_on(held, "S1", ShelfReason.NO_UNIT, CLERK, size=SMALL)
        await put_in(services, NUMBERS.code_waiting, "samira")
        two = await put_in(services, NUMBERS.attention, "yusuf")
        await seen(services, two)
        second = UnitPlace(locker_bank_id="AOne", locker_unit_id="12", size=SMALL)
        item = AttentionItem(
            finding=Finding.TWO_UNITS,
            place=second,
        )
        await services.desk.findings.raise_attention(two, item, CLERK)
        doubt = await taken_in(services, NUMBERS.in_doubt, "zainab")
        asked = WriteAsked(intent_id="i1", owner="gone", operation=Operation.RESERVE, place=second)
        await services.queries.journal.append(doubt.parcel_id, asked, CLERK)
        await services.queries.journal.append(
            doubt.parcel_id,
            WriteFellInDoubt(intent_id="i1", cause=Cause(code="answer_timed_out", parameters={"host": "lockers"})),
            CLERK,
        )
        collected = await put_in(services, NUMBERS.collected, "samira")
        assert collected.place is not None
        desk.service.collect(collected.place.locker_bank_id, collected.place.locker_unit_id)
        await services.desk.lockers.refresh(collected, CLERK)
        cancelled = await taken_in(services, NUMBERS.cancelled, "samira")
        await services.desk.intake.cancel(cancelled, CLERK)
    desk.clock.advance(timedelta(hours=1))
    return NUMBERS


def hold_again(desk: Desk, parcel: Parcel) -> None:
    """Have the service hold the parcel's locker beyond the time that the kiosk knows, as another desk would."""
    assert parcel.contact is not None
    assert parcel.place is not None
    body = {
        "userId": "somebody@example.com",
        "lockerUnitId": parcel.place.locker_unit_id,
        "contactId": parcel.contact.contact_id,
        "contactType": parcel.contact.contact_type.value,
        "trackingNumber": parcel.tracking_number,
    }
    desk.service.request("POST", f"{parcel.place.locker_bank_id}/lockers/reserve", body)


def console_app(desk: Desk, role: Role = Role.OPERATOR, **desk_settings: Any) -> ConsoleApp:
    settings = desk.settings(**desk_settings)
    person = Person(name="ada", role=role, user_id="clerk@example.com", origin="203.0.113.7")
    return ConsoleApp(lambda: open_services(settings, clock=desk.clock), person)


Connected = tuple[str, Role, str, str, int | None]
"""Name, role, origin, terminal and process of a session; without a process it is this one's."""
CONNECTED: tuple[Connected, ...] = (
    ("ben", Role.ADMIN, "203.0.113.7", "/dev/pts/2", 1),
    ("ada", Role.OPERATOR, "203.0.113.7", "/dev/pts/3", None),
    ("monitoring", Role.VIEWER, "2001:db8:85a3:8d3:1319:8a2e:370:7348", "", 1),
)


@contextmanager
def sessions_of_others(desk: Desk, *people: Connected) -> Iterator[None]:
    """Let this process hold sessions of others."""
    folder = desk.settings().data_dir / FOLDER
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    held: list[tuple[Session, int]] = []
    for number, (name, role, origin, tty, pid) in enumerate(people):
        person = Person(name=name, role=role, origin=origin)
        session = new_session(person, tty, desk.clock.now() - timedelta(hours=30 - 10 * number))
        if pid is not None:
            session = session.model_copy(update={"pid": pid})
        lock = enter(folder, session, 9)
        assert lock is not None
        held.append((session, lock))
    try:
        yield
    finally:
        for session, lock in held:
            leave(folder, session, lock)


@asynccontextmanager
async def console(
    desk: Desk, role: Role = Role.OPERATOR, size: tuple[int, int] = (80, 24), **desk_settings: Any
) -> AsyncIterator[Console]:
    """Open the console and wait until everything is there."""
    app = console_app(desk, role, **desk_settings)
    async with app.run_test(size=size) as pilot:
        opened = Console(app, pilot)
        await ready(opened)
        yield opened
    assert app._exception is None


async def ready(opened: Console) -> None:
    """Wait until the console has opened everything and has read once."""
    await opened.until(lambda: opened.app.page_stack.services is not None, "opened")
    await opened.until(lambda: opened.screen.shown is not None, "read")
    await opened.until(lambda: not opened.screen.busy, "the banks")
