"""The tables that follow from the events: parcels as they stand now and their words, units that clerks reported.

Written in the same transaction as the event, so that a start costs the same after a day and after ten years.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from kiosk.errors import ShelfPlaceTakenError, UnknownParcelError, WrongStateError
from kiosk.journal import codes, stored
from kiosk.journal.words import write_words
from kiosk.parcels.events import (
    CodeAdded,
    CodeTakenOff,
    Event,
    NumberChosen,
    ParcelDeposited,
    ParcelPutOnShelf,
    ParcelTakenIn,
    UnitReported,
)
from kiosk.parcels.fold import ENDS_A_CODE, First, Later, apply, begin
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import UnitProblem
from kiosk.parcels.unit_changes import is_another_unit


def advance(database: sqlite3.Connection, parcel_id: str, event: Event, at: datetime) -> Parcel:
    """Bring the tables to where they stand after the event, and return the parcel.

    Raises WrongStateError where the parcel would come, or come back, beside one of the same number.
    """
    before = read_parcel(database, parcel_id)
    parcel = after(before, event, parcel_id, at)
    # A new number counts as coming too: somebody may settle on one that another parcel here has.
    was_here = before is not None and before.present and before.tracking_number == parcel.tracking_number
    comes = parcel.present and not was_here
    if comes and _is_present(database, parcel.tracking_number):
        raise WrongStateError("here_already", tracking_number=parcel.tracking_number)
    if isinstance(event, ParcelPutOnShelf) and _lies_another(database, event.shelf, parcel_id):
        raise ShelfPlaceTakenError(shelf=event.shelf)
    write_parcel(database, parcel, at)
    write_words(database, parcel)
    gone, come = codes_of(before, event)
    database.executemany(
        "DELETE FROM codes_of_parcels WHERE code = ? AND parcel_id = ?", [(c, parcel_id) for c in gone]
    )
    database.executemany("INSERT OR IGNORE INTO codes_of_parcels VALUES (?, ?)", [(c, parcel_id) for c in come])
    if isinstance(event, UnitReported) and (report := report_row(event, at)):
        database.execute("INSERT OR REPLACE INTO reported_units VALUES (?, ?, ?, ?)", report)
    # A deposit too: it may be one repeated for a fresh code, and the older one goes even where none came.
    if isinstance(event, (*ENDS_A_CODE, ParcelDeposited)) and not is_another_unit(before, event):
        codes.forget(database, parcel_id)
    if isinstance(event, ParcelDeposited):
        codes.forget_kept_in(database, event.place)
    return parcel


def after(before: Parcel | None, event: Event, parcel_id: str, at: datetime) -> Parcel:
    """Return a parcel as it stands after one of its events; raises UnknownParcelError where it begins with another."""
    if isinstance(event, First):
        return begin(event, parcel_id=parcel_id, at=at)
    if before is None:
        raise UnknownParcelError(parcel_id=parcel_id)
    if isinstance(event, Later):
        return apply(before, event, at=at)
    raise TypeError(event)


def read_parcel(database: sqlite3.Connection, parcel_id: str) -> Parcel | None:
    """Return a parcel as it stands, or None if there is none; raises StorageDamagedError where it can't be read."""
    row = database.execute(f"SELECT {stored.COLUMNS} FROM parcels WHERE parcel_id = ?", (parcel_id,)).fetchone()
    return stored.exact(row) if row else None


def present_parcel(database: sqlite3.Connection, numbers: Sequence[str]) -> Parcel | None:
    """Return the parcel that is here and that the first of these numbers to find one finds."""
    for number in numbers:
        row = database.execute(
            f"SELECT {stored.COLUMNS} FROM parcels WHERE present = 1 AND (tracking_number = :number OR parcel_id IN"
            " (SELECT parcel_id FROM codes_of_parcels WHERE code = :number)) ORDER BY taken_in_at DESC, rowid DESC",
            {"number": number},
        ).fetchone()
        if row is not None:
            return stored.exact(row)
    return None


def unfinished_parcels(database: sqlite3.Connection) -> tuple[Parcel, ...]:
    """Return the parcels about which somebody still has to do something, the oldest first."""
    return stored.parcels(
        database.execute(f"SELECT {stored.COLUMNS} FROM parcels WHERE unfinished = 1 ORDER BY taken_in_at, rowid")
    )


def reported_units(database: sqlite3.Connection, locker_bank_id: str, since: datetime) -> frozenset[str]:
    """Return the ids of a bank's units that were found occupied or shut since then."""
    rows = database.execute(
        "SELECT locker_unit_id FROM reported_units WHERE locker_bank_id = ? AND reported_at >= ?",
        (locker_bank_id, written(since)),
    )
    return frozenset(row[0] for row in rows)


def owners_of_writes(database: sqlite3.Connection) -> frozenset[str]:
    """Return the owners of all open writes."""
    rows = database.execute("SELECT json_extract(body, '$.open_write.owner') FROM parcels WHERE unfinished = 1")
    return frozenset(owner for (owner,) in rows if owner)


def written(moment: datetime) -> str:
    """Return a time as the tables hold it: UTC, to the millisecond, in an order that sorts."""
    # SQLite compares these as texts: with local times the hour after a change of the clock would sort wrongly.
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _is_present(database: sqlite3.Connection, tracking_number: str) -> bool:
    found = database.execute("SELECT 1 FROM parcels WHERE tracking_number = ? AND present = 1", (tracking_number,))
    return found.fetchone() is not None


def _lies_another(database: sqlite3.Connection, shelf: str, parcel_id: str) -> bool:
    found = database.execute(
        "SELECT 1 FROM parcels WHERE unfinished = 1 AND json_extract(body, '$.shelf') = ? AND parcel_id <> ?",
        (shelf, parcel_id),
    )
    return found.fetchone() is not None


def parcel_row(parcel: Parcel, at: datetime) -> tuple[str | int, ...]:
    """Return a parcel as a row of the table; `at` is when its last event was."""
    return (
        parcel.parcel_id,
        parcel.tracking_number,
        written(parcel.taken_in_at),
        written(at),
        int(parcel.unfinished),
        int(parcel.present),
        parcel.model_dump_json(),
    )


def write_parcel(database: sqlite3.Connection, parcel: Parcel, at: datetime) -> None:
    """Let the table have a parcel as it stands."""
    database.execute(
        "INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (parcel_id) DO UPDATE SET"
        " tracking_number = excluded.tracking_number, taken_in_at = excluded.taken_in_at,"
        " changed_at = excluded.changed_at, unfinished = excluded.unfinished, present = excluded.present,"
        " body = excluded.body",
        parcel_row(parcel, at),
    )


def codes_of(before: Parcel | None, event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers that find the parcel no longer after an event, and those that find it besides its own."""
    match event:
        case ParcelTakenIn():
            return (), event.readings
        case CodeAdded():
            return (), (event.code, *event.readings)
        case CodeTakenOff():
            return (event.code, *event.readings), ()
        case NumberChosen() if before is not None:
            # The number before is on the box all the same, and somebody may scan it again.
            return (), (before.tracking_number,)
        case _:
            return (), ()


def report_row(event: UnitReported, at: datetime) -> tuple[str, ...] | None:
    """Return what a clerk's report says of the unit as a row; None where it is said of the one parcel only."""
    if event.problem is UnitProblem.TOO_SMALL:
        return None
    return event.place.locker_bank_id, event.place.locker_unit_id, event.problem.value, written(at)
