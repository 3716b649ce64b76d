"""Each page over all desks as a picture: empty, full with very long names, and while the centre is away.

`pytest tests/screens/fleet --snapshot-update -n 0` draws them anew; look at the change before committing it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.fleet.centres import NewCentre, new_centre
from tests.fleet.line import Answers
from tests.fleet.postgres import Postgres, needs_postgres
from tests.screens.console.console_in_test import Console
from tests.screens.fleet.fleet_in_test import Through, fill, fleet_app, let_all_be_away, let_north_be_here, ready
from tests.screens.kiosk_in_test import Desk

pytestmark = needs_postgres
Way = Callable[[Console], Awaitable[Any]]


async def parcels(opened: Console) -> None:
    await opened.page("2", "FleetParcels", "Press / to search")
    opened.type("/1z999\r")
    await opened.shows("2 parcels with /1z999")


async def long_parcel(opened: Console) -> None:
    await opened.page("2", "FleetParcels")
    opened.type("/c-long\r")
    await opened.shows("1 parcel with")


async def too_many(opened: Console) -> None:
    await opened.page("2", "FleetParcels")
    opened.type("/nobody has this\r")
    await opened.shows("No parcel of any desk")


async def history(opened: Console) -> None:
    await parcels(opened)
    opened.type("\r")
    await opened.shows("2 desks had this number", "Parcel taken in", "Lobby")


async def event(opened: Console) -> None:
    await history(opened)
    await opened.press("down")
    opened.type("\r")
    await opened.shows("When, by its clock")


async def journal(opened: Console) -> None:
    await opened.page("3", "FleetJournal", "Parcel taken in")


async def filtered(opened: Console) -> None:
    await journal(opened)
    opened.type("pmaria\r")
    await opened.shows("[by maria]")
    opened.type("klocker")
    await opened.shows("Which events?", "locker")


async def alarms(opened: Console) -> None:
    await opened.page("5", "Alarms", "older copy", "SOUTH777")


async def closing(opened: Console) -> None:
    await alarms(opened)
    opened.type("cbackup was put ba")
    await opened.shows("put ba")


async def keys(opened: Console) -> None:
    opened.type("?")
    await opened.shows("Everywhere")


FULL: dict[str, Way] = {
    "desks": lambda opened: opened.shows("1,200", "4 desks"),
    "parcels": parcels,
    "parcel-long": long_parcel,
    "history": history,
    "event": event,
    "journal": journal,
    "journal-filtered": filtered,
    "lockers": lambda opened: opened.page("4", "Lockers", "North", "Lobby", "12 of 40 free"),
    "alarms": alarms,
    "alarms-closing": closing,
    "keys": keys,
}
EMPTY: dict[str, Way] = {
    "desks": lambda opened: opened.shows("No desk has joined"),
    "parcels": lambda opened: opened.page("2", "FleetParcels", "Press / to search"),
    "parcels-none": too_many,
    "journal": lambda opened: opened.page("3", "FleetJournal", "No desk has told"),
    "lockers": lambda opened: opened.page("4", "Lockers", "No desk has told"),
    "alarms": lambda opened: opened.page("5", "Alarms", "Nothing to look at"),
}


@pytest.fixture(scope="module")
def empty(server: Postgres) -> NewCentre:
    return new_centre(server)


@pytest.fixture(scope="module")
def full(server: Postgres) -> tuple[NewCentre, list[object]]:
    return new_centre(server), []


def filled(full: tuple[NewCentre, list[object]], desk: Desk) -> NewCentre:
    """Return the full centre, which is filled once: no picture changes anything in it but when its desks were seen."""
    centre, done = full
    if not done:
        asyncio.run(fill(centre, desk.clock.now()))
        done.append(True)
    return centre


async def rest(opened: Console, way: Way) -> None:
    """Go somewhere, and wait until nothing moves."""
    await ready(opened)
    await way(opened)
    before = ""
    while before != opened.read:
        before = opened.read
        await opened.pilot.pause(0.05)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)], ids=["80x24", "100x30"])
@pytest.mark.parametrize("way", FULL.values(), ids=FULL)
def test_a_page_looks_as_it_did(
    desk: Desk,
    full: tuple[NewCentre, list[object]],
    snap_compare: Callable[..., bool],
    way: Way,
    size: tuple[int, int],
) -> None:
    centre = filled(full, desk)
    if way is FULL["lockers"]:
        let_all_be_away(centre, desk.clock.now())
    else:
        let_north_be_here(centre)
    app = fleet_app(desk, centre)

    async def go_there(pilot: Pilot[None]) -> None:
        await rest(Console(app, pilot), way)

    assert snap_compare(app, terminal_size=size, run_before=go_there)


@pytest.mark.parametrize("way", EMPTY.values(), ids=EMPTY)
def test_an_empty_page_looks_as_it_did(
    desk: Desk, empty: NewCentre, snap_compare: Callable[..., bool], way: Way
) -> None:
    app = fleet_app(desk, empty)

    async def go_there(pilot: Pilot[None]) -> None:
        await rest(Console(app, pilot), way)

    assert snap_compare(app, terminal_size=(80, 24), run_before=go_there)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)], ids=["80x24", "100x30"])
@pytest.mark.parametrize("page", ["desks", "history"])
def test_a_page_says_of_when_it_is_while_the_centre_is_away(
    desk: Desk, server: Postgres, snap_compare: Callable[..., bool], page: str, size: tuple[int, int]
) -> None:
    centre = new_centre(server)
    asyncio.run(fill(centre, desk.clock.now()))
    through = Through()
    app = fleet_app(desk, centre, through=through)

    async def lose_it(opened: Console) -> None:
        await FULL[page](opened)
        through.cut()
        await opened.shows("centre away since", "What is shown is of")

    async def go_there(pilot: Pilot[None]) -> None:
        await rest(Console(app, pilot), lose_it)

    assert snap_compare(app, terminal_size=size, run_before=go_there)


def test_before_the_first_answer_it_says_so(desk: Desk, empty: NewCentre, snap_compare: Callable[..., bool]) -> None:
    through = Through()
    through.answers = Answers.NO
    app = fleet_app(desk, empty, through=through)

    async def go_there(pilot: Pilot[None]) -> None:
        await Console(app, pilot).shows("no centre", "Asking the centre", "Nothing is shown before it does.")

    assert snap_compare(app, terminal_size=(80, 24), run_before=go_there)
