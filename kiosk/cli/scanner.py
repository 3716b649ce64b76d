"""The scanner test on a plain terminal: draws the test code, and reads one scan as it arrives.

What the scan tells is the business of `kiosk/scanner/remarks.py`.
"""

from __future__ import annotations

import os
import selectors
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable

from kiosk.barcodes import code_128, framed, in_halves, qr_code
from kiosk.cli.answers import NO_SCAN, WAIT_SECONDS, Answer, raw, read, read_waiting, show
from kiosk.errors import DeviceError
from kiosk.scanner.arrival import LISTEN_SECONDS, ArrivalClock
from kiosk.scanner.doctor import Diagnosis, Recording
from kiosk.scanner.input_device import InputDevice
from kiosk.scanner.keystrokes import DeviceClock, Keystrokes
from kiosk.scanner.machine import ALONE_SECONDS
from kiosk.scanner.runs import LONGEST_PAUSE_SECONDS
from kiosk.scanner.tokens import Key, Sign, token_of_sign
from kiosk.tracking.testcode import TEST_CODE
from kiosk.words.language import N_, _

BAR_ROWS = 4
INVITATION = N_("Scan either of these codes once. Press n if nothing happens, Esc to skip.")
ONE_CODE = N_("Scan this code once; bars would need {columns} columns. Press n if nothing happens, Esc to skip.")

_BLACK, _WHITE = 16, 231
"""Numbers in the colours of 256 that no theme of a terminal changes."""


def ask_for_scan(device: InputDevice | None = None) -> Diagnosis | Answer:
    """Draw the test code on stderr and read one scan of it, off a device or the terminal, or that none comes."""
    columns = os.get_terminal_size(sys.stderr.fileno()).columns
    show("\n".join(pictures(columns)) + "\n")
    with raw(sys.stdin.fileno()) as terminal:
        return read_scan(terminal) if device is None else read_device(device, terminal)


def pictures(columns: int) -> list[str]:
    """Return the lines that show the test code as a QR code and, where they fit, as bars."""
    lines = qr_lines(TEST_CODE)
    bars = code_128(TEST_CODE)
    bars += (False,) * (len(bars) % 2)
    if len(bars) // 2 > columns:
        return [*lines, _(ONE_CODE).format(columns=len(bars) // 2)]
    return [*lines, "", *[_cells("\u258c", zip(bars[::2], bars[1::2], strict=True))] * BAR_ROWS, _(INVITATION)]


def qr_lines(text: str) -> list[str]:
    """Return the lines that show a text as a QR code."""
    return [_cells("\u2580", row) for row in in_halves(framed(qr_code(text)))]


def _cells(half: str, modules: Iterable[tuple[bool, bool]]) -> str:
    """Return a line of cells, black on white whatever the terminal's colours are."""
    if os.environ.get("NO_COLOR"):
        # The terminal's ink is taken for its lighter colour; a phone reads the other way round, too.
        return "".join(_in_ink(half, *cell) for cell in modules)
    drawn = (
        f"\x1b[38;5;{_BLACK if first else _WHITE};48;5;{_BLACK if second else _WHITE}m"
        f"{' ' if first == second else half}"
        for first, second in modules
    )
    return f"{''.join(drawn)}\x1b[0m"


def _in_ink(half: str, first: bool, second: bool) -> str:  # noqa: FBT001 - the halves of a cell, in order
    if first == second:
        return " " if first else "\x1b[7m \x1b[0m"
    return f"\x1b[7m{half}\x1b[0m" if first else half


def read_scan(terminal: int, *, wait_seconds: float = WAIT_SECONDS) -> Diagnosis | Answer:
    """Read bytes from a raw terminal until a scan is over, a person says that none comes, or none came in time."""
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
                last, arrived_at = decode(read_waiting(terminal)), clock.now
                if not last:
                    return Answer.NONE  # the line was dropped
                clock.arrived()
                for sign in last:
                    recording.add(token_of_sign(sign), clock.now)
            elif clock.is_silent():
                diagnosis = recording.heard(clock.now)
                if diagnosis is None and last in NO_SCAN:
                    return NO_SCAN[last]
                if diagnosis and (diagnosis.found or clock.now - arrived_at > LONGEST_PAUSE_SECONDS):
                    return diagnosis
    return recording.heard(clock.now) or Answer.NONE


def read_device(device: InputDevice, terminal: int, *, wait_seconds: float = WAIT_SECONDS) -> Diagnosis | Answer:
    """Read events of a device until a scan is over, a person says that none comes, or none came in time."""
    recording, keys, clock = Recording(), Keystrokes(), DeviceClock()
    end, arrived_at = time.monotonic() + wait_seconds, time.monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(device.fd, selectors.EVENT_READ)
        selector.register(terminal, selectors.EVENT_READ)
        while time.monotonic() < end:
            waiting = {key.fd for key, _ in selector.select(LISTEN_SECONDS)}
            if terminal in waiting and ((typed := read(terminal, 0)) in NO_SCAN or not typed):
                return NO_SCAN.get(typed, Answer.NONE)  # the line was dropped, if nothing was typed
            if device.fd in waiting:
                arrived_at = time.monotonic()
                try:
                    events = device.read()
                except DeviceError:
                    return Answer.NO  # it was unplugged
                for event in events:
                    at, token = clock.taken(event.at), keys.feed(event)
                    if isinstance(token, Sign | Key):
                        recording.add(token, at)
            diagnosis = recording.heard(clock.now + time.monotonic() - arrived_at)
            if diagnosis and (diagnosis.found or time.monotonic() - arrived_at > LONGEST_PAUSE_SECONDS):
                return diagnosis
    return recording.heard(clock.now + time.monotonic() - arrived_at) or Answer.NONE
