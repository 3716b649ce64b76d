"""The contacts of this desk: search, look-up by id, who was chosen, forgetting. The file's own thread does the work.

What an import puts in the file's place is noticed with the next question. How a search goes is in `search.py`.
"""

from __future__ import annotations

import asyncio
import sqlite3
import unicodedata
from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from kiosk.errors import StorageError, UnknownPersonError, WrongStateError
from kiosk.parcels.contacts import Contact, Matches, is_address
from kiosk.recipients.addresses import correct
from kiosk.recipients.effort import Effort
from kiosk.recipients.file import FILE_NAME, Identity, directory_errors, identity, prepare, sound
from kiosk.recipients.forgetting import forget, forget_inactive, ids_behind
from kiosk.recipients.known import Listed, fade, note, read_known
from kiosk.recipients.search import Search, read_contact
from kiosk.storage import Connection, pragma

T = TypeVar("T")


class _ReplacedError(Exception):
    """An import put a new file in place while this work waited for the old one."""


class Directory:
    """Open it with `open` and close it, or use it as an async context manager; raises DirectoryError."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._connection: Connection | None = None
        self._identity: Identity | None = None
        self._opening = asyncio.Lock()
        self._known: tuple[Listed, ...] = ()
        self._known_at = -1
        """The file's version that `_known` was read at; only the directory's thread uses the two."""
        self.size = 0
        """How many active contacts there are, as far as the last question told."""
        self.imported_at: datetime | None = None
        """When the contacts were imported; None where none ever were."""

    async def open(self) -> Self:
        """Open or create the file."""
        await self._current()
        return self

    async def close(self) -> None:
        """Close the file after the work that was already asked for."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def __aenter__(self) -> Self:
        """Open."""
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def by_id(self, contact_id: str) -> Contact | None:
        """Return the active contact with exactly this id."""
        return await self._read(lambda database: read_contact(database, _storable(contact_id).strip()))

    async def search(self, text: str, limit: int = 50) -> Matches:
        """Return the contacts that fit what was typed, best first: "ma smi" finds Maria Smith.

        Cancelled, it lets go of the file at once, so that the next search need not wait.
        """
        effort = Effort()

        def work(database: sqlite3.Connection) -> Matches:
            effort.begin()
            # Asked after every 1000 steps of SQLite's machine; anything but 0 breaks the query off.
            database.set_progress_handler(lambda: int(effort.is_given_up), 1000)
            try:
                return Search(database, self._known_now(database), effort).find(_storable(text), limit)
            finally:
                # The connection is shared: left in place, it would break off the next one's work.
                database.set_progress_handler(None, 0)

        try:
            return await self._read(work)
        except asyncio.CancelledError:
            effort.give_up()
            raise

    async def check(self) -> None:
        """Read the whole file; raises DirectoryError where it is damaged."""
        await self._read(lambda database: sound(database, self._path))

    async def note_chosen(self, contact_id: str, at: datetime) -> None:
        """Remember that a parcel came for a contact."""
        await self._write(lambda database: note(database, contact_id, at))

    async def correct_address(self, contact_id: str, email: str) -> None:
        """Give an active contact another e-mail address, which the next import keeps unless it brings a third one.

        Raises WrongStateError for a text that is no address, UnknownPersonError where there is no such contact.
        """
        if not is_address(email):
            raise WrongStateError("not_an_address")
        if not await self._write(lambda database: correct(database, contact_id, email)):
            raise UnknownPersonError(contact_id=contact_id)

    async def forget(self, contact_id: str) -> bool:
        """Remove a contact and what was remembered of it; tell whether there was one."""
        forgotten = await self._write(lambda database: forget(database, contact_id))
        await self._read_facts()
        return forgotten

    async def ids(self, wanted: Callable[[str], bool]) -> frozenset[str]:
        """Return the ids of those contacts for which `wanted` says so; a search that comes meanwhile waits for little.

        Also ids of which only a corrected address or past choices are remembered.
        """
        found, behind = set[str](), ""
        while True:
            ids = await self._read(partial(ids_behind, contact_id=behind))
            found |= {contact_id for contact_id in ids if wanted(contact_id)}
            if not ids:
                return frozenset(found)
            behind = ids[-1]

    async def forget_unused(self, before: datetime, keep: Collection[str]) -> int:
        """Remove contacts that became inactive before then, but `keep`, and fade who had no parcel since."""

        def work(database: sqlite3.Connection) -> int:
            fade(database, before)
            return forget_inactive(database, before, keep)

        return await self._write(work)  # none of them counted any more

    def _known_now(self, database: sqlite3.Connection) -> tuple[Listed, ...]:
        version = pragma(database, "data_version")
        if version != self._known_at:
            self._known, self._known_at = read_known(database), version
        return self._known

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with directory_errors():
            return await (await self._current()).read(work)

    async def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        while True:
            with directory_errors():
                connection = await self._current()
                try:
                    return await connection.write(self._unless_replaced(work))
                except _ReplacedError:
                    continue

    def _unless_replaced(self, work: Callable[[sqlite3.Connection], T]) -> Callable[[sqlite3.Connection], T]:
        expected = self._identity

        def guarded(database: sqlite3.Connection) -> T:
            # Asked within the transaction: an import holds the same lock while it puts its file in place.
            if identity(self._path) != expected:
                raise _ReplacedError
            self._known_at = -1  # SQLite tells only of other connections' writes
            return work(database)

        return guarded

    async def _current(self) -> Connection:
        """Return the file that stands there now."""
        async with self._opening:
            if self._connection is None or identity(self._path) != self._identity:
                await self.close()
                connection = Connection(self._path)
                with directory_errors():
                    await connection.open(prepare)
                    try:
                        facts = await connection.read(_facts)
                    except (StorageError, asyncio.CancelledError):
                        await connection.close()  # nobody else knows of it yet
                        raise
                self._connection, self._identity, self._known_at = connection, identity(self._path), -1
                self.size, self.imported_at = facts
            return self._connection

    async def _read_facts(self) -> None:
        self.size, self.imported_at = await self._read(_facts)


def _facts(database: sqlite3.Connection) -> tuple[int, datetime | None]:
    """Return how many active contacts there are, and when they were imported; raises ValueError for damaged facts."""
    facts = {str(name): str(value) for name, value in database.execute("SELECT * FROM facts")}
    imported_at = datetime.fromisoformat(facts["imported_at"]) if "imported_at" in facts else None
    return int(facts.get("size", 0)), imported_at


def _storable(text: str) -> str:
    """Replace halves of characters, which a scanner's cable may leave, and leave out marks that nobody sees."""
    text = text.encode(errors="replace").decode()
    return text if text.isprintable() else "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
