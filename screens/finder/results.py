"""Which facilities of an answer are listed, and in which order. Pure: no widget, no clock, no words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from kiosk.facilities.finder import Answer, Sort, arranged, open_in
from kiosk.facilities.values import Facility

WALK_MINUTES = 20
"""A facility that closes sooner is of no use to somebody who still has to get there."""


@dataclass(frozen=True, slots=True)
class Results:
    """An answer and how a person wants to see it; order and filter outlast the answer."""

    answer: Answer | None = None
    sort: Sort = Sort.DISTANCE
    only_open: bool = False
    """Leave out what is closed in `WALK_MINUTES`."""

    @property
    def found(self) -> tuple[Facility, ...]:
        """All facilities of the answer, in the service's own order."""
        return self.answer.facilities if self.answer else ()

    @property
    def keeps_order(self) -> bool:
        """Tell whether the service's order stays: no distance is given, so nothing else says what is near."""
        has_distances = any(each.distance_miles is not None for each in self.found)
        return self.sort is Sort.DISTANCE and bool(self.found) and not has_distances

    def listed(self, now: datetime) -> tuple[Facility, ...]:
        """Return what is shown, those with coordinates first, so that the numbers on the map leave out none."""
        facilities = self.found if self.keeps_order else arranged(self.found, self.sort, now)
        if self.only_open:
            facilities = open_in(facilities, WALK_MINUTES, now)
        # Sorting is stable: within both parts the order stays.
        return tuple(sorted(facilities, key=lambda each: each.latitude is None))

    def with_next_order(self) -> Self:
        """Return the same in the next order."""
        orders = list(Sort)
        return replace(self, sort=orders[(orders.index(self.sort) + 1) % len(orders)])
