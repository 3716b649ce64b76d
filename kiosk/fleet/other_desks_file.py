"""The file in which `other_desks.py` keeps what it heard: whether it is of use, and how parcels stand in it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Final

from kiosk.errors import StorageDamagedError
from kiosk.journal.words import as_code, as_name, backwards
from kiosk.parcels.other_desks import OtherParcel
from kiosk.storage import pragma, statements, transaction

FILE_NAME: Final = "other_desks.sqlite"
APPLICATION_ID: Final = 0x4B494F46
"""Marks the file as this cache (SQLite's application_id)."""
SCHEMA_VERSION: Final = 1
_PART: Final = re.compile("[^ -]+")


def prepare(database: sqlite3.Connection) -> None:
    """Make the tables in a new file; raises StorageDamagedError for one that does not hold or is not ours."""
    if (pragma(database, "user_version"), pragma(database, "application_id")) == (SCHEMA_VERSION, APPLICATION_ID):
        if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise StorageDamagedError("file_damaged", path=FILE_NAME, text="quick_check")
        return
    with transaction(database):
        if pragma(database, "user_version") == SCHEMA_VERSION:
            return  # another process was faster
        if database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise StorageDamagedError("file_damaged", path=FILE_NAME, text="user_version")
        for statement in statements(files("kiosk.fleet").joinpath("other_desks.sql").read_text("utf-8")):
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def fact(database: sqlite3.Connection, name: str) -> str | None:
    """Return what is noted under a name."""
    row = database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def keep(database: sqlite3.Connection, parcel: OtherParcel, number: int) -> None:
    """Let a parcel that is not there stand in the file, as heard by the full refresh `number` or after it."""
    contact_id = parcel.contact.contact_id if parcel.contact else None
    bank = parcel.place.locker_bank_id if parcel.place else None
    key = key_of(parcel)
    row = (*key, written(parcel.since), contact_id, bank, parcel.model_dump_json(), number)
    database.execute("INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    database.executemany("INSERT INTO words VALUES (?, ?, ?)", [(word, *key) for word in sorted(set(_words(parcel)))])


def drop(database: sqlite3.Connection, key: tuple[str, str]) -> None:
    """Let a parcel not stand in the file any more."""
    database.execute("DELETE FROM words WHERE desk = ? AND parcel_id = ?", key)
    database.execute("DELETE FROM parcels WHERE desk = ? AND parcel_id = ?", key)


def read(rows: Iterable[tuple[Any, ...]]) -> tuple[OtherParcel, ...]:
    """Return the parcel of each row's body; raises ValueError."""
    return tuple(OtherParcel.model_validate_json(row[0]) for row in rows)


def key_of(parcel: OtherParcel) -> tuple[str, str]:
    """Return what a parcel is known by among all desks."""
    return parcel.desk, parcel.parcel_id


def written(moment: datetime) -> str:
    """Return a time as it sorts."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _words(parcel: OtherParcel) -> Iterator[str]:
    for number in map(as_code, (parcel.tracking_number, *parcel.numbers)):
        yield from (number, backwards(number))
    name = as_name(parcel.contact.name) if parcel.contact else ""
    yield from (name[part.start() :] for part in _PART.finditer(name))
