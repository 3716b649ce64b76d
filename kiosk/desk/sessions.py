"""Sessions of the console: letting in, who is connected, and ending somebody else's; each ending is an event."""

from __future__ import annotations

import asyncio
from pathlib import Path

from kiosk.desk import session_files
from kiosk.desk.corrections import RoleNow
from kiosk.desk.session_files import Farewell, Session
from kiosk.desk.visits import Visits
from kiosk.errors import NoReasonError, NotAllowedError, WrongStateError
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import SessionEnded
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.plain_text import one_line
from kiosk.storage import translated

MAY_END = frozenset({Role.OPERATOR, Role.ADMIN})
"""Who may end somebody else's session."""

FOLDER = "sessions"
"""In the data folder."""


class Sessions:
    """The sessions of this desk, of all processes; each call raises StorageError."""

    def __init__(self, journal: Journal, data: Path, visits: Visits, role_now: RoleNow, *, most: int) -> None:
        self._journal = journal
        self._folder = data / FOLDER
        self._visits = visits
        self._role_now = role_now
        self._most = most
        """How many a person may have."""

    async def enter(self, session: Session, person: Person) -> int:
        """Let a session in, and return what holds it.

        Raises NotAllowedError, once it is recorded, where the person has as many as are allowed: those stay.
        """
        with translated(self._folder):
            lock = await asyncio.to_thread(session_files.enter, self._folder, session, self._most)
        if lock is None:
            await self._visits.refused(person)
            raise NotAllowedError("too_many_sessions", name=person.name, most=self._most)
        return lock

    async def leave(self, session: Session, lock: int) -> None:
        """Let go of a session."""
        with translated(self._folder):
            await asyncio.to_thread(session_files.leave, self._folder, session, lock)

    async def present(self) -> tuple[Session, ...]:
        """Return who is connected, the oldest session first."""
        with translated(self._folder):
            return await asyncio.to_thread(session_files.present, self._folder)

    async def end(self, session: Session, reason: str, person: Person) -> None:
        """End a session, whose person is told by whom and why.

        Raises NoReasonError, NotAllowedError, and WrongStateError where it has ended already.
        """
        reason = one_line(reason)
        if not reason:
            raise NoReasonError
        role = await asyncio.to_thread(self._role_now, person)
        if role not in MAY_END:
            await self._visits.refused(person)
            raise NotAllowedError("may_not_end_sessions", name=person.name)
        if session not in await self.present():
            raise WrongStateError("session_is_over", name=session.name)
        # Recorded first: nobody is thrown out without anybody knowing by whom.
        ended = SessionEnded(name=session.name, since=session.since, reason=reason, role=role, origin=person.origin)
        await self._journal.record(ended, person)
        with translated(self._folder):
            farewell = Farewell(by=person.name, reason=reason)
            await asyncio.to_thread(session_files.end, self._folder, session, farewell)
