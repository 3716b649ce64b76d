"""Copies the journal into a file of its own for a backup, and proves one. A backup holds no pickup code.

A code leaves the desk only to its takers. One that comes back with an older copy may have been seen, replaced or ended
since, and nothing would tell; a parcel whose code nobody has seen gets a new one instead (`docs/backup.md`).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.errors import StorageDamagedError
from kiosk.journal import seal
from kiosk.journal.audit import verify_events
from kiosk.journal.heads import checked_head
from kiosk.parcels.records import Head
from kiosk.storage import Connection, GoOn

_CODES = ("codes", "kept_codes", "notice_codes")


async def back_up(connection: Connection, path: Path) -> Head:
    """Copy the journal as it is at one moment into a new file (0600), prove it, and return how far it reaches.

    Raises StorageError; StorageDamagedError where the file or its chain does not hold.
    """

    def finish(copy: sqlite3.Connection, go_on: GoOn) -> Head:
        for table in _CODES:
            copy.execute(f"DELETE FROM {table}")
        seal.renew(copy)
        return _proved(copy, go_on)

    return await connection.copy_to(path, finish)


async def prove(connection: Connection) -> Head:
    """Prove the file and the chain of a journal that nobody else has open, and return how far it reaches.

    Raises StorageDamagedError. What follows from the events is `kiosk journal verify`'s to compare.
    """
    return await connection.read(lambda database: _proved(database, lambda: None))


def _proved(database: sqlite3.Connection, go_on: GoOn) -> Head:
    verdict = verify_events(database, lambda _: go_on())
    if verdict.problem is not None:
        raise StorageDamagedError(verdict.problem.value, event=verdict.first_bad, about=verdict.about)
    return checked_head(database)
