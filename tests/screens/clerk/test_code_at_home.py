"""A pickup code at home: it leads to the parcel that it opens, becomes none itself, and is written nowhere."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from kiosk.parcels.states import ParcelState
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import Desk, Kiosk


async def code_of(kiosk: Kiosk, desk: Desk, number: str = "T1") -> str:
    """Put a parcel into a locker, confirm its code, and return that."""
    await kiosk.to_code(number)
    await kiosk.press("enter")
    await kiosk.at("Home")
    (unit,) = desk.service.holding(number)
    return str(unit["pickupCode"])


def enter(kiosk: Kiosk, code: str, *, by_scan: bool) -> None:
    if by_scan:
        kiosk.scan(code)
    else:
        kiosk.type(f"{code}\r")


@pytest.mark.parametrize("by_scan", [False, True])
async def test_one_scan_and_one_key_hand_over_what_a_code_opens(
    desk: Desk, caplog: pytest.LogCaptureFixture, *, by_scan: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    async with desk.open() as kiosk:
        code = await code_of(kiosk, desk)
        before = await kiosk.events()
        enter(kiosk, code if by_scan else code.lower(), by_scan=by_scan)
        shown = await kiosk.shows("Hand over T1", "This is the parcel's pickup code.", "Who collects?")
        assert code not in shown
        assert await kiosk.events() == before
        await kiosk.press("enter")
        await kiosk.shows("1 parcel was given to")
        assert (await kiosk.parcel("T1")).state is ParcelState.HANDED_OVER
        assert code not in caplog.text
        assert code not in str(await kiosk.history())


async def test_a_code_beside_scans_of_parcels_becomes_none_and_costs_none(desk: Desk) -> None:
    async with desk.open() as kiosk:
        code = await code_of(kiosk, desk)
        kiosk.scan("T2")
        kiosk.scan(code)
        kiosk.scan("T3")
        await kiosk.shows("Hand over T1", "What was scanned with it stays under Unfinished.")
        assert not await kiosk.services.queries.journal.find(code)
        assert (await kiosk.parcel("T2")).present
        assert (await kiosk.parcel("T3")).present


async def test_a_code_that_is_kept_no_more_is_a_number_like_any_other(desk: Desk) -> None:
    async with desk.open() as kiosk:
        code = await code_of(kiosk, desk)
        desk.clock.advance(timedelta(hours=1))
        kiosk.scan(code)
        await kiosk.at("Number")


async def test_the_number_of_a_parcel_that_is_here_wins(desk: Desk) -> None:
    async with desk.open() as kiosk:
        code = await code_of(kiosk, desk)
        same = (await kiosk.services.desk.scans.take_in(code, CLERK)).parcel
        for by_scan in (True, False):
            enter(kiosk, code, by_scan=by_scan)
            await kiosk.shows(f"Parcel {code}", "Who is it for?")
            await kiosk.press("escape")
            await kiosk.at("Home")
            kiosk.hands.at += 60
        assert await kiosk.services.queries.journal.find(code) == (same,)


@pytest.mark.parametrize("by_tap", [False, True])
async def test_where_it_may_be_a_new_parcel_as_well_the_clerk_is_asked(desk: Desk, *, by_tap: bool) -> None:
    async with desk.open() as kiosk:
        code = await code_of(kiosk, desk)
    # From now on a number of this mailroom begins like that code.
    async with desk.open(own_prefix=code[:2]) as kiosk:
        kiosk.scan(code)
        await kiosk.shows("A pickup code, or a new parcel?", "T1 for", "New parcel")
        kiosk.type("Bob\r")
        await kiosk.press("enter")
        await kiosk.rest()
        assert (await kiosk.parcel("T1")).is_in_locker
        await (kiosk.tap("Pickup code", last=True) if by_tap else kiosk.press("f7"))
        await kiosk.shows("Hand over T1", "Who collects?", "Given out")
        await kiosk.press("escape")
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.hands.at += 60
        kiosk.scan(code)
        await kiosk.shows("A pickup code, or a new parcel?")
        await (kiosk.tap("New parcel", last=True) if by_tap else kiosk.press("f8"))
        await kiosk.shows(f"Parcel {code}", "Who is it for?")


async def test_neither_leaves_everything_as_it_is(desk: Desk) -> None:
    async with desk.open() as kiosk:
        code = await code_of(kiosk, desk)
    async with desk.open(own_prefix=code[:2]) as kiosk:
        before = await kiosk.events()
        kiosk.scan(code)
        await kiosk.shows("A pickup code, or a new parcel?")
        await kiosk.press("escape")
        await kiosk.at("Home")
        assert await kiosk.events() == before
