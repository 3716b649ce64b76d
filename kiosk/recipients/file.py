"""The directory's file: where it lies, its schema, and whether it is ours. What stands in it is others' business."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import DirectoryBusyError, DirectoryError, StorageDamagedError, StorageError, StorageForeignError
from kiosk.storage import pragma, statements, transaction

FILE_NAME = "recipients.sqlite"

APPLICATION_ID = 0x4B494F52
"""Marks the file as a kiosk's directory (SQLite's application_id)."""

SCHEMA_VERSION = 3


class Identity(NamedTuple):
    """Which file stands under a name: an import puts a new one in the old one's place."""

    device: int
    inode: int


def identity(path: Path) -> Identity | None:
    """Return which file stands there now, None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Identity(status.st_dev, status.st_ino)


def prepare(database: sqlite3.Connection) -> None:
    """Create the schema in a new file and check that an old one is ours; raises StorageForeignError."""
    if known_schema(database) == SCHEMA_VERSION:
        return
    with transaction(database):
        version = pragma(database, "user_version")  # another process may have been faster
        if version == 0:
            create(database)
        elif version < SCHEMA_VERSION:
            _migrate(database, version)
            database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def known_schema(database: sqlite3.Connection) -> int:
    """Return the schema of a file, 0 for an empty one; raises StorageForeignError if it is newer, or not ours."""
    version = pragma(database, "user_version")
    # 0 is a file that is still empty, or another program's: `create` tells the two apart.
    if pragma(database, "application_id") not in {0, APPLICATION_ID}:
        raise StorageForeignError("not_a_directory")
    if version > SCHEMA_VERSION:
        raise StorageForeignError("directory_is_newer", schema=version, known=SCHEMA_VERSION)
    return version


def _migrate(database: sqlite3.Connection, version: int) -> None:
    if version < 2:  # it did not say how many people have a name
        database.execute("DROP TABLE vocabulary")
        _make_table(database, "vocabulary")
        count_words(database)
    _make_table(database, "addresses")
    database.execute("ALTER TABLE contacts ADD COLUMN language TEXT NOT NULL DEFAULT ''")


def _make_table(database: sqlite3.Connection, name: str) -> None:
    database.execute(next(each for each in _schema() if f"CREATE TABLE {name} (" in each))


def create(database: sqlite3.Connection) -> None:
    """Write the schema into an empty database."""
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
        raise StorageForeignError("not_a_directory")
    for statement in _schema():
        database.execute(statement)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def count_words(database: sqlite3.Connection) -> None:
    """Note every part of a name that is in the index, and how many people have it."""
    database.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, names, row)")
    database.execute("INSERT INTO vocabulary SELECT term, doc FROM terms")
    database.execute("DROP TABLE temp.terms")


def _schema() -> list[str]:
    return statements(files("kiosk.recipients").joinpath("schema.sql").read_text("utf-8"))


def sound(database: sqlite3.Connection, path: Path) -> None:
    """Read every page; raises StorageDamagedError where one does not hold."""
    found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StorageDamagedError("file_damaged", path=str(path), text=str(found).splitlines()[0])


@contextmanager
def directory_errors() -> Iterator[None]:
    """Say of storage errors that they are about the directory: the journal is sound."""
    try:
        yield
    except StorageError as error:
        if error.retryable:
            raise DirectoryBusyError(error.code, **error.parameters) from error
        raise DirectoryError(error.code, **error.parameters) from error
