"""Addresses that somebody at the desk put right. They stay until the list brings another one than it had then."""

from __future__ import annotations

import sqlite3


def correct(database: sqlite3.Connection, contact_id: str, email: str) -> bool:
    """Give a contact another address; tell whether there is such a contact."""
    row = database.execute(
        "SELECT coalesce(instead_of, contacts.email) FROM contacts LEFT JOIN addresses USING (contact_id)"
        " WHERE contact_id = ? AND inactive_since IS NULL",
        (contact_id,),
    ).fetchone()
    if row is None:
        return False
    database.execute("INSERT OR REPLACE INTO addresses VALUES (?, ?, ?)", (contact_id, email, row[0]))
    database.execute("UPDATE contacts SET email = ? WHERE contact_id = ?", (email, contact_id))
    return True


def keep_corrected(database: sqlite3.Connection, table: str) -> None:
    """Give the contacts of a table their corrected addresses, as the attached directory `old` has them."""
    if _has_any(database):
        database.execute(
            f"UPDATE {table} SET email = corrected.email FROM old.addresses AS corrected"
            f" WHERE corrected.contact_id = {table}.contact_id AND corrected.instead_of = {table}.email"
        )


def take_over(database: sqlite3.Connection) -> None:
    """Keep the corrections of the attached directory `old` that still hold."""
    if _has_any(database):
        keep_corrected(database, "contacts")
        database.execute(
            "INSERT INTO addresses SELECT corrected.* FROM old.addresses AS corrected"
            " JOIN contacts USING (contact_id) WHERE contacts.email = corrected.email"
        )


def _has_any(database: sqlite3.Connection) -> bool:
    """Tell whether the attached directory knows of corrections; one of an earlier schema does not."""
    return database.execute("SELECT 1 FROM old.sqlite_schema WHERE name = 'addresses'").fetchone() is not None
