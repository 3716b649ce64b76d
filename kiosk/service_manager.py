"""What the service manager (systemd) hears of this process by its socket, where it has asked to hear something."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

TELL_EVERY_SECONDS = 1.0


class ServiceManager:
    """systemd, as far as its environment variables are there; else nobody listens."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "").replace("@", "\0", 1)
        microseconds = environ.get("WATCHDOG_USEC", "")
        is_meant = microseconds.isdecimal() and environ.get("WATCHDOG_PID") in {None, str(os.getpid())}
        watched = int(microseconds) / 1e6 if is_meant else 0
        self.tell_every_seconds = min(watched / 4 or TELL_EVERY_SECONDS, TELL_EVERY_SECONDS) if self._address else None
        """How often it is told that the process lives; None where nobody listens."""

    def tell(self, state: str) -> None:
        """Say something like `READY=1`; waits for nobody, and a manager that is gone is not told."""
        if self._address:
            with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as line:
                line.sendto(state.encode(), self._address)
