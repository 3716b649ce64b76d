"""Brings a journal file to this program's schema; refuses files that are newer, foreign or no journal."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from kiosk.errors import StorageForeignError
from kiosk.journal.chain import GENESIS
from kiosk.journal.searching import write_all_words
from kiosk.storage import pragma, statements, transaction

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x4B494F53
"""Marks the file as a kiosk's journal (SQLite's application_id)."""

SCHEMA_VERSION = 5

_WORDS_SINCE = 5
"""The schema that brought the words by which parcels are found; they follow from the parcels."""


def prepare(database: sqlite3.Connection, environment: str) -> None:
    """Create or migrate the schema and check that the file is ours, sound and made for this environment."""
    # One transaction for both: between them another process may make the file, and what it made would look foreign.
    with transaction(database, "BEGIN"):
        version, application = pragma(database, "user_version"), pragma(database, "application_id")
    if application != (APPLICATION_ID if version else 0):
        raise StorageForeignError("not_a_journal")
    if version > SCHEMA_VERSION:
        raise StorageForeignError("journal_is_newer", schema=version, known=SCHEMA_VERSION)
    if version == SCHEMA_VERSION:
        _check_environment(database, environment)
        return
    with transaction(database):
        # Another process may have been faster while this one waited for the lock.
        version = pragma(database, "user_version")
        if version == 0 and database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise StorageForeignError("not_a_journal")
        for number in range(version + 1, SCHEMA_VERSION + 1):
            _migrate(database, number, environment)
    _check_environment(database, environment)


def _migrate(database: sqlite3.Connection, number: int, environment: str) -> None:
    for statement in statements(files("kiosk.journal").joinpath(f"schema/{number:03}.sql").read_text("utf-8")):
        database.execute(statement)
    if number == 1:
        database.execute("INSERT INTO chain VALUES (1, 0, ?)", (GENESIS,))
        database.execute("INSERT INTO facts VALUES ('environment', ?)", (environment,))
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if number == _WORDS_SINCE:
        write_all_words(database)
    database.execute(f"PRAGMA user_version = {number}")


def _check_environment(database: sqlite3.Connection, environment: str) -> None:
    row = database.execute("SELECT value FROM facts WHERE name = 'environment'").fetchone()
    if row is None:
        raise StorageForeignError("journal_without_environment")
    if row[0] != environment:
        raise StorageForeignError("journal_of_other_environment", made_for=row[0], environment=environment)
