"""Brings an export back into an empty journal: the events as they were, and the tables that follow from them.

Pickup codes are in no export; a parcel whose code nobody has seen stands under Unfinished without it.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.errors import DeskError, StorageDamagedError, StorageError
from kiosk.journal.audit import Verdict, verify_rows
from kiosk.journal.chain import Personal, Row, canonical, join
from kiosk.journal.projection import advance
from kiosk.parcels.desk_events import EVENT_TYPES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from kiosk.storage import Connection


async def restore(connection: Connection, lines: Iterable[str]) -> Verdict:
    """Write the events of an export (a line of JSON each) and prove the chain; all of it or nothing.

    Raises StorageError where the journal is not empty, StorageDamagedError where the export is not sound.
    """
    return await connection.write(lambda database: _restore(database, lines))


def _restore(database: sqlite3.Connection, lines: Iterable[str]) -> Verdict:
    if database.execute("SELECT 1 FROM events LIMIT 1").fetchone():
        raise StorageError("journal_not_empty")
    for number, line in enumerate(filter(str.strip, lines), start=1):
        try:
            _write_back(database, json.loads(line))
        except (ValueError, KeyError, TypeError, DeskError) as error:
            raise StorageDamagedError("export_line_unreadable", line=number, text=str(error)) from error
    verdict = verify_rows(database)
    if not verdict.sound:
        raise StorageDamagedError("export_not_sound", event=verdict.first_bad, problem=verdict.problem)
    return verdict


def _write_back(database: sqlite3.Connection, fields: dict[str, Any]) -> None:
    stored = {**fields, "parcel_id": fields["parcelId"], "body": canonical(fields["body"])}
    row = Row(**{name: stored[name] for name in Row._fields})
    personal = None
    if fields.get("personal") is not None:
        personal = Personal(fields["salt"], canonical(fields["personal"]))
    database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    if personal is not None:
        database.execute("INSERT INTO personal VALUES (?, ?, ?)", (row.sequence, *personal))
    database.execute("UPDATE chain SET sequence = ?, hash = ?", (row.sequence, row.hash))
    event = join(EVENT_TYPES[row.type], row.body, personal)
    if row.parcel_id is not None:
        advance(database, row.parcel_id, event, datetime.fromisoformat(row.at))
