"""Who may sign in at this desk, what is kept of PINs and badges, and how often a try was wrong. Hashes nothing itself.

Adding, changing and removing somebody is an event in the same transaction; PINs, badges and tries are in no event.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from kiosk.errors import NotListedError, UnusablePersonError
from kiosk.folding import fold
from kiosk.journal import recording
from kiosk.journal.recording import Stamp
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import PersonAdded, PersonChanged, PersonRemoved
from kiosk.parcels.events import Event
from kiosk.parcels.people import ListedPerson, Person
from kiosk.parcels.states import Role

DESK = ""
"""Under this id the tries of the whole desk are counted, whoever they were meant for."""

_COLUMNS = "person_id, name, role, user_id, pin, badge"

_LANGUAGES = "languages"
"""The row of `facts` with the languages of people, by their ids. No column, so that an older program reads the file."""


class SignInRow(NamedTuple):
    """Somebody who may sign in, with what is kept of their PIN and badge."""

    person_id: str
    name: str
    role: Role
    user_id: str
    pin: str | None
    badge: str | None
    language: str = ""

    @property
    def listed(self) -> ListedPerson:
        """The same without what is kept of secrets."""
        return ListedPerson(
            person_id=self.person_id,
            name=self.name,
            role=self.role,
            user_id=self.user_id,
            language=self.language,
            has_pin=self.pin is not None,
            has_badge=self.badge is not None,
        )


class SignIns:
    """The people of one desk's journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def all(self) -> tuple[SignInRow, ...]:
        """Return everybody, by name."""
        return await self._journal.connection.read(_all)

    async def put(self, row: SignInRow, changed: tuple[str, ...], person: Person) -> None:
        """List somebody, or with `changed` write anew what is known of them.

        Raises UnusablePersonError where somebody else has that name, NotListedError where somebody to be changed is
        gone.
        """
        told: Event = PersonAdded(person_id=row.person_id, name=row.name, role=row.role)
        if changed:
            told = PersonChanged(person_id=row.person_id, name=row.name, role=row.role, changed=changed)

        def work(database: sqlite3.Connection, stamp: Stamp) -> None:
            others = {each.person_id: each for each in _all(database)}
            before = others.pop(row.person_id, None)
            if changed and before is None:
                raise NotListedError(name=row.name)
            if fold(row.name) in {fold(each.name) for each in others.values()}:
                raise UnusablePersonError("name_taken", name=row.name)
            database.execute("INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?, ?)", row[:-1])
            _put_language(database, row.person_id, row.language)
            if "pin" in changed:
                _forget_tries(database, row.person_id)
            recording.append(database, None, told, stamp)

        await self._journal.write(person, work)

    async def remove(self, row: SignInRow, person: Person) -> None:
        """Take somebody off the list, with all that is kept of them; raises NotListedError where they are gone."""

        def work(database: sqlite3.Connection, stamp: Stamp) -> None:
            if not database.execute("DELETE FROM people WHERE person_id = ?", (row.person_id,)).rowcount:
                raise NotListedError(name=row.name)
            _put_language(database, row.person_id, "")
            _forget_tries(database, row.person_id)
            recording.append(database, None, PersonRemoved(person_id=row.person_id, name=row.name), stamp)

        await self._journal.write(person, work)

    async def tries(self) -> dict[str, int]:
        """Return how many tries in a row were wrong, by person, and of the whole desk under `DESK`."""
        rows = "SELECT person_id, tries FROM wrong_tries"
        return await self._journal.connection.read(lambda database: dict(database.execute(rows).fetchall()))

    async def begin_try(self, *scopes: str) -> None:
        """Count a try as wrong before it is looked at: whoever ends the process in between gains none."""
        count = "INSERT INTO wrong_tries VALUES (?, 1) ON CONFLICT (person_id) DO UPDATE SET tries = tries + 1"
        await self._write(lambda database: database.executemany(count, [(scope,) for scope in scopes]))

    async def right(self, *scopes: str) -> None:
        """Begin to count anew, after a try that was right."""
        await self._write(lambda database: _forget_tries(database, *scopes))

    async def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        await self._journal.change(work)


def _all(database: sqlite3.Connection) -> tuple[SignInRow, ...]:
    rows = database.execute(f"SELECT {_COLUMNS} FROM people ORDER BY name COLLATE NOCASE, person_id").fetchall()
    spoken = _languages(database) if rows else {}
    return tuple(
        SignInRow(person_id, name, Role(role), user_id, pin, badge, spoken.get(person_id, ""))
        for person_id, name, role, user_id, pin, badge in rows
    )


def _languages(database: sqlite3.Connection) -> dict[str, str]:
    row = database.execute("SELECT value FROM facts WHERE name = ?", (_LANGUAGES,)).fetchone()
    try:
        read = json.loads(row[0]) if row else {}
    except ValueError:
        read = {}  # damage is told by the seal; nobody is kept from signing in for it
    return {str(person_id): str(code) for person_id, code in read.items()} if isinstance(read, dict) else {}


def _put_language(database: sqlite3.Connection, person_id: str, language: str) -> None:
    before = _languages(database)
    after = {known: code for known, code in (before | {person_id: language}).items() if code}
    if after:
        database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_LANGUAGES, json.dumps(after)))
    elif before:
        database.execute("DELETE FROM facts WHERE name = ?", (_LANGUAGES,))


def _forget_tries(database: sqlite3.Connection, *scopes: str) -> None:
    database.executemany("DELETE FROM wrong_tries WHERE person_id = ?", [(scope,) for scope in scopes])
