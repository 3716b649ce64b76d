"""The console over all desks at a real centre, whose times a test can let stand still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from kiosk.fleet.looking import FleetServices
from kiosk.parcels.contacts import Contact
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from screens.fleet.app import FleetApp
from tests.fleet.campus import LOBBY, campus, cut, deposit, looking_through, taken_in
from tests.fleet.centres import NewCentre
from tests.fleet.line import Answers, Line
from tests.fleet.telling import joined
from tests.screens.console.console_in_test import Console
from tests.screens.kiosk_in_test import Desk

LONG = "The Very Long Name of an Institute for Advanced Studies of Everything"


class Through:
    """Where the line of a console to the centre is found, once it is open."""

    line: Line | None = None
    answers = Answers.YES
    """What it begins with."""

    def cut(self) -> None:
        assert self.line is not None
        cut(self.line)

    def mend(self) -> None:
        assert self.line is not None
        self.line.answers = Answers.YES


def fleet_app(
    desk: Desk, centre: NewCentre, *sites: str, role: Role = Role.OPERATOR, through: Through | None = None
) -> FleetApp:
    """Return the console of somebody who may look at some sites, or at all."""
    way = through or Through()

    @asynccontextmanager
    async def opened() -> AsyncIterator[FleetServices]:
        async with looking_through(centre, *(sites or ("*",)), clock=desk.clock, role=role) as (looking, line):
            way.line, line.answers = line, way.answers
            yield FleetServices(desk.settings(), desk.clock, looking, lambda _seconds: None)

    return FleetApp(opened, Person(name="ada", role=role, user_id="ada@example.com", origin="203.0.113.7"))


@asynccontextmanager
async def fleet_console(
    desk: Desk,
    centre: NewCentre,
    *sites: str,
    role: Role = Role.OPERATOR,
    size: tuple[int, int] = (80, 24),
    through: Through | None = None,
) -> AsyncIterator[Console]:
    """Open it and wait until it has read once."""
    app = fleet_app(desk, centre, *sites, role=role, through=through)
    async with app.run_test(size=size) as pilot:
        opened = Console(app, pilot)
        await ready(opened)
        yield opened
    assert app._exception is None


async def ready(opened: Console) -> None:
    """Wait until the console has opened everything and has read once."""
    await opened.until(lambda: opened.app.page_stack.services is not None, "opened")
    await opened.until(lambda: opened.screen.shown is not None, "read")


async def fill(centre: NewCentre, now: datetime) -> None:
    """Let the campus have desks that are away, ahead, behind with their events, and with very long names."""
    began = now - timedelta(minutes=20)
    async with campus(centre, began) as opened:
        long = await joined(centre, "00112233445566dd", f"Site of {LONG}", LONG)
        await deposit(long, "LONG" * 8, "l1", began, Contact(contact_id="c-long", name=f"Wolfeschlegelstein {LONG}"))
        await long.centre.close()
        await opened.lobby.tell(taken_in("NOT READ"), began, "x1", parked="22P05")
        opened.lobby.sequence -= 1
        await opened.lobby.meet()
        await opened.south.meet(told=opened.south.sequence + 1_200)
    with centre.admin() as admin:
        for hours in range(2, 24):
            hour = (now - timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
            counted = (LOBBY, hour, "parcel_taken_in", hours * 7 % 31)
            admin.execute("INSERT INTO fleet.hours VALUES (%s, %s, %s, %s)", counted)
        # Times of the server become times that a picture can have.
        admin.execute("UPDATE fleet.events SET stored_at = %s", (began,))
        admin.execute("UPDATE fleet.events SET at = date_trunc('second', at + interval '0.5 s')")
        admin.execute("UPDATE fleet.events SET clock_offset = round(clock_offset)")
        admin.execute("UPDATE fleet.heads SET stored_at = %s", (began,))
        admin.execute("UPDATE fleet.alarms SET raised_at = %s", (began,))
        admin.execute("UPDATE fleet.desks SET seen_at = %s WHERE site <> 'North'", (began,))


def let_north_be_here(centre: NewCentre) -> None:
    """Let the desks of one site have met the centre just now: they are away soon after it was filled."""
    with centre.admin() as admin:
        admin.execute("UPDATE fleet.desks SET seen_at = now() WHERE site = 'North'")


def let_all_be_away(centre: NewCentre, now: datetime) -> None:
    """Let every desk be one that was here last at a time which a picture can have; one site told last of its banks."""
    with centre.admin() as admin:
        admin.execute("UPDATE fleet.desks SET seen_at = %s", (now - timedelta(minutes=20),))
        admin.execute("UPDATE fleet.desks SET seen_at = seen_at - interval '1 s' WHERE site <> 'South'")
