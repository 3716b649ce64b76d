"""The time, as one value that can be replaced: aware UTC everywhere, local time only where a person reads it.

What may be deleted by it is decided in `kiosk/desk/trusted_time.py`.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the kiosk reads the time from."""

    def now(self) -> datetime:
        """Return the present as aware UTC; whoever sets the machine's clock changes it."""
        ...

    def lived(self) -> float:
        """Return seconds from any beginning, which go on evenly whatever the clock is set to."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present as aware UTC."""
        return datetime.now(UTC)

    def lived(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is moved; for tests and pictures."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._lived = 0.0

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._now

    def lived(self) -> float:
        """Return the seconds that were lived through."""
        return self._lived

    def advance(self, step: timedelta) -> None:
        """Set it by `step`, which may be negative; nothing is lived through by that."""
        self._now += step

    def live(self, step: timedelta) -> None:
        """Let `step` pass."""
        self._now += step
        self._lived += step.total_seconds()
