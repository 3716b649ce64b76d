"""What the desk asks about parcels as they stand. Reads only; what somebody asks who looks on is in `reading.py`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from kiosk.clock import Clock
from kiosk.journal import stored
from kiosk.journal.home import Asked, Need, Told, look
from kiosk.journal.projection import reported_units, unfinished_parcels, written
from kiosk.journal.unit_mates import in_unit, not_in_unit
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.states import ParcelState
from kiosk.storage import Connection


class Questions:
    """Answers about parcels, each of one moment."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def parcel(self, parcel_id: str) -> Parcel | None:
        """Return one parcel as it stands."""
        return next(iter(await self._parcels("WHERE parcel_id = ?", parcel_id)), None)

    async def find(self, tracking_number: str) -> tuple[Parcel, ...]:
        """Return the parcels that bore this number or another code like it, the latest first.

        Carriers use numbers again: a number alone names no parcel for ever.
        """
        return await self._parcels(
            "WHERE tracking_number = ? OR parcel_id IN (SELECT parcel_id FROM codes_of_parcels WHERE code = ?)"
            " ORDER BY taken_in_at DESC, rowid DESC",
            tracking_number,
            tracking_number,
        )

    async def unfinished(self) -> tuple[Parcel, ...]:
        """Return the parcels about which somebody still has to do something, the oldest first."""
        return await self._connection.read(unfinished_parcels)

    async def of_contact(self, contact_id: str, limit: int) -> tuple[Parcel, ...]:
        """Return the parcels that were for this contact, the latest change first, at most so many."""
        return await self._parcels(
            "WHERE json_extract(body, '$.contact.contact_id') = ? ORDER BY changed_at DESC LIMIT ?", contact_id, limit
        )

    async def here_for(self, contact_id: str) -> tuple[Parcel, ...]:
        """Return the parcels that are here for this contact, the oldest first."""
        return await self._parcels(
            "WHERE present = 1 AND json_extract(body, '$.contact.contact_id') = ? ORDER BY taken_in_at, rowid",
            contact_id,
        )

    async def in_unit(self, place: UnitPlace) -> tuple[Parcel, ...]:
        """Return the parcels that are in this unit now as far as is known here, reserved or deposited."""
        return await self._connection.read(lambda database: in_unit(database, place))

    async def not_in_unit(self, place: UnitPlace, numbers: Iterable[str]) -> frozenset[str]:
        """Return which of these numbers are not in a unit (any more), as far as this journal knows them."""
        return await self._connection.read(lambda database: not_in_unit(database, place, numbers))

    async def home(self, asked: Asked, has_room: Callable[[Need], bool]) -> Told:
        """Return what the home screen lists; `has_room` is asked about what parcels on the shelf wait for."""
        return await self._connection.read(lambda database: look(database, asked, has_room))

    async def sent_since(self, moment: datetime) -> tuple[Parcel, ...]:
        """Return the parcels that left with a carrier since then, the latest first."""
        return await self._parcels(
            "WHERE changed_at >= ? AND json_extract(body, '$.state') = ? ORDER BY changed_at DESC, rowid DESC",
            written(moment),
            ParcelState.SENT.value,
        )

    async def reported_units(self, locker_bank_id: str, *, within: timedelta) -> frozenset[str]:
        """Return the ids of the units that were found occupied or shut within that time."""
        since = self._clock.now() - within
        return await self._connection.read(lambda database: reported_units(database, locker_bank_id, since))

    async def _parcels(self, clause: str, *values: str | int) -> tuple[Parcel, ...]:
        def work(database: sqlite3.Connection) -> tuple[Parcel, ...]:
            return stored.parcels(database.execute(f"SELECT {stored.COLUMNS} FROM parcels {clause}", values))

        return await self._connection.read(work)
