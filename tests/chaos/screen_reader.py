"""A clerk's eyes: the kiosk's real screens, on which codes are read as a phone reads them and confirmed by Enter."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from kiosk.errors import WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.wiring import Services
from screens.app import KioskApp
from screens.clerk.code import CodeScreen
from screens.clerk.parcel_screen import ParcelScreen
from tests.chaos.notes import Notes
from tests.chaos.showing import seen
from tests.screens.kiosk_in_test import Kiosk
from tests.screens.qr_reader import read_qr

SIZE = (100, 30)
PATIENCE_SECONDS = 5.0
LONGEST_FETCH_SECONDS = 1.0
LOOKS_EVERY_SECONDS = 0.02
MOST_SCREENS = 3
"""One on the other: home, the search, a parcel."""


@asynccontextmanager
async def open_screen(open_services: Callable[[], AbstractAsyncContextManager[Services]]) -> AsyncIterator[Kiosk]:
    """Open the kiosk's app without a terminal, and wait until everything behind its first frame is there."""
    app = KioskApp(open_services)
    async with app.run_test(size=SIZE) as pilot:
        kiosk = Kiosk(app, pilot)
        await kiosk.until(lambda: app._services is not None and kiosk.rests, "opened")
        yield kiosk
        # What is left while a flow is under way ends with an error; a clerk would see that it is.
        await kiosk.rest()
    if app._exception is not None:
        raise app._exception


class OnScreen:
    """Reads codes off the screen, for one lane at a time."""

    def __init__(self, kiosk: Kiosk, notes: Notes) -> None:
        self._kiosk = kiosk
        self._notes = notes
        self._lock = asyncio.Lock()

    async def show(self, parcel: Parcel) -> Parcel:
        """Find the parcel, which opens its code, and press Enter once it was read."""
        await self.show_again(parcel)
        parcel = await self._kiosk.services.queries.parcel(parcel.parcel_id) or parcel
        if parcel.code_waiting:
            raise _left(parcel)
        return parcel

    async def show_again(self, parcel: Parcel) -> None:
        """Find the parcel, and press a key on its page where its code does not come at once.

        It is not scanned at home: that takes a number in again whose box a recipient has just collected.
        """
        async with self._lock:
            kiosk, at = self._kiosk, time.time()
            await kiosk.press("ctrl+f")
            if await self._comes(lambda: kiosk.name == "Find" and kiosk.rests):
                kiosk.scan(parcel.tracking_number)
            if not await self._comes(lambda: self._shown == parcel.parcel_id):
                await self._go_home()
                raise _left(parcel)
            if not isinstance(kiosk.screen, CodeScreen):
                await kiosk.press("enter" if parcel.code_waiting else "f2")
            waits_for = PATIENCE_SECONDS if parcel.code_waiting else LONGEST_FETCH_SECONDS
            if await self._comes(lambda: bool(read_qr(kiosk.app)), waits_for):
                self._notes.shown(seen(parcel, read_qr(kiosk.app)[0], at))
                await kiosk.press("enter")
            else:
                await self._go_home()
            if not await self._comes(lambda: kiosk.name == "Home" and kiosk.rests):
                await self._go_home()

    async def _go_home(self) -> None:
        for _ in range(MOST_SCREENS):
            if self._kiosk.name != "Home":
                await self._kiosk.press("escape")
                await self._comes(lambda: self._kiosk.rests, LONGEST_FETCH_SECONDS)

    @property
    def _shown(self) -> str | None:
        """The id of the parcel that the screen is about."""
        screen = self._kiosk.app.screen
        return screen.parcel.parcel_id if isinstance(screen, ParcelScreen) and self._kiosk.rests else None

    async def _comes(self, condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
        """Give the screen some time, and tell whether it came to that."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            await asyncio.sleep(LOOKS_EVERY_SECONDS)
        return True


def _left(parcel: Parcel) -> WrongStateError:
    """Return the error with which a parcel is left for later."""
    return WrongStateError("changed_meanwhile", tracking_number=parcel.tracking_number)
