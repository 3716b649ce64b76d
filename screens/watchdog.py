"""A process that was asked to end ends: threads outside the event loop see to it, whatever hangs.

They take the signals, so that these count while the event loop hangs too, and tell the service manager that the loop
lives. A loop that hangs without anybody having asked for an end is left as it is: the clerk may only see a slow disk.
Where systemd watches, it hears nothing more then, and ends and restarts the kiosk.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from screens.service_manager import ServiceManager

ENDED_WELL, ENDED_WRONG, INTERRUPTED = 0, 1, 130
"""The exit codes of the command line."""

SIGNALS = {
    signal.SIGHUP: ENDED_WELL,
    signal.SIGTERM: ENDED_WELL,
    signal.SIGINT: INTERRUPTED,
    signal.SIGQUIT: INTERRUPTED,
}
"""What asks for an end, and the exit code of one that comes well."""

PATIENCE_SECONDS = 3.8
"""How long the process may take to end by itself."""

LAST_SECONDS = 0.3
"""How long each of the last works may take after that."""

ASK_EVERY_SECONDS = 0.1


class Watchdog:
    """Asks the app to end when a signal comes, and ends the process itself if that is of no use.

    `ask` is called in the event loop, with the exit code. Each of `last_works` is done, if it can be done in time,
    before a process that hangs is ended.
    """

    def __init__(self, ask: Callable[[int], None], last_works: Sequence[Callable[[], None]]) -> None:
        self.exit_code = ENDED_WRONG
        """With what a process ends that hangs."""
        self._ask = ask
        self._last_works = last_works
        self._manager = ServiceManager(os.environ)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ends = threading.Event()
        self._asked_for: int | None = None
        """The exit code, until the app has been asked."""
        self._lives = threading.Event()
        """The event loop has answered."""
        self._is_ready = False

    def start(self) -> None:
        """Take the signals from here on; called in the main thread before any other one is there."""
        # Blocked in this thread and in all that it starts, they wait for the one that asks for them.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        for work in (self._hear, self._watch):
            threading.Thread(target=work, name="watchdog", daemon=True).start()

    def look_at(self, loop: asyncio.AbstractEventLoop) -> None:
        """Watch this event loop."""
        self._loop = loop
        self._lives.set()

    def begin_end(self) -> None:
        """Count from here on, however the end came about; a second time changes nothing."""
        self._ends.set()

    @property
    def is_ending(self) -> bool:
        """Whether the end has begun."""
        return self._ends.is_set()

    def _hear(self) -> None:
        while True:
            number = signal.sigwait(SIGNALS)
            if not self._ends.is_set():
                self._asked_for = SIGNALS[signal.Signals(number)]
                self._ends.set()

    def _watch(self) -> None:
        while not self._ends.wait(self._manager.tell_every_seconds):
            self._tell_that_it_lives()
        self._manager.tell("STOPPING=1")
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            # Again and again: the loop may not be there yet when the signal comes.
            if self._asked_for is not None and self._call(partial(self._ask, self._asked_for)):
                self._asked_for = None
            time.sleep(ASK_EVERY_SECONDS)
        self._end()

    def _tell_that_it_lives(self) -> None:
        if self._lives.is_set():
            self._manager.tell("WATCHDOG=1" if self._is_ready else "READY=1\nWATCHDOG=1")
            self._is_ready = True
            self._lives.clear()
            self._call(self._lives.set)

    def _call(self, work: Callable[[], object]) -> bool:
        """Have something called in the event loop; return whether there is one, or was."""
        if self._loop is None:
            return False
        with suppress(RuntimeError):  # it is closed
            self._loop.call_soon_threadsafe(work)
        return True

    def _end(self) -> None:
        for work in self._last_works:
            # Each on a thread of its own, for each may hang at what the event loop hangs at.
            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            thread.join(LAST_SECONDS)
        os._exit(self.exit_code)
