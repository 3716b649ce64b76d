"""Hears one input device, and opens it again whenever it was unplugged.

What it hears is told as it comes, with the kernel's times. What that means is the business of `machine.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import DeviceError
from kiosk.scanner.input_device import InputDevice, OpenDevice
from kiosk.scanner.keystrokes import DeviceClock, KeyEvent, Keystrokes
from kiosk.scanner.listening import Listen, Listening, ListeningThread
from kiosk.scanner.machine import SILENCES
from kiosk.scanner.tokens import Arrival, Lost

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 8.0
"""How long to wait before a device that can't be opened is tried again: at first, and at most; twice as long each."""


class Signs(NamedTuple):
    """What was read at once; nothing where a silence has come to pass."""

    arrivals: tuple[Arrival, ...]
    at: float
    """By when, in seconds on the device's clock."""


class DeviceReader:
    """One device, from `start` to `close`."""

    def __init__(
        self,
        path: Path,
        open_device: OpenDevice,
        *,
        hear: Callable[[Signs | Lost], None],
        tell: Callable[[DeviceError | None], None],
        listen: Listen = ListeningThread,
    ) -> None:
        self._path = path
        self._open_device = open_device
        self._hear = hear
        """Takes what is read; `Lost` means that what came last is not whole."""
        self._tell = tell
        """Takes why the device can't be read, or None once it can."""
        self._listen = listen
        self._device: InputDevice | None = None
        self._listening: Listening | None = None
        self._keystrokes = Keystrokes()
        self._clock = DeviceClock()
        self._pause = FIRST_PAUSE_SECONDS
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Open the device, now or as soon as it is there; needs a running event loop."""
        self._timer = None
        try:
            device = self._open_device(self._path)
        except DeviceError as error:
            self._try_later(error)
            return
        self._device, self._keystrokes = device, Keystrokes()
        self._keystrokes.hold(device.held())
        self._listening = self._listen(device, partial(self._take, device))
        self._tell(None)

    def close(self) -> None:
        """Read no more, and give the device back."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._listening is not None:
            self._listening.stop()
            self._listening = None
        if self._device is not None:
            self._device.close()
            self._device = None

    def _try_later(self, error: DeviceError) -> None:
        self._tell(error)
        self._timer = asyncio.get_running_loop().call_later(self._pause, self.start)
        self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)

    def _take(self, device: InputDevice, read: Sequence[KeyEvent] | DeviceError) -> None:
        if device is not self._device:
            return  # it was closed meanwhile
        if isinstance(read, DeviceError):
            self.close()
            if self._keystrokes.is_midway:
                self._hear(Lost())
            self._hear_silence(len(SILENCES) - 1)  # nothing can follow what waits for that
            self._try_later(read)
            return
        self._pause = FIRST_PAUSE_SECONDS
        arrivals: list[Arrival] = []
        for event in read:
            at, typed = self._clock.taken(event.at), self._keystrokes.feed(event)
            if isinstance(typed, Lost):
                self._hear_signs(arrivals)
                self._hear(typed)
                self._keystrokes.hold(device.held())
                arrivals = []
            elif typed is not None:
                arrivals.append(Arrival(typed, at))
        self._hear_signs(arrivals)
        self._await_silence(0)

    def _hear_signs(self, arrivals: Sequence[Arrival]) -> None:
        if arrivals:
            self._hear(Signs(tuple(arrivals), arrivals[-1].at))

    def _hear_silence(self, number: int) -> None:
        self._hear(Signs((), self._clock.now + SILENCES[number] + _MARGIN_SECONDS))

    def _await_silence(self, number: int) -> None:
        """Tell the silence of that number once it has come to pass, and then the next one.

        What was read meanwhile is taken first: the loop takes up what it was told before it looks at the time.
        """
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_WAITS[number], self._is_silent, number)

    def _is_silent(self, number: int) -> None:
        self._timer = None
        self._hear_silence(number)
        if number + 1 < len(_WAITS):
            self._await_silence(number + 1)
        else:
            self._keystrokes.rest()


_MARGIN_SECONDS = 0.001
"""A silence counts once it is longer than it has to be."""

_WAITS = tuple(later - sooner + _MARGIN_SECONDS for sooner, later in pairwise((0.0, *SILENCES)))
"""How long to wait for each silence behind the one before."""
