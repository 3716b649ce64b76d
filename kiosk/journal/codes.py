"""Pickup codes: from their arrival until somebody confirmed having seen them, and a short while longer.

The API gives a code once. It lives only in these two tables: never in an event, a log, an error or an export.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import SecretStr

from kiosk.journal import stored
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.pickup_code import PickupCode


class KeptCode(NamedTuple):
    """That a code which was seen is still kept; the code itself is not told."""

    parcel_id: str
    intent_id: str
    seen_at: datetime
    keep_until: datetime


def wait(database: sqlite3.Connection, parcel_id: str, code: PickupCode) -> None:
    """Let the code of a parcel wait until it is seen; a newer one replaces it."""
    row = (parcel_id, code.intent_id, code.secret.get_secret_value())
    database.execute("INSERT OR REPLACE INTO codes VALUES (?, ?, ?)", row)


def waiting(database: sqlite3.Connection, parcel_id: str) -> PickupCode | None:
    """Return the code that waits for this parcel, or None."""
    return _code(database.execute("SELECT intent_id, code FROM codes WHERE parcel_id = ?", (parcel_id,)))


def hand_over(database: sqlite3.Connection, parcel_id: str, to_parcel_id: str) -> None:
    """Let the code of a parcel wait with another one."""
    # The table has one code a parcel: a leftover would make the update fail.
    database.execute("DELETE FROM codes WHERE parcel_id = ?", (to_parcel_id,))
    database.execute("UPDATE codes SET parcel_id = ? WHERE parcel_id = ?", (to_parcel_id, parcel_id))


def keep(database: sqlite3.Connection, parcel_id: str, code: PickupCode, seen_at: datetime, for_: timedelta) -> None:
    """Keep a code that was seen for so long."""
    secret, until = code.secret.get_secret_value(), seen_at + for_
    row = (parcel_id, code.intent_id, secret, seen_at.isoformat(), until.isoformat())
    database.execute("INSERT OR REPLACE INTO kept_codes VALUES (?, ?, ?, ?, ?)", row)


def kept(database: sqlite3.Connection, parcel_id: str) -> PickupCode | None:
    """Return the code that was seen and is still kept, or None."""
    return _code(database.execute("SELECT intent_id, code FROM kept_codes WHERE parcel_id = ?", (parcel_id,)))


def every(database: sqlite3.Connection) -> tuple[tuple[str, SecretStr], ...]:
    """Return each code that waits or is kept, with its parcel's id."""
    rows = database.execute("SELECT parcel_id, code FROM codes UNION ALL SELECT parcel_id, code FROM kept_codes")
    return tuple((parcel_id, SecretStr(code)) for parcel_id, code in rows)


def all_kept(database: sqlite3.Connection) -> tuple[KeptCode, ...]:
    """Return for which parcels a code is kept, and until when."""
    rows = database.execute("SELECT parcel_id, intent_id, seen_at, keep_until FROM kept_codes")
    return tuple(
        KeptCode(parcel_id, intent_id, stored.moment(seen_at), stored.moment(until))
        for parcel_id, intent_id, seen_at, until in rows
    )


def drop(database: sqlite3.Connection, codes: Iterable[KeptCode]) -> None:
    """Delete kept codes, unless they were kept anew meanwhile."""
    database.executemany(
        # A code renewed and seen since they were listed has another end, and is kept.
        "DELETE FROM kept_codes WHERE parcel_id = ? AND intent_id = ? AND keep_until = ?",
        [(each.parcel_id, each.intent_id, each.keep_until.isoformat()) for each in codes],
    )


def forget(database: sqlite3.Connection, parcel_id: str) -> None:
    """Delete the code of a parcel, whether it waits or was seen."""
    for table in ("codes", "kept_codes"):
        database.execute(f"DELETE FROM {table} WHERE parcel_id = ?", (parcel_id,))


def forget_kept_in(database: sqlite3.Connection, place: UnitPlace) -> None:
    """Delete the codes that were seen for a unit: a further deposit in it ends them."""
    database.execute(
        "DELETE FROM kept_codes WHERE parcel_id IN (SELECT parcel_id FROM parcels WHERE present = 1"
        " AND json_extract(body, '$.place.locker_bank_id') = ? AND json_extract(body, '$.place.locker_unit_id') = ?)",
        (place.locker_bank_id, place.locker_unit_id),
    )


def _code(found: sqlite3.Cursor) -> PickupCode | None:
    row = found.fetchone()
    return PickupCode(row[0], SecretStr(row[1])) if row else None
