"""Visits to the console, as the journal has them: who came, who left, who was turned away, who read the report."""

from __future__ import annotations

from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import OperatorLoggedIn, OperatorLoggedOut, OperatorRefused, ReportRead
from kiosk.parcels.people import Person


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

    async def refused(self, person: Person) -> None:
        """Record that somebody without a role asked for the console."""
        await self._journal.record(OperatorRefused(origin=person.origin), person)

    async def report_read(self, person: Person) -> None:
        """Record that somebody read the report without opening the console."""
        await self._journal.record(ReportRead(role=person.role, origin=person.origin), person)
