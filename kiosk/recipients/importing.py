"""Imports a file of recipients: builds a new directory beside the old one and puts it in its place, all or nothing.

A kiosk that searches meanwhile is not disturbed, and an import that breaks off leaves what was there. People who are
gone from the file become inactive; they are not deleted here.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import ImportUnderWayError, UnusableFileError
from kiosk.folding import parts
from kiosk.recipients.file import FILE_NAME, create, directory_errors, identity
from kiosk.recipients.refused import NoUsableRowError, Reason, Refused
from kiosk.storage import BUSY_SECONDS, translated

if TYPE_CHECKING:
    from kiosk.recipients.reading import Row

BUILDING = "recipients.importing"
MOST_REFUSED = 1_000
"""So many refused rows are listed; all are counted."""
PIECE = 50_000
"""So many contacts are indexed between two words about the progress."""


class Summary(NamedTuple):
    """What an import did, or with a dry run would do."""

    new: int
    changed: int
    unchanged: int
    made_inactive: int
    refused_count: int
    refused: tuple[Refused, ...]


def import_rows(
    folder: Path,
    rows: Iterable[Row | Refused],
    now: datetime,
    *,
    dry_run: bool = False,
    progress: Callable[[float], None] = lambda _: None,
) -> Summary:
    """Make the rows the directory of this folder; `progress` hears how much of the index is built, from 0 to 1.

    Raises UnusableFileError (NoUsableRowError where all rows are left out), ImportUnderWayError, and DirectoryError
    where the folder can't be used.
    """
    path = folder / FILE_NAME
    with (
        directory_errors(),
        translated(path),
        _being_built(folder) as building,
        closing(_connect(building)) as database,
    ):
        count, refused = _stage(database, rows)
        _remember_before(database, path)
        summary = Summary(*_compare(database), count, refused)
        if not dry_run:
            _fill(database, now, progress)
            with _no_writing(path):
                # Last, and locked: what a kiosk noted while the index was built is taken over too.
                _take_over_uses(database, path)
                database.close()
                _put_in_place(building, path)
        return summary


@contextmanager
def _being_built(folder: Path) -> Iterator[Path]:
    """Hold the file that is being built; only one import works on a folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = folder / BUILDING
    held = os.open(building, os.O_RDWR | os.O_CREAT, 0o600)
    ours = False
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportUnderWayError from None
        # An import that ended between open and lock has taken the name away; a file without one locks nobody out.
        status, there = os.fstat(held), identity(building)
        ours = there == (status.st_dev, status.st_ino)
        if not ours:
            raise ImportUnderWayError("import_just_ended")
        # An import that was killed leaves its half behind.
        os.truncate(held, 0)
        yield building
    finally:
        # Still locked. After a success the name is gone, or stands for the next import's file, which must stay.
        if ours and identity(building) == (os.fstat(held).st_dev, os.fstat(held).st_ino):
            building.unlink()
        os.close(held)


def _connect(path: Path) -> sqlite3.Connection:
    """Open the new file, without care for its safety before it is in place."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-32768"):
        database.execute(f"PRAGMA {setting}")
    create(database)
    return database


_STAGED = (
    "(contact_id TEXT PRIMARY KEY, contact_type TEXT, name TEXT, department TEXT, room TEXT, email TEXT,"
    " accessible INTEGER, aliases TEXT, line INTEGER, words TEXT, details TEXT) WITHOUT ROWID"
)
_COLUMNS = "contact_id, contact_type, name, department, room, email, accessible, aliases"


def _stage(database: sqlite3.Connection, rows: Iterable[Row | Refused]) -> tuple[int, tuple[Refused, ...]]:
    """Write the usable rows down, each contact id once; return how many others there are, and the first of them."""
    database.execute(f"CREATE TEMP TABLE staged {_STAGED}")
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
    database.execute("COMMIT")
    if refused and not taken:
        raise NoUsableRowError(tuple(refused), count)
    if not taken:
        raise UnusableFileError("no_rows")
    return count, tuple(refused)


def _stage_one(database: sqlite3.Connection, row: Row) -> Refused | None:
    if not row.active:
        return None  # as if it were not in the file
    words = " ".join(parts(f"{row.name} {row.aliases}"))
    details = " ".join(parts(f"{row.department} {row.room}"))
    cells = (*row[1:7], int(row.accessible), row.aliases, row.line, words, details)
    done = database.execute("INSERT OR IGNORE INTO staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cells)
    if done.rowcount:
        return None
    (line,) = database.execute("SELECT line FROM staged WHERE contact_id = ?", (row.contact_id,)).fetchone()
    return Refused(row.line, Reason.REPEATED_ID, {"contact_id": row.contact_id, "first": line})


def _remember_before(database: sqlite3.Connection, path: Path) -> None:
    """Copy the contacts that there are, in one look: a kiosk may go on writing."""
    database.execute(f"CREATE TEMP TABLE before ({_COLUMNS}, words, details, inactive_since)")
    with _old(database, path) as usable:
        if usable:
            database.execute(f"INSERT INTO before SELECT {_COLUMNS}, words, details, inactive_since FROM old.contacts")
    database.execute("CREATE UNIQUE INDEX temp.before_by_id ON before (contact_id)")


def _compare(database: sqlite3.Connection) -> tuple[int, int, int, int]:
    same = " AND ".join(f"before.{column} = staged.{column}" for column in _COLUMNS.split(", ")[1:])
    new, unchanged, staged = database.execute(
        "SELECT count(*) FILTER (WHERE before.contact_id IS NULL),"
        f" count(*) FILTER (WHERE inactive_since IS NULL AND {same}), count(*)"
        " FROM staged LEFT JOIN before USING (contact_id)"
    ).fetchone()
    (gone,) = database.execute(
        "SELECT count(*) FROM before WHERE inactive_since IS NULL AND contact_id NOT IN (SELECT contact_id FROM staged)"
    ).fetchone()
    return new, staged - new - unchanged, unchanged, gone


def _fill(database: sqlite3.Connection, now: datetime, progress: Callable[[float], None]) -> None:
    database.execute("BEGIN")
    database.execute(
        f"INSERT INTO contacts ({_COLUMNS}, words, details)"
        # An index hands out low places first and a search takes only some, so short names must come first.
        f" SELECT {_COLUMNS}, words, details FROM staged ORDER BY length(words), words, line"
    )
    (active,) = database.execute("SELECT count(*) FROM contacts").fetchone()
    for first in range(0, active, PIECE):
        progress(first / active)
        index(database, "place > ? AND place <= ?", first, first + PIECE)
    database.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, names, row)")
    database.execute("INSERT INTO vocabulary SELECT term FROM terms")
    letters = {sign for (word,) in database.execute("SELECT word FROM vocabulary") for sign in word}
    database.execute(
        # Behind the indexing, because the inactive must be in no index.
        f"INSERT INTO contacts ({_COLUMNS}, words, details, inactive_since)"
        f" SELECT {_COLUMNS}, words, details, coalesce(inactive_since, ?) FROM before"
        " WHERE contact_id NOT IN (SELECT contact_id FROM staged)",
        (now.isoformat(),),
    )
    first_names = database.execute(
        "SELECT group_concat(place, ' ') FROM"
        " (SELECT place FROM contacts WHERE inactive_since IS NULL ORDER BY words, place LIMIT 50)"
    ).fetchone()[0]
    facts = {"imported_at": now.isoformat(), "size": str(active), "letters": "".join(sorted(letters))}
    database.executemany("INSERT INTO facts VALUES (?, ?)", [*facts.items(), ("first_names", first_names or "")])
    database.execute("COMMIT")
    progress(1.0)


def index(database: sqlite3.Connection, which: str, *values: int) -> None:
    """Put the contacts that a condition names into the three indexes."""
    for table, words in INDEXED.items():
        database.execute(
            f"INSERT INTO {table} (rowid, words) SELECT place, {words} FROM contacts WHERE {which}",
            values,
        )


INDEXED = {"names": "words", "everything": "words || ' ' || details", "inside": "words"}
"""Each index, and what of a contact stands in it."""


def _take_over_uses(database: sqlite3.Connection, path: Path) -> None:
    with _old(database, path) as usable:
        if usable:
            database.execute("INSERT INTO uses SELECT * FROM old.uses")


@contextmanager
def _old(database: sqlite3.Connection, path: Path) -> Iterator[bool]:
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


@contextmanager
def _no_writing(path: Path) -> Iterator[None]:
    """Let no process write to the old directory until the new one is in place."""
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)) as old:
        try:
            old.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            # A damaged directory can't be locked, and is replaced all the same.
            if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise
        yield


def _put_in_place(building: Path, path: Path) -> None:
    """Replace the old file by the new one; both the content and the name are on the disk then."""
    _sync(building)
    building.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
