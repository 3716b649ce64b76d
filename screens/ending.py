"""An app that ends with a sentence: on a dropped line, on an error it can't go on with, on one nobody foresaw."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import App

from kiosk.errors import KioskError, SettingsError
from screens import textual_patches

if TYPE_CHECKING:
    from textual.driver import Driver

ENDED_WRONG, WRONG_USAGE = 1, 2
"""The exit codes of the command line."""


class EndingApp(App[None]):
    """Keeps why it ended, for the command line to print once the terminal is its own again."""

    def __init__(self, driver_class: type[Driver]) -> None:
        textual_patches.apply()
        super().__init__(driver_class=driver_class)
        self.failure: KioskError | None = None

    def end_on_signals(self) -> None:
        """End cleanly when the line drops or the system asks; call it once the loop runs."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGHUP, signal.SIGTERM):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(name, self.exit)

    def end_with(self, error: KioskError) -> None:
        """End because of an error that leaves nothing to show."""
        self.failure = error
        self.exit(return_code=WRONG_USAGE if isinstance(error, SettingsError) else ENDED_WRONG)

    def _handle_exception(self, error: Exception) -> None:
        """End at once after an error nobody foresaw: it goes to the log, the journal goes on at the next start."""
        logging.getLogger("kiosk").critical("The kiosk ended unexpectedly.", exc_info=error)
        self.failure = KioskError(
            "An unexpected error ended the kiosk; nothing that was recorded is lost.",
            hint="Start it again. The log in the data folder tells the operator more.",
        )
        self._return_code = ENDED_WRONG
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()
