"""Copies the directory into a file of its own for a backup, also while an import puts a new one in its place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.long_work import GoOn
from kiosk.recipients.file import FILE_NAME, directory_errors, sound
from kiosk.storage import Connection


async def back_up(folder: Path, path: Path) -> None:
    """Copy the directory of a data folder as it is at one moment into a new file (0600); raises DirectoryError."""

    def finish(copy: sqlite3.Connection, _: GoOn) -> None:
        sound(copy, path)

    directory = Connection(folder / FILE_NAME)
    with directory_errors():
        try:
            await directory.copy_to(path, finish)
        finally:
            await directory.close()
