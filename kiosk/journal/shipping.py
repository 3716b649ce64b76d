"""What the centre of several desks is to have of this journal, read in batches; no network. How far: `shipped.py`."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime
from typing import Any, Final, NamedTuple

from kiosk.journal import stored
from kiosk.journal.chain import Personal, Row, fields_of
from kiosk.journal.desks import own_desk
from kiosk.parcels.digests import contact_digest, parcel_digest
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState
from kiosk.storage import Connection

MOST_EVENTS: Final = 500
MOST_CHARACTERS: Final = 1_000_000
"""Of events in one batch, roughly; a single event may be longer."""

_PUTTING = {
    ParcelState.RESERVED: "unit_reserved",
    ParcelState.IN_LOCKER: "parcel_deposited",
    ParcelState.ON_SHELF: "parcel_put_on_shelf",
}
"""The event since which a parcel is where it is; in other states it is the last one."""


class Told(NamedTuple):
    """An event, with its personal fields as far as they are still known."""

    row: Row
    personal: Personal | None

    @property
    def about(self) -> str:
        """Return whom its personal fields are about, as a digest."""
        return about(self.personal, self.row.parcel_id)


class Standing(NamedTuple):
    """A parcel as it stands."""

    parcel: Parcel
    sequence: int
    """Of its last event."""
    changed_at: datetime
    since: datetime
    """Since when it is where it is."""
    numbers: tuple[str, ...]


class Batch(NamedTuple):
    """Events in their order, and the parcels whose last event is among them."""

    events: tuple[Told, ...]
    parcels: tuple[Standing, ...]

    def halves(self) -> tuple[Batch, Batch]:
        """Return it as two, each with the parcels that go with its events."""
        middle = len(self.events) // 2
        border = self.events[middle].row.sequence
        return (
            Batch(self.events[:middle], tuple(each for each in self.parcels if each.sequence < border)),
            Batch(self.events[middle:], tuple(each for each in self.parcels if each.sequence >= border)),
        )


def about(personal: Personal | None, parcel_id: str | None) -> str:
    """Return whom personal fields are about, as a digest: the contact that they name, or whoever the parcel is for."""
    try:
        fields = fields_of(personal.body) if personal else {}
    except ValueError:  # in a damaged file
        fields = {}
    match fields:
        case {"contact": {"contactId": str(contact_id)}} | {"told": str(contact_id)}:
            return contact_digest(contact_id)
        case _:
            return parcel_digest(parcel_id or "")


async def batch_after(connection: Connection, sequence: int, most: int = MOST_EVENTS) -> Batch:
    """Return the events behind that one, as many as fit into one batch; without any at the end of the chain."""
    found = await connection.read(lambda database: _read(database, sequence, most))
    # A parcel takes longer to understand than to read, and a clerk's next event waits for the reading only.
    return await asyncio.to_thread(found.understood)


class _Found(NamedTuple):
    """Rows of one moment."""

    events: list[tuple[Any, ...]]
    parcels: list[tuple[Any, ...]]
    numbers: dict[str, list[str]]

    def understood(self) -> Batch:
        return Batch(
            tuple(Told(Row(*row[:10]), Personal(*row[10:]) if row[10] is not None else None) for row in self.events),
            tuple(self._standing(row) for row in self.parcels),
        )

    def _standing(self, row: tuple[Any, ...]) -> Standing:
        parcel = stored.parcel(row)
        *_, changed_at, sequence, put_at = row
        changed = stored.moment(changed_at)
        since = stored.moment(put_at) if put_at else changed
        numbers = dict.fromkeys([parcel.tracking_number, *self.numbers.get(parcel.parcel_id, ())])
        return Standing(parcel, sequence, changed, since, tuple(numbers))


def _read(database: sqlite3.Connection, sequence: int, most: int) -> _Found:
    desk = own_desk(database)
    events: list[tuple[Any, ...]] = []
    characters = 0
    for row in database.execute(
        "SELECT events.*, salt, personal.body FROM events LEFT JOIN personal USING (desk, sequence)"
        " WHERE events.desk = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        (desk, sequence, most),
    ):
        characters += len(row[7]) + len(row[11] or "")
        if events and characters > MOST_CHARACTERS:
            break
        events.append(row)
    if not events:
        return _Found([], [], {})
    parcels = database.execute(
        f"SELECT {stored.COLUMNS}, parcels.changed_at, last,"
        " (SELECT at FROM events WHERE parcel_id = parcels.parcel_id AND type = "
        f"{_putting()} ORDER BY sequence DESC LIMIT 1)"
        " FROM (SELECT parcel_id, max(sequence) AS last FROM events"
        " WHERE desk = :desk AND sequence BETWEEN :first AND :last AND parcel_id IS NOT NULL GROUP BY parcel_id)"
        " JOIN parcels USING (parcel_id) WHERE NOT EXISTS (SELECT 1 FROM events"
        " WHERE parcel_id = parcels.parcel_id AND sequence > :last AND desk = :desk)",
        {"desk": desk, "first": events[0][1], "last": events[-1][1]},
    ).fetchall()
    return _Found(events, parcels, {row[0]: _numbers(database, row[0]) for row in parcels})


def _putting() -> str:
    whens = " ".join(f"WHEN '{state.value}' THEN '{kind}'" for state, kind in _PUTTING.items())
    return f"CASE iif(json_valid(parcels.body), json_extract(parcels.body, '$.state'), '') {whens} END"


def _numbers(database: sqlite3.Connection, parcel_id: str) -> list[str]:
    rows = database.execute("SELECT code FROM codes_of_parcels WHERE parcel_id = ? ORDER BY code", (parcel_id,))
    return [row[0] for row in rows]
