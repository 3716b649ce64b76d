"""Lays the rows of a list beside the contacts that there are, and tells what an import would change. Changes nothing.

All of it is in temporary tables of the file that is being built.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import UnusableFileError
from kiosk.folding import parts
from kiosk.recipients.addresses import keep_corrected
from kiosk.recipients.refused import NoUsableRowError, Reason, Refused
from kiosk.recipients.spellings import indexed_words

if TYPE_CHECKING:
    from kiosk.recipients.cells import Row

MOST_REFUSED = 1_000
"""So many refused rows are listed; all are counted."""

_STAGED = (
    "(contact_id TEXT PRIMARY KEY, contact_type TEXT, name TEXT, department TEXT, room TEXT, email TEXT, language TEXT,"
    " accessible INTEGER, aliases TEXT, line INTEGER, words TEXT, details TEXT) WITHOUT ROWID"
)
COLUMNS = "contact_id, contact_type, name, department, room, email, language, accessible, aliases"


class Changes(NamedTuple):
    """What an import would change."""

    new: int
    changed: int
    unchanged: int
    made_inactive: int
    active_before: int


def stage(database: sqlite3.Connection, rows: Iterable[Row | Refused]) -> tuple[int, tuple[Refused, ...]]:
    """Write the usable rows down, each contact id once; return how many others there are, and the first of them.

    Raises NoUsableRowError, or UnusableFileError where there is no row at all.
    """
    database.execute(f"CREATE TEMP TABLE staged {_STAGED}")
    database.execute("CREATE TEMP TABLE named (contact_id TEXT)")
    database.execute("BEGIN")
    taken, count = 0, 0
    refused: list[Refused] = []
    for row in rows:
        bad = row if isinstance(row, Refused) else _stage_one(database, row)
        if bad is None:
            taken += 1
            continue
        count += 1
        if count <= MOST_REFUSED:
            refused.append(bad)
        if bad.contact_id:
            database.execute("INSERT INTO named VALUES (?)", (bad.contact_id,))
    database.execute("COMMIT")
    if refused and not taken:
        raise NoUsableRowError(tuple(refused), count)
    if not taken:
        raise UnusableFileError("no_rows")
    return count, tuple(refused)


def _stage_one(database: sqlite3.Connection, row: Row) -> Refused | None:
    if not row.active:
        return None  # as if it were not in the file
    words = indexed_words(f"{row.name} {row.aliases}")
    details = " ".join(parts(f"{row.department} {row.room}"))
    cells = (*row[1:8], int(row.accessible), row.aliases, row.line, words, details)
    done = database.execute("INSERT OR IGNORE INTO staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cells)
    if done.rowcount:
        return None
    (line,) = database.execute("SELECT line FROM staged WHERE contact_id = ?", (row.contact_id,)).fetchone()
    return Refused(row.line, Reason.REPEATED_ID, {"contact_id": row.contact_id, "first": line})


def remember_before(database: sqlite3.Connection, path: Path) -> None:
    """Copy the contacts that there are, in one look: a kiosk may go on writing. Corrected addresses stay."""
    database.execute(f"CREATE TEMP TABLE before ({COLUMNS}, words, details, inactive_since)")
    with attached(database, path) as usable:
        if usable:
            database.execute(
                f"INSERT INTO before SELECT {_of_old(database)}, words, details, inactive_since FROM old.contacts"
            )
            keep_corrected(database, "staged")
    database.execute("CREATE UNIQUE INDEX temp.before_by_id ON before (contact_id)")


def _of_old(database: sqlite3.Connection) -> str:
    """Return the columns as the attached directory `old` has them: one of an earlier schema knows no languages."""
    known = {name for _, name, *_ in database.execute("PRAGMA old.table_info(contacts)")}
    return COLUMNS if "language" in known else COLUMNS.replace("language", "'' AS language")


def keep_named(database: sqlite3.Connection) -> None:
    """Let whom a refused row names stay as they were: a row that can't be read says nothing about anybody."""
    database.execute(
        f"INSERT OR IGNORE INTO staged SELECT {COLUMNS}, 0, words, details FROM before"
        " WHERE inactive_since IS NULL AND contact_id IN (SELECT contact_id FROM named)"
    )


def compare(database: sqlite3.Connection) -> Changes:
    """Count what would change."""
    same = " AND ".join(f"before.{column} = staged.{column}" for column in COLUMNS.split(", ")[1:])
    new, unchanged, staged = database.execute(
        "SELECT count(*) FILTER (WHERE before.contact_id IS NULL),"
        f" count(*) FILTER (WHERE inactive_since IS NULL AND {same}), count(*)"
        " FROM staged LEFT JOIN before USING (contact_id)"
    ).fetchone()
    active, gone = database.execute(
        "SELECT count(*), count(*) FILTER (WHERE contact_id NOT IN (SELECT contact_id FROM staged))"
        " FROM before WHERE inactive_since IS NULL"
    ).fetchone()
    return Changes(new, staged - new - unchanged, unchanged, gone, active)


@contextmanager
def attached(database: sqlite3.Connection, path: Path) -> Iterator[bool]:
    """Attach the directory that there is; one that can't be read is replaced as if there were none."""
    usable = False
    if path.exists():
        with suppress(sqlite3.DatabaseError):
            database.execute("ATTACH ? AS old", (str(path),))
            # 0 is a file that was only just made and has no schema yet.
            usable = database.execute("PRAGMA old.user_version").fetchone() != (0,)
    try:
        yield usable
    finally:
        if usable:
            database.execute("DETACH old")
