"""Which process a write belongs to, so that only what a dead process left open is taken over.

Each process holds a lock on a file of its own; the system lets go of it when the process ends, however it ends. So a
lock that can be taken is the proof of death, and nothing else is: a file that is gone may have been cleared away under
a process that lives. For that case each process also holds the folder above with the others: whoever can have it alone
is the only one at work.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path


class Life(Enum):
    """What is known of an owner."""

    ALIVE = auto()
    DEAD = auto()
    """Proven: its lock could be taken, or nobody else is at work on this journal."""
    UNKNOWN = auto()
    """Its lock could not be tried; what it left open stays with it."""


class Owner:
    """This process, as long as it lives."""

    def __init__(self, folder: Path) -> None:
        """Take the locks, in `folder` and on the folder above; raises OSError."""
        self._folder = folder
        self.name = secrets.token_hex(6)
        self._shared = os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._shared, fcntl.LOCK_SH)
        try:
            self._lock = self._locked()
        except OSError:
            os.close(self._shared)
            raise

    def hold(self) -> None:
        """Make the lock file anew if somebody has cleared it away; raises OSError.

        To be called before a write is recorded as this owner's.
        """
        if not self._is_there():
            before, self._lock = self._lock, self._locked()
            os.close(before)

    def look_at(self, name: str) -> Life:
        """Tell what is known of the owner of that name."""
        if name == self.name:
            return Life.ALIVE
        try:
            lock = os.open(self._path(name), os.O_RDWR)
        except FileNotFoundError:
            return Life.DEAD if self.is_alone() else Life.UNKNOWN
        except OSError:  # no descriptors left, no permission, a bad disk: none of them says anything of the owner
            return Life.UNKNOWN
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return Life.ALIVE
        except OSError:
            return Life.UNKNOWN
        else:
            return Life.DEAD
        finally:
            os.close(lock)

    def dead(self) -> frozenset[str]:
        """Return the owners that left a file behind and are dead."""
        names = [path.stem for path in self._folder.glob("*.lock")]
        return frozenset(name for name in names if self.look_at(name) is Life.DEAD)

    def clear_away(self, names: Iterable[str]) -> None:
        """Delete the files of dead owners, which must be named by no open write: there they are the proof."""
        with suppress(OSError):
            for name in names:
                self._path(name).unlink(missing_ok=True)

    def close(self, *, in_use: bool) -> None:
        """Let go. Where a write of this owner is open, its file stays, and others can prove that it is gone."""
        with suppress(OSError):
            if not in_use:
                self._path(self.name).unlink(missing_ok=True)
        os.close(self._lock)
        os.close(self._shared)

    def _locked(self) -> int:
        """Make the lock file; it gets its name once it is locked, so that nobody ever finds it without."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        unnamed = self._folder / f"{self.name}.new"
        lock = os.open(unnamed, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # Not lockf: a POSIX lock is lost as soon as this process closes any descriptor of the file.
            fcntl.flock(lock, fcntl.LOCK_EX)
            unnamed.rename(self._path(self.name))
        except OSError:
            os.close(lock)
            raise
        return lock

    def _is_there(self) -> bool:
        """Tell whether the file at the path is the one whose lock is held: a lock on a deleted file proves nothing."""
        try:
            return os.path.samestat(self._path(self.name).stat(), os.fstat(self._lock))
        except FileNotFoundError:
            return False

    def is_alone(self) -> bool:
        """Tell whether no other process has this journal open."""
        try:
            fcntl.flock(self._shared, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            # Back to the shared lock at once, also where the other one was refused: the system may have dropped both.
            fcntl.flock(self._shared, fcntl.LOCK_SH)
        return True

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.lock"
