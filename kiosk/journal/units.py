"""What this journal has in the units of a bank, and what has happened since a moment of the chain. Reads only.

A moment is the number of the newest event at that time: numbers order what happened whatever a clock says.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from kiosk.journal import stored
from kiosk.journal.desks import own_desk
from kiosk.journal.projection import reported_units
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.states import ParcelState
from kiosk.storage import Connection


class InUnit(NamedTuple):
    """A parcel that has a unit, and those that the journal has in the same one."""

    parcel: Parcel
    mates: tuple[Parcel, ...]
    last_event: int
    """The number of the newest event about the parcel."""


class News(NamedTuple):
    """What changed in a bank since it was read."""

    parcels: tuple[Parcel, ...]
    """Those to which something happened, wherever they are by now."""
    reported: frozenset[str]


async def in_units(connection: Connection, locker_bank_id: str = "") -> tuple[InUnit, ...]:
    """Return the parcels that are here and have a unit, of one bank or of any: all of them, however many."""

    def work(database: sqlite3.Connection) -> tuple[InUnit, ...]:
        last = "(SELECT max(sequence) FROM events WHERE events.parcel_id = parcels.parcel_id AND desk = ?)"
        rows = database.execute(
            f"SELECT {stored.COLUMNS}, {last} FROM parcels WHERE present = 1"
            f" AND json_extract(body, '$.place.locker_bank_id') {'= ?' if locker_bank_id else '> ?'} ORDER BY rowid",
            (own_desk(database), locker_bank_id),
        )
        units: defaultdict[tuple[str, str], list[tuple[Parcel, int]]] = defaultdict(list)
        for *row, last_event in rows:
            parcel = stored.parcel(tuple(row))
            if parcel.has_unit and parcel.place is not None:
                unit = (parcel.place.locker_bank_id, parcel.place.locker_unit_id)
                units[unit].append((parcel, last_event or 0))
        return tuple(
            InUnit(parcel, tuple(mate for mate, _ in inside if mate is not parcel), last_event)
            for inside in units.values()
            for parcel, last_event in inside
        )

    return await connection.read(work)


async def news_of_bank(connection: Connection, locker_bank_id: str, *, since: int, reported_since: datetime) -> News:
    """Return the parcels to which something happened since the moment, and the bank's units that clerks reported."""

    def work(database: sqlite3.Connection) -> News:
        rows = database.execute(
            f"SELECT {stored.COLUMNS} FROM parcels"
            " WHERE parcel_id IN (SELECT parcel_id FROM events WHERE desk = ? AND sequence > ?) ORDER BY rowid",
            (own_desk(database), since),
        )
        return News(stored.parcels(rows), reported_units(database, locker_bank_id, reported_since))

    return await connection.read(work)


async def is_last_deposit(connection: Connection, parcel_id: str, place: UnitPlace) -> bool:
    """Tell whether this desk recorded no deposit in the unit after the parcel's own, whatever became of the other."""
    row = await connection.read(
        lambda database: database.execute(
            "SELECT 1 FROM events WHERE type = 'parcel_deposited' AND parcel_id <> :parcel AND sequence >"
            " (SELECT max(sequence) FROM events WHERE parcel_id = :parcel AND type = 'parcel_deposited')"
            " AND json_extract(body, '$.place.lockerBankId') = :bank"
            " AND json_extract(body, '$.place.lockerUnitId') = :unit LIMIT 1",
            {"parcel": parcel_id, "bank": place.locker_bank_id, "unit": place.locker_unit_id},
        ).fetchone()
    )
    return row is None


async def count_by_state(connection: Connection) -> dict[ParcelState, int]:
    """Return how many parcels are present in each state; one that can't be read is in none."""
    rows = await connection.read(
        lambda database: database.execute(
            "SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.state') END, count(*) FROM parcels"
            " WHERE present = 1 GROUP BY 1"
        ).fetchall()
    )
    return {ParcelState(state): number for state, number in rows if state in set(ParcelState)}
