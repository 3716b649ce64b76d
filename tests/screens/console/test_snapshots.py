"""Each page of the console as a picture: beside the tests that say why, so that nothing moves unseen.

`pytest tests/screens/console/test_snapshots.py --snapshot-update -n 0` draws them anew; look at the change before
committing it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.parcels.states import Role
from tests.screens.console.console_in_test import (
    CONNECTED,
    NUMBERS,
    Console,
    console_app,
    fill,
    ready,
    sessions_of_others,
)
from tests.screens.kiosk_in_test import Desk


async def attention(opened: Console) -> None:
    await opened.page("4", "Attention", "holds two lockers")


async def reason(opened: Console) -> None:
    await attention(opened)
    opened.type("cnobody's in ther")
    await opened.shows("in ther")


async def parcel(opened: Console) -> None:
    await opened.page("3", "ParcelList", "parcels:")
    opened.type(f"/{NUMBERS.deposited}\r")
    await opened.shows("1 parcel:")
    opened.type("\r")
    await opened.shows("Parcel taken in")


async def refused(opened: Console) -> None:
    await parcel(opened)
    opened.type("f\r")
    await opened.shows("A reason is needed")


async def keys(opened: Console) -> None:
    opened.type("?")
    await opened.shows("Everywhere")


async def sessions(opened: Console) -> None:
    await opened.page("7", "Sessions", "this one", "monitoring")


async def ending(opened: Console) -> None:
    await sessions(opened)
    opened.type("e")
    await opened.shows("End the session of ben")
    opened.type("gone home")
    await opened.shows("gone home")


async def own_session(opened: Console) -> None:
    await sessions(opened)
    await opened.press("down")
    opened.type("e")
    await opened.shows("This is your own session")


async def nobody(opened: Console) -> None:
    await opened.page("7", "Sessions", "Nobody is connected.")


STATES: dict[str, Callable[[Console], Awaitable[Any]]] = {
    "overview": lambda opened: opened.shows("Lobby", "holds two lockers"),
    "banks": lambda opened: opened.page("2", "BankMap", "Locker 1"),
    "parcels": lambda opened: opened.page("3", "ParcelList", "7 parcels:"),
    "attention": attention,
    "reason": reason,
    "journal": lambda opened: opened.page("5", "Journal", "46 events"),
    "parcel": parcel,
    "parcel-refused": refused,
    "keys": keys,
}

OF_SESSIONS: dict[str, tuple[Callable[[Console], Awaitable[Any]], Role, bool]] = {
    "sessions": (sessions, Role.OPERATOR, True),
    "sessions-viewer": (sessions, Role.VIEWER, True),
    "sessions-ending": (ending, Role.OPERATOR, True),
    "sessions-own": (own_session, Role.OPERATOR, True),
    "sessions-nobody": (nobody, Role.OPERATOR, False),
}


@pytest.mark.parametrize("size", [(80, 24), (100, 30)], ids=["80x24", "100x30"])
@pytest.mark.parametrize("of", OF_SESSIONS.values(), ids=OF_SESSIONS)
def test_the_page_of_sessions_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    of: tuple[Callable[[Console], Awaitable[Any]], Role, bool],
    size: tuple[int, int],
) -> None:
    state, role, are_there = of
    app = console_app(desk, role)

    async def go_there(pilot: Pilot[None]) -> None:
        opened = Console(app, pilot)
        await ready(opened)
        await state(opened)
        before = ""
        while before != opened.read:
            before = opened.read
            await pilot.pause(0.05)

    with sessions_of_others(desk, *CONNECTED) if are_there else nullcontext():
        assert snap_compare(app, terminal_size=size, run_before=go_there)


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_page_looks_as_it_did(
    desk: Desk, snap_compare: Callable[..., bool], state: Callable[[Console], Awaitable[Any]]
) -> None:
    asyncio.run(fill(desk))
    app = console_app(desk, Role.OPERATOR)

    async def go_there(pilot: Pilot[None]) -> None:
        opened = Console(app, pilot)
        await ready(opened)
        await state(opened)
        before = ""
        while before != opened.read:
            before = opened.read
            await pilot.pause(0.05)

    assert snap_compare(app, terminal_size=(80, 24), run_before=go_there)
