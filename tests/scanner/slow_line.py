"""A line that delays in lumps, and a program that stands still: what the terminal's reader hears of a day, and when.

The reader is the product's own; only time and bytes are made here, so a day takes no time.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from textual.message import Message

from screens.terminal import READ_BYTES, Reader
from tests.scanner.traffic import Day

LONGEST_DELAY_SECONDS = 0.3


def delayed(sent: Sequence[tuple[float, bytes]], rng: random.Random) -> list[tuple[float, bytes]]:
    """Return when each piece arrives: now and then the line holds back what comes, and lets it go in one lump."""
    held_until, arrivals = 0.0, []
    for at, data in sent:
        if at > held_until and rng.random() < 0.05:
            held_until = at + rng.uniform(0, LONGEST_DELAY_SECONDS)
        arrivals.append((max(at, held_until), data))
    return arrivals


class Line:
    """Everything that the reader hears of a day."""

    def __init__(self, day: Day, rng: random.Random) -> None:
        self._arrivals = delayed(day.sent, rng) if day.is_delayed else day.sent
        self._stalls = day.stalls
        self._rng = rng
        self._read = 0
        self.now = 0.0

    def heard(self, reader: Reader | None = None) -> Iterator[Message]:
        """Yield what the reader says, to the end of the silence behind the last byte."""
        reader = reader or Reader()
        while self._read < len(self._arrivals):
            yield from self._listened(reader)
        for _ in range(100):
            yield from reader.heard(b"", reader.listen_seconds)

    def _listened(self, reader: Reader) -> Iterator[Message]:
        """Wait once, as long as the reader wants to, or until bytes come, or until a stall is over."""
        next_at, began = self._arrivals[self._read][0], self.now
        self.now = max(self.now, min(next_at, self.now + reader.listen_seconds))
        stall = next(((begin, end) for begin, end in self._stalls if begin <= self.now < end), None)
        if stall:
            self.now = stall[1]
        has_slept = stall is not None and self._rng.random() < 0.5  # a wait that a signal broke off tells of no bytes
        yield from reader.heard(b"" if has_slept else self._waiting(), self.now - began)

    def _waiting(self) -> bytes:
        """Return what waits to be read by now."""
        end = bisect_right(self._arrivals, self.now, lo=self._read, key=lambda arrival: arrival[0])
        data = b"".join(data for _, data in self._arrivals[self._read : end])
        if len(data) > READ_BYTES:
            end, data = self._read + 1, self._arrivals[self._read][1]
        self._read = end
        return data
