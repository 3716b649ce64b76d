"""Gives a desk another id, because its disk was copied and two desks go by one. Everything else stays as it is."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from kiosk.errors import StorageDamagedError, StorageError
from kiosk.journal import recording, shipped
from kiosk.journal.audit import verify_events
from kiosk.journal.desks import begin_desk, own_desk
from kiosk.journal.heads import recorded_head
from kiosk.journal.rechaining import chained_as
from kiosk.journal.recording import Stamp
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import DeskIdChanged
from kiosk.parcels.people import Person
from kiosk.parcels.records import Head

_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


class NewId(NamedTuple):
    """What a desk was known by, and how its chain ends under the new id."""

    before: Head
    head: Head


async def change_id(journal: Journal, person: Person) -> NewId:
    """Prove the chain, chain its events anew under a new id, and say so in the next one; all of it or nothing.

    Raises StorageError where another process has the journal open, StorageDamagedError where the chain does not hold.
    """
    if not journal.owner.is_alone():
        raise StorageError("kiosk_is_open", folder=str(journal.path.parent))
    return await journal.write(person, _change)


def _change(database: sqlite3.Connection, stamp: Stamp) -> NewId:
    verdict = verify_events(database, lambda _: None)
    if verdict.problem is not None:
        raise StorageDamagedError(verdict.problem.value, event=verdict.first_bad, about=verdict.about)
    before = recorded_head(database)
    triggers = database.execute(_TRIGGERS).fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    database.execute("PRAGMA defer_foreign_keys = ON")
    _chain_anew(database, before)
    for _, statement in triggers:
        database.execute(statement)
    told = DeskIdChanged(before=before.desk, events=before.sequence, head=before.hash)
    recording.append(database, None, told, stamp)
    return NewId(before, recorded_head(database))


def _chain_anew(database: sqlite3.Connection, before: Head) -> None:
    begin_desk(database)
    own, row = own_desk(database), None
    for row in chained_as(database, before.desk, own, before.sequence):
        database.execute(
            "UPDATE events SET desk = ?, previous = ?, hash = ? WHERE desk = ? AND sequence = ?",
            (own, row.previous, row.hash, before.desk, row.sequence),
        )
    # Under the new id nothing of this desk is at a centre.
    database.execute("DELETE FROM facts WHERE name = ?", (shipped.NAME,))
    database.execute("UPDATE personal SET desk = ? WHERE desk = ?", (own, before.desk))
    if row is not None:
        database.execute("UPDATE chain SET sequence = ?, hash = ?", (row.sequence, row.hash))
