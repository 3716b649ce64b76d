"""Where a backup is put together, or taken apart: a closed folder in the data folder, for one process at a time.

What a process that was killed left there goes when the next one begins.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import StorageBusyError
from kiosk.storage import translated


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """Make the folder (0700), hold it against other processes, yield a folder in it, and clear both away at the end.

    Raises StorageBusyError where another process works there, else StorageError.
    """
    with translated(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StorageBusyError("backup_under_way", folder=str(folder)) from error
        try:
            # A journal that is opened there locks the folder that it lies in.
            place = folder / "data"
            with translated(folder):
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir(mode=0o700)
            yield place
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
