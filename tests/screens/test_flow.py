"""Waiting on behalf of a screen: the words come to it only while it is there."""

from __future__ import annotations

import asyncio
from math import inf

import pytest

from kiosk.desk.progress import Doing, Progress
from kiosk.errors import NoFreeUnitError
from screens import flow
from screens.clerk.help import HelpScreen
from screens.clerk.home import HomeScreen
from screens.clerk.locker import LockerScreen
from screens.clerk_actions import HOME_KEYS
from tests.screens.kiosk_in_test import Desk


async def test_a_wait_goes_on_after_its_screen_has_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "SHOW_WAIT_AFTER_SECONDS", 0.0)
    async with desk.open() as kiosk:
        gone = HomeScreen()
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        asked = asyncio.create_task(flow.with_words(gone, asyncio.wait_for(answer, 10), "Reading"))
        await kiosk.rest()
        assert not asked.done()
        answer.set_result("read")
        assert await asked == "read"


async def test_a_step_that_goes_on_tells_nothing_to_a_screen_that_is_being_removed(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker("T1")
        screen, leaving = kiosk.screen, asyncio.create_task(kiosk.app.navigator.go_home())
        assert isinstance(screen, LockerScreen)
        while not leaving.done():
            screen._tell(Progress(Doing.RESERVING_SIZE))  # at each moment of its removal
            screen.fail(NoFreeUnitError("no_free_unit", bank="A"))
            await asyncio.sleep(0)
        await leaving
        await kiosk.at("Home")


async def test_a_key_means_nothing_on_a_screen_that_is_still_being_put_together(desk: Desk) -> None:
    async with desk.open() as kiosk:
        pushed = kiosk.app.push_screen(HelpScreen(HOME_KEYS))
        for key in ("down", "pagedown", "escape"):  # keys that need not wait until a screen was seen
            await kiosk.app.keyboard._press(key, inf)
        await pushed
        await kiosk.at("Help")
        await kiosk.press("down", "escape")
        await kiosk.at("Home")
