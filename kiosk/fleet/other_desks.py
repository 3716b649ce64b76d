"""What was heard of the other desks, in a file of this desk's own; deleted, it is heard anew.

Asks nobody: `news.py` fills it. A file that can't be used is no reason for a desk to stop: nothing was heard then.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Final, Self, TypeVar

from kiosk.errors import StorageDamagedError, StorageError
from kiosk.fleet.other_desks_file import FILE_NAME, drop, fact, keep, key_of, prepare, read, written
from kiosk.journal.words import as_code, as_name, backwards
from kiosk.parcels.base import Value
from kiosk.parcels.other_desks import OtherParcel
from kiosk.parcels.states import UnitProblem
from kiosk.storage import Connection

_BY_WORD: Final = "SELECT DISTINCT body FROM words JOIN parcels USING (desk, parcel_id) WHERE"
_BEGINNING: Final = "SELECT desk, parcel_id FROM words WHERE word >= ? AND word < ? LIMIT ?"
_ONE: Final = "SELECT body, since FROM parcels WHERE desk = ? AND parcel_id = ?"
CANDIDATES: Final = 1_000
"""So many are looked at for each way in which a text can be meant: a single letter begins half of all names."""
_HIGHEST: Final = "\U0010ffff"

_log = logging.getLogger(__name__)
T = TypeVar("T")


class UnitReport(Value):
    """The last word of a desk on a unit; no problem once somebody looked in."""

    desk: str
    bank: str
    unit: str
    problem: UnitProblem | None = None
    at: datetime


class Told(Value):
    """One page of news, as far as it could be read."""

    parcels: tuple[OtherParcel, ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    """Desk and parcel id of each that is not at another desk any more, or that can't be read."""
    reports: tuple[UnitReport, ...] = ()
    forgotten: tuple[tuple[str, datetime], ...] = ()
    """Digests of contacts' ids, and when they were forgotten."""


class Asked(Value):
    """How far the centre was heard."""

    since: str = ""
    """From when on to ask, in the centre's own words; empty: everything anew."""
    heard_at: datetime | None = None
    desk: str = ""
    """For which desk it was: whose journal lies beside the file may change."""
    banks: tuple[str, ...] = ()


class HeardOfOthers:
    """The cache; implements OtherDesks. `open` never fails, and neither does an answer."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._connection: Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._opening = asyncio.Lock()
        self._heard: Asked | None = None
        """What is known by this process, where that is more than the file says."""

    async def __aenter__(self) -> Self:
        """Open."""
        await self._answer(lambda _: None, None)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def close(self) -> None:
        """Close the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def heard_at(self) -> datetime | None:
        """Return when the centre was last heard."""
        written_down = (await self._answer(_asked, Asked())).heard_at
        return self._heard.heard_at if written_down is not None and self._heard is not None else written_down

    async def with_number(self, numbers: Sequence[str]) -> OtherParcel | None:
        """Return the parcel that is at another desk and that one of these numbers finds, the first that does."""
        return next(iter(await self.with_numbers(numbers)), None)

    async def with_numbers(self, numbers: Sequence[str]) -> tuple[OtherParcel, ...]:
        """Return every parcel that is at another desk and that one of these numbers finds."""

        def work(database: sqlite3.Connection) -> tuple[OtherParcel, ...]:
            found: dict[tuple[str, str], OtherParcel] = {}
            for number in numbers:
                rows = database.execute(f"{_BY_WORD} word = ? ORDER BY since DESC", (as_code(number),))
                # Folded, two numbers may be alike that are not one.
                found |= {key_of(each): each for each in read(rows) if number in each.numbers}
            return tuple(found.values())

        return await self._answer(work, ())

    async def of_contact(self, contact_id: str) -> tuple[OtherParcel, ...]:
        """Return what other desks have for a contact, the newest first."""
        return await self._parcels("SELECT body FROM parcels WHERE contact_id = ? ORDER BY since DESC", contact_id)

    async def in_bank(self, locker_bank_id: str) -> tuple[OtherParcel, ...]:
        """Return what other desks have in the units of a bank."""
        return await self._parcels("SELECT body FROM parcels WHERE bank = ? ORDER BY since DESC", locker_bank_id)

    async def doubtful_units(self, locker_bank_id: str, since: datetime) -> frozenset[str]:
        """Return the ids of a bank's units that were found occupied or shut since then, and not looked into since."""

        def work(database: sqlite3.Connection) -> frozenset[str]:
            # Of all desks' last words on a unit the latest counts: it is that of whoever stood at the door.
            rows = database.execute(
                "SELECT unit, problem, max(at) FROM reports WHERE bank = ? GROUP BY unit", (locker_bank_id,)
            )
            return frozenset(unit for unit, problem, at in rows if problem is not None and at >= written(since))

        return await self._answer(work, frozenset())

    async def searched(self, text: str, limit: int) -> tuple[OtherParcel, ...]:
        """Return what other desks have that a number, its end, or the beginning of a name finds, the newest first."""
        wanted = {word for word in (as_code(text), as_name(text)) if word}
        if not wanted:
            return ()

        def work(database: sqlite3.Connection) -> tuple[OtherParcel, ...]:
            keys = {
                key
                for begin in (*wanted, backwards(as_code(text)))
                for key in database.execute(_BEGINNING, (begin, begin + _HIGHEST, CANDIDATES))
            }
            rows = [database.execute(_ONE, key).fetchone() for key in sorted(keys)]
            return read(sorted(rows, key=itemgetter(1), reverse=True)[:limit])

        return await self._answer(work, ())

    async def forgotten(self) -> tuple[str, ...]:
        """Return the digests of those contacts whom this desk has not forgotten yet."""

        def work(database: sqlite3.Connection) -> tuple[str, ...]:
            return tuple(digest for (digest,) in database.execute("SELECT contact FROM forgotten WHERE done = 0"))

        return await self._answer(work, ())

    async def note_forgotten(self, digests: Iterable[str]) -> None:
        """Note that this desk has forgotten them too; raises StorageError."""
        rows = [(digest,) for digest in digests]
        await self._change(
            lambda database: database.executemany("UPDATE forgotten SET done = 1 WHERE contact = ?", rows)
        )

    async def asked(self) -> Asked:
        """Return how far the centre was heard; raises StorageError."""
        written_down = await self._look(_asked)
        return self._heard if written_down.heard_at is not None and self._heard is not None else written_down

    def note(self, asked: Asked) -> None:
        """Note how far the centre was heard where there was nothing new; a restart forgets it."""
        self._heard = asked

    async def apply(self, told: Told, *, number: int) -> None:
        """Take a page of news in; `number` is that of the full refresh to which it belongs. Raises StorageError."""

        def work(database: sqlite3.Connection) -> None:
            for key in (*told.gone, *map(key_of, told.parcels)):
                drop(database, key)
            for parcel in told.parcels:
                keep(database, parcel, number)
            database.executemany(
                "INSERT OR REPLACE INTO reports (desk, bank, unit, problem, at) VALUES (?, ?, ?, ?, ?)",
                [(each.desk, each.bank, each.unit, each.problem, written(each.at)) for each in told.reports],
            )
            # The same is told several times; who is forgotten once more is forgotten here once more.
            database.executemany(
                "INSERT INTO forgotten VALUES (?, ?, 0) ON CONFLICT (contact) DO UPDATE SET at = excluded.at, done = 0"
                " WHERE excluded.at > at",
                [(digest, written(at)) for digest, at in told.forgotten],
            )

        await self._change(work)

    async def passes(self) -> int:
        """Return the number of the last full refresh; raises StorageError."""
        return await self._look(_passes)

    async def end(self, asked: Asked, *, number: int) -> None:
        """Note how far the centre was heard; what the full refresh `number` did not bring goes. Raises StorageError."""

        def work(database: sqlite3.Connection) -> None:
            old = database.execute("SELECT desk, parcel_id FROM parcels WHERE pass < ?", (number,)).fetchall()
            for key in old:
                drop(database, key)
            database.execute("INSERT OR REPLACE INTO facts VALUES ('asked', ?)", (asked.model_dump_json(),))
            database.execute("INSERT OR REPLACE INTO facts VALUES ('passes', ?)", (str(number),))

        await self._change(work)
        self._heard = asked

    async def _parcels(self, statement: str, value: str) -> tuple[OtherParcel, ...]:
        return await self._answer(lambda database: read(database.execute(statement, (value,))), ())

    async def _answer(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        try:
            return await self._look(work)
        except StorageError as error:
            _log.warning("other desks: %s", error)
            return otherwise

    async def _look(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._doubted():
            return await (await self._current()).read(work)

    async def _change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._doubted():
            return await (await self._current()).write(work)

    @contextmanager
    def _doubted(self) -> Iterator[None]:
        """Let the file be looked at anew before it is used again, where it turns out to be damaged."""
        try:
            yield
        except StorageDamagedError:
            self._identity = None
            raise

    async def _current(self) -> Connection:
        """Return the file that lies there now, made anew where it is gone or of no use; raises StorageError."""
        async with self._opening:
            if self._connection is None or _identity(self._path) != self._identity:
                await self.close()
                self._connection = await self._opened()
                self._identity = _identity(self._path)
            return self._connection

    async def _opened(self) -> Connection:
        connection = Connection(self._path)
        try:
            await connection.open(prepare)
        except StorageDamagedError:
            for path in (self._path, self._path.with_name(f"{FILE_NAME}-journal")):
                path.unlink(missing_ok=True)
            connection = Connection(self._path)
            await connection.open(prepare)
        return connection


def _identity(path: Path) -> tuple[int, int] | None:
    """Return which file lies there now."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _asked(database: sqlite3.Connection) -> Asked:
    value = fact(database, "asked")
    return Asked.model_validate_json(value) if value else Asked()


def _passes(database: sqlite3.Connection) -> int:
    return int(fact(database, "passes") or 0)
