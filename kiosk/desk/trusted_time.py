"""The time by which codes are deleted and names blanked: never that of one clock alone.

The machine's clock counts only where a second witness agrees with it: the locker service by the `Date` of its answers,
or else the time that was lived through since the journal last knew it. Decides only; nothing is read or deleted here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.clock import Clock

TOLERANCE = timedelta(hours=1)
"""How far two witnesses may be apart and still agree: a zone or daylight saving set wrongly is further."""


class Jump(NamedTuple):
    """The clock is not where a witness has it."""

    clock: datetime
    expected: datetime


class _Reading(NamedTuple):
    """A time, and how long the process had lived then."""

    at: datetime
    lived: float


class TrustedTime:
    """What time it is, as far as two witnesses agree.

    `known` is the time until which the journal knows that time passed; without it, this begins with the clock's.
    """

    def __init__(self, clock: Clock, known: datetime | None = None) -> None:
        self._clock = clock
        self._trusted = _Reading(known or clock.now(), clock.lived())
        self._service: _Reading | None = None

    def heard(self, date: datetime) -> None:
        """Take the `Date` of an answer that the locker service gave a moment ago."""
        self._service = _Reading(date, self._clock.lived())

    def now(self) -> datetime:
        """Return the clock's time where the witness agrees, else the earlier of the two: too late harms nothing."""
        clock, expected = self._readings()
        if abs(clock - expected) > TOLERANCE:
            return min(clock, expected)
        self._trusted = _Reading(clock, self._clock.lived())
        return clock

    @property
    def behind(self) -> timedelta | None:
        """How far the machine's clock is behind the locker service's; None where no other machine has answered."""
        return None if self._service is None else self._since(self._service) - self._clock.now()

    @property
    def jump(self) -> Jump | None:
        """Where the clock is and where the witness has it; None where they agree."""
        clock, expected = self._readings()
        return Jump(clock, expected) if abs(clock - expected) > TOLERANCE else None

    @property
    def lived_through(self) -> datetime:
        """The time that was trusted last, and what was lived through since."""
        return self._since(self._trusted)

    def _readings(self) -> tuple[datetime, datetime]:
        # The service before the time lived through, which began with what this clock said.
        return self._clock.now(), self._since(self._service or self._trusted)

    def _since(self, reading: _Reading) -> datetime:
        return reading.at + timedelta(seconds=self._clock.lived() - reading.lived)
