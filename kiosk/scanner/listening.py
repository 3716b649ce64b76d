"""Reads an open device in a thread of its own, whatever the event loop is doing.

The kernel keeps 64 events of a keyboard for whoever reads it, which is a scan of ten signs: a loop that draws a screen
for a tenth of a second would lose codes. What is read carries the kernel's times, so it may wait for the loop.
"""

from __future__ import annotations

import asyncio
import os
import selectors
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import Protocol

from kiosk.errors import DeviceError
from kiosk.scanner.input_device import InputDevice
from kiosk.scanner.keystrokes import KeyEvent

STOP_SECONDS = 1.0
"""How long the thread may take to end; it is never in the middle of anything long."""

Take = Callable[[Sequence[KeyEvent] | DeviceError], None]
"""Takes what was read, on the loop's thread; after an error nothing comes any more."""


class Listening(Protocol):
    """Goes on until it is stopped."""

    def stop(self) -> None:
        """Read no more."""
        ...


Listen = Callable[[InputDevice, Take], Listening]
"""Begins to read a device."""


class ListeningThread:
    """Begins when it is made, in a running loop."""

    def __init__(self, device: InputDevice, take: Take) -> None:
        self._device = device
        self._take = take
        self._loop = asyncio.get_running_loop()
        self._stopped, self._stop = os.pipe()
        self._thread = Thread(target=self._run, name="input device", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Read no more, and wait until the thread has ended."""
        os.close(self._stop)
        self._thread.join(STOP_SECONDS)
        os.close(self._stopped)

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._device.fd, selectors.EVENT_READ)
            selector.register(self._stopped, selectors.EVENT_READ)
            while self._stopped not in {key.fd for key, _ in selector.select()}:
                read = self._read()
                with suppress(RuntimeError):  # the loop was closed
                    self._loop.call_soon_threadsafe(self._take, read)
                if isinstance(read, DeviceError):
                    return

    def _read(self) -> Sequence[KeyEvent] | DeviceError:
        try:
            return self._device.read()
        except DeviceError as error:
            return error
