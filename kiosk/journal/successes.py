"""When what leaves no event went well last, such as a call to the service: one row for all processes of the desk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from kiosk.journal import stored
from kiosk.parcels.events import Event
from kiosk.parcels.registry import CODES
from kiosk.storage import Connection

NAME = "successes"
"""Of the row in `facts`."""


async def keep(connection: Connection, latest: Mapping[str, datetime]) -> None:
    """Write down when each of these went well; what is not among them stays as it was. Raises StorageError."""

    def work(database: sqlite3.Connection) -> None:
        kept = _read(database) | {name: at.isoformat() for name, at in latest.items()}
        value = json.dumps(kept, sort_keys=True)
        database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (NAME, value))

    await connection.write(work)


async def kept(connection: Connection) -> dict[str, datetime]:
    """Return when each went well last; raises StorageError."""
    found = await connection.read(_read)
    moments = {name: stored.moment(at) for name, at in found.items()}
    return {name: at for name, at in moments.items() if at is not stored.UNKNOWN_TIME}


async def last(connection: Connection, kind: type[Event]) -> datetime | None:
    """Return when an event of that kind was recorded last; None for never. Raises StorageError."""

    def work(database: sqlite3.Connection) -> datetime | None:
        newest = "SELECT at FROM events WHERE type = ? ORDER BY sequence DESC LIMIT 1"
        row = database.execute(newest, (CODES[kind],)).fetchone()
        at = stored.moment(row[0]) if row else stored.UNKNOWN_TIME
        return None if at is stored.UNKNOWN_TIME else at

    return await connection.read(work)


def _read(database: sqlite3.Connection) -> dict[str, str]:
    row = database.execute("SELECT value FROM facts WHERE name = ?", (NAME,)).fetchone()
    return dict(json.loads(row[0])) if row else {}
