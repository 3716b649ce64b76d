"""Signing in and the screen that nobody looks at, as pictures: in each state, in a small and in a usual window.

Drawn anew and looked at like those of `test_snapshots.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from kiosk.desk.people import People
from kiosk.desk.scrypt import Cost
from kiosk.parcels.states import Role
from kiosk.wiring import open_journal
from screens.idling import WARNING_SECONDS
from tests.house.desk import OWNER
from tests.screens.clerk.test_snapshots import SIZES, looks_as_it_did
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.shift_in_test import (
    IDLE_MINUTES,
    JO_BADGE,
    NOBODYS_BADGE,
    WRONG_PIN,
    as_ida,
    by_pin,
    idles,
    signs_in,
)

State = Callable[[Desk, Kiosk], Awaitable[Any]]

LONG_NAME = "Maria-Theresa von Hohenlohe-Langenburgs"


async def names(_: Desk, kiosk: Kiosk) -> None:
    await kiosk.shows("Ida Berg")


async def pin(_: Desk, kiosk: Kiosk) -> None:
    await kiosk.shows("Ida Berg")
    kiosk.type("ida\r")
    await kiosk.shows("PIN of Ida Berg")
    kiosk.type("730")


async def wrong(_: Desk, kiosk: Kiosk) -> None:
    await by_pin(kiosk, digits=WRONG_PIN)
    await kiosk.shows("The PIN is wrong")


async def nobodys_badge(_: Desk, kiosk: Kiosk) -> None:
    await kiosk.shows("Ida Berg")
    kiosk.scan(NOBODYS_BADGE)
    await kiosk.shows("Unknown badge")


async def parcel_scanned(_: Desk, kiosk: Kiosk) -> None:
    await kiosk.shows("Ida Berg")
    kiosk.scan("1Z999AA10123456784")
    await kiosk.shows("1 parcel was scanned")


async def takes_over(_: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.press("ctrl+o")
    await kiosk.shows("Who takes over?")


async def taken_over(_: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_locker("T1")
    kiosk.scan(JO_BADGE)
    await kiosk.shows("Jo Lund is signed in")


async def tasks(_: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.press("f9")
    await kiosk.at("Tasks")


async def warning(desk: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await idles(desk, kiosk, IDLE_MINUTES * 60 - WARNING_SECONDS)
    await kiosk.shows("Still there?")


async def idle(desk: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await idles(desk, kiosk)
    await kiosk.at("Idle")


async def asked_again(desk: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_put_in("T1")
    await idles(desk, kiosk)
    await kiosk.press("enter")
    kiosk.scan(JO_BADGE)
    await kiosk.shows("This parcel was open")


STATES: dict[str, State] = {
    state.__name__: state
    for state in (
        names,
        pin,
        wrong,
        nobodys_badge,
        parcel_scanned,
        takes_over,
        taken_over,
        tasks,
        warning,
        idle,
        asked_again,
    )
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_screen_looks_as_it_did(
    desk: Desk, snap_compare: Callable[..., bool], state: State, size: tuple[int, int]
) -> None:
    asyncio.run(signs_in(desk))
    assert looks_as_it_did(desk, snap_compare, lambda kiosk: state(desk, kiosk), size)


async def many(desk: Desk) -> None:
    """List so many people that the list has pages, one with a very long name."""
    await signs_in(desk)
    async with open_journal(desk.settings(), desk.clock) as journal:
        people = People(journal, desk.clock, user_id="desk@example.com", own_prefix="T")
        people._cost = Cost(n=2**4)
        for name in (LONG_NAME, *(f"Person {number:02}" for number in range(20))):
            await people.add(name, Role.CLERK, OWNER, badge=SecretStr(f"BADGE {name}"))


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_list_with_pages_looks_as_it_did(
    desk: Desk, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    asyncio.run(many(desk))
    assert looks_as_it_did(desk, snap_compare, lambda kiosk: kiosk.shows("Ida Berg"), size)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_list_of_nobody_looks_as_it_did(desk: Desk, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    desk.people = {"sign_in": True}
    assert looks_as_it_did(desk, snap_compare, lambda kiosk: kiosk.shows("Nobody is listed yet"), size)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_wait_looks_as_it_did(desk: Desk, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    asyncio.run(signs_in(desk))

    async def waits(kiosk: Kiosk) -> None:
        for number in range(3):
            await by_pin(kiosk, digits=WRONG_PIN)
            await kiosk.shows("wrong")
            if number < 2:
                await kiosk.press("escape")
        await kiosk.shows("Try again in 5 seconds")

    assert looks_as_it_did(desk, snap_compare, waits, size)
