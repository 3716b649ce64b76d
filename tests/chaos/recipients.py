"""Recipients: they come once they know their code, and some come before anybody at the desk does."""

from __future__ import annotations

import random
import time

from tests.chaos.boxes import Boxes
from tests.chaos.case import Collection, Door, Shown
from tests.chaos.server import Server

FEWEST_WAITING, MOST_WAITING = 8, 30
"""How many units with a known code there must be before some recipients come; another number each time."""
COMES_EARLY = 0.04
"""The chance that a recipient comes, at any look, to a unit whose code nobody has seen yet."""
EARLY_SECONDS = 1.5
"""So long after the code was given: later it should have been seen, and who comes then would hide that it was not."""


class Recipients:
    """Those who collect during a run."""

    def __init__(self, server: Server, rng: random.Random, boxes: Boxes) -> None:
        self.collections: list[Collection] = []
        self.early = 0
        self._server = server
        self._rng = rng
        self._boxes = boxes
        self._known: set[str] = set()
        self._given_at: dict[str, float] = {}
        self.before: frozenset[str] = frozenset()
        """Numbers that lay in units before the run began."""

    def begin(self) -> None:
        """See what lies there before the run begins; it is left alone."""
        doors = self._server.doors()
        self.before = frozenset(number for door in doors for number in door.numbers)
        for door in doors:
            self._boxes.lies(door.deposited, door.place)

    def told(self, shown: Shown) -> None:
        """Let a recipient know a code."""
        self._known.add(shown.code)

    def look(self) -> None:
        """Let some of them come now."""
        doors = self._server.doors()
        lying = [door for door in doors if door.deposited and not self.before & {*door.numbers}]
        # A department opens with its people's own ids.
        ready = [door for door in lying if door.code is None or door.code in self._known]
        for door in lying:
            if door not in ready and self._is_fresh(door) and self._rng.random() < COMES_EARLY:
                self.early += self._collect(door)
        if len(ready) >= self._rng.randint(FEWEST_WAITING, MOST_WAITING):
            for door in self._rng.sample(ready, len(ready) // 2):
                self._collect(door)

    def _is_fresh(self, door: Door) -> bool:
        now = time.monotonic()
        return now - self._given_at.setdefault(door.code or "", now) < EARLY_SECONDS

    def _collect(self, door: Door) -> bool:
        """Let the recipient take everything out; nobody comes where a clerk has just taken something out."""

        def open_it() -> Collection | None:
            collection = self._server.collect(door.place)
            if collection is not None:
                self.collections.append(collection)
            return collection

        return self._boxes.collect(door.deposited, door.place, open_it)
