"""How far the centre of several desks has this journal, and whom it has to forget yet: rows of `facts`. No network."""

from __future__ import annotations

import json
import sqlite3
from typing import Final, NamedTuple

from kiosk.journal.heads import recorded_head
from kiosk.parcels.fleet import FleetState, Shipped
from kiosk.parcels.records import Head
from kiosk.storage import Connection

NAME: Final = "fleet"
"""Of the row that says how far. It begins when desk and centre first meet: before, nothing of this desk is anywhere."""
_TO_FORGET: Final = "fleet_to_forget"


class ToForget(NamedTuple):
    """A person whom this desk forgot."""

    contact: str
    parcels: tuple[str, ...]
    """Under which further digests something was sealed that told of them."""


async def end_of_chain(connection: Connection) -> Head:
    """Return the end of the chain as it is kept beside the events; raises StorageDamagedError without one."""
    return await connection.read(recorded_head)


async def shipped(connection: Connection) -> Shipped | None:
    """Return how far it has come; None where this desk has never met a centre."""
    return await connection.read(_shipped)


async def note(connection: Connection, reached: Shipped) -> None:
    """Write down how far it has come; raises StorageError."""
    value = reached.model_dump_json()
    await connection.write(
        lambda database: database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (NAME, value))
    )


async def state_of(connection: Connection) -> FleetState:
    """Return how things are between this desk and the centre, as it was written down last."""

    def work(database: sqlite3.Connection) -> FleetState:
        known = _shipped(database) or Shipped()
        waiting = max(recorded_head(database).sequence - known.sequence, 0)
        return FleetState(waiting, known.told_at, known.away_since, known.cause)

    return await connection.read(work)


def remember_to_forget(database: sqlite3.Connection, person: ToForget) -> None:
    """Let the centre be told that a person was forgotten, in the transaction that forgets; nothing without a centre."""
    if _shipped(database) is not None:
        _write_to_forget(database, [*_to_forget(database), person])


async def to_forget(connection: Connection) -> tuple[ToForget, ...]:
    """Return whom the centre has to forget yet."""
    return tuple(await connection.read(_to_forget))


def note_forgotten(database: sqlite3.Connection, person: ToForget) -> None:
    """Note that the centre was told of that, in the transaction of whoever calls."""
    _write_to_forget(database, [each for each in _to_forget(database) if each != person])


def _shipped(database: sqlite3.Connection) -> Shipped | None:
    row = database.execute("SELECT value FROM facts WHERE name = ?", (NAME,)).fetchone()
    if row is None:
        return None
    try:
        return Shipped.model_validate_json(row[0])
    except ValueError:
        return Shipped()  # the centre says it again


def _to_forget(database: sqlite3.Connection) -> list[ToForget]:
    row = database.execute("SELECT value FROM facts WHERE name = ?", (_TO_FORGET,)).fetchone()
    return [ToForget(contact, tuple(parcels)) for contact, parcels in json.loads(row[0])] if row else []


def _write_to_forget(database: sqlite3.Connection, people: list[ToForget]) -> None:
    if people:
        database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_TO_FORGET, json.dumps(people)))
    else:
        database.execute("DELETE FROM facts WHERE name = ?", (_TO_FORGET,))
