"""Pickup codes between arrival and the moment somebody confirmed having seen them.

The API gives a code once. It lives only in this table: never in an event, a log, an error or an export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from kiosk.models.base import format_timestamp

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


def keep(database: sqlite3.Connection, parcel_id: str, code: SecretStr, expires_at: datetime | None) -> None:
    """Keep the code of a parcel; a newer one replaces it."""
    database.execute(
        "INSERT OR REPLACE INTO codes VALUES (?, ?, ?)",
        (parcel_id, code.get_secret_value(), format_timestamp(expires_at) if expires_at else None),
    )


def read(database: sqlite3.Connection, parcel_id: str) -> SecretStr | None:
    """Return the code that waits for this parcel, or None."""
    row = database.execute("SELECT code FROM codes WHERE parcel_id = ?", (parcel_id,)).fetchone()
    return SecretStr(row[0]) if row else None


def hand_over(database: sqlite3.Connection, parcel_id: str, to_parcel_id: str) -> None:
    """Let the code of a parcel wait with another one."""
    database.execute("DELETE FROM codes WHERE parcel_id = ?", (to_parcel_id,))
    database.execute("UPDATE codes SET parcel_id = ? WHERE parcel_id = ?", (to_parcel_id, parcel_id))


def forget(database: sqlite3.Connection, parcel_id: str) -> None:
    """Delete the code of a parcel."""
    database.execute("DELETE FROM codes WHERE parcel_id = ?", (parcel_id,))
