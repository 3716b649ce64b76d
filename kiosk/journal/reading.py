"""Questions about events and parcels for somebody who looks on: pages and searches. Reads only, and briefly each time.

Every question is answered by an index or looks at a bounded number of rows, so that it costs the same after ten years.
A long reading would also keep the kiosk from writing: in this journal mode a reader holds a commit back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from kiosk.journal import stored
from kiosk.journal.chain import GENESIS, Personal, Row, fields_of, join
from kiosk.journal.desks import own_desk
from kiosk.journal.heads import recorded_head
from kiosk.journal.projection import written
from kiosk.parcels.events import Event
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.records import ChainState, EventRecord, UnreadableEvent
from kiosk.parcels.registry import EVENTS
from kiosk.storage import Connection

MOST_PARCELS = 1_000
"""How many parcels are read at once: more than the lockers and shelves of a mailroom hold."""

_PARCELS_OF_A_SEARCH = 50


async def last_sequence(connection: Connection) -> int:
    """Return the number of the newest event: the cheapest sign that something changed."""
    return await connection.read(lambda database: recorded_head(database).sequence)


async def schema_of(connection: Connection) -> int:
    """Return the number of the file's schema."""
    return await connection.read(lambda database: int(database.execute("PRAGMA user_version").fetchone()[0]))


async def newest(
    connection: Connection,
    *,
    search: str = "",
    kinds: Collection[str] = (),
    before: int | None = None,
    limit: int = 100,
) -> tuple[EventRecord, ...]:
    """Return the newest events, or those older than `before`, the newest first.

    `search` is the beginning of a tracking number, a part of a person's name, or words of an event's code; `kinds`
    are the codes of those that it names in another way.
    """

    def work(database: sqlite3.Connection) -> tuple[EventRecord, ...]:
        end = before if before is not None else recorded_head(database).sequence + 1
        if not search.strip():
            return _records(database, "sequence < ? ORDER BY sequence DESC LIMIT ?", (end, limit))
        # Each of the kinds gives its newest `limit`, so that the newest of all are surely among them.
        found = sorted(_matching(database, search.strip(), kinds, end, limit), reverse=True)[:limit]
        if not found:
            return ()
        return _records(database, f"sequence IN ({_marks(found)}) ORDER BY sequence DESC", found)

    return await connection.read(work)


async def of_parcel(connection: Connection, parcel_id: str) -> tuple[EventRecord, ...]:
    """Return a parcel's events, the oldest first."""
    return await connection.read(
        lambda database: _records(database, "events.parcel_id = ? ORDER BY sequence", (parcel_id,))
    )


async def one(connection: Connection, sequence: int) -> tuple[EventRecord, dict[str, Any] | None, ChainState] | None:
    """Return an event, its personal fields (None where there are none or they were forgotten), and its chain state."""

    def work(database: sqlite3.Connection) -> tuple[EventRecord, dict[str, Any] | None, ChainState] | None:
        found = _records(database, "sequence = ?", (sequence,))
        if not found:
            return None
        key = (own_desk(database), sequence)
        row = Row(*database.execute("SELECT * FROM events WHERE desk = ? AND sequence = ?", key).fetchone())
        kept = database.execute("SELECT salt, body FROM personal WHERE desk = ? AND sequence = ?", key).fetchone()
        personal = Personal(*kept) if kept else None
        return found[0], fields_of(personal.body) if personal else None, _chain_state(database, row, personal)

    return await connection.read(work)


async def latest(connection: Connection, *, present: bool) -> tuple[Parcel, ...]:
    """Return the parcels taken in last, of those that are here or of those that are gone, the newest first."""
    return await connection.read(
        lambda database: stored.parcels(
            database.execute(
                f"SELECT {stored.COLUMNS} FROM parcels WHERE present = ? ORDER BY taken_in_at DESC, rowid DESC LIMIT ?",
                (int(present), MOST_PARCELS),
            )
        )
    )


async def waiting(connection: Connection) -> tuple[Parcel, ...]:
    """Return the parcels about which somebody still has to do something, the oldest first, as many as can be seen."""
    return await connection.read(
        lambda database: stored.parcels(
            database.execute(
                f"SELECT {stored.COLUMNS} FROM parcels WHERE unfinished = 1 ORDER BY taken_in_at LIMIT ?",
                (MOST_PARCELS,),
            )
        )
    )


async def taken_in_since(connection: Connection, moment: datetime) -> tuple[datetime, ...]:
    """Return when each parcel was taken in since then."""
    since = written(moment)
    # No index of all parcels begins with taken_in_at; what was taken in since then has changed since then.
    rows = await connection.read(
        lambda database: database.execute(
            "SELECT taken_in_at FROM parcels WHERE changed_at >= ? AND taken_in_at >= ?", (since, since)
        ).fetchall()
    )
    return tuple(stored.moment(row[0]) for row in rows)


def _records(database: sqlite3.Connection, clause: str, values: Iterable[object]) -> tuple[EventRecord, ...]:
    """Return this desk's events that a clause lets through, in its order."""
    columns = "desk, sequence, at, kiosk, person, events.parcel_id, coalesce(tracking_number, ''), type, events.body"
    rows = database.execute(
        f"SELECT {columns} FROM events LEFT JOIN parcels USING (parcel_id) WHERE desk = ? AND {clause}",
        (own_desk(database), *values),
    )
    return tuple(_record(*row) for row in rows)


def _record(
    desk: str,
    sequence: int,
    at: str,
    kiosk: str,
    person: str,
    parcel_id: str | None,
    number: str,
    code: str,
    body: str,
) -> EventRecord:
    event: Event
    try:
        event = join(EVENTS[code], body, None)
    except (ValueError, KeyError):  # one bad event does not end the list
        event = UnreadableEvent(code=code)
    return EventRecord(desk, sequence, stored.moment(at), kiosk, person, parcel_id, number, event)


def _matching(database: sqlite3.Connection, search: str, kinds: Collection[str], before: int, limit: int) -> set[int]:
    """Return the newest events of every person, type and parcel that the words fit."""
    words = search.casefold().replace(" ", "_")
    # The few types and people are searched here and then looked up by index; LIKE would read every event.
    types = [code for code in EVENTS if words in code or code in kinds]
    people = [name for name in _people(database) if search.casefold() in name.casefold()]
    found: set[int] = set()
    desk = own_desk(database)
    for column, values in (("type", types), ("person", people), ("parcel_id", _parcel_ids(database, search.upper()))):
        for value in values:
            rows = database.execute(
                f"SELECT sequence FROM events WHERE desk = ? AND {column} = ? AND sequence < ?"
                " ORDER BY sequence DESC LIMIT ?",
                (desk, value, before, limit),
            )
            found.update(row[0] for row in rows)
    return found


def _people(database: sqlite3.Connection) -> list[str]:
    """Return everybody who ever did something, by a leap from name to name in the index."""
    rows = database.execute(
        # Each min(person) is one look into the index; DISTINCT would step through every event.
        "WITH RECURSIVE names (name) AS (SELECT min(person) FROM events UNION ALL"
        " SELECT (SELECT min(person) FROM events WHERE person > name) FROM names WHERE name IS NOT NULL)"
        " SELECT name FROM names WHERE name IS NOT NULL"
    )
    return [str(row[0]) for row in rows]


def _parcel_ids(database: sqlite3.Connection, number: str) -> list[str]:
    """Return the latest parcels whose number begins so, and those here whose number contains it."""
    rows = database.execute(
        "SELECT parcel_id FROM parcels WHERE tracking_number >= ? AND tracking_number < ? LIMIT ?",
        (number, _after(number), _PARCELS_OF_A_SEARCH),
    ).fetchall()
    rows += database.execute(
        # A number's middle is in no index: this one is at least short, as it holds the parcels that are here only.
        "SELECT parcel_id FROM parcels INDEXED BY parcels_present_once WHERE present = 1"
        " AND tracking_number LIKE ? ESCAPE '!' LIMIT ?",
        (_anywhere(number), _PARCELS_OF_A_SEARCH),
    ).fetchall()
    return [row[0] for row in rows]


def _chain_state(database: sqlite3.Connection, row: Row, personal: Personal | None) -> ChainState:
    beside = "SELECT {} FROM events WHERE desk = ? AND sequence = ?"
    before = database.execute(beside.format("hash"), (row.desk, row.sequence - 1)).fetchone()
    after = database.execute(beside.format("previous"), (row.desk, row.sequence + 1)).fetchone()
    is_last = recorded_head(database) == (row.desk, row.sequence, row.hash)
    return ChainState(
        previous=row.previous,
        hash=row.hash,
        unchanged=row.hash == row.expected_hash() and (personal is None or personal.is_of(row)),
        follows=row.previous == (before[0] if before else GENESIS) and (before is not None or row.sequence == 1),
        is_followed=None if is_last else after is not None and after[0] == row.hash,
    )


def _anywhere(text: str) -> str:
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def _after(beginning: str) -> str:
    """Return what sorts behind everything that begins so."""
    return beginning + "\U0010ffff"


def _marks(values: list[int]) -> str:
    return ", ".join("?" * len(values))
