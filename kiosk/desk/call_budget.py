"""How many calls to the locker service were made today, and how many are left of the plan. Counts only, refuses none.

Counted in memory and written down every minute and at the end: a row a call would cost more than the call is worth.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from typing import NamedTuple

from kiosk.clock import Clock
from kiosk.errors import StorageError
from kiosk.journal import call_counts
from kiosk.journal.store import Journal

NEARLY = 0.9
"""The share of a day's calls from which on they are said to be nearly used up."""

_log = logging.getLogger(__name__)


class CallsToday(NamedTuple):
    """The calls of one day, of all processes of this desk."""

    by_operation: dict[str, int]
    per_day: int
    """How many the plan allows; 0 where it allows any number."""

    @property
    def used(self) -> int:
        """How many were made."""
        return sum(self.by_operation.values())

    @property
    def left(self) -> int | None:
        """How many are left; None without a limit."""
        return max(self.per_day - self.used, 0) if self.per_day else None

    @property
    def nearly_used_up(self) -> bool:
        """Tell whether few are left."""
        return bool(self.per_day) and self.used >= NEARLY * self.per_day


class CallBudget:
    """Counts this process's calls, by day and operation, and adds them to the desk's."""

    def __init__(self, journal: Journal, clock: Clock, *, per_day: int) -> None:
        self._journal = journal
        self._clock = clock
        self._per_day = per_day
        self._counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._warned = ""
        """The day on which it was said that calls are nearly used up."""

    def count(self, operation: str) -> None:
        """Count a call that reached the service, or may have."""
        self._counted[self._day()][operation] += 1

    async def keep(self) -> None:
        """Write down what was counted since; raises StorageError."""
        for day in sorted(self._counted):
            calls = self._counted.pop(day)
            try:
                kept = await call_counts.add(self._journal.connection, day, calls)
            except StorageError:
                self._counted[day] += calls
                raise
            today = CallsToday(dict(kept), self._per_day)
            if today.nearly_used_up and self._warned != day:
                self._warned = day
                _log.warning("calls nearly used up: %d of %d on %s", today.used, self._per_day, day)

    async def today(self) -> CallsToday:
        """Return today's calls; raises StorageError."""
        day = self._day()
        kept = await call_counts.of_day(self._journal.connection, day)
        return CallsToday(dict(kept + self._counted[day]), self._per_day)

    def _day(self) -> str:
        return self._clock.now().astimezone().date().isoformat()
