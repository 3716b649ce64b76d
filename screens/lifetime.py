"""How an app begins and ends: it opens everything behind its first frame, and ends with an error to be told.

It ends on a dropped line, on an error it can't go on with, and on one that nobody foresaw.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import TYPE_CHECKING

from textual.app import App

from kiosk.errors import KioskError, SettingsError
from kiosk.words.errors import Said, SpokenError
from kiosk.words.language import _
from screens.textual_patches import end_at_once

if TYPE_CHECKING:
    from kiosk.wiring import Services

ENDED_WRONG, WRONG_USAGE = 1, 2
"""The exit codes of the command line."""


class Lifetime:
    """A part of an app; it keeps why the app ended, for the command line to print once the terminal is free again."""

    def __init__(self, app: App[None], open_services: Callable[[], AbstractAsyncContextManager[Services]]) -> None:
        self._app = app
        self._open_services = open_services
        self._opened = AsyncExitStack()
        self.failure: KioskError | None = None

    def begin(self, then: Callable[[Services], Awaitable[None]]) -> None:
        """Open settings, journal, API and desk once the first frame is drawn, then go on; call it when mounted.

        From now on the app ends cleanly when the line drops or the system asks.
        """
        loop = asyncio.get_running_loop()
        for name in (signal.SIGHUP, signal.SIGTERM):
            # Not every loop can: not on Windows, and none outside the main thread.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(name, self._app.exit)
        self._app.call_after_refresh(lambda: self._app.run_worker(self._open(then), name="open", exit_on_error=True))

    async def close(self) -> None:
        """Close what was opened."""
        await self._opened.aclose()

    def end_unforeseen(self, error: Exception) -> None:
        """End at once after an error nobody foresaw: it goes to the log, the journal goes on at the next start.

        For the app's `_handle_exception`, in place of Textual's own, which prints a traceback on the terminal.
        """
        logging.getLogger("kiosk").critical("The kiosk ended unexpectedly.", exc_info=error)
        self.failure = SpokenError(
            Said(
                _("The kiosk ended unexpectedly"),
                _("Nothing that was recorded is lost."),
                _("Start it again. The log in the data folder tells the operator more."),
            )
        )
        end_at_once(self._app, error, ENDED_WRONG)

    async def _open(self, then: Callable[[Services], Awaitable[None]]) -> None:
        try:
            # In a thread, for it imports most of the program; the screen goes on drawing meanwhile.
            opening = await asyncio.to_thread(self._open_services)
            services = await self._opened.enter_async_context(opening)
        except KioskError as error:
            self.failure = error
            self._app.exit(return_code=WRONG_USAGE if isinstance(error, SettingsError) else ENDED_WRONG)
            return
        await then(services)
