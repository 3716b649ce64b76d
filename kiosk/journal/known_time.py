"""Until when time is known to have passed: noted now and then, so that no start has to believe the machine's clock."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from kiosk.journal import stored
from kiosk.journal.desks import own_desk
from kiosk.journal.projection import written
from kiosk.storage import Connection

NAME = "time_known"
"""Of the row in `facts`."""


def begin_time(database: sqlite3.Connection, now: datetime) -> None:
    """Begin with the time of the last event; with the clock's where nothing happened yet, and nothing can be lost."""
    last = "SELECT at FROM events WHERE desk = ? ORDER BY sequence DESC LIMIT 1"
    row = database.execute(last, (own_desk(database),)).fetchone()
    _note(database, stored.moment(row[0]) if row else now)


async def known_time(connection: Connection) -> datetime | None:
    """Return until when time is known to have passed; None where that can't be read."""
    # Not the last event's time: a clock that is wrong stamps events, too.
    known = "SELECT value FROM facts WHERE name = ?"
    row = await connection.read(lambda database: database.execute(known, (NAME,)).fetchone())
    at = stored.moment(row[0]) if row else stored.UNKNOWN_TIME
    return None if at is stored.UNKNOWN_TIME else at


async def note_time(connection: Connection, moment: datetime) -> None:
    """Note that time has passed until then."""
    await connection.write(lambda database: _note(database, moment))


def _note(database: sqlite3.Connection, moment: datetime) -> None:
    database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (NAME, written(moment)))
