"""How an app begins and ends: it opens everything behind its first frame, and ends with an error to be told.

It ends on a signal, on a terminal that is gone, on an error it can't go on with, and on one that nobody foresaw; that
it ends in time is the business of `kiosk/watchdog.py`, and whether another one follows of `screens/attended.py`.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from tempfile import TemporaryFile
from typing import Any, Protocol, TypeVar

from textual.app import App

from kiosk.errors import KioskError, SettingsError
from kiosk.watchdog import ENDED_WRONG, LAST_SECONDS, Watchdog
from kiosk.words.errors import Said, SpokenError
from kiosk.words.language import _
from screens.driver import KioskDriver
from screens.textual_patches import cause_of, driver_of, end_at_once, is_closing

WRONG_USAGE = 2
"""The exit code of the command line for settings that can't be used."""

CLOSE_SECONDS = 3.0
"""How long what was opened may take to close; it has to be less than the watchdog's patience."""

_log = logging.getLogger("kiosk")


class ClosesAtOnce(Protocol):
    """What an app works with, as far as its end needs it."""

    @property
    def close_at_once(self) -> Callable[[float], None]:
        """Return what closes the journal within so many seconds."""


S = TypeVar("S", bound=ClosesAtOnce)
Opens = Callable[[], AbstractAsyncContextManager[S]]
"""Opens settings, journal, and what else the app works with."""


class Lifetime:
    """A part of an app; it keeps why the app ended, for the command line to print once the terminal is free again."""

    def __init__(self, app: App[Any], watchdog: Watchdog | None = None) -> None:
        self._app = app
        self._opened = AsyncExitStack()
        self._opening: asyncio.Task[object] | None = None
        self._services: ClosesAtOnce | None = None
        self._watchdog = watchdog or Watchdog()
        self.last_works = (self._close_journal, self._restore_terminal, self._log_what_hangs)
        """What the watchdog does before it ends a process that hangs."""
        self.failure: KioskError | None = None
        self.has_crashed = False
        """Whether it ended by an error that nobody foresaw."""
        self.is_followed = False
        """Whether another app follows in this process: then the service manager hears of no end."""

    def run(self, *, mouse: bool = True) -> int:
        """Run the app to its end in this terminal and return the exit code; `mouse` says whether touches are read.

        From now on the process ends within 5 s of a signal, or of the moment when the terminal is gone.
        """
        self._watchdog.start()
        asyncio.run(self._run(mouse=mouse))
        return self._watchdog.exit_code

    def begin(self, open_services: Opens[S], then: Callable[[S], Awaitable[None]]) -> None:
        """Open settings, journal, API and desk once the first frame is drawn, then go on; call it when mounted."""
        self._app.call_after_refresh(
            lambda: self._app.run_worker(self._open(open_services, then), name="open", exit_on_error=True)
        )

    async def close(self) -> None:
        """Close what was opened; what takes too long is broken off, and the journal is closed all the same."""
        self._watchdog.begin_end(comes_back=self.is_followed)
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                try:
                    await self._break_opening_off()
                finally:
                    await self._opened.aclose()

    def ask_to_end(self, exit_code: int) -> None:
        """End the app, for the watchdog."""
        self._app.exit(return_code=exit_code)

    def end_unforeseen(self, error: Exception) -> None:
        """End at once after an error nobody foresaw: it goes to the log, the journal goes on at the next start.

        For the app's `_handle_exception`, in place of Textual's own, which prints a traceback on the terminal.
        """
        if self._watchdog.is_ending or is_closing(self._app):
            # Taken apart before it was whole, an app has screens without their parts, and then parts without a screen.
            _log.info("An error while it ended.", exc_info=cause_of(error))
            return
        _log.critical("The kiosk ended unexpectedly.", exc_info=cause_of(error))
        self.has_crashed = self.is_followed = True
        self.failure = SpokenError(
            Said(
                _("The kiosk ended unexpectedly"),
                _("Nothing that was recorded is lost."),
                _("Start it again. The log in the data folder tells the operator more."),
            )
        )
        end_at_once(self._app, error, ENDED_WRONG)

    async def _open(self, open_services: Opens[S], then: Callable[[S], Awaitable[None]]) -> None:
        if self._watchdog.is_ending:
            return
        self._opening = asyncio.current_task()
        try:
            # In a thread, for it imports most of the program; the screen goes on drawing meanwhile.
            opening = await asyncio.to_thread(open_services)
            services = self._services = await self._opened.enter_async_context(opening)
        except KioskError as error:
            self.failure, self.is_followed = error, self._watchdog.is_locked
            self._app.exit(return_code=WRONG_USAGE if isinstance(error, SettingsError) else ENDED_WRONG)
            return
        await then(services)

    async def _break_opening_off(self) -> None:
        """End what opens, if it still does, but let it take back what it began: a login that it recorded."""
        if self._opening is not None:
            if not self._opening.cancelling():  # Textual may have done it; twice would break off the taking back
                self._opening.cancel()
            await asyncio.wait([self._opening])

    async def _run(self, *, mouse: bool) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_log_error)
        self._watchdog.look_at(loop, self)
        await self._app.run_async(mouse=mouse)
        await self.close()  # also where the app broke before it could
        self._watchdog.exit_code = self._app.return_code or 0

    def _close_journal(self) -> None:
        if self._services is not None:
            self._services.close_at_once(LAST_SECONDS)

    def _restore_terminal(self) -> None:
        driver = driver_of(self._app)
        if isinstance(driver, KioskDriver):
            driver.restore_at_once()

    @staticmethod
    def _log_what_hangs() -> None:
        with TemporaryFile("w+", encoding="utf-8") as stacks:
            faulthandler.dump_traceback(stacks)
            stacks.seek(0)
            _log.critical("The kiosk did not end by itself. It hangs here:\n%s", stacks.read())


def _log_error(_: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Log what went wrong in a task that nobody waits for; asyncio itself would quote the error's words."""
    _log.error("%s", context["message"], exc_info=context.get("exception"))
