"""What the journal has for a stock-take: how far it is, what lies in a bank's units, whose a number is.

There is no table of its own: the events of one kind are found by an index, and one stock-take has as many as units.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from kiosk.journal import recording, stored
from kiosk.journal.desks import own_desk
from kiosk.journal.heads import recorded_head
from kiosk.journal.recording import Stamp
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import StocktakeBegan, StocktakeEnded, UnitCounted
from kiosk.parcels.people import Person
from kiosk.parcels.registry import CODES, EVENTS
from kiosk.parcels.stocktake import Known, Stocktake, StocktakeEvent, fold
from kiosk.storage import Connection

MOVES: Final = (
    "parcel_taken_in",
    "parcel_found",
    "unit_reserved",
    "reservation_lapsed",
    "parcel_deposited",
    "parcel_left_unrecorded",
    "parcel_taken_back",
    "collection_noted",
    "unit_freed",
    "parcel_found_gone",
    "parcel_put_on_shelf",
    "parcel_taken_off_shelf",
    "parcel_joined",
    "parcel_cancelled",
    "cancel_undone",
    "parcel_handed_over",
    "parcel_made_outgoing",
    "parcel_sent",
    "parcel_moved_on",
    "parcel_moved_here",
)
"""The events after which a parcel may lie somewhere else."""

# The plus keeps SQLite from going through all events of these kinds, for each parcel.
_MOVED_AT = (
    "coalesce((SELECT max(sequence) FROM events WHERE events.parcel_id = parcels.parcel_id AND +desk = ?"
    f" AND +type IN ({', '.join(repr(code) for code in MOVES)})), 0)"
)
Decides: TypeAlias = "Callable[[Stocktake | None], Sequence[StocktakeEvent]]"
"""Returns what is to be recorded of a stock-take; raises where nothing can be."""

_BEGAN, _COUNTED, _ENDED = (CODES[kind] for kind in (StocktakeBegan, UnitCounted, StocktakeEnded))


async def latest(connection: Connection, locker_bank_id: str) -> Stocktake | None:
    """Return the bank's stock-take that began last, ended or not."""
    return await connection.read(lambda database: _latest(database, locker_bank_id))


def _latest(database: sqlite3.Connection, locker_bank_id: str) -> Stocktake | None:
    desk = own_desk(database)
    began = database.execute(
        "SELECT max(sequence) FROM events INDEXED BY events_by_type WHERE type = ? AND desk = ?"
        " AND json_extract(body, '$.lockerBankId') = ?",
        (_BEGAN, desk, locker_bank_id),
    ).fetchone()[0]
    if began is None:
        return None
    rows = database.execute(
        "SELECT sequence, at, type, body FROM events INDEXED BY events_by_type WHERE type IN (?, ?, ?)"
        " AND sequence >= ? AND desk = ? AND json_extract(body, '$.lockerBankId') = ? ORDER BY sequence",
        (_BEGAN, _COUNTED, _ENDED, began, desk, locker_bank_id),
    )
    known: Stocktake | None = None
    for sequence, at, code, body in rows:
        event = EVENTS[code].model_validate_json(body)
        if isinstance(event, StocktakeEvent):
            known = fold(known, event, at=stored.moment(at), sequence=sequence)
    return known


async def banks(connection: Connection) -> tuple[str, ...]:
    """Return the ids of the banks in which a stock-take was ever begun."""
    rows = await connection.read(
        lambda database: database.execute(
            "SELECT DISTINCT json_extract(body, '$.lockerBankId') FROM events INDEXED BY events_by_type"
            " WHERE type = ? AND desk = ? ORDER BY 1",
            (_BEGAN, own_desk(database)),
        ).fetchall()
    )
    return tuple(str(row[0]) for row in rows)


async def record(journal: Journal, locker_bank_id: str, person: Person, events: Decides) -> Stocktake | None:
    """Record what `events` says about the bank's stock-take as it stands for all processes; return it after that."""

    def work(database: sqlite3.Connection, stamp: Stamp) -> Stocktake | None:
        known = _latest(database, locker_bank_id)
        for event in events(known):
            recording.append(database, None, event, stamp)
            known = fold(known, event, at=stamp.at, sequence=recorded_head(database).sequence)
        return known

    return await journal.write(person, work)


async def of_bank(connection: Connection, locker_bank_id: str) -> tuple[Known, ...]:
    """Return the parcels that are here and have a place in the bank."""

    def work(database: sqlite3.Connection) -> tuple[Known, ...]:
        rows = database.execute(
            f"SELECT {stored.COLUMNS}, {_MOVED_AT} FROM parcels WHERE present = 1"
            " AND json_extract(body, '$.place.locker_bank_id') = ? ORDER BY rowid",
            (own_desk(database), locker_bank_id),
        )
        return tuple(map(_known, rows))

    return await connection.read(work)


async def by_number(connection: Connection, numbers: Iterable[str]) -> Mapping[str, Known]:
    """Return the parcel that each number finds: the one that is here, else the one that came last."""

    def work(database: sqlite3.Connection) -> Mapping[str, Known]:
        desk = own_desk(database)
        found: dict[str, Known] = {}
        for number in numbers:
            row = database.execute(
                f"SELECT {stored.COLUMNS}, {_MOVED_AT} FROM parcels WHERE tracking_number = ?"
                " OR parcel_id IN (SELECT parcel_id FROM codes_of_parcels WHERE code = ?)"
                " ORDER BY present DESC, taken_in_at DESC, rowid DESC LIMIT 1",
                (desk, number, number),
            ).fetchone()
            if row is not None:
                found[number] = _known(row)
        return found

    return await connection.read(work)


def _known(row: tuple[object, ...]) -> Known:
    *parcel, moved_at = row
    return Known(stored.parcel(tuple(parcel)), int(str(moved_at)))
