"""Copies the journal into a file of its own, which can be put in its place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.journal import seal
from kiosk.journal.heads import checked_head
from kiosk.parcels.records import Head
from kiosk.storage import Connection


async def back_up(connection: Connection, path: Path) -> Head:
    """Copy the journal as it is at one moment into a new file (0600), and return how far that reaches.

    Pickup codes that wait to be seen are in it, because they come only once; those that were seen are not. Raises
    StorageError.
    """

    def finish(copy: sqlite3.Connection) -> Head:
        copy.execute("DELETE FROM kept_codes")
        seal.renew(copy)
        return checked_head(copy)

    return await connection.copy_to(path, finish)
