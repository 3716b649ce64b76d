"""What is drawn, on its way to the terminal: nobody ever waits for a terminal that takes nothing.

It stands in for Textual's own writer, see `screens/textual_patches.py`. Knows neither app nor screens.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

MOST_WAITING = 64 * 1024
"""Bytes. A terminal that is so far behind is not read; what is drawn from then on it gets as one picture, later."""

BYTES_AT_ONCE = 8 * 1024
CANCEL = b"\x18"
"""Ends a control sequence of which only a part was sent."""


def hang_up() -> None:
    """Let this process hear that its terminal is gone; the system itself says it only of a controlling terminal."""
    os.kill(os.getpid(), signal.SIGHUP)


class Writer:
    """Sends at once what the terminal takes at once, and the rest when the event loop hears that there is room.

    What waits is bounded. Beyond it nothing is kept, and `on_read_again` is called once the terminal has taken what
    waited: then everything has to be drawn anew.
    """

    def __init__(self, file: TextIO) -> None:
        """Write to the terminal behind `file`, in its encoding; to be made in the event loop."""
        self.on_read_again: Callable[[], object] = lambda: None
        self._encoding = file.encoding
        self._loop = asyncio.get_running_loop()
        self._is_shared = False
        self._descriptor = self._opened(file.fileno())
        self._waiting = bytearray()
        self._is_watching = False
        self._is_behind = False
        self._is_gone = False

    def start(self) -> None:
        """Do nothing: Textual's writer is a thread."""

    def write(self, text: str) -> None:
        """Send text as soon as the terminal takes it."""
        if self._is_behind or self._is_gone:
            return
        # Whole texts are kept or left out, so that no control sequence is torn.
        self._waiting += text.encode(self._encoding, "replace")
        if not self._is_watching:
            self._send()
        self._is_behind = len(self._waiting) > MOST_WAITING

    def discard(self) -> None:
        """Leave out what waits, so that what is written next comes next."""
        if self._waiting or self._is_behind:
            self._waiting[:] = CANCEL
            self._is_behind = False

    def finish(self, seconds: float) -> bool:
        """Wait at most so long for the terminal to take what waits; return whether it did."""
        end = time.monotonic() + seconds
        while self._waiting and (left := end - time.monotonic()) > 0:
            select.select([], [self._descriptor], [], left)
            self._send()
        return not self._waiting

    def force(self, text: str) -> None:
        """Let the terminal read this text next, whatever it has not read so far; for a process that ends.

        Touches nothing of the event loop: any thread may call it.
        """
        with suppress(termios.error):
            termios.tcflush(self._descriptor, termios.TCOFLUSH)  # makes room, and frees who reads later from the rest
        with suppress(OSError):
            os.write(self._descriptor, CANCEL + text.encode(self._encoding, "replace"))
        self._give_back()

    def stop(self) -> None:
        """Let go of the terminal; what still waits is left out."""
        self._is_gone = True
        self._waiting.clear()
        self._watch(wanted=False)
        self._give_back()
        os.close(self._descriptor)

    def _opened(self, descriptor: int) -> int:
        """Return a descriptor of the terminal that never blocks."""
        flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK
        try:
            # One of our own: not blocking is shared by all who got the descriptor, a shell among them.
            return os.open(os.ttyname(descriptor), flags)
        except OSError:  # another account's terminal, as after `su`
            self._is_shared = True
            shared = os.dup(descriptor)
            os.set_blocking(shared, False)
            return shared

    def _give_back(self) -> None:
        if self._is_shared:
            with suppress(OSError):
                os.set_blocking(self._descriptor, True)

    def _send(self) -> None:
        try:
            while self._waiting:
                del self._waiting[: os.write(self._descriptor, self._waiting[:BYTES_AT_ONCE])]
        except BlockingIOError:
            self._watch(wanted=True)
        except OSError:
            self._is_gone = True
            self._waiting.clear()
            self._watch(wanted=False)
            hang_up()
        else:
            self._watch(wanted=False)
            if self._is_behind:
                self._is_behind = False
                self.on_read_again()

    def _watch(self, *, wanted: bool) -> None:
        """Let the event loop say when there is room, or not."""
        if wanted == self._is_watching:
            return
        self._is_watching = wanted
        if wanted:
            self._loop.add_writer(self._descriptor, self._send)
        else:
            self._loop.remove_writer(self._descriptor)
