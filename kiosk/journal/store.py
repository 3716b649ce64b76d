"""The journal: appends events, keeps the parcels as they stand, answers questions about them.

Verifying and exporting are in `kiosk/journal/audit.py`; what an event does to a parcel in `kiosk/journal/parcels.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from kiosk.errors import StorageError, WrongStateError
from kiosk.journal import codes
from kiosk.journal.chain import Row, split
from kiosk.journal.connection import Connection, translated
from kiosk.journal.events import ParcelDeposited
from kiosk.journal.migrations import prepare
from kiosk.journal.owners import Owner
from kiosk.journal.projection import advance, read_parcel, written
from kiosk.models.parcels import Parcel

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime, timedelta
    from pathlib import Path

    from pydantic import SecretStr

    from kiosk.clock import Clock
    from kiosk.journal.events import Event

FILE_NAME = "journal.sqlite"


class Actor(NamedTuple):
    """Who did it, and at which kiosk."""

    name: str
    kiosk: str


class Journal:
    """One kiosk's journal; open it with `open` and close it, or use it as an async context manager."""

    def __init__(self, folder: Path, *, environment: str, clock: Clock) -> None:
        self.path = folder / FILE_NAME
        self._connection = Connection(self.path)
        self._owners = folder / "owners"
        self._environment = environment
        self._clock = clock
        self._owner: Owner | None = None

    @property
    def connection(self) -> Connection:
        """The file itself, for auditing."""
        return self._connection

    @property
    def owner(self) -> Owner:
        """This process as the owner of the writes it asks for."""
        if self._owner is None:
            raise RuntimeError("the journal is not open")
        return self._owner

    async def open(self) -> Self:
        """Open or create the file; raises a StorageError that says what is wrong with it."""
        await self._connection.open(lambda database: prepare(database, self._environment))
        try:
            with translated(self._owners):
                self._owner = Owner(self._owners)
        except StorageError:
            await self._connection.close()
            raise
        return self

    async def close(self) -> None:
        """Close the file and let go of this process's writes."""
        await self._connection.close()
        if self._owner is not None:
            self._owner.close()
            self._owner = None

    async def __aenter__(self) -> Self:
        """Open."""
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def append(
        self,
        parcel_id: str,
        event: Event,
        actor: Actor,
        *,
        code: SecretStr | None = None,
        only_if: Callable[[Parcel], bool] | None = None,
    ) -> Parcel:
        """Record one event and return the parcel as it stands after it; both are on the disk by then.

        `code` is the pickup code that came with a ParcelDeposited; it goes to its own table in the same transaction.
        Raises WrongStateError and records nothing where the parcel, as it stands for all processes, does not fulfil
        `only_if`, or where the number of a new parcel is here already.
        """

        def work(database: sqlite3.Connection) -> Parcel:
            now = self._now()
            before = read_parcel(database, parcel_id)
            if only_if is not None and (before is None or not only_if(before)):
                raise WrongStateError("Another process was faster with this parcel.")
            parcel = advance(database, parcel_id, event, now)
            _append(database, parcel_id, event, actor, now)
            if isinstance(event, ParcelDeposited) and code is not None:
                codes.keep(database, parcel_id, code, event.deposit_expiry)
            return parcel

        return await self._connection.write(work)

    async def record(self, event: Event, actor: Actor) -> None:
        """Record one event about no parcel; it is on the disk by then."""
        await self._connection.write(lambda database: _append(database, None, event, actor, self._now()))

    async def parcel(self, parcel_id: str) -> Parcel | None:
        """Return one parcel as it stands."""
        return await self._connection.read(lambda database: read_parcel(database, parcel_id))

    async def find(self, tracking_number: str) -> tuple[Parcel, ...]:
        """Return the parcels that bore this number, the latest first (carriers use numbers again)."""
        return await self._parcels("WHERE tracking_number = ? ORDER BY taken_in_at DESC, rowid DESC", tracking_number)

    async def unfinished(self) -> tuple[Parcel, ...]:
        """Return the parcels about which somebody still has to do something, the oldest first."""
        return await self._parcels("WHERE unfinished = 1 ORDER BY taken_in_at, rowid")

    async def changed_since(self, moment: datetime) -> tuple[Parcel, ...]:
        """Return the parcels with events since then, the latest change first."""
        return await self._parcels("WHERE changed_at >= ? ORDER BY changed_at DESC, rowid DESC", written(moment))

    async def reported_units(self, locker_bank_id: str, *, within: timedelta) -> frozenset[str]:
        """Return the ids of the units that were found occupied or shut within that time."""
        since = written(self._clock.now() - within)
        rows = await self._connection.read(
            lambda database: database.execute(
                "SELECT locker_unit_id FROM reported_units WHERE locker_bank_id = ? AND reported_at >= ?",
                (locker_bank_id, since),
            ).fetchall()
        )
        return frozenset(row[0] for row in rows)

    async def pickup_code(self, parcel_id: str) -> SecretStr | None:
        """Return the code that waits to be seen, or None."""
        return await self._connection.read(lambda database: codes.read(database, parcel_id))

    def _now(self) -> datetime:
        """Return the time as precisely as a row tells it."""
        now = self._clock.now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    async def _parcels(self, clause: str, *values: str) -> tuple[Parcel, ...]:
        def work(database: sqlite3.Connection) -> tuple[Parcel, ...]:
            rows = database.execute(f"SELECT body FROM parcels {clause}", values)  # noqa: S608 - our own clauses only
            return tuple(Parcel.model_validate_json(row[0]) for row in rows)

        return await self._connection.read(work)


def _append(database: sqlite3.Connection, parcel_id: str | None, event: Event, actor: Actor, now: datetime) -> None:
    sequence, previous = database.execute("SELECT sequence, hash FROM chain").fetchone()
    body, personal = split(event)
    row = Row(
        sequence=sequence + 1,
        at=written(now),
        kiosk=actor.kiosk,
        actor=actor.name,
        parcel_id=parcel_id,
        type=type(event).__name__,
        body=body,
        previous=previous,
        hash="",
    )
    row = row._replace(hash=row.expected_hash())
    database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    database.execute("UPDATE chain SET sequence = ?, hash = ?", (row.sequence, row.hash))
    if personal is not None:
        database.execute("INSERT INTO personal VALUES (?, ?, ?)", (row.sequence, *personal))
