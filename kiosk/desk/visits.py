"""Visits, as the journal has them: who came to the console or was turned away, ran a command, left a locked kiosk."""

from __future__ import annotations

from kiosk.errors import NotAllowedError
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import (
    CommandRun,
    KioskLeft,
    OperatorLoggedIn,
    OperatorLoggedOut,
    OperatorRefused,
    ReportRead,
)
from kiosk.parcels.people import Person
from kiosk.parcels.states import Command, Role
from kiosk.parcels.steps import Step


class Visits:
    """Records visits; each raises StorageError."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def began(self, person: Person) -> None:
        """Record that somebody opened the console."""
        await self._journal.record(OperatorLoggedIn(role=person.role, origin=person.origin), person)

    async def ended(self, person: Person) -> None:
        """Record that the console was closed, or that its line dropped."""
        await self._journal.record(OperatorLoggedOut(origin=person.origin), person)

    async def refused(self, person: Person, step: Step | None = None) -> None:
        """Record that somebody asked for the console, or there for a step, whose role does not have it."""
        await self._journal.record(OperatorRefused(origin=person.origin, step=step), person)

    async def report_read(self, person: Person) -> None:
        """Record that somebody read the report without opening the console."""
        await self._journal.record(ReportRead(role=person.role, origin=person.origin), person)

    async def command_run(self, command: Command, reason: str, person: Person) -> None:
        """Record that somebody begins to change something by a command, and why; a correction records its own."""
        await self._journal.record(CommandRun(command=command, origin=person.origin, reason=reason), person)

    async def kiosk_left(self, person: Person) -> None:
        """Record that somebody leaves a kiosk that is locked down; raises NotAllowedError for anybody but an admin."""
        if person.role is not Role.ADMIN:
            raise NotAllowedError("admins_only", name=person.name)
        await self._journal.record(KioskLeft(role=person.role), person)
