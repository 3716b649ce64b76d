"""Which parcels of this journal may clash with another desk's: found by what changed here or there. Reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from kiosk.journal import stored
from kiosk.journal.desks import own_desk
from kiosk.journal.unit_mates import in_unit
from kiosk.parcels.other_desks import OtherParcel
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import CLASHES
from kiosk.storage import Connection


async def concerned(
    connection: Connection, since: int | None, told: Sequence[OtherParcel], ids: Collection[str]
) -> tuple[Parcel, ...]:
    """Return the parcels that are here and that something happened to since that event, or at another desk.

    Also those of `ids`, and those that clash already. Without `since`: all that are here.
    """

    def work(database: sqlite3.Connection) -> tuple[Parcel, ...]:
        if since is None:
            return stored.parcels(database.execute(f"SELECT {stored.COLUMNS} FROM parcels WHERE present = 1"))
        found = [*_changed(database, since), *_with(database, ids), *_clashing(database), *_told(database, told)]
        return tuple({parcel.parcel_id: parcel for parcel in found if parcel.present}.values())

    return await connection.read(work)


async def numbers_of(connection: Connection, parcel: Parcel) -> tuple[str, ...]:
    """Return every number that finds a parcel, its own first."""
    rows = await connection.read(
        lambda database: database.execute(
            "SELECT code FROM codes_of_parcels WHERE parcel_id = ?", (parcel.parcel_id,)
        ).fetchall()
    )
    return (parcel.tracking_number, *(code for (code,) in rows))


def _changed(database: sqlite3.Connection, since: int) -> tuple[Parcel, ...]:
    return stored.parcels(
        database.execute(
            f"SELECT {stored.COLUMNS} FROM parcels WHERE present = 1"
            " AND parcel_id IN (SELECT parcel_id FROM events WHERE desk = ? AND sequence > ?)",
            (own_desk(database), since),
        )
    )


def _with(database: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Parcel]:
    one = f"SELECT {stored.COLUMNS} FROM parcels WHERE parcel_id = ?"
    for parcel_id in ids:
        yield from stored.parcels(database.execute(one, (parcel_id,)))


def _clashing(database: sqlite3.Connection) -> tuple[Parcel, ...]:
    names = " OR ".join(["instr(body, ?)"] * len(CLASHES))
    rows = database.execute(f"SELECT {stored.COLUMNS} FROM parcels WHERE unfinished = 1 AND ({names})", sorted(CLASHES))
    return tuple(parcel for parcel in stored.parcels(rows) if any(item.finding in CLASHES for item in parcel.attention))


def _told(database: sqlite3.Connection, told: Iterable[OtherParcel]) -> Iterator[Parcel]:
    with_number = (
        f"SELECT {stored.COLUMNS} FROM parcels WHERE present = 1 AND (tracking_number = :number"
        " OR parcel_id IN (SELECT parcel_id FROM codes_of_parcels WHERE code = :number))"
    )
    for other in told:
        for number in other.numbers:
            yield from stored.parcels(database.execute(with_number, {"number": number}))
        if other.place is not None:
            yield from in_unit(database, other.place)
