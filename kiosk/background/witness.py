"""Writes what the heads of all desks came to on a day into this desk's own chain, as the centre tells it.

So nobody can change an old event at one desk, or at the centre, without all other desks' chains telling of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, timedelta
from typing import Final

from kiosk.clock import Clock
from kiosk.errors import FleetError
from kiosk.journal.store import Journal
from kiosk.journal.witnessed import witnessed
from kiosk.parcels.desk_events import HeadsWitnessed
from kiosk.parcels.people import Person

MOST_DAYS: Final = 31
"""Of a longer absence only the last days are witnessed; they cover what was before."""

WITNESS_EVERY_SECONDS: Final = 600.0
"""How often it is looked whether a day is over; the centre is asked only then."""
_DAY: Final = timedelta(days=1)


class WitnessHeads:
    """Asks for each day (UTC) once, after it is over."""

    def __init__(
        self,
        journal: Journal,
        root_of: Callable[[date], Awaitable[HeadsWitnessed | None]],
        clock: Clock,
        person: Person,
    ) -> None:
        self._journal = journal
        self._root_of = root_of
        self._clock = clock
        self._person = person
        self._last: date | None = None

    async def run(self) -> None:
        """Witness the days that are over since the last one, as far as the centre answers; raises StorageError."""
        today = self._clock.now().astimezone(UTC).date()
        day = await self._first_due(today)
        while day < today:
            try:
                told = await self._root_of(day)
            except FleetError:  # whoever ships says so
                return
            if told is None:  # by the centre's clock the day is not over
                return
            await self._journal.record(told, self._person)
            self._last = day
            day += _DAY

    async def _first_due(self, today: date) -> date:
        yesterday = today - _DAY
        if self._last is None:
            known = await witnessed(self._journal.connection)
            self._last = known[-1].day if known else yesterday - _DAY
        return max(self._last + _DAY, today - MOST_DAYS * _DAY)
