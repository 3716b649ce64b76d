"""Drawn lines that can be scrolled; only lines that changed are painted again, for a slow line pays by the byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip

from screens.widgets.drawn import Drawn, Piece, strip_of

Line = tuple[Piece, ...]


class Lines(Drawn):
    """Some lines, from the top; what does not fit is reached by scrolling."""

    sentence_rank = 4
    """How early a screen's one sentence is looked for here; see `screens/cursor.py`."""

    def __init__(self, lines: Iterable[Sequence[Piece]] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = tuple(tuple(line) for line in lines)
        self._top = 0
        self._painted: dict[int, tuple[Line, str]] = {}
        """What stands on the terminal, by row."""

    def show(self, lines: Iterable[Sequence[Piece]]) -> None:
        """Replace the lines; what stays the same costs nothing."""
        self._lines = tuple(tuple(line) for line in lines)
        self.update_lines()

    def move(self, by: int) -> None:
        """Move the window by so many lines; it stops at the ends."""
        self._top += by
        self.update_lines()

    def page(self, by: int) -> None:
        """Move by so many windows full; a line of the old one stays in sight."""
        self.move(by * max(self.size.height - 1, 1))

    def to_end(self, way: int) -> None:
        """Move to the end, or with -1 to the beginning."""
        self.move(way * self.length)

    @property
    def top(self) -> int:
        """Which line is the first in the window."""
        return self._top

    @property
    def length(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def line(self, y: int) -> tuple[Line, str]:
        """Return what stands in a row of the window, and the style of the rest of that row."""
        at = self._top + y
        return (self._lines[at] if at < len(self._lines) else ()), ""

    def update_lines(self) -> None:
        """Paint the rows anew that are not what they were."""
        width, height = self.size
        self._top = max(min(self._top, len(self._lines) - height), 0)
        for y in range(height):
            if self._painted.get(y) != self.line(y):
                self.refresh(Region(0, y, width, 1))

    def on_resize(self, event: Resize) -> None:
        """Fit to the new size."""
        if event.size:
            self.resized()

    def resized(self) -> None:
        """Fit to the new size; all of the widget is painted anyway then."""
        self.update_lines()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        return self.row_of(y, self.size.width)

    def row_of(self, y: int, width: int) -> Strip:
        """Return one row in so many cells."""
        # Noted here and not in `update_lines`: Textual also paints rows that nobody asked for, after a resize for one.
        pieces, rest = self._painted[y] = self.line(y)
        return strip_of(self, pieces, width, rest)
