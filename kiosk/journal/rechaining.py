"""A desk's events under another desk's id: the same facts, chained anew. Writes nothing.

A copied disk makes two desks of one. The copy that gets an id of its own keeps its events; that they are those of the
old chain is proved by chaining them under the old id once more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kiosk.journal.chain import GENESIS, Row, fields_of, linked
from kiosk.journal.desks import own_desk
from kiosk.parcels.desk_events import DeskIdChanged
from kiosk.parcels.registry import CODES


def chained_as(database: sqlite3.Connection, own: str, desk: str, until: int) -> Iterator[Row]:
    """Return the events of `own` up to a number as they are in the chain of a desk with the id `desk`."""
    previous = GENESIS
    for sequence in range(1, until + 1):
        # One by one, so that whoever takes a row may change it.
        found = database.execute("SELECT * FROM events WHERE desk = ? AND sequence = ?", (own, sequence)).fetchone()
        row = linked(Row(*found)._replace(desk=desk), previous)
        previous = row.hash
        yield row


def first_unproved(database: sqlite3.Connection) -> int | None:
    """Return the event that tells of an old chain of which the events before it are not; the chain itself holds."""
    own = own_desk(database)
    told = database.execute(
        "SELECT sequence, body FROM events WHERE desk = ? AND type = ? ORDER BY sequence", (own, CODES[DeskIdChanged])
    ).fetchall()
    for sequence, body in told:
        change = fields_of(body)
        end = GENESIS
        for row in chained_as(database, own, change["before"], sequence - 1):
            end = row.hash
        if (change["events"], change["head"]) != (sequence - 1, end):
            return int(sequence)
    return None
