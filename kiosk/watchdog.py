"""A process that was asked to end ends: threads outside the event loop see to it, whatever hangs.

They take the signals, so that these count while the event loop hangs too, and tell the service manager that the loop
lives. A loop that hangs without anybody having asked for an end is left as it is: the clerk may only see a slow disk.
Where systemd watches, it hears nothing more then, and ends and restarts the kiosk.

There is one for the process, whatever apps run in it one after the other (`screens/attended.py`).
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
from math import inf
from typing import Protocol

from kiosk.service_manager import ServiceManager

ENDED_WELL, ENDED_WRONG, INTERRUPTED = 0, 1, 130
"""The exit codes of the command line."""

SIGNALS = {
    signal.SIGHUP: ENDED_WELL,
    signal.SIGTERM: ENDED_WELL,
    signal.SIGINT: INTERRUPTED,
    signal.SIGQUIT: INTERRUPTED,
}
"""What asks for an end, and the exit code of one that comes well."""

OF_THE_TERMINAL = {signal.SIGINT, signal.SIGQUIT}
"""Those that a key can send; they end no kiosk that is locked down."""

PATIENCE_SECONDS = 3.8
"""How long the process may take to end by itself."""

LAST_SECONDS = 0.3
"""How long each of the last works may take after that."""

LOOK_EVERY_SECONDS = 0.1


def hold_signals() -> None:
    """Let signals wait for the watchdog; called in the main thread before any other one is there."""
    # Blocked in this thread and in all that it starts, they wait for the one that asks for them.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


class Watched(Protocol):
    """An app that runs, as far as its end goes."""

    def ask_to_end(self, exit_code: int) -> None:
        """Begin the end; called in the event loop."""

    @property
    def last_works(self) -> Sequence[Callable[[], None]]:
        """What is done before a process that hangs is ended, each if it can be done in time."""


class Watchdog:
    """Asks the app to end when a signal comes, and ends the process itself if that is of no use."""

    def __init__(self, *, is_locked: bool | None = False) -> None:
        """Watch a process that may be locked down, or not; with None that is known later."""
        self.exit_code = ENDED_WRONG
        """With what a process ends that hangs."""
        self._manager = ServiceManager(os.environ)
        self._watched: Watched | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ends = threading.Event()
        self._end_at = inf
        """When patience is over, on the clock of the system."""
        self._asked_for: int | None = None
        """The exit code that a signal asks for."""
        self._is_locked = is_locked
        """Whether the terminal's signals count for nothing."""
        self._held: int | None = None
        """The exit code that a signal of the terminal asks for, if it counts."""
        self._lives = threading.Event()
        """The event loop has answered."""
        self._is_ready = False
        self._has_started = False

    def start(self) -> None:
        """Take the signals from here on; called in the main thread before any other one is there.

        A second time changes nothing.
        """
        if self._has_started:
            return
        self._has_started = True
        hold_signals()
        for work in (self._hear, self._watch):
            threading.Thread(target=work, name="watchdog", daemon=True).start()

    def look_at(self, loop: asyncio.AbstractEventLoop, watched: Watched) -> None:
        """Watch this event loop, and the app in it."""
        self._watched, self._loop, self.exit_code = watched, loop, ENDED_WRONG
        self._lives.set()
        if self._asked_for is not None:  # before there was anybody to ask
            self._ask(self._asked_for)

    def lock(self, *, is_locked: bool) -> None:
        """Pass over the signals of the terminal, or let them count: those too that came before this was known.

        Any thread may call it.
        """
        self._is_locked = is_locked
        if not is_locked and self._held is not None:
            self._ask_for(self._held)

    def begin_end(self, *, comes_back: bool = False) -> None:
        """Count from here on, however the end came about; a second time changes nothing.

        With `comes_back` it is the app that ends, and not the process: `go_on` says when it is over.
        """
        if not self._ends.is_set():
            self._end_at = time.monotonic() + PATIENCE_SECONDS
            self._ends.set()
            if not comes_back:
                self._manager.tell("STOPPING=1")

    def go_on(self) -> bool:
        """Stop counting, for the next app; False where a signal has asked for the process's end meanwhile."""
        self._ends.clear()
        if self._asked_for is not None:
            self.begin_end()
        return self._asked_for is None

    @property
    def is_locked(self) -> bool:
        """Whether the kiosk is known to be locked down."""
        return self._is_locked is True

    @property
    def is_ending(self) -> bool:
        """Whether the end has begun."""
        return self._ends.is_set()

    def _hear(self) -> None:
        while True:
            number = signal.Signals(signal.sigwait(SIGNALS))
            if number not in OF_THE_TERMINAL or self._is_locked is False:
                self._ask_for(SIGNALS[number])
            elif self._is_locked is None:
                self._held = SIGNALS[number]

    def _ask_for(self, exit_code: int) -> None:
        if self._asked_for is None:
            self._asked_for = exit_code
            self.begin_end()

    def _watch(self) -> None:
        while True:
            while not self._ends.wait(self._manager.tell_every_seconds):
                self._tell_that_it_lives()
            if self._asked_for is not None:
                self._ask(self._asked_for)
            while self._ends.is_set():
                if time.monotonic() > self._end_at:
                    self._end()
                time.sleep(LOOK_EVERY_SECONDS)

    def _ask(self, exit_code: int) -> None:
        if self._watched is not None:
            self._call(partial(self._watched.ask_to_end, exit_code))

    def _tell_that_it_lives(self) -> None:
        if self._lives.is_set():
            self._manager.tell("WATCHDOG=1" if self._is_ready else "READY=1\nWATCHDOG=1")
            self._is_ready = True
            self._lives.clear()
            self._call(self._lives.set)

    def _call(self, work: Callable[[], object]) -> None:
        """Have something called in the event loop, if there is one."""
        if self._loop is not None:
            with suppress(RuntimeError):  # it is closed
                self._loop.call_soon_threadsafe(work)

    def _end(self) -> None:
        for work in self._watched.last_works if self._watched is not None else ():
            # Each on a thread of its own, for each may hang at what the event loop hangs at.
            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            thread.join(LAST_SECONDS)
        os._exit(self.exit_code)
