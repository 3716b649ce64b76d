"""Where each door of a bank stands in a given number of columns and rows. Numbers only; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

from kiosk.words.language import _, ngettext
from kiosk.words.plain import fit, plain
from kiosk.words.states import size_word

SIZE_ORDER = ("small", "medium", "large", "mlarge")
"""The documented sizes; a test compares it with the model's, which would cost the first frame too much."""


@dataclass(frozen=True, slots=True)
class Door:
    """One unit as the wall shows it; `state` is one of the five words of `UnitState`."""

    number: str
    size: str
    state: str
    accessible: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A door's place: the columns and rows that are painted."""

    door: Door
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Label:
    """A word beside or above the doors of one size."""

    top: int
    text: str
    heading: bool = True


@dataclass(frozen=True, slots=True)
class Density:
    """A way of drawing: rows of a door, blank rows beneath, the least width, what each larger size adds to it."""

    height: int
    gap: int
    width: int
    step: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The wall as arranged."""

    spots: tuple[Spot, ...] = ()
    labels: tuple[Label, ...] = ()
    height: int = 0
    density: Density = Density(1, 0, 7, 1)

    @property
    def filled(self) -> bool:
        """Whether doors are painted as plates; without a gap they would run together."""
        return self.density.gap > 0

    @property
    def touchable(self) -> bool:
        """Whether a door with its gap takes at least three rows and eight columns."""
        return self.density.height + self.density.gap >= 3 and self.density.width + 1 >= 8

    def row(self, y: int) -> list[Spot]:
        """Return the doors painted in a row, from left to right."""
        return [spot for spot in self.spots if spot.top <= y < spot.top + spot.height]

    def beside(self, number: str, columns: int, rows: int) -> str | None:
        """Return the number of the next door in a direction, the nearest one; None where there is none."""
        here = next((spot for spot in self.spots if spot.door.number == number), None)
        if here is None:
            return self.spots[0].door.number if self.spots else None
        if columns:
            row = sorted((spot for spot in self.spots if spot.top == here.top), key=lambda spot: spot.left)
            at = row.index(here) + columns
            return row[at].door.number if 0 <= at < len(row) else None
        tops = sorted({spot.top for spot in self.spots})
        at = tops.index(here.top) + rows
        if not 0 <= at < len(tops):
            return None
        middle = here.left + here.width / 2
        across = [spot for spot in self.spots if spot.top == tops[at]]
        return min(across, key=lambda spot: abs(spot.left + spot.width / 2 - middle)).door.number


DENSITIES = (
    Density(height=3, gap=1, width=14, step=3),
    Density(height=3, gap=1, width=12, step=2),
    Density(height=2, gap=1, width=12, step=2),
    Density(height=2, gap=1, width=8, step=1),
    Density(height=1, gap=1, width=7, step=1),
    Density(height=1, gap=0, width=7, step=1),
)
"""From roomy to dense; the first that fits is taken, else the last, which then scrolls."""


def plan_doors(doors: Sequence[Door], width: int, height: int) -> Plan:
    """Arrange the doors by size, as roomily as the space allows."""
    plan = Plan()
    for density in DENSITIES:
        plan = _arrange(doors, width, density)
        if plan.height <= height:
            break
    return plan


def _rank(size: str) -> int:
    return SIZE_ORDER.index(size) if size in SIZE_ORDER else len(SIZE_ORDER)


def _arrange(doors: Sequence[Door], width: int, density: Density) -> Plan:
    # Sizes nobody documented share a rank: their names keep each together, as `groupby` needs it.
    # Within a size the sorting is stable, so that the bank's own order stays.
    ordered = sorted(doors, key=lambda door: (_rank(door.size), "" if door.size in SIZE_ORDER else door.size))
    groups = [(plain(size_word(size)), list(members)) for size, members in groupby(ordered, key=lambda door: door.size)]
    number = min(max((cell_len(plain(door.number)) for door in doors), default=1), 10)
    free = [sum(door.state == "free" for door in members) for _size, members in groups]
    counts = [ngettext("{count} free", "{count} free", count).format(count=count) for count in free]
    margin = 3 + max((min(cell_len(text), 10) for text in (*counts, *(size for size, _members in groups))), default=0)
    # In a narrow window words beside the doors would take more than a quarter of it: there they stand above.
    beside = width >= 4 * margin
    spots: list[Spot] = []
    labels: list[Label] = []
    top = 0
    for rank, (size, members) in enumerate(groups):
        own = min(max(density.width, number + 5) + rank * density.step, max(width - (margin if beside else 1), 1))
        left = margin if beside else 1
        columns = max((width - left) // (own + 1), 1)
        labels.append(Label(top, " " + fit(size or _("any"), margin - 2)))
        if not beside:
            top += 1
        rows = -(-len(members) // columns)
        if beside and (rows > 1 or density.height > 1):
            labels.append(Label(top + 1, " " + fit(counts[rank], margin - 2), heading=False))
        spots += [
            Spot(
                door,
                left + (index % columns) * (own + 1),
                top + (index // columns) * (density.height + density.gap),
                own,
                density.height,
            )
            for index, door in enumerate(members)
        ]
        top += rows * (density.height + density.gap)
    return Plan(tuple(spots), tuple(labels), max(top - density.gap, 0), density)
