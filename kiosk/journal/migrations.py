"""Brings a journal file to this program's schema; refuses files that are newer, foreign or no journal.

The files of version 0.1 (schemas 1 to 5) held words where codes stand, so they are read and written anew, in one
transaction: `version_0_1.py` says what each of their events is called now.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from kiosk.errors import DeskError, StorageDamagedError, StorageForeignError
from kiosk.journal import seal, version_0_1
from kiosk.journal.desks import begin_desk, own_desk
from kiosk.journal.projection import written
from kiosk.journal.restore import write_back
from kiosk.journal.schema import make_tables
from kiosk.storage import pragma, transaction

APPLICATION_ID = 0x4B494F53
"""Marks the file as a kiosk's journal (SQLite's application_id)."""

SCHEMA_VERSION = 6

_CODES = {"codes": 3, "kept_codes": 4}
"""The tables with pickup codes, which no event holds, and their columns: they are carried over as they are."""


_REFERRED_TO = {"events", "parcels"}
"""Tables to which others refer: they are dropped last."""


def prepare(database: sqlite3.Connection, environment: str, now: datetime) -> None:
    """Create or migrate the schema and check that the file is ours, sound and made for this environment."""
    # One transaction for both: between them another process may make the file, and what it made would look foreign.
    with transaction(database, "BEGIN"):
        version, application = pragma(database, "user_version"), pragma(database, "application_id")
    if application != (APPLICATION_ID if version else 0):
        raise StorageForeignError("not_a_journal")
    if version > SCHEMA_VERSION:
        raise StorageForeignError("journal_is_newer", schema=version, known=SCHEMA_VERSION)
    if version < SCHEMA_VERSION:
        with transaction(database):
            # Another process may have been faster while this one waited for the lock.
            version = pragma(database, "user_version")
            if version == 0:
                _create(database, environment)
            elif version < SCHEMA_VERSION:
                _write_anew(database, now)
            seal.renew(database)
    _check_environment(database, environment)


def _create(database: sqlite3.Connection, environment: str) -> None:
    # user_version is 0 in most SQLite files: only one without tables is a new one.
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
        raise StorageForeignError("not_a_journal")
    _make_tables(database)
    database.execute("INSERT INTO facts VALUES ('environment', ?)", (environment,))
    begin_desk(database)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _make_tables(database: sqlite3.Connection) -> None:
    make_tables(database)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _write_anew(database: sqlite3.Connection, now: datetime) -> None:
    """Replace a file of version 0.1 by its events under their codes, and the tables that follow from them."""
    database.execute("PRAGMA defer_foreign_keys = ON")
    # Read whole before its tables go: the new ones bear the same names.
    old = version_0_1.read_file(database)
    facts = database.execute("SELECT name, value FROM facts").fetchall()
    codes = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in _tables(database) & _CODES.keys()}
    for name in sorted(_tables(database), key=lambda each: each in _REFERRED_TO):
        # DROP TABLE fires no trigger, so the ones that keep events from being deleted do not stop it.
        database.execute(f"DROP TABLE {name}")
    _make_tables(database)
    database.executemany("INSERT INTO facts VALUES (?, ?)", facts)
    begin_desk(database)
    try:
        write_back(database, version_0_1.under_codes(old, own_desk(database), written(now)))
    except version_0_1.ChainBrokenError as error:
        raise StorageDamagedError("old_journal_not_sound", event=error.sequence) from error
    except (ValueError, KeyError, TypeError, DeskError) as error:
        raise StorageDamagedError("old_journal_unreadable", text=str(error)) from error
    # Last: they refer to parcels, and each deposit that is written back deletes the code of its parcel.
    for name, rows in codes.items():
        marks = ", ".join("?" * _CODES[name])
        database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


def _tables(database: sqlite3.Connection) -> set[str]:
    return {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _check_environment(database: sqlite3.Connection, environment: str) -> None:
    row = database.execute("SELECT value FROM facts WHERE name = 'environment'").fetchone()
    if row is None:
        raise StorageForeignError("journal_without_environment")
    if row[0] != environment:
        raise StorageForeignError("journal_of_other_environment", made_for=row[0], environment=environment)
