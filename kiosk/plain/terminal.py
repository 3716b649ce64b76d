"""The two ends of a line: what is read with the time of its arrival, what is written, how wide a line may be.

Nothing but printable signs and line feeds is written. Where a terminal is read, every sign comes as it was sent, for a
scanner's separators are what a terminal would take for commands; it is set back as it was at the end. Reading and
writing have a thread each, so that a slow line holds nothing up.
"""

from __future__ import annotations

import os
import select
import termios
import threading
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeAlias

from kiosk.plain.signs import writable
from kiosk.scanner.arrival import ArrivalClock
from kiosk.scanner.machine import SILENCES

COLUMNS, LEAST_COLUMNS = 80, 20
READ_BYTES = 1024
LAST_SECONDS = 1.0
"""How long the last lines may take to get out, on a line that nobody reads any more."""


class Arrived(NamedTuple):
    """Signs that were read, and when, in seconds on the clock of arrival."""

    signs: str
    at: float


class Silent(NamedTuple):
    """Nothing has arrived for a while, and nothing waits to be read."""

    at: float


class Ended(NamedTuple):
    """Nothing comes any more: the input is over, or the terminal is gone."""


Heard = Arrived | Silent | Ended
Mode: TypeAlias = "list[Any]"
"""A terminal's settings, as termios has them."""


class Terminal:
    """What is read from and written to: a terminal, a pipe or a file each."""

    def __init__(self, source: int, sink: int, encoding: str) -> None:
        self._source, self._sink, self._encoding = source, sink, encoding
        self.is_live = os.isatty(source)
        """Whether somebody types: then what is typed is shown by us, and times tell a scanner from a hand."""
        self._before: Mode | None = None
        self._hear: Callable[[Heard], None] = lambda _: None
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._may_read = threading.Event()
        self._may_read.set()
        self._is_closing = False
        self._wakes, self._wake = os.pipe()
        self._writer = threading.Thread(target=self._write_all, name="out", daemon=True)

    def open(self, hear: Callable[[Heard], None]) -> None:
        """Read from now on; `hear` is called in a thread of its own."""
        self._hear = hear
        if self.is_live:
            self._before = _sign_by_sign(self._source)
        self._writer.start()
        threading.Thread(target=self._read_all, name="in", daemon=True).start()

    def close(self) -> None:
        """Write what waits, as far as it is taken, and leave the terminal as it was."""
        if self._is_closing:
            return
        self._is_closing = True
        self._may_read.set()
        os.write(self._wake, b"\0")
        self._lines.put(None)
        self._writer.join(LAST_SECONDS)
        self.restore()

    def restore(self) -> None:
        """Set the terminal back as it was."""
        if self._before is not None:
            with suppress(termios.error):  # it is gone
                termios.tcsetattr(self._source, termios.TCSANOW, self._before)

    def write(self, text: str) -> None:
        """Write text in its turn; what no line may hold is left out, what the terminal's signs lack is put in words."""
        self._lines.put(writable(text, self._encoding).encode(self._encoding, "replace"))

    def hold(self, *, is_full: bool) -> None:
        """Read no further for now, where more has come than was used, or go on."""
        if is_full:
            self._may_read.clear()
        else:
            self._may_read.set()

    @property
    def columns(self) -> int:
        """How many cells a line may have: 80 where nobody says."""
        with suppress(OSError):
            return max(os.get_terminal_size(self._sink).columns or COLUMNS, LEAST_COLUMNS)
        return COLUMNS

    def _read_all(self) -> None:
        clock = ArrivalClock(SILENCES)
        decode = getincrementaldecoder(self._encoding)(errors="replace").decode
        while self._may_read.wait() and not self._is_closing:
            began = time.monotonic()
            wait = clock.listen_seconds if self.is_live else None
            ready, _, _ = select.select([self._source, self._wakes], [], [], wait)
            clock.listened(time.monotonic() - began)
            if self._source in ready:
                data = self._read()
                if not data:
                    self._hear(Ended())
                    return
                if signs := decode(data):
                    clock.arrived()
                    self._hear(Arrived(signs, clock.now))
            elif clock.is_silent():
                self._hear(Silent(clock.now))

    def _read(self) -> bytes:
        try:
            return os.read(self._source, READ_BYTES)
        except OSError:  # the terminal is gone
            return b""

    def _write_all(self) -> None:
        while (data := self._lines.get()) is not None:
            while data:
                try:
                    select.select([], [self._sink], [])
                    data = data[os.write(self._sink, data) :]
                except BlockingIOError:
                    continue
                except OSError:  # nobody reads any more
                    self._hear(Ended())
                    return


def _sign_by_sign(source: int) -> Mode:
    """Let each sign of a terminal come at once and as it is, and return how it was; what is written goes as before."""
    before: Mode = termios.tcgetattr(source)
    into, out, control, local, *speeds, signs = before
    into &= ~(termios.IXON | termios.ICRNL | termios.INLCR | termios.IGNCR)
    local &= ~(termios.ICANON | termios.ECHO | termios.ECHONL | termios.ISIG | termios.IEXTEN)
    signs = list(signs)
    signs[termios.VMIN], signs[termios.VTIME] = 1, 0
    termios.tcsetattr(source, termios.TCSANOW, [into, out, control, local, *speeds, signs])
    return before
