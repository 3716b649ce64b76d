"""Watches the machine's clock: says when it jumped, and notes how much time has passed for sure.

What that means for codes and names is decided in `kiosk/desk/trusted_time.py`.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from kiosk.desk.trusted_time import TrustedTime
from kiosk.errors import StorageError
from kiosk.journal.known_time import note_time
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import ClockJumped
from kiosk.parcels.people import Person

_log = logging.getLogger(__name__)

NOTE_EVERY = timedelta(minutes=15)
"""How much time passes between two notes; a start within the tolerance of the last one needs no other witness."""


class WatchClock:
    """Looks at the clock; a jump is told once, until the clock is right again."""

    def __init__(self, journal: Journal, time: TrustedTime, person: Person) -> None:
        self._journal = journal
        self._time = time
        self._person = person
        self._noted: datetime | None = None
        self._is_told = False

    async def run(self) -> None:
        """Look once; raises StorageError where a jump can't be recorded."""
        self._time.now()
        jump = self._time.jump
        if jump is not None and not self._is_told:
            _log.warning("clock jumped: %s instead of %s", jump.clock, jump.expected)
            await self._journal.record(ClockJumped(clock=jump.clock, expected=jump.expected), self._person)
        self._is_told = jump is not None
        passed = self._time.lived_through
        if self._noted is None or abs(passed - self._noted) >= NOTE_EVERY:
            with suppress(StorageError):  # without the note the next start waits longer for the service, no more
                await note_time(self._journal.connection, passed)
            self._noted = passed
