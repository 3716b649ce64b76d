"""Where each box truly is, whatever the journals say: whoever touches one writes it down, and the judge compares.

A box is in one pair of hands at a time, so that is looked at and written under one lock of all processes of a run. A
process that is killed leaves the boxes in its clerk's hands, who is back with its next life.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from tests.chaos.case import Box, Collection, Place, Where
from tests.chaos.notes import Reader

BOXES = "boxes.jsonl"
NOWHERE = Box(Where.HERE)
"""One that nobody has touched lies where it was scanned."""


class Boxes:
    """What one clerk, named by the kiosk, does with boxes; they are known by their numbers."""

    def __init__(self, folder: Path, desk: str, hands: str) -> None:
        self._reader = Reader(folder / BOXES)
        self._file = os.open(folder / BOXES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._desk = desk
        self._hands = hands
        self._boxes: dict[str, Box] = {}
        self.leavings: Counter[tuple[str, Where]] = Counter()
        """How often each box was about to be given out, or to be sent."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def all(self) -> dict[str, Box]:
        """Return every box that was ever touched."""
        with self._looked():
            return dict(self._boxes)

    def where(self, number: str) -> Box:
        with self._looked():
            return self._boxes.get(number, NOWHERE)

    def in_unit(self, place: Place) -> tuple[str, ...]:
        """Return what somebody finds who opens the door."""
        with self._looked():
            return tuple(number for number, box in self._boxes.items() if box.place == place)

    def in_hands(self, *, of_anybody: bool = False) -> tuple[str, ...]:
        """Return the boxes in this clerk's hands, or in anybody's."""
        with self._looked():
            held = ((number, box.hands) for number, box in self._boxes.items())
            return tuple(number for number, hands in held if hands and (of_anybody or hands == self._hands))

    def came(self, number: str) -> None:
        """Another box with this number stands at the desk."""
        with self._looked():
            self._write(number, Box(Where.HERE, desk=self._desk))

    def is_at_another_desk(self, number: str) -> bool:
        """Tell whether another desk's clerks found the box and have it, or had it last."""
        return self.where(number).desk not in {"", self._desk}

    def take(self, number: str, *, out_of: Place | None = None, from_anybody: bool = False) -> bool:
        """Take a box into one's hands, out of its locker where it lies there; False where it is not to be had.

        `out_of` is the only locker in which this clerk looks for it.
        """
        with self._looked():
            box = self._boxes.get(number, NOWHERE)
            if out_of not in {None, box.place}:
                return False
            if not self._can_have(box, from_anybody=from_anybody):
                return False
            self._write(number, Box(Where.HERE, hands=self._hands, leaving=box.leaving, desk=self._desk))
            return True

    def put_down(self, number: str) -> None:
        """Put a box out of one's hands: it stays at the desk."""
        with self._looked():
            if self._boxes.get(number, NOWHERE).hands == self._hands:
                self._write(number, Box(Where.HERE, desk=self._desk))

    def put_in(self, number: str, place: Place) -> bool:
        """Put a box into a locker; False where it is not to be had."""
        with self._looked():
            box = self._boxes.get(number, NOWHERE)
            if not self._can_have(box):
                return False
            self._write(number, Box(Where.LOCKER, place, desk=self._desk))
            return True

    def is_leaving(self, number: str, to: Where) -> None:
        """Say of a box in one's hands that it is about to leave: whether it does depends on what the kiosk says."""
        with self._looked():
            if self._boxes.get(number, NOWHERE).hands == self._hands:
                self._write(number, Box(Where.HERE, hands=self._hands, leaving=to, desk=self._desk))

    def left(self, number: str) -> None:
        """Let a box go that was about to leave."""
        with self._looked():
            box = self._boxes.get(number, NOWHERE)
            if box.leaving is not None and box.hands == self._hands:
                self._write(number, Box(box.leaving, desk=self._desk))

    def lies(self, numbers: Iterable[str], place: Place) -> None:
        """Note what lay in a locker before the run began."""
        with self._looked():
            for number in numbers:
                self._write(number, Box(Where.LOCKER, place))

    def collect(self, numbers: Iterable[str], place: Place, collect: Callable[[], Collection | None]) -> bool:
        """Let a recipient take these out; False where one of them does not lie there, or nothing by the service."""
        with self._looked():
            if any(self._boxes.get(number, NOWHERE).place != place for number in numbers):
                return False
            collection = collect()
            for number in collection.numbers if collection is not None else ():
                # The service may have one on its list that was never put in.
                if (box := self._boxes.get(number, NOWHERE)).place == place:
                    self._write(number, Box(Where.RECIPIENT, desk=box.desk))
            return collection is not None

    def _can_have(self, box: Box, *, from_anybody: bool = False) -> bool:
        """Tell whether this clerk gets at a box: in a locker anybody does, else only those of its desk."""
        if box.where is Where.LOCKER:
            return True
        is_own = box.desk in {"", self._desk} and (from_anybody or box.hands in {"", self._hands})
        return box.where is Where.HERE and is_own

    @contextmanager
    def _looked(self) -> Iterator[None]:
        """Hold the lock, and know what others have written."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            for line in self._reader.more():
                self._know(line)
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _know(self, line: dict[str, Any]) -> None:
        place = Place(*line["place"]) if line["place"] else None
        leaving = Where(line["leaving"]) if line["leaving"] else None
        number = line["number"]
        if leaving is not None and self._boxes.get(number, NOWHERE).leaving is None:
            self.leavings[number, leaving] += 1
        self._boxes[number] = Box(Where(line["where"]), place, line["hands"], leaving, line["desk"])

    def _write(self, number: str, box: Box) -> None:
        # What the system has got outlives the process, and nobody here cuts the power.
        os.write(self._file, json.dumps({"number": number, **box._asdict()}).encode() + b"\n")
        for line in self._reader.more():
            self._know(line)
