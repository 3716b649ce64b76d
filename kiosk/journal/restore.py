"""Brings an export back into an empty journal: the events as they were, and the tables that follow from them.

Pickup codes are in no export; a parcel whose code nobody has seen stands under Unfinished without it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from kiosk.errors import DeskError, StorageDamagedError, StorageError
from kiosk.journal import version_0_1
from kiosk.journal.audit import verify_rows
from kiosk.journal.chain import Personal, Row, canonical, join
from kiosk.journal.desks import begin_desk, own_desk
from kiosk.journal.known_time import begin_time
from kiosk.journal.projection import advance, written
from kiosk.parcels.records import ChainProblem, Verdict
from kiosk.parcels.registry import EVENTS
from kiosk.storage import Connection

Written = tuple[Row, Personal | None]
"""An event as it is stored, with its personal fields where they are kept."""


async def restore(connection: Connection, lines: Iterable[str], now: datetime) -> Verdict:
    """Write the events of an export (a line of JSON each) and prove the chain; all of it or nothing.

    The journal becomes that of the desk whose export it is; events of version 0.1 become this desk's, under the codes
    they have by now. Raises StorageError where the journal is not empty, StorageDamagedError where the export is not
    sound.
    """
    return await connection.write(lambda database: _restore(database, [line for line in lines if line.strip()], now))


def older_version(lines: Sequence[str]) -> str | None:
    """Return which older version wrote an export that can be read; None where it is as this version writes it."""
    return version_0_1.VERSION if lines and version_0_1.is_of_then(json.loads(lines[0])) else None


def write_back(database: sqlite3.Connection, rows: Iterable[Written]) -> None:
    """Write events as they are, and bring the tables to where they stand after each."""
    for row, personal in rows:
        database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if personal is not None:
            database.execute("INSERT INTO personal VALUES (?, ?, ?, ?)", (row.desk, row.sequence, *personal))
        database.execute("UPDATE chain SET sequence = ?, hash = ? WHERE desk = ?", (row.sequence, row.hash, row.desk))
        if row.parcel_id is not None:
            advance(database, row.parcel_id, join(EVENTS[row.type], row.body, personal), datetime.fromisoformat(row.at))


def _restore(database: sqlite3.Connection, lines: list[str], now: datetime) -> Verdict:
    if database.execute("SELECT 1 FROM events LIMIT 1").fetchone():
        raise StorageError("journal_not_empty")
    done = 0
    try:
        for row in _read(database, lines, now):
            write_back(database, [row])
            done += 1
    except version_0_1.ChainBrokenError as error:
        raise _not_sound(error.sequence, ChainProblem.CHANGED) from error
    except (ValueError, KeyError, TypeError, DeskError) as error:
        raise StorageDamagedError("export_line_unreadable", line=done + 1, text=str(error)) from error
    # Inside the transaction: an export that does not hold leaves an empty journal, not a bad one.
    verdict = verify_rows(database)
    if verdict.first_bad is not None and verdict.problem is not None:
        raise _not_sound(verdict.first_bad, verdict.problem)
    begin_time(database, now)
    return verdict


def _read(database: sqlite3.Connection, lines: list[str], now: datetime) -> Iterator[Written]:
    if older_version(lines):
        old = (version_0_1.read_line(json.loads(line)) for line in lines)
        yield from version_0_1.under_codes(old, own_desk(database), written(now))
        return
    # Before the first event: it is under this desk's id that the chain's end is written and the proof reads.
    desk = str(json.loads(lines[0])["desk"]) if lines else ""
    if desk:
        begin_desk(database, desk)
    for fields in map(json.loads, lines):
        if fields["desk"] != desk:  # no chain here would prove it
            raise ValueError("desk")
        yield _read_line(fields)


def _read_line(fields: dict[str, Any]) -> Written:
    stored = {**fields, "parcel_id": fields["parcelId"], "body": canonical(fields["body"])}
    row = Row(**{name: stored[name] for name in Row._fields})
    kept = fields.get("personal")
    return row, None if kept is None else Personal(fields["salt"], canonical(kept))


def _not_sound(event: int, problem: ChainProblem) -> StorageDamagedError:
    return StorageDamagedError("export_not_sound", event=event, problem=problem.value)
