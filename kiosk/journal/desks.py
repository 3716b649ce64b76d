"""Whose journal a file is: the id that a desk gets at its first start and keeps, also when its journal is restored."""

from __future__ import annotations

import secrets
import sqlite3

from kiosk.errors import StorageDamagedError
from kiosk.journal.chain import GENESIS


def own_desk(database: sqlite3.Connection) -> str:
    """Return the id of the desk whose journal this is; raises StorageDamagedError where it says none."""
    row = database.execute("SELECT value FROM facts WHERE name = 'desk'").fetchone()
    if row is None:
        raise StorageDamagedError("journal_of_no_desk")
    return str(row[0])


def begin_desk(database: sqlite3.Connection, desk: str | None = None) -> None:
    """Make the journal that of a new desk, or of the one given, with a chain that has no event yet."""
    desk = desk or secrets.token_hex(8)
    database.execute("INSERT OR REPLACE INTO facts VALUES ('desk', ?)", (desk,))
    database.execute("DELETE FROM chain")
    database.execute("INSERT INTO chain VALUES (?, 0, ?)", (desk, GENESIS))
