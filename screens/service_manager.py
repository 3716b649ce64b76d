"""What the service manager (systemd) hears of this process by its socket, where it has asked to hear something."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress


class ServiceManager:
    """systemd, as far as its environment variables are there; else nobody listens."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "").replace("@", "\0", 1)
        microseconds = environ.get("WATCHDOG_USEC", "")
        is_meant = microseconds.isdecimal() and environ.get("WATCHDOG_PID") in {None, str(os.getpid())}
        self.watchdog_seconds = (int(microseconds) / 1e6 or None) if is_meant else None
        """Within this time it wants to hear that the process lives; None where it does not wait for that."""

    @property
    def listens(self) -> bool:
        """Whether there is anybody to tell."""
        return bool(self._address)

    def tell(self, state: str) -> None:
        """Say something like `READY=1`; waits for nobody, and a manager that is gone is not told."""
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as line:
            line.sendto(state.encode(), self._address)
