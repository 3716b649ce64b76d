"""Copies the directory into a file of its own for a backup, also while an import puts a new one in its place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.recipients.file import FILE_NAME, directory_errors, sound
from kiosk.storage import Connection, GoOn


async def back_up(folder: Path, path: Path) -> None:
    """Copy the directory of a data folder as it is at one moment into a new file (0600); raises DirectoryError."""

    def finish(copy: sqlite3.Connection, _: GoOn) -> None:
        sound(copy, path)

    with directory_errors():
        await Connection(folder / FILE_NAME).copy_to(path, finish)
