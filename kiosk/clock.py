"""The time, as one value that can be replaced: aware UTC everywhere, local time only where a person reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the kiosk reads the time from."""

    def now(self) -> datetime:
        """Return the present as aware UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present as aware UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is moved; for tests and pictures."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._now

    def advance(self, step: timedelta) -> None:
        """Move by `step`, which may be negative."""
        self._now += step
