"""Visits, as the journal has them: who opened or left the console, was turned away, read the report, ran a command."""

from __future__ import annotations

from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import CommandRun, OperatorLoggedIn, OperatorLoggedOut, OperatorRefused, ReportRead
from kiosk.parcels.people import Person
from kiosk.parcels.states import Command
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
