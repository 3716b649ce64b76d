"""The journal: opens its file, appends events, keeps the parcels as they stand and the codes that wait.

Verifying and exporting are in `kiosk/journal/audit.py`, pickup codes in `code_store.py`; what an event does to a parcel
in `kiosk/parcels/fold.py`.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

from pydantic import SecretStr

from kiosk.clock import Clock
from kiosk.errors import StorageError
from kiosk.journal import codes, notices, recording, seal
from kiosk.journal.heads import head_of
from kiosk.journal.migrations import prepare
from kiosk.journal.owners import Owner
from kiosk.journal.projection import (
    owners_of_writes,
    present_parcel,
    read_parcel,
)
from kiosk.journal.questions import Questions
from kiosk.journal.recording import Allowed, Stamp
from kiosk.journal.unit_mates import mates
from kiosk.parcels.events import (
    Event,
    ParcelDeposited,
    ParcelTakenIn,
    WriteAsked,
)
from kiosk.parcels.notices import NO_NOTICES, NoticeRules
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.pickup_code import PickupCode
from kiosk.storage import Connection, translated

FILE_NAME = "journal.sqlite"
_log = logging.getLogger(__name__)
T = TypeVar("T")


class NewParcel(NamedTuple):
    """A parcel that was scanned, under the id that it gets if nobody here knows it."""

    parcel_id: str
    event: ParcelTakenIn


class Journal(Questions):
    """One desk's journal; open it with `open` and close it, or use it as an async context manager.

    `desk_name` is what people call the desk; it stands in each event beside the desk's id. `rules` say which notices
    it owes.
    """

    def __init__(
        self, folder: Path, *, environment: str, desk_name: str, clock: Clock, rules: NoticeRules = NO_NOTICES
    ) -> None:
        self.path = folder / FILE_NAME
        super().__init__(Connection(self.path), clock)
        self._owners = folder / "owners"
        self._environment = environment
        self._desk_name = desk_name
        self.rules = rules
        self._owner: Owner | None = None
        self._watchers: list[Callable[[], None]] = []

    @property
    def connection(self) -> Connection:
        """The file itself, for auditing."""
        return self._connection

    @property
    def owner(self) -> Owner:
        """This process as the owner of the writes it asks for; raises StorageError where it can't be held as alive."""
        if self._owner is None:
            raise RuntimeError(f"unopened: {self.path}")
        with translated(self._owners):
            self._owner.hold()
        return self._owner

    async def open(self) -> Self:
        """Open or create the file; raises a StorageError that says what is wrong with it."""
        await self._connection.open(lambda database: prepare(database, self._environment, self._now()))
        try:
            with translated(self._owners):
                self._owner = Owner(self._owners)
        except StorageError:
            await self._connection.close()
            raise
        try:
            await self._look_at_end()
            with suppress(StorageError):
                dead = self._owner.dead()
                self._owner.clear_away(dead - await self._connection.read(owners_of_writes))
        except asyncio.CancelledError:
            await self.close()  # nobody else knows of it yet
            raise
        return self

    async def close(self) -> None:
        """Close the file and let go of this process's writes."""
        owner, self._owner = self._owner, None
        in_use = True
        if owner is not None:
            with suppress(StorageError):
                in_use = owner.name in await self._connection.read(owners_of_writes)
        await self._connection.close()
        if owner is not None:
            owner.close(in_use=in_use)

    def close_at_once(self, seconds: float) -> None:
        """Close the file in a process that is ended from outside its event loop, as `Connection.close_at_once` does.

        Its lock is let go by the system: that is how others know it for dead.
        """
        self._connection.close_at_once(seconds)

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
        person: Person,
        *,
        code: SecretStr | None = None,
        allowed: Allowed | None = None,
    ) -> Parcel:
        """Record one event and return the parcel as it stands after it; both are on the disk by then.

        `code` is the pickup code that came with a ParcelDeposited; it goes to its own table in the same transaction.
        `allowed` looks at the parcel as it stands for all processes; what it raises ends this, and nothing is recorded.
        Raises WrongStateError where the number of a new parcel is here already.
        """

        def work(database: sqlite3.Connection) -> Parcel:
            recording.check(database, parcel_id, allowed)
            parcel = recording.record(database, parcel_id, event, self._stamp(person))
            # Only now: recording a deposit deletes whatever code the parcel had.
            if isinstance(event, ParcelDeposited) and code is not None:
                brought = PickupCode(event.intent_id, code)
                codes.wait(database, parcel_id, brought)
                notices.give_code(database, parcel_id, brought, self.rules)
            return parcel

        return await self.change(work)

    async def ask(
        self,
        parcel_id: str,
        asked: WriteAsked,
        person: Person,
        *,
        allowed: Callable[[Parcel, tuple[Parcel, ...]], None],
        behind: Event | None = None,
    ) -> tuple[Parcel, tuple[Parcel, ...]]:
        """Record that a write is asked for; return the parcel, and the others of the unit that the write is about.

        `behind` is what happened before it, in the same transaction, and is true whatever becomes of the write.
        `allowed` looks at both as they stand for all processes; what it raises ends this, and nothing is recorded.
        """

        def work(database: sqlite3.Connection) -> tuple[Parcel, tuple[Parcel, ...]]:
            others = mates(database, parcel_id, asked.place)
            recording.check(database, parcel_id, lambda parcel: allowed(parcel, others))
            stamp = self._stamp(person)
            if behind is not None:
                recording.record(database, parcel_id, behind, stamp)
            return recording.record(database, parcel_id, asked, stamp), others

        return await self.change(work)

    async def take_in(self, news: Sequence[NewParcel], person: Person) -> list[tuple[Parcel, bool]]:
        """Record parcels that were scanned, in one transaction; return each, and whether it was here already.

        A parcel is here already where one of its numbers finds one that is present, as it stands for all processes.
        """

        def work(database: sqlite3.Connection) -> list[tuple[Parcel, bool]]:
            stamp = self._stamp(person)
            taken: list[tuple[Parcel, bool]] = []
            for parcel_id, event in news:
                known = present_parcel(database, (event.tracking_number, *event.readings))
                if known is None:
                    taken.append((recording.record(database, parcel_id, event, stamp), False))
                else:
                    taken.append((known, True))
            return taken

        return await self.change(work)

    async def append_together(self, steps: Sequence[tuple[str, Event]], person: Person, *, allowed: Allowed) -> Parcel:
        """Record several events, each about the parcel of its id, or none of them; return the last one's parcel.

        `allowed` looks at the first one's parcel and at every other one that is known; what it raises ends this.
        """

        def work(database: sqlite3.Connection) -> Parcel:
            recording.check(database, steps[0][0], allowed)
            # A parcel that begins with one of these events can't be looked at yet.
            for parcel_id in {each for each, _ in steps[1:] if read_parcel(database, each) is not None}:
                recording.check(database, parcel_id, allowed)
            stamp = self._stamp(person)
            return [recording.record(database, parcel_id, event, stamp) for parcel_id, event in steps][-1]

        return await self.change(work)

    async def write(self, person: Person, work: Callable[[sqlite3.Connection, Stamp], T]) -> T:
        """Run `work` in one write transaction; its events get the stamp. All is on the disk when this returns."""
        return await self.change(lambda database: work(database, self._stamp(person)))

    async def record(self, event: Event, person: Person) -> None:
        """Record one event that is about no one parcel; it is on the disk when this returns."""
        await self.write(person, lambda database, stamp: recording.append(database, None, event, stamp))

    async def change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in one transaction, and seal what it left of what follows from no event."""

        def sealed(database: sqlite3.Connection) -> tuple[T, bool]:
            # A seal that was broken stays so until somebody has verified the journal and had it rebuilt.
            was_whole, before = seal.is_whole(database), notices.newest(database)
            result = work(database)
            if was_whole:
                seal.renew(database)
            return result, notices.newest(database) not in {before, None}

        result, owes_more = await self._connection.write(sealed)
        if owes_more:
            for watcher in self._watchers:
                watcher()
        return result

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher`, on the event loop's thread, when a transaction of this process has owed a notice.

        What other processes owe is found by looking only.
        """
        self._watchers.append(watcher)

    async def _look_at_end(self) -> None:
        """Log a bad end; the kiosk opens all the same, so that an operator can look into it and parcels are found."""
        try:
            await head_of(self._connection)
        except StorageError as error:
            _log.error("journal: %s", error)

    def _stamp(self, person: Person) -> Stamp:
        return Stamp(self._desk_name, person.name, self._now(), self.rules)

    def _now(self) -> datetime:
        now = self._clock.now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)  # as precise as a row tells it
