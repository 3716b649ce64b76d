"""Two large targets beside what is longer than its window: a page up, a page down. Turns no page itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.geometry import Region

from kiosk.words.signs import ARROW_DOWN, ARROW_UP
from screens.actions import PAGE_DOWN, PAGE_UP, Action
from screens.widgets.drawn import Piece
from screens.widgets.target import LEAST_COLUMNS, LEAST_ROWS, Target


class _Way(NamedTuple):
    """One target: what it does, its sign, whether there is a page there, and its cells."""

    action: Action
    sign: str
    is_on: bool
    left: int
    top: int
    rows: int


class Pager(NamedTuple):
    """The targets beside a window of so many rows: one over the other, or where it is low, side by side."""

    rows: int
    has_more_above: bool
    has_more_below: bool

    @property
    def _is_low(self) -> bool:
        return self.rows < 2 * LEAST_ROWS

    @property
    def columns(self) -> int:
        """How many columns of the window it takes, with the one that keeps it apart; none where no target fits."""
        if self.rows < LEAST_ROWS:
            return 0
        return (2 if self._is_low else 1) * (LEAST_COLUMNS + 1)

    def targets(self, left: int) -> Iterable[Target]:
        """Return both, where the pager begins at a column; a page is turned as often as it is tapped."""
        for way in self._ways():
            region = Region(left + way.left, way.top, LEAST_COLUMNS, way.rows)
            yield Target(way.action.name, region, enabled=way.is_on, repeats=True)

    def row(self, y: int) -> list[Piece]:
        """Return one row of both."""
        pieces: list[Piece] = []
        for way in self._ways():
            if way.top <= y < way.top + way.rows:
                sign = way.sign if y - way.top == (way.rows - 1) // 2 else ""
                style = "bold $foreground on $tile" if way.is_on else "$quiet on $tile-off"
                pieces += [(" ", ""), (sign.center(LEAST_COLUMNS), style)]
        return pieces or [(" " * self.columns, "")]

    def _ways(self) -> tuple[_Way, ...]:
        up, down = (PAGE_UP, ARROW_UP, self.has_more_above), (PAGE_DOWN, ARROW_DOWN, self.has_more_below)
        if not self.columns:
            return ()
        if self._is_low:
            return _Way(*up, 1, 0, self.rows), _Way(*down, 2 + LEAST_COLUMNS, 0, self.rows)
        half = self.rows // 2
        # A row of its own keeps them apart where there is one to spare.
        gap = 1 if self.rows > 2 * LEAST_ROWS else 0
        return _Way(*up, 1, 0, half), _Way(*down, 1, half + gap, self.rows - half - gap)
