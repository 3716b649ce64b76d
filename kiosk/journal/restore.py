"""Brings an export back into an empty journal: the events as they were, and the tables that follow from them.

Pickup codes are in no export; a parcel whose code nobody has seen stands under Unfinished without it. That the events
were brought in is an event of its own, so that verifying does not miss those codes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from kiosk.errors import DeskError, StorageDamagedError, StorageError
from kiosk.journal import seal, version_0_1
from kiosk.journal.audit import verify_chain
from kiosk.journal.chain import Personal, Row, canonical, join, linked, split
from kiosk.journal.desks import begin_desk, own_desk
from kiosk.journal.known_time import begin_time
from kiosk.journal.projection import advance, written
from kiosk.parcels.desk_events import JournalImported
from kiosk.parcels.records import JournalProblem
from kiosk.parcels.registry import CODES, EVENTS
from kiosk.storage import Connection

Written = tuple[Row, Personal | None]
"""An event as it is stored, with its personal fields where they are kept."""


class Imported(NamedTuple):
    """What an import brought in."""

    events: int
    version: str | None
    """The older version that wrote the export; None for an export as this version writes it."""


async def restore(connection: Connection, lines: Iterable[str], now: datetime) -> Imported:
    """Write the events of an export (a line of JSON each) and prove the chain; all of it or nothing.

    The journal becomes that of the desk whose export it is; events of version 0.1 become this desk's, under the codes
    they have by now. Raises StorageError where the journal is not empty, StorageDamagedError where the export is not
    sound.
    """
    return await connection.write(lambda database: _restore(database, lines, now))


def write_back(database: sqlite3.Connection, rows: Iterable[Written]) -> Row | None:
    """Write events as they are, and bring the tables to where they stand after each; return the last."""
    row: Row | None = None
    for row, personal in rows:
        database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if personal is not None:
            database.execute("INSERT INTO personal VALUES (?, ?, ?, ?)", (row.desk, row.sequence, *personal))
        database.execute("UPDATE chain SET sequence = ?, hash = ? WHERE desk = ?", (row.sequence, row.hash, row.desk))
        if row.parcel_id is not None:
            advance(database, row.parcel_id, join(EVENTS[row.type], row.body, personal), datetime.fromisoformat(row.at))
    return row


def _restore(database: sqlite3.Connection, lines: Iterable[str], now: datetime) -> Imported:
    if database.execute("SELECT 1 FROM events LIMIT 1").fetchone():
        raise StorageError("journal_not_empty")
    reading = _Reading(line for line in lines if line.strip())
    try:
        last = write_back(database, reading.rows(database, now))
    except version_0_1.ChainBrokenError as error:
        raise StorageDamagedError(
            "export_not_sound", event=error.sequence, problem=JournalProblem.CHANGED.value
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, DeskError) as error:
        raise StorageDamagedError("export_line_unreadable", line=reading.lines, text=str(error)) from error
    # Inside the transaction: an export that does not hold leaves an empty journal, not a bad one.
    verdict = verify_chain(database)
    if verdict.problem is not None:
        raise StorageDamagedError("export_not_sound", event=verdict.first_bad, problem=verdict.problem.value)
    begin_time(database, now)  # as the last of those events says, before one is stamped by this clock
    if last is not None and reading.version is None:
        write_back(database, [(_that_they_came(last, written(now)), None)])
    seal.renew(database)
    return Imported(reading.lines, reading.version)


class _Reading:
    """Reads the lines of an export one by one."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.lines = 0
        """So many were read."""
        self.version: str | None = None
        """The older version that wrote them."""

    def rows(self, database: sqlite3.Connection, now: datetime) -> Iterator[Written]:
        """Return the events as they are to be stored."""
        read = self._read()
        first = next(read, None)
        if first is None:
            return
        if version_0_1.is_of_then(first):
            self.version = version_0_1.VERSION
            old = map(version_0_1.read_line, chain([first], read))
            yield from version_0_1.under_codes(old, own_desk(database), written(now))
            return
        # Before the first event: it is under this desk's id that the chain's end is written and the proof reads.
        begin_desk(database, str(first["desk"]))
        for fields in chain([first], read):
            if fields["desk"] != first["desk"]:  # no chain here would prove it
                raise ValueError("desk")
            yield _read_line(fields)

    def _read(self) -> Iterator[dict[str, Any]]:
        for line in self._lines:
            self.lines += 1
            yield json.loads(line)


def _read_line(fields: dict[str, Any]) -> Written:
    stored = {**fields, "parcel_id": fields["parcelId"], "body": canonical(fields["body"])}
    row = Row(**{name: stored[name] for name in Row._fields})
    kept = fields.get("personal")
    return row, None if kept is None else Personal(fields["salt"], canonical(kept))


def _that_they_came(last: Row, now: str) -> Row:
    """Return the event behind the last one which says that all before it were brought in."""
    told, _ = split(JournalImported(version="", events=last.sequence, head=last.hash))
    kind = CODES[JournalImported]
    came = last._replace(sequence=last.sequence + 1, at=now, person="kiosk", parcel_id=None, type=kind, body=told)
    return linked(came, last.hash)
