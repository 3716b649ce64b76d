"""The clock of arrival: silence counts only while somebody really waited for bytes. Pure.

A program that stands still, or is kept off the processor, sees a gap between two signs that the scanner never made.
On this clock the gap is as long as the reader listened and nothing came.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

LISTEN_SECONDS = 0.02
"""How long to listen at a time while a silence is awaited; no gap can seem longer than the listening was."""

REST_SECONDS = 0.1
"""How long to listen at a time while none is."""


class ArrivalClock:
    """Seconds of listening, and which silences have come to pass since the last arrival."""

    def __init__(self, silences: Sequence[float]) -> None:
        self._silences = silences
        """After how many seconds each, in order, somebody wants to hear of it."""
        # As if each were told: before anything has arrived no silence means anything.
        self._told = len(silences)
        self._arrived_at = -inf
        self.now = 0.0

    @property
    def listen_seconds(self) -> float:
        """How long to wait for bytes next."""
        return LISTEN_SECONDS if self._told < len(self._silences) else REST_SECONDS

    def listened(self, seconds: float) -> None:
        """Count a wait that took so long; more than was asked for is this program's own delay."""
        self.now += min(max(seconds, 0.0), self.listen_seconds)

    def arrived(self) -> None:
        """Begin to await silence anew: something was read."""
        self._arrived_at, self._told = self.now, 0

    def is_silent(self) -> bool:
        """Tell, once each, that one of the silences has passed."""
        silence, told = self.now - self._arrived_at, self._told
        # One wait can pass several silences. One notice is enough, for the machine measures the silence itself.
        while self._told < len(self._silences) and silence > self._silences[self._told]:
            self._told += 1
        return self._told > told
