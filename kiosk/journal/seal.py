"""A checksum over what follows from no event, such as pickup codes: it tells damage, and rows that somebody deleted.

It proves nothing against whoever writes a fitting checksum as well; for everything else the chain of events does.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3

from kiosk.journal import call_counts, known_time, shipped, successes

_SEAL = "seal"
_OFTEN = (call_counts.NAME, known_time.NAME, successes.NAME, shipped.NAME)
"""Calls are counted, time, successes and the centre's answers noted again and again, also by who only looks on."""
_UNSEALED = ", ".join(f"'{name}'" for name in (_SEAL, *_OFTEN))
_CONTENTS = (
    "SELECT * FROM codes ORDER BY parcel_id",
    "SELECT * FROM kept_codes ORDER BY parcel_id",
    f"SELECT * FROM facts WHERE name NOT IN ({_UNSEALED}) ORDER BY name",
)

_LATER = (
    "SELECT * FROM notices ORDER BY notice_id",
    "SELECT * FROM notice_codes ORDER BY notice_id",
    "SELECT * FROM people ORDER BY person_id",
    "SELECT * FROM wrong_tries ORDER BY person_id",
)
"""What counts once there is something in it, so that a seal from before these tables holds."""


def renew(database: sqlite3.Connection) -> None:
    """Make the checksum anew, at the end of each transaction that may have changed something."""
    if (found := _contents(database)) != _kept(database):
        database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_SEAL, found))


def is_whole(database: sqlite3.Connection) -> bool:
    """Tell whether nothing has changed since; also for a journal that an earlier version wrote without one."""
    return _kept(database) in {None, _contents(database)}


def _contents(database: sqlite3.Connection) -> str:
    tables = [database.execute(statement).fetchall() for statement in _CONTENTS]
    tables += filter(None, [database.execute(statement).fetchall() for statement in _LATER])
    return hashlib.sha256(json.dumps(tables).encode()).hexdigest()


def _kept(database: sqlite3.Connection) -> str | None:
    row = database.execute("SELECT value FROM facts WHERE name = ?", (_SEAL,)).fetchone()
    return str(row[0]) if row else None
