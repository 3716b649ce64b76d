"""The tables of `schema.sql`: making them, and telling whether a file has them as they are made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.resources import files

from kiosk.errors import StorageDamagedError
from kiosk.parcels.records import JournalProblem
from kiosk.storage import statements

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_OTHERS = "SELECT name, sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL"
"""Indexes and triggers; those that SQLite makes by itself have no statement."""


def make_tables(database: sqlite3.Connection, *names: str) -> None:
    """Make the named tables with their indexes; without a name every table, index and trigger."""
    for statement in statements(files("kiosk.journal").joinpath("schema.sql").read_text("utf-8")):
        marks = (mark for name in names for mark in (f"CREATE TABLE {name} (", f" ON {name} ("))
        if not names or any(mark in statement for mark in marks):
            database.execute(statement)


def make_index(database: sqlite3.Connection, name: str) -> None:
    """Make an index that an older file lacks."""
    database.execute(f"DROP INDEX IF EXISTS {_quoted(name)}")
    database.execute(str(expected()[name]))


def first_change(database: sqlite3.Connection) -> str | None:
    """Return the name of the first table, index or trigger that is missing, added or changed."""
    wanted, found = expected(), _described(database)
    return next((name for name in sorted(wanted.keys() | found.keys()) if wanted.get(name) != found.get(name)), None)


def mend(database: sqlite3.Connection) -> list[str]:
    """Make indexes and triggers as they are to be, and return which were not.

    Raises StorageDamagedError where a table is not.
    """
    wanted, found = expected(), _described(database)
    changed = [name for name in sorted(wanted.keys() | found.keys()) if wanted.get(name) != found.get(name)]
    for name in changed:
        if not isinstance(statement := wanted.get(name, ""), str) or not isinstance(found.get(name, ""), str):
            raise StorageDamagedError(JournalProblem.SCHEMA.value, about=name)
        if name in found:
            kind = database.execute("SELECT type FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
            database.execute(f"DROP {kind} {_quoted(name)}")
        if statement:
            database.execute(statement)
    return changed


def expected() -> dict[str, object]:
    """Return what `schema.sql` makes, by name: a table's columns, an index's or a trigger's statement."""
    with closing(sqlite3.connect(":memory:")) as made:
        make_tables(made)
        return _described(made)


def _described(database: sqlite3.Connection) -> dict[str, object]:
    # A table's columns, not its statement: a column that was added later stands in another place of that.
    tables = {
        name: {
            *(column[1:] for column in database.execute(f"PRAGMA table_info({_quoted(name)})")),
            *(reference[2:] for reference in database.execute(f"PRAGMA foreign_key_list({_quoted(name)})")),
        }
        for (name,) in database.execute(_TABLES).fetchall()
    }
    return {**tables, **dict(database.execute(_OTHERS))}


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
