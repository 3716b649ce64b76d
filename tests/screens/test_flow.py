"""Waiting on behalf of a screen: the words come to it only while it is there."""

from __future__ import annotations

import asyncio

import pytest

from screens import flow
from screens.clerk.home import HomeScreen
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
