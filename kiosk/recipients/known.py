"""Who had parcels lately and often: a weight for each contact that fades with time."""

from __future__ import annotations

import math
import sqlite3
from datetime import UTC, datetime
from typing import Any, NamedTuple

HALF_LIFE_DAYS = 14.0
"""After so many days a parcel counts half."""

MOST = 1_000
"""So many people count as known; each is looked at with every key."""

_DAY = 86_400.0

_SOUND = "typeof(weight) = 'real' AND typeof(at) = 'real' AND weight > 0"
"""In a damaged file anything can stand in any column."""


class Listed(NamedTuple):
    """A contact as the search looks at it."""

    place: int
    contact_id: str
    contact_type: str
    name: str
    department: str
    room: str
    email: str
    language: str
    accessible: int
    words: list[str]
    details: list[str]
    text: str
    """Words and details in one piece: what is not in it can't fit."""


COLUMNS = "place, contact_id, contact_type, name, department, room, email, language, accessible, words, details"
"""What `listed` makes a contact of."""


def listed(row: tuple[Any, ...]) -> Listed:
    """Return a row of the table as a contact to look at; raises ValueError where damage left something else there."""
    if {*map(type, row[1:8]), type(row[9]), type(row[10])} != {str}:
        raise ValueError("no text")
    return Listed._make((*row[:9], row[9].split(), row[10].split(), f"{row[9]} {row[10]}"))


def read_known(database: sqlite3.Connection) -> tuple[Listed, ...]:
    """Return the known contacts, those with the most recent parcels first."""
    rows = database.execute(
        f"SELECT weight, at, {COLUMNS} FROM uses JOIN contacts USING (contact_id)"
        f" WHERE inactive_since IS NULL AND {_SOUND}"
    ).fetchall()
    # All weights fade alike, so their order does not depend on when one looks.
    # In logarithms, because two to the power of the half-lives since 1970 is too large for a float.
    rows.sort(key=lambda row: -(math.log2(row[0]) + row[1] / HALF_LIFE_DAYS))
    return tuple(listed(row[2:]) for row in rows[:MOST])


def note(database: sqlite3.Connection, contact_id: str, at: datetime) -> None:
    """Count one parcel for a contact of the directory; of others nothing is kept."""
    day = at.astimezone(UTC).timestamp() / _DAY
    before = database.execute(
        f"SELECT weight, at FROM uses WHERE contact_id = ? AND {_SOUND}", (contact_id,)
    ).fetchone()
    weight, last = before or (0.0, day)
    day = max(day, last)  # a clock that was set back makes nobody fade
    database.execute(
        "INSERT OR REPLACE INTO uses SELECT contact_id, ?, ? FROM contacts WHERE contact_id = ?",
        (weight * 2 ** ((last - day) / HALF_LIFE_DAYS) + 1.0, day, contact_id),
    )


def fade(database: sqlite3.Connection, before: datetime) -> None:
    """Forget who had no parcel since then."""
    database.execute("DELETE FROM uses WHERE at < ?", (before.astimezone(UTC).timestamp() / _DAY,))
