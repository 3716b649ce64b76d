"""What an app opens is closed to its end, whenever the app ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App

from kiosk.wiring import Services
from screens.lifetime import Lifetime


class SmallApp(App[None]):
    """An app that never comes to the end of opening, and takes its time to take that back."""

    def __init__(self) -> None:
        super().__init__()
        self.lifetime = Lifetime(self)
        self.began, self.never, self.is_taken_back = asyncio.Event(), asyncio.Event(), False

    @asynccontextmanager
    async def opening(self) -> AsyncIterator[Services]:
        try:
            self.began.set()
            await self.never.wait()
            yield await self.opened()
        finally:
            for _ in range(1000):
                await asyncio.sleep(0)
            self.is_taken_back = True

    async def opened(self) -> Services:
        raise AssertionError

    def on_mount(self) -> None:
        self.lifetime.begin(self.opening, self.go_on)

    async def on_unmount(self) -> None:
        await self.lifetime.close()

    async def go_on(self, _: Services) -> None:
        raise AssertionError


async def test_an_opening_that_is_broken_off_takes_back_what_it_began() -> None:
    app = SmallApp()
    async with app.run_test():
        await app.began.wait()
    assert app.is_taken_back
