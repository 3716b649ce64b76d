"""A map of what lies around the desk: rings of distance, north up, places numbered as in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from kiosk.words.language import N_, _
from kiosk.words.plain import shorten
from kiosk.words.signs import ARROW, ARROW_BACK, CONSOLE, DIAMOND, FULL, HOLLOW, MIDDLE_DOT
from screens.finder.coordinates import Point
from screens.finder.map_layout import Label, MapLayout, Mark, Pin, lay_out_map
from screens.widgets.drawn import Drawn, Piece, in_cells, in_rows, strip_of
from screens.widgets.target import Target

if TYPE_CHECKING:
    from textual.events import Click, Resize
    from textual.strip import Strip

NORTH = N_("N")
_BRAILLE = 0x2800
_SIGNS = {
    True: (FULL, N_("open"), "bold $free"),
    False: (HOLLOW, N_("closed"), "$occupied"),
    None: ("?", N_("unsure"), "$unknown"),
}
_RING, _RING_LABEL = "$border-blurred", "$quiet"
_LIT = "bold $chosen-text on $chosen"


class FacilityMap(Drawn):
    """Shows places around a middle. What does not change by moving through the list is drawn once and kept."""

    chosen: reactive[int | None] = reactive(None, repaint=False)
    """The number of the place that is marked."""

    @dataclass
    class Chosen(Message):
        """A place was tapped."""

        number: int

    def __init__(self) -> None:
        super().__init__()
        self._pins: tuple[Pin, ...] = ()
        self._middle: Point | None = None
        self._middle_name = ""
        self._layout = MapLayout()
        self._kept: dict[tuple[str, int], Strip] = {}
        """Rows without the chosen place, by theme and row."""

    def show(self, pins: Sequence[Pin], middle: Point, middle_name: str) -> None:
        """Show other places; `middle_name` says in a word what lies in the middle."""
        self._pins, self._middle, self._middle_name = tuple(pins), middle, middle_name
        self._arrange()

    def clear(self) -> None:
        """Show nothing."""
        self._pins, self._middle = (), None
        self._arrange()

    def watch_chosen(self, before: int | None, now: int | None) -> None:
        """Draw again the two rows that change."""
        marks = [self._layout.mark(before), self._layout.mark(now)]
        rows = {mark.row for mark in marks if mark is not None}
        if rows:
            self.refresh(*(Region(0, row, self.size.width, 1) for row in rows))

    def on_resize(self, event: Resize) -> None:
        """Arrange everything anew for the new size."""
        if event.size:
            self._arrange()

    def targets(self) -> Iterable[Target]:
        """Return the whole map while it shows a place: what is nearest to the finger is meant."""
        if self._pins:
            yield Target("map", Region(0, 0, *self.size))

    def on_click(self, event: Click) -> None:
        """Post the place that is nearest to the finger."""
        event.stop()
        mark = self._layout.nearest(event.x, event.y)
        if mark is not None:
            self.post_message(self.Chosen(mark.pin.number))

    def render_line(self, y: int) -> Strip:
        """Draw one row of the map, or the legend in the last one."""
        chosen = self._layout.mark(self.chosen)
        if chosen is not None and chosen.row == y:
            return strip_of(self, self._pieces(y, chosen), self.size.width)
        # A strip holds the colours of its theme.
        key = (self.app.theme, y)
        if key not in self._kept:
            self._kept[key] = strip_of(self, self._pieces(y), self.size.width)
        return self._kept[key]

    def _arrange(self) -> None:
        self._kept.clear()
        self._layout = MapLayout()
        if self._middle is not None:
            self._layout = lay_out_map(self._pins, self._middle, self.size.width, self.size.height - 1)
        self.refresh()

    def _pieces(self, y: int, chosen: Mark | None = None) -> list[Piece]:
        if y == self.size.height - 1:
            return self._legend()
        flag = _flag(chosen, self._layout.width) if chosen is not None else None
        cells = self._row(y, flag)
        joined = groupby(cells, key=lambda cell: cell[1])
        return [("".join(sign for sign, _ in group), style) for style, group in joined]

    def _row(self, y: int, flag: Label | None) -> list[Piece]:
        """Return the cells of a row, from what lies at the bottom to what lies on top."""
        cells = self._ground(y)
        # The first in the list is drawn last, so that of two in one cell the nearer one is seen.
        for mark in reversed(self._layout.marks):
            sign, _, style = _SIGNS[mark.pin.is_open]
            if mark.row == y:
                _write(cells, mark.column, sign, style)
            if mark.label is not None and mark.label.row == y and not _touch(mark.label, flag):
                _write(cells, mark.label.column, mark.label.text, "$foreground")
        if flag is not None:
            _write(cells, flag.column, flag.text, _LIT)
        return cells

    def _ground(self, y: int) -> list[Piece]:
        """Return the rings with their miles, north and the middle."""
        layout = self._layout
        cells: list[Piece] = [(" ", "")] * self.size.width
        for (column, row), bits in layout.dots.items():
            if row == y:
                cells[column] = (MIDDLE_DOT if CONSOLE else chr(_BRAILLE + bits), _RING)
        for ring in layout.rings:
            if ring.row == y:
                _write(cells, ring.column, ring.text, _RING_LABEL)
        for (column, row), sign, style in (
            (layout.north, _(NORTH), "bold $foreground"),
            (layout.middle, DIAMOND, "bold $attention"),
        ):
            if row == y and layout.marks:
                _write(cells, column, sign, style)
        return cells

    def _legend(self) -> list[Piece]:
        if not self._layout.marks:
            return []
        pieces: list[Piece] = [(f" {DIAMOND} ", "bold $attention"), (self._middle_name, "$quiet")]
        present = {pin.is_open for pin in self._pins}
        for is_open, (sign, word, style) in _SIGNS.items():
            if is_open in present:
                pieces += [(f" {sign} ", style), (_(word), "$quiet")]
        # The name gives way, and after it whole words.
        room = self.size.width - sum(cell_len(text) for text, _style in pieces) + cell_len(pieces[1][0])
        pieces[1] = (shorten(pieces[1][0], max(room, 0)), pieces[1][1])
        return in_rows(pieces, self.size.width)[0]


def _flag(mark: Mark, width: int) -> Label:
    """Return the chosen place's sign and number: at the side where its number stands, else where there is room."""
    number = str(mark.pin.number)
    is_at_left = mark.label is not None and mark.label.row == mark.row and mark.label.column < mark.column
    if is_at_left or mark.column + 1 + len(number) > width:
        return Label(mark.column - len(number), mark.row, f"{number}{ARROW_BACK}")
    return Label(mark.column, mark.row, f"{ARROW}{number}")


def _touch(label: Label, flag: Label | None) -> bool:
    """Tell whether a number would run into the chosen one."""
    return (
        flag is not None
        # With no blank between them two numbers read as one, so touching counts too.
        and label.column <= flag.column + len(flag.text)
        and flag.column <= label.column + len(label.text)
    )


def _write(cells: list[Piece], column: int, text: str, style: str) -> None:
    for at, sign in enumerate(in_cells(text), column):
        if 0 <= at < len(cells):
            cells[at] = (sign, style)
