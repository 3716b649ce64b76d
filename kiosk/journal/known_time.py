"""Until when time is known to have passed: noted now and then, so that no start has to believe the machine's clock."""

from __future__ import annotations

from datetime import datetime

from kiosk.journal.desks import own_desk
from kiosk.journal.projection import written
from kiosk.storage import Connection

_LAST_EVENT = "SELECT at FROM events WHERE desk = ? ORDER BY sequence DESC LIMIT 1"


async def known_time(connection: Connection) -> datetime | None:
    """Return what was noted last, else when the last event was; None for a journal in which nothing happened yet."""
    row = await connection.read(
        lambda database: (
            database.execute("SELECT value FROM facts WHERE name = 'time_known'").fetchone()
            or database.execute(_LAST_EVENT, (own_desk(database),)).fetchone()
        )
    )
    return datetime.fromisoformat(row[0]) if row else None


async def note_time(connection: Connection, moment: datetime) -> None:
    """Note that time has passed until then."""
    note = "INSERT OR REPLACE INTO facts VALUES ('time_known', ?)"
    await connection.write(lambda database: database.execute(note, (written(moment),)))
