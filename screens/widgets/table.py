"""A dense table for keys: one line a row, aligned columns, a highlight that moves by the page at the edges.

Text and tones come in, nothing goes out: the screen moves the highlight and asks where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.geometry import Offset
from textual.reactive import reactive

from kiosk.words.language import _
from kiosk.words.plain import Where, broken, fit
from kiosk.words.signs import ARROW, ELLIPSIS, MIDDLE_DOT
from screens.widgets.drawn import Piece
from screens.widgets.focus import Focusable, Point
from screens.widgets.lines import Line, Lines

_MARK = 3
_GAP = 2
_LEAST, _LEAST_OUTSIDE = 4, 8
"""Columns that everything keeps, and that what is from outside keeps beside words of ours."""
_DOT = f" {MIDDLE_DOT} "
"""Stands between the parts of a text."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, translated when shown, its least width, and which share it takes of what is left over."""

    head: str
    width: int
    grows: int = 0
    cut: Where = "end"
    """Which part of a text that is too long gives way."""
    right: bool = False
    is_ours: bool = False
    """It holds words of ours: it is as wide as the first part of the longest, up to a dot, and loses whole parts."""
    is_spare: bool = False
    """It goes where words of ours need its room."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: what it is known by, its texts, and a theme token for each text where it has one."""

    key: str
    cells: tuple[str, ...]
    tones: tuple[str, ...] = ()


class Table(Lines, Focusable):
    """Rows under heads. While nothing moves and nothing changes, nothing is painted."""

    highlighted: reactive[int] = reactive(0, repaint=False)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        heads: bool = True,
        stays_on_top: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: tuple[TableRow, ...] = ()
        self._ours = [0] * len(self._columns)
        """How wide the words of ours are, by columns."""
        self._empty = empty
        self._above: tuple[Line, ...] = ()
        self._has_heads = heads
        self._stays_on_top = stays_on_top

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """What the table holds."""
        return self._rows

    @property
    def chosen(self) -> str | None:
        """The key of the highlighted row; None in an empty table."""
        return self._rows[self.highlighted].key if self.highlighted < len(self._rows) else None

    def show_rows(self, rows: Sequence[TableRow], *, empty: str | None = None) -> None:
        """Replace the rows; the highlight stays on its row, wherever that is now.

        A table that `stays_on_top` shows what is new while the first row is highlighted.
        """
        key, at = self.chosen, self.highlighted
        self._rows = tuple(rows)
        self._ours = [
            max(
                (_width_of_ours(row.cells[index]) for row in self._rows if index < len(row.cells)),
                default=0,
            )
            if column.is_ours
            else 0
            for index, column in enumerate(self._columns)
        ]
        if empty is not None:
            self._empty = empty
        again = next((index for index, row in enumerate(self._rows) if row.key == key), None)
        # Whoever has moved down is reading: there new rows must push nothing away.
        if self._stays_on_top and at == 0:
            again = 0
        if again is not None:
            self._top += again - at  # the same row at the same height, so that reading goes on
        self.highlighted = min(at, max(len(self._rows) - 1, 0)) if again is None else again
        self.update_lines()

    def show_above(self, lines: Iterable[Sequence[Piece]]) -> None:
        """Let lines stand above the table: as part of it, for a widget that changes its height is painted twice."""
        self._above = tuple(tuple(line) for line in lines)
        self.update_lines()

    def move(self, by: int) -> None:
        """Move the highlight by so many rows; it stops at the ends."""
        self.highlighted = max(min(self.highlighted + by, len(self._rows) - 1), 0)

    def page(self, by: int) -> None:
        """Move the highlight by so many windows full."""
        self.move(by * max(self._window - 1, 1))

    def focus_point(self) -> Point | None:
        """Return the beginning of the highlighted row."""
        return Point(Offset(0, self._heads + self.highlighted - self._top)) if self._rows else None

    def watch_highlighted(self) -> None:
        """Bring the row into the window: by a page, so that a step repaints two rows and seldom the whole."""
        if self.is_mounted:
            self.update_lines()

    @property
    def _heads(self) -> int:
        return len(self._above) + self._has_heads

    @property
    def _window(self) -> int:
        return max(self.size.height - self._heads, 1)

    def update_lines(self) -> None:
        """Turn the page where the highlight left it, then paint what changed."""
        at, window = self.highlighted, self._window
        if at < self._top:
            self._top = max(at - window + 1, 0)
        elif at >= self._top + window:
            self._top = at
        self._lines = ((),) * (len(self._rows) + self._heads)  # how far the window may go
        super().update_lines()

    def line(self, y: int) -> tuple[Line, str]:
        """Return the heads or a row."""
        if y < len(self._above):
            return self._above[y], ""
        if not self._rows:
            lines = broken(self._empty, self.size.width - _MARK - 1)
            at = y - self._heads
            return (((" " * _MARK + lines[at], "$quiet"),), "") if 0 <= at < len(lines) else ((), "")
        widths = self._widths()
        if y < self._heads:
            heads = [fit(_(column.head), width, right=column.right) for _index, column, width in widths]
            return ((" " * _MARK + (" " * _GAP).join(heads), "$quiet"),), ""
        at = self._top + y - self._heads
        if at >= len(self._rows):
            return (), ""
        row, lit = self._rows[at], at == self.highlighted
        cells = [_cell(column, width, row.cells[index]) for index, column, width in widths if index < len(row.cells)]
        # In one style: the tones of the cells are made for the normal ground, not for that of the chosen row.
        if lit:
            text = f" {ARROW} " + (" " * _GAP).join(cells)
            return ((text, "bold $chosen-text on $chosen"),), "on $chosen"
        tones = tuple(row.tones[index] if index < len(row.tones) else "" for index, _column, _width in widths)
        return tuple(_joined(cells, tones)), ""

    def _widths(self) -> list[tuple[int, Column, int]]:
        """Return the columns that are shown by their places, each with its width."""
        least = [
            max(column.width, cell_len(_(column.head)), self._ours[index] if column.is_ours else 0)
            for index, column in enumerate(self._columns)
        ]
        shown = list(range(len(self._columns)))
        room = self.size.width - _MARK - 1
        for index in reversed(range(len(self._columns))):
            wanted = sum(least[each] for each in shown) + _GAP * (len(shown) - 1)
            if self._columns[index].is_spare and wanted > room:
                shown.remove(index)
        columns = [self._columns[index] for index in shown]
        widths = _shared(columns, [least[index] for index in shown], room)
        return list(zip(shown, columns, widths, strict=True))


def _joined(cells: Sequence[str], tones: tuple[str, ...]) -> list[Piece]:
    """Put neighbours of one tone into one piece: every change of tone costs bytes."""
    pieces: list[Piece] = []
    lead = " " * _MARK
    for index, cell in enumerate(cells):
        tone = (tones[index] if index < len(tones) else "") or "foreground"
        style = tone if tone.startswith("bold") else f"${tone}"
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + lead + cell, style)
        else:
            pieces.append((lead + cell, style))
        lead = " " * _GAP
    return pieces


def _width_of_ours(text: str) -> int:
    """Return the cells of the first part of a text, and of what tells that there is more."""
    first, dot, _rest = text.partition(_DOT)
    return cell_len(first) + (2 if dot else 0)


def _cell(column: Column, width: int, text: str) -> str:
    """Return a text in exactly so many cells; of words of ours whole parts are left out, as long as one is left."""
    if column.is_ours and cell_len(text) > width:
        parts = text.split(_DOT)
        while len(parts) > 1 and cell_len(_DOT.join(parts)) + 2 > width:
            parts.pop()
        text = f"{_DOT.join(parts)} {ELLIPSIS}"
    return fit(text, width, column.cut, right=column.right)


def _shared(columns: Sequence[Column], least: Sequence[int], room: int) -> list[int]:
    """Share the width: what is left over goes to the growing columns, what is missing comes from the widest.

    Words of ours give way once the others are narrow.
    """
    widths = list(least)
    spare = room - sum(widths) - _GAP * (len(columns) - 1)
    shares = sum(column.grows for column in columns)
    if spare > 0 and shares:
        growing = [index for index, column in enumerate(columns) if column.grows]
        for index in growing:
            widths[index] += spare * columns[index].grows // shares
        # The division leaves a few columns over.
        widths[growing[-1]] += room - sum(widths) - _GAP * (len(columns) - 1)
    others = [index for index, column in enumerate(columns) if not column.is_ours]
    for giving, limit in ((others, _LEAST_OUTSIDE), (range(len(columns)), _LEAST)):
        while spare < 0 and max((widths[index] for index in giving), default=0) > limit:
            widths[max(giving, key=lambda index: widths[index])] -= 1
            spare += 1
    return widths
