"""Where rings, places and their numbers stand on a map of so many cells. Numbers only; nothing is drawn here.

A cell is a column of braille: two dots wide and four high. Cells are about twice as high as wide, so the dots lie in
squares, and what is round in dots is round on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, cos, hypot, pi, radians, sin
from typing import NamedTuple

from rich.cells import cell_len

from kiosk.words.language import _
from kiosk.words.numbers import as_short
from screens.finder.coordinates import Point, east_and_north

Cell = tuple[int, int]
"""Column and row."""

LEAST_MILES = 0.3
"""The smallest outer ring: two places at one address need no finer map."""
_STEPS = (1.0, 2.0, 2.5, 5.0)
_RINGS = (2, 3, 4, 5)
_LABEL_ANGLES = (180, 135, 225, 90, 270, 45, 315, 160, 200, 20, 340)
"""Where a ring's label may stand, clockwise from north; the first that covers no place is taken."""
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in a braille character, by row and column."""


class Pin(NamedTuple):
    """One place to show: its number in the list, where it is, and whether it is open (None: nobody knows)."""

    number: int
    point: Point
    is_open: bool | None = None


class Label(NamedTuple):
    """A word on the map."""

    column: int
    row: int
    text: str


class Mark(NamedTuple):
    """A place on the map: its cell, and its number where there is room for it."""

    pin: Pin
    column: int
    row: int
    label: Label | None


@dataclass(frozen=True, slots=True)
class MapLayout:
    """The map as arranged; `dots` are the bits of the braille characters by their cell."""

    width: int = 0
    height: int = 0
    middle: Cell = (0, 0)
    north: Cell = (0, 0)
    marks: tuple[Mark, ...] = ()
    rings: tuple[Label, ...] = ()
    dots: dict[Cell, int] = field(default_factory=dict)

    def mark(self, number: int | None) -> Mark | None:
        """Return the mark of a number in the list."""
        return next((mark for mark in self.marks if mark.pin.number == number), None)

    def nearest(self, column: int, row: int) -> Mark | None:
        """Return the place under a finger: the nearest one, if it is no more than a finger's breadth away."""
        near = [(hypot(mark.column - column, 2 * (mark.row - row)), mark) for mark in self.marks]
        away, mark = min(near, default=(0.0, None), key=lambda each: each[0])
        return mark if away <= 4 else None


def ring_miles(farthest: float) -> tuple[float, ...]:
    """Return the radii of the rings: few, round, and the outer one no farther out than needed."""
    reach = max(farthest, LEAST_MILES)
    # The smallest outer ring wins, and of several that end there the one with the fewest rings.
    choices = [
        (round(step * 10.0**power * count, 6), count, step * 10.0**power)
        for power in range(-2, 5)
        for step in _STEPS
        for count in _RINGS
        if step * 10.0**power * count >= reach
    ]
    _, count, step = min(choices)
    return tuple(round(step * at, 6) for at in range(1, count + 1))


def lay_out_map(pins: Sequence[Pin], middle: Point, width: int, height: int) -> MapLayout:
    """Arrange the places around the middle: north up, the farthest one inside the outer ring."""
    if width < 7 or height < 5:
        return MapLayout()
    centre = (width // 2, height // 2)
    # In dots, from here on: the middle of the centre cell, and the largest ring that leaves a row for the letter N.
    x0, y0 = 2 * centre[0] + 1, 4 * centre[1] + 2
    radius = min(x0, 2 * width - x0 - 1, y0 - 4, 4 * height - y0 - 1)
    away = [east_and_north(pin.point, middle) for pin in pins]
    rings = ring_miles(max((hypot(*each) for each in away), default=0.0))
    scale = radius / rings[-1]
    cells = [(int((x0 + east * scale) // 2), int((y0 - north * scale) // 4)) for east, north in away]
    north = (centre[0], (y0 - radius) // 4 - 1)
    taken = {*cells, centre, north}
    labels = tuple(_ring_labels(rings, scale, (x0, y0), width, taken))
    return MapLayout(
        width=width,
        height=height,
        middle=centre,
        north=north,
        marks=tuple(_marks(pins, cells, width, taken)),
        rings=labels,
        dots=_dots(rings, scale, (x0, y0)),
    )


def _dots(rings: Iterable[float], scale: float, origin: Cell) -> dict[Cell, int]:
    dots: dict[Cell, int] = {}
    for miles in rings:
        radius = miles * scale
        # A step for each dot of the circumference: fewer leave gaps.
        steps = max(ceil(2 * pi * radius), 8)
        for step in range(steps):
            angle = 2 * pi * step / steps
            x, y = round(origin[0] + radius * sin(angle)), round(origin[1] - radius * cos(angle))
            cell = (x // 2, y // 4)
            dots[cell] = dots.get(cell, 0) | _BITS[y % 4][x % 2]
    return dots


def _ring_labels(rings: tuple[float, ...], scale: float, origin: Cell, width: int, taken: set[Cell]) -> Iterator[Label]:
    """Write on each ring how far it is out, where that covers nothing."""
    for miles in rings:
        text = _("{miles} mi").format(miles=as_short(miles))
        for degrees in _LABEL_ANGLES:
            x = origin[0] + miles * scale * sin(radians(degrees))
            y = origin[1] - miles * scale * cos(radians(degrees))
            label = Label(int(x // 2) - (cell_len(text) - 1) // 2, int(y // 4), text)
            if 0 <= label.column <= width - cell_len(text) and not _with_margin(label) & taken:
                taken |= _cells(label)
                yield label
                break


def _marks(pins: Sequence[Pin], cells: Sequence[Cell], width: int, taken: set[Cell]) -> Iterator[Mark]:
    """Put each number beside its place; where it finds no room, the list still tells it, and so does choosing it."""
    labelled: set[Cell] = set()
    for pin, (column, row) in zip(pins, cells, strict=True):
        # Another place in the same cell has its number there: nobody could tell which of two is whose.
        if (column, row) in labelled:
            yield Mark(pin, column, row, None)
            continue
        label = _number_label(str(pin.number), column, row, width, taken)
        if label is not None:
            taken |= _cells(label)
            labelled.add((column, row))
        yield Mark(pin, column, row, label)


def _number_label(text: str, column: int, row: int, width: int, taken: set[Cell]) -> Label | None:
    """Return the number at the right or left of its place; one that touches two places belongs to neither."""
    others = taken - {(column, row)}
    for left in (column + 1, column - len(text)):
        label = Label(left, row, text)
        if 0 <= left <= width - len(text) and not _with_margin(label) & others and not _cells(label) & taken:
            return label
    return None


def _cells(label: Label) -> set[Cell]:
    return {(label.column + at, label.row) for at in range(cell_len(label.text))}


def _with_margin(label: Label) -> set[Cell]:
    return _cells(Label(label.column - 1, label.row, f" {label.text} "))
