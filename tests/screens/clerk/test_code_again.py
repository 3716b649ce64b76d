"""A pickup code that was confirmed too soon is shown again from the parcel's page, for a few minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.qr_reader import read_qr


async def confirmed(kiosk: Kiosk) -> None:
    """Put a parcel in, confirm its code, and scan it again."""
    await kiosk.to_code()
    await kiosk.press("enter")
    await kiosk.shows("Parcel T1 is in.")
    kiosk.scan("T1")
    await kiosk.shows("Already here: in locker")


@pytest.mark.parametrize("by_tap", [False, True])
async def test_a_confirmed_code_is_shown_again_in_the_clerks_name(desk: Desk, *, by_tap: bool) -> None:
    async with desk.open(user_id="ana@example.com") as kiosk:
        await confirmed(kiosk)
        await kiosk.shows("Show code")
        if by_tap:
            await kiosk.tap("Show code")
        else:
            await kiosk.press("f2")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        await kiosk.shows("This code was seen before.", "Showing it again is recorded.")
        last = (await kiosk.history())[-1]
        assert (last["type"], last["person"]) == ("pickup_code_shown_again", "ana@example.com")
        await kiosk.press("enter")
        await kiosk.at("Home")
        assert not (await kiosk.parcel("T1")).unfinished


async def test_when_its_time_is_over_it_is_neither_offered_nor_shown(desk: Desk) -> None:
    async with desk.open(code_minutes=3) as kiosk:
        await confirmed(kiosk)
        await kiosk.press("f2")
        await kiosk.at("Code")
        desk.clock.advance(timedelta(minutes=3))
        await kiosk.app.refreshing.refresh()
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.shows("Already here: in locker")
        await kiosk.rest()
        assert "Show code" not in kiosk.read
        await kiosk.press("f2")
        await kiosk.at("NewCode")
        assert (await kiosk.events()).count("pickup_code_shown_again") == 1


async def test_a_page_that_stays_open_offers_it_no_longer_than_it_is_kept(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await confirmed(kiosk)
        await kiosk.shows("Show code")
        desk.clock.advance(timedelta(minutes=10))
        await kiosk.app.refreshing.refresh()
        await kiosk.lacks("Show code")


async def test_a_code_that_went_while_its_key_was_pressed_is_explained(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await confirmed(kiosk)
        await kiosk.shows("Show code")
        desk.clock.advance(timedelta(minutes=10))
        await kiosk.press("f2")
        await kiosk.shows("is no longer kept here", "Its page issues a new code.")
        assert read_qr(kiosk.app) == []


async def test_with_no_minutes_nothing_is_offered(desk: Desk) -> None:
    async with desk.open(code_minutes=0) as kiosk:
        await confirmed(kiosk)
        await kiosk.rest()
        assert "Show code" not in kiosk.read
