"""What this journal has in the units of a bank or asked for there, and what has happened since. Reads only.

A moment is the number of the newest event at that time: numbers order what happened whatever a clock says.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from kiosk.journal import stored
from kiosk.journal.desks import own_desk
from kiosk.journal.projection import reported_units
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.records import ReportedUnit
from kiosk.parcels.states import ParcelState, UnitProblem
from kiosk.storage import Connection


class InUnit(NamedTuple):
    """A parcel that has a unit, and those that the journal has in the same one."""

    parcel: Parcel
    mates: tuple[Parcel, ...]
    last_event: int
    """The number of the newest event about the parcel."""
    code_seen_at: datetime | None
    """When somebody confirmed its pickup code last."""


class Latest(NamedTuple):
    """The parcel that a number means, and the number and the time of the newest event about it."""

    parcel: Parcel
    last_event: int
    changed_at: datetime


_LAST_EVENT = "(SELECT max(sequence) FROM events WHERE events.parcel_id = parcels.parcel_id AND desk = ?)"
# The plus keeps SQLite from going through all codes that were ever seen, for each parcel.
_CODE_SEEN_AT = "(SELECT max(at) FROM events WHERE events.parcel_id = parcels.parcel_id AND +type = 'pickup_code_seen')"


class News(NamedTuple):
    """What changed in a bank since it was read."""

    parcels: tuple[Parcel, ...]
    """Those to which something happened, wherever they are by now."""
    reported: frozenset[str]


async def in_units(connection: Connection, locker_bank_id: str = "") -> tuple[InUnit, ...]:
    """Return the parcels that are here and have a unit, of one bank or of any: all of them, however many."""

    def work(database: sqlite3.Connection) -> tuple[InUnit, ...]:
        rows = database.execute(
            f"SELECT {stored.COLUMNS}, {_LAST_EVENT}, {_CODE_SEEN_AT} FROM parcels WHERE present = 1"
            f" AND json_extract(body, '$.place.locker_bank_id') {'= ?' if locker_bank_id else '> ?'} ORDER BY rowid",
            (own_desk(database), locker_bank_id),
        )
        units: defaultdict[tuple[str, str], list[InUnit]] = defaultdict(list)
        for *row, last_event, seen_at in rows:
            parcel = stored.parcel(tuple(row))
            if parcel.has_unit and parcel.place is not None:
                unit = (parcel.place.locker_bank_id, parcel.place.locker_unit_id)
                units[unit].append(InUnit(parcel, (), last_event or 0, _moment(seen_at)))
        return tuple(
            each._replace(mates=tuple(mate.parcel for mate in inside if mate is not each))
            for inside in units.values()
            for each in inside
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


async def reports(connection: Connection, *, since: datetime) -> tuple[ReportedUnit, ...]:
    """Return the units that clerks found occupied or shut since then, the one that was said last first."""
    rows = await connection.read(
        lambda database: database.execute(
            "SELECT json_extract(body, '$.place.lockerBankId'), json_extract(body, '$.place.lockerUnitId'),"
            " json_extract(body, '$.problem'), at, person FROM events"
            " WHERE type = 'unit_reported' AND json_valid(body) ORDER BY sequence"
        ).fetchall()
    )
    found: dict[tuple[str, str], ReportedUnit] = {}
    for bank_id, unit_id, problem, at, person in rows:
        moment = stored.moment(at)
        if moment < since or problem not in {UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN}:
            continue
        before = found.pop((bank_id, unit_id), None)
        times = before.times + 1 if before else 1
        found[bank_id, unit_id] = ReportedUnit(bank_id, unit_id, UnitProblem(problem), moment, person, times)
    return tuple(reversed(found.values()))


async def deposits_since(connection: Connection, parcel_id: str, place: UnitPlace) -> tuple[datetime | None, ...]:
    """Return when the service had each deposit that this desk recorded in the unit after the parcel's own.

    Also those of parcels that have left it; None for one whose time was not told.
    """
    rows = await connection.read(
        lambda database: database.execute(
            "SELECT json_extract(body, '$.depositedAt') FROM events WHERE type = 'parcel_deposited'"
            " AND parcel_id <> :parcel AND sequence >"
            " (SELECT max(sequence) FROM events WHERE parcel_id = :parcel AND type = 'parcel_deposited')"
            " AND json_extract(body, '$.place.lockerBankId') = :bank"
            " AND json_extract(body, '$.place.lockerUnitId') = :unit",
            {"parcel": parcel_id, "bank": place.locker_bank_id, "unit": place.locker_unit_id},
        ).fetchall()
    )
    return tuple(_moment(row[0]) for row in rows)


async def deposit_doubted_at(connection: Connection, place: UnitPlace) -> datetime | None:
    """Return when a deposit of this desk in a unit was last in doubt or sent again, whosever; None if never."""
    row = await connection.read(
        lambda database: database.execute(
            _DEPOSIT_DOUBTED_AT, {"bank": place.locker_bank_id, "unit": place.locker_unit_id}
        ).fetchone()
    )
    return _moment(row[0])


async def code_seen_at(connection: Connection, parcel_id: str) -> datetime | None:
    """Return when somebody confirmed the parcel's pickup code last."""
    row = await connection.read(
        lambda database: database.execute(
            f"SELECT {_CODE_SEEN_AT} FROM parcels WHERE parcel_id = ?", (parcel_id,)
        ).fetchone()
    )
    return _moment(row[0]) if row is not None else None


async def latest(connection: Connection, numbers: Iterable[str]) -> dict[str, Latest]:
    """Return the parcel of each of these numbers: the one that is here, else the one that was taken in last."""

    def work(database: sqlite3.Connection) -> dict[str, Latest]:
        wanted = tuple(numbers)
        rows = database.execute(
            f"SELECT {stored.COLUMNS}, {_LAST_EVENT}, changed_at FROM parcels"
            f" WHERE tracking_number IN ({', '.join('?' * len(wanted))}) ORDER BY present, taken_in_at, rowid",
            (own_desk(database), *wanted),
        )
        parcels = [
            Latest(stored.parcel(tuple(row)), last_event or 0, stored.moment(changed_at))
            for *row, last_event, changed_at in rows
        ]
        return {each.parcel.tracking_number: each for each in parcels}  # a later one takes the place of an earlier one

    return await connection.read(work)


async def doubted_at(
    connection: Connection, number: str, place: UnitPlace, *, deposits_only: bool = False
) -> datetime | None:
    """Return when a request that may bring a number into a unit was last in doubt or sent again; None if never.

    That is one for a parcel of this number, or one for another parcel while this one was in the same unit: it names
    all. Where the service chooses the unit, it may be any of the bank. If the clock was set back after it was asked
    for, the time of that counts.
    """
    row = await connection.read(
        lambda database: database.execute(
            _DOUBTED_AT,
            {
                "number": number,
                "bank": place.locker_bank_id,
                "unit": place.locker_unit_id,
                "operations": json.dumps(["deposit"] if deposits_only else ["reserve", "deposit", "extend", "add"]),
            },
        ).fetchone()
    )
    return _moment(row[0])


async def freed_in_doubt(connection: Connection, number: str, locker_bank_id: str) -> frozenset[str]:
    """Return the units of a bank that were given back for a number by a request that fell in doubt.

    Such a request may be carried out late, and would take off whatever was put in under that number since.
    """
    rows = await connection.read(
        lambda database: database.execute(_FREED_IN_DOUBT, {"number": number, "bank": locker_bank_id}).fetchall()
    )
    return frozenset(row[0] for row in rows)


_DEPOSIT_DOUBTED_AT = """
SELECT max(max(doubt.at, asked.at)) FROM events AS asked JOIN events AS doubt
    ON doubt.parcel_id = asked.parcel_id AND doubt.desk = asked.desk
WHERE asked.type = 'write_asked' AND json_extract(asked.body, '$.operation') = 'deposit'
    AND json_extract(asked.body, '$.place.lockerBankId') = :bank
    AND json_extract(asked.body, '$.place.lockerUnitId') = :unit
    AND doubt.type IN ('write_fell_in_doubt', 'write_repeated', 'write_taken_over')
    AND json_extract(doubt.body, '$.intentId') = json_extract(asked.body, '$.intentId')
"""

_FREED_IN_DOUBT = """
SELECT DISTINCT json_extract(asked.body, '$.place.lockerUnitId') FROM events AS asked JOIN events AS doubt
    ON doubt.parcel_id = asked.parcel_id AND doubt.desk = asked.desk
WHERE asked.parcel_id IN (SELECT parcel_id FROM parcels WHERE tracking_number = :number)
    AND asked.type = 'write_asked' AND json_extract(asked.body, '$.operation') = 'free'
    AND json_extract(asked.body, '$.place.lockerBankId') = :bank
    AND doubt.type IN ('write_fell_in_doubt', 'write_repeated', 'write_taken_over')
    AND json_extract(doubt.body, '$.intentId') = json_extract(asked.body, '$.intentId')
"""

_DOUBTED_AT = """
WITH
    own AS (
        SELECT desk, sequence, json_extract(body, '$.place.lockerBankId') AS bank_id,
            json_extract(body, '$.place.lockerUnitId') AS unit_id
        FROM events WHERE parcel_id IN (SELECT parcel_id FROM parcels WHERE tracking_number = :number)
    ),
    asked AS (
        SELECT desk, sequence, at, parcel_id, json_extract(body, '$.intentId') AS intent_id FROM events
        WHERE type = 'write_asked'
            AND json_extract(body, '$.operation') IN (SELECT value FROM json_each(:operations))
            AND sequence BETWEEN (SELECT min(sequence) FROM own) AND (SELECT max(sequence) FROM own)
            AND json_extract(body, '$.place.lockerBankId') = :bank
            AND json_extract(body, '$.place.lockerUnitId') IN (:unit, '')
    )
SELECT max(max(doubt.at, asked.at)) FROM asked JOIN events AS doubt
    ON doubt.parcel_id = asked.parcel_id AND doubt.desk = asked.desk
WHERE doubt.type IN ('write_fell_in_doubt', 'write_repeated', 'write_taken_over')
    AND json_extract(doubt.body, '$.intentId') = asked.intent_id
    AND (
        EXISTS (SELECT 1 FROM own WHERE own.sequence = asked.sequence AND own.desk = asked.desk)
        OR EXISTS (SELECT 1 FROM own WHERE own.bank_id = :bank AND own.unit_id = :unit)
    )
"""


async def count_by_state(connection: Connection) -> dict[ParcelState, int]:
    """Return how many parcels are present in each state; one that can't be read is in none."""
    rows = await connection.read(
        lambda database: database.execute(
            "SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.state') END, count(*) FROM parcels"
            " WHERE present = 1 GROUP BY 1"
        ).fetchall()
    )
    return {ParcelState(state): number for state, number in rows if state in set(ParcelState)}


def _moment(text: str | None) -> datetime | None:
    return stored.moment(text) if text else None
