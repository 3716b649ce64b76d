"""Imports a file of recipients: builds a new directory beside the old one and puts it in its place, all or nothing.

A kiosk that searches meanwhile is not disturbed, and an import that breaks off leaves what was there. People who are
gone from the file become inactive; they are not deleted here.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import ImportStoppedError, ImportUnderWayError
from kiosk.recipients.addresses import take_over as take_over_corrected
from kiosk.recipients.file import FILE_NAME, count_words, create, directory_errors, identity
from kiosk.recipients.refused import Refused
from kiosk.recipients.staging import COLUMNS, Changes, attached, compare, keep_named, remember_before, stage
from kiosk.storage import BUSY_SECONDS, refuse_link, translated

if TYPE_CHECKING:
    from kiosk.recipients.cells import Row

BUILDING = "recipients.importing"
FEW = 4
"""So many people may always go: in a small directory they are soon a large share."""
PIECE = 50_000
"""So many contacts are indexed between two words about the progress."""


class Summary(NamedTuple):
    """What an import did; with a dry run, or where it stopped, what it would do."""

    new: int
    changed: int
    unchanged: int
    made_inactive: int
    refused_count: int
    refused: tuple[Refused, ...]
    stopped: ImportStoppedError | None = None
    """Why nothing was changed."""


def import_rows(
    folder: Path,
    rows: Iterable[Row | Refused],
    now: datetime,
    *,
    dry_run: bool = False,
    most_removed: float = 100,
    progress: Callable[[float], None] = lambda _: None,
) -> Summary:
    """Make the rows the directory of this folder; `progress` hears how much of the index is built, from 0 to 1.

    Stops before anything changes if more than `most_removed` percent of the active people would go. Raises
    UnusableFileError (NoUsableRowError where all rows are left out), ImportUnderWayError, and DirectoryError where the
    folder can't be used.
    """
    path = folder / FILE_NAME
    with (
        directory_errors(),
        translated(path),
        _being_built(folder) as building,
        closing(_connect(building)) as database,
    ):
        refuse_link(path)
        count, refused = stage(database, rows)
        remember_before(database, path)
        keep_named(database)
        changes = compare(database)
        stopped = _too_many(changes, most_removed)
        if not dry_run and stopped is None:
            _fill(database, now, progress)
            with _no_writing(path):
                # Last, and locked: what a kiosk noted while the index was built is taken over too.
                _take_over_uses(database, path)
                database.close()
                _put_in_place(building, path)
        return Summary(*changes[:4], count, refused, stopped)


def _too_many(changes: Changes, most_removed: float) -> ImportStoppedError | None:
    """Return why an import has to stop: a list that was cut off looks like one of people who left."""
    removed, active = changes.made_inactive, changes.active_before
    if removed <= max(FEW, active * most_removed / 100):
        return None
    return ImportStoppedError("too_many_removed", removed=removed, active=active, most=f"{most_removed:g} %")


@contextmanager
def _being_built(folder: Path) -> Iterator[Path]:
    """Hold the file that is being built; only one import works on a folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = folder / BUILDING
    refuse_link(building)
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


def _fill(database: sqlite3.Connection, now: datetime, progress: Callable[[float], None]) -> None:
    database.execute("BEGIN")
    database.execute(
        f"INSERT INTO contacts ({COLUMNS}, words, details)"
        # An index hands out low places first and a search takes only some, so short names must come first.
        f" SELECT {COLUMNS}, words, details FROM staged ORDER BY length(words), words, line"
    )
    (active,) = database.execute("SELECT count(*) FROM contacts").fetchone()
    for first in range(0, active, PIECE):
        progress(first / active)
        index(database, "place > ? AND place <= ?", first, first + PIECE)
    count_words(database)
    letters = {sign for (word,) in database.execute("SELECT word FROM vocabulary") for sign in word}
    database.execute(
        # Behind the indexing, because the inactive must be in no index.
        f"INSERT INTO contacts ({COLUMNS}, words, details, inactive_since)"
        f" SELECT {COLUMNS}, words, details, coalesce(inactive_since, ?) FROM before"
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
    with attached(database, path) as usable:
        if usable:
            database.execute("INSERT INTO uses SELECT * FROM old.uses")
            take_over_corrected(database)


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
