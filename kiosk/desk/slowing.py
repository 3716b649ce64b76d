"""How long nobody is let in after wrong tries: longer with each. Counts seconds lived through, and reads no clock.

The number of tries is in the journal. A process that finds it there, after a restart or because another one has
counted, begins the wait anew: setting the clock or ending the program makes it longer, never shorter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.clock import Clock
from kiosk.journal.sign_ins import DESK

FREE_TRIES: Final = 3
"""So many wrong tries of one person cost no wait."""
FREE_TRIES_OF_DESK: Final = 10
FIRST_WAIT, LONGEST_WAIT, LONGEST_WAIT_OF_DESK = 5.0, 300.0, 60.0
"""Seconds. Whoever tries names one after the other must not keep everybody out for long."""


def wait_after(tries: int, scope: str) -> float:
    """Return for how many seconds nobody is let in after so many wrong tries in a row."""
    free, longest = (FREE_TRIES_OF_DESK, LONGEST_WAIT_OF_DESK) if scope == DESK else (FREE_TRIES, LONGEST_WAIT)
    # The exponent is bounded, because a number of tries is not.
    return min(FIRST_WAIT * 2.0 ** min(tries - free, 16), longest) if tries >= free else 0.0


class Slowing:
    """What is left of the waits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, tuple[int, float]] = {}
        """How many tries there were, and when that was first seen here, in seconds lived through."""

    def left(self, tries: Mapping[str, int], person_id: str = DESK) -> float:
        """Return for how many seconds more the person is not let in; of nobody in particular, for the whole desk.

        `tries` is what the journal has.
        """
        now = self._clock.lived()
        seen = self._seen
        self._seen = {
            scope: seen[scope] if scope in seen and seen[scope][0] == count else (count, now)
            for scope, count in tries.items()
        }
        ends = (self._ends(scope) for scope in {person_id, DESK} & tries.keys())
        return max(max(ends, default=now) - now, 0.0)

    def _ends(self, scope: str) -> float:
        count, since = self._seen[scope]
        return since + wait_after(count, scope)
