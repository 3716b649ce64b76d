"""The calls that this desk made to the locker service on the latest day, by operation: one row for all processes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping

from kiosk.storage import Connection

NAME = "calls"
"""Of the row in `facts`."""


async def add(connection: Connection, day: str, calls: Mapping[str, int]) -> Counter[str]:
    """Add calls to those of a day, which take the place of an earlier day's; return all calls of that day."""

    def work(database: sqlite3.Connection) -> Counter[str]:
        counted = _read(database, day) + Counter(calls)
        value = json.dumps({"day": day, "calls": counted}, sort_keys=True)
        database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (NAME, value))
        return counted

    return await connection.write(work)


async def of_day(connection: Connection, day: str) -> Counter[str]:
    """Return the calls of a day, by operation; none unless it is the latest one."""
    return await connection.read(lambda database: _read(database, day))


def _read(database: sqlite3.Connection, day: str) -> Counter[str]:
    row = database.execute("SELECT value FROM facts WHERE name = ?", (NAME,)).fetchone()
    kept = json.loads(row[0]) if row else {}
    return Counter(kept["calls"]) if kept.get("day") == day else Counter()
