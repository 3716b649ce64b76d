"""Which process a write belongs to, so that only what a dead process left open is taken over.

Each process holds a lock on a file of its own; the system lets go of it when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path


class Owner:
    """This process, as long as it lives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = secrets.token_hex(6)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = os.open(self._path(self.name), os.O_RDWR | os.O_CREAT, 0o600)
        # Not lockf: a POSIX lock is lost as soon as this process closes any descriptor of the file, as is_alive does.
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def is_alive(self, name: str) -> bool:
        """Tell whether the owner of that name is this process or another one that still runs."""
        if name == self.name:
            return True
        try:
            lock = os.open(self._path(name), os.O_RDWR)
        except OSError:
            # No file: its owner closed properly, or somebody has cleared it away.
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            # Nobody can take the name again: it is random, and never given to a second process.
            self._path(name).unlink(missing_ok=True)
            return False
        finally:
            os.close(lock)

    def close(self) -> None:
        """Let go: what is still open may be taken over by others."""
        with suppress(OSError):
            self._path(self.name).unlink(missing_ok=True)
            os.close(self._lock)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.lock"
