"""What this desk's chain keeps of the others: the roots of all heads that it has witnessed. Reads only."""

from __future__ import annotations

import sqlite3

from kiosk.journal.chain import fields_of
from kiosk.journal.desks import own_desk
from kiosk.parcels.desk_events import HeadsWitnessed
from kiosk.parcels.registry import CODES
from kiosk.storage import Connection


async def witnessed(connection: Connection) -> tuple[HeadsWitnessed, ...]:
    """Return them all in their order; raises StorageDamagedError where one can't be read."""
    return await connection.read(_witnessed)


async def hash_at(connection: Connection, sequence: int) -> str | None:
    """Return the hash of one of this desk's events; None where it has no such event."""

    def work(database: sqlite3.Connection) -> str | None:
        row = database.execute(
            "SELECT hash FROM events WHERE desk = ? AND sequence = ?", (own_desk(database), sequence)
        ).fetchone()
        return str(row[0]) if row else None

    return await connection.read(work)


def _witnessed(database: sqlite3.Connection) -> tuple[HeadsWitnessed, ...]:
    rows = database.execute(
        "SELECT body FROM events WHERE desk = ? AND type = ? ORDER BY sequence",
        (own_desk(database), CODES[HeadsWitnessed]),
    )
    return tuple(HeadsWitnessed.model_validate(fields_of(body)) for (body,) in rows)
