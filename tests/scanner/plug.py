"""A device that a test plugs in, scans with and pulls out: events come through a pipe in the kernel's own layout."""

from __future__ import annotations

import fcntl
import os
import sys
import termios
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kiosk.errors import DeviceError
from kiosk.scanner.keystrokes import KeyEvent
from tests.scanner.us_keyboard import EVENT, packed, strokes, unpacked

AT_ONCE = 64
"""Events that are read at once, as evdev does."""


class PipedDevice:
    """What the kiosk holds of it."""

    def __init__(self, fd: int, held: Sequence[int]) -> None:
        self.fd = fd
        self._held = held
        self.is_closed = False

    def read(self) -> Sequence[KeyEvent]:
        try:
            data = os.read(self.fd, AT_ONCE * EVENT.size)
        except BlockingIOError:
            return []
        if not data:
            raise DeviceError("device_missing", path="a pipe")
        return unpacked(data)

    def held(self) -> Sequence[int]:
        return self._held

    def close(self) -> None:
        self.is_closed = True
        os.close(self.fd)


class Plug:
    """One socket of the computer."""

    def __init__(self, *, plugged: bool = True) -> None:
        self._theirs: int | None = None
        self.device: PipedDevice | None = None
        self.held: list[int] = []
        """Keys that the kernel would say are down."""
        self.refusal = "device_missing"
        """Why the device can't be opened while it is not plugged in."""
        self.tries = 0
        self._is_plugged = plugged
        self._now = 1_000.0

    def open(self, path: Path) -> PipedDevice:
        """Stand for the kernel."""
        self.tries += 1
        if not self._is_plugged:
            raise DeviceError(self.refusal, path=str(path))
        ours, self._theirs = os.pipe()
        os.set_blocking(ours, False)  # as the kernel's file; what the test sends waits until it is read
        self.device = PipedDevice(ours, self.held)
        return self.device

    def plug_in(self) -> None:
        self._is_plugged = True

    def pull_out(self) -> None:
        self._is_plugged = False
        if self._theirs is not None:
            os.close(self._theirs)
            self._theirs = None

    def send(self, events: Sequence[KeyEvent]) -> None:
        assert self._theirs is not None
        os.write(self._theirs, packed(events))

    def scan(self, text: str, end: str = "\r", *, rest: float = 5.0) -> None:
        """Scan a text so many seconds after the last one."""
        self._now += rest
        self.send(strokes(text + end, start=self._now))

    @property
    def waiting(self) -> int:
        """How many bytes nobody has read yet."""
        assert self.device is not None
        return int.from_bytes(fcntl.ioctl(self.device.fd, termios.FIONREAD, bytes(4)), sys.byteorder)

    def put_away(self) -> None:
        """Leave nothing open behind a test."""
        self.pull_out()
        if self.device is not None and not self.device.is_closed:
            with suppress(OSError):
                self.device.close()
