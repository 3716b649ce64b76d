"""The scanner test on a plain terminal: draws the test code, and reads one scan as it arrives.

What the scan tells is the business of `kiosk/scanner/remarks.py`.
"""

from __future__ import annotations

import os
import selectors
import sys
import termios
import time
import tty
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kiosk.barcodes import code_128, framed, in_halves, qr_code
from kiosk.scanner.arrival import ArrivalClock
from kiosk.scanner.doctor import Diagnosis, Recording
from kiosk.scanner.machine import ALONE_SECONDS
from kiosk.scanner.runs import LONGEST_PAUSE_SECONDS
from kiosk.scanner.tokens import Key, Sign
from kiosk.tracking.testcode import TEST_CODE
from kiosk.words.language import N_, _

WAIT_SECONDS = 60.0
"""How long to wait for a scan: nothing that runs by itself is held up for ever."""

BAR_ROWS = 4
INVITATION = N_("Scan either of these codes once. Press Esc to skip the test.")
ONE_CODE = N_("Scan this code once; a bar code would need {columns} columns. Press Esc to skip the test.")

# Esc and Ctrl+C: on a raw terminal that one is a byte, and interrupts nothing.
_GIVES_UP = frozenset("\x1b\x03")
_KEYS = {"\r": "enter", "\n": "ctrl+j", "\t": "tab"}
_BLACK, _WHITE = 16, 231
"""Numbers in the colours of 256 that no theme of a terminal changes."""


def can_ask() -> bool:
    """Tell whether a person at a terminal sees what is drawn and can scan into it."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask_for_scan() -> Diagnosis | None:
    """Draw the test code on stderr and read one scan of it; None where none came."""
    columns = os.get_terminal_size(sys.stderr.fileno()).columns
    sys.stderr.write("\n".join(pictures(columns)) + "\n")
    sys.stderr.flush()
    with _raw(sys.stdin.fileno()) as terminal:
        return read_scan(terminal)


def pictures(columns: int) -> list[str]:
    """Return the lines that show the test code as a QR code and, where they fit, as bars."""
    lines = [_cells("\u2580", row) for row in in_halves(framed(qr_code(TEST_CODE)))]
    bars = code_128(TEST_CODE)
    bars += (False,) * (len(bars) % 2)
    if len(bars) // 2 > columns:
        return [*lines, _(ONE_CODE).format(columns=len(bars) // 2)]
    return [*lines, "", *[_cells("\u258c", zip(bars[::2], bars[1::2], strict=True))] * BAR_ROWS, _(INVITATION)]


def _cells(half: str, modules: Iterable[tuple[bool, bool]]) -> str:
    """Return a line of cells, black on white whatever the terminal's colours are."""
    drawn = (
        f"\x1b[38;5;{_BLACK if first else _WHITE};48;5;{_BLACK if second else _WHITE}m"
        f"{' ' if first == second else half}"
        for first, second in modules
    )
    return f"{''.join(drawn)}\x1b[0m"


def read_scan(terminal: int, *, wait_seconds: float = WAIT_SECONDS) -> Diagnosis | None:
    """Read bytes from a raw terminal until a scan is over; None where a person gave up, or nothing came in time."""
    recording = Recording()
    clock = ArrivalClock((ALONE_SECONDS, LONGEST_PAUSE_SECONDS))
    decode = getincrementaldecoder("utf-8")(errors="replace").decode
    end = time.monotonic() + wait_seconds
    last, arrived_at = "", 0.0
    with selectors.DefaultSelector() as selector:
        selector.register(terminal, selectors.EVENT_READ)
        while time.monotonic() < end:
            began = time.monotonic()
            is_waiting = bool(selector.select(clock.listen_seconds))
            clock.listened(time.monotonic() - began)
            if is_waiting:
                last, arrived_at = decode(_read(terminal)), clock.now
                if not last:
                    return None  # the line was dropped
                clock.arrived()
                for sign in last:
                    recording.add(token_of(sign), clock.now)
            elif clock.is_silent():
                diagnosis = recording.heard(clock.now)
                if diagnosis is None and last in _GIVES_UP:
                    return None
                if diagnosis and (diagnosis.found or clock.now - arrived_at > LONGEST_PAUSE_SECONDS):
                    return diagnosis
    return recording.heard(clock.now)


def _read(terminal: int) -> bytes:
    try:
        # A terminal that was hung up raises an error instead of reading as ended.
        return os.read(terminal, 4096)
    except OSError:
        return b""


def token_of(sign: str) -> Sign | Key:
    """Return what a sign is as the screens' reader would have it; control signs but separators are keys."""
    # The separators from FS to US are part of what a 2D code holds.
    if sign.isprintable() or "\x1c" <= sign <= "\x1f":
        return Sign(sign)
    return Key(_KEYS.get(sign, f"ctrl+{chr(ord(sign) + 64).lower()}"), sign)


@contextmanager
def _raw(terminal: int) -> Iterator[int]:
    """Let every byte through as it comes; what came before is dropped."""
    before = termios.tcgetattr(terminal)
    tty.setraw(terminal, termios.TCSAFLUSH)
    try:
        yield terminal
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
