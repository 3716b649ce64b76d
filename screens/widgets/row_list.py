"""A virtual list of drawn rows: only what is visible costs anything. What a row says is the subclass's business."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from textual.events import Click, Resize
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kiosk.words.plain import broken, fit
from kiosk.words.signs import LOWER_HALF, UPPER_HALF
from screens.widgets.action_row import ActionRow
from screens.widgets.drawn import Piece, strip_of
from screens.widgets.focus import AT_REST, Focusable, Point, next_turn
from screens.widgets.pager import Pager
from screens.widgets.target import Target, target_at

Row = TypeVar("Row")


class RowList(ScrollView, Focusable, Generic[Row], can_focus=False, can_focus_children=False):
    """A list with a highlight that the owner moves; a tap highlights the row and posts `Chosen`.

    Between rows lies a line of its own, whose halves belong to the rows above and below: so the highlighted row has
    air around it, and a finger that lands a little low still hits.
    """

    ALLOW_SELECT = False

    highlighted: reactive[int | None] = reactive(None)
    """The index of the highlighted row; None in an empty list, or where nothing shall be proposed."""

    @dataclass
    class Chosen(Message):
        """A row was tapped."""

        index: int
        row: object = field(default=None, compare=False)
        """What stood there; the list may hold something else by the time that this is read."""

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        empty: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._rows = tuple(rows)
        self._empty = empty
        self.goes_on = False, False
        """Whether the list goes on before and after its rows: then there are pages to turn although all of them fit."""
        self.set_reactive(RowList.highlighted, 0 if self._rows else None)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What the list holds."""
        return self._rows

    @property
    def empty(self) -> str:
        """The sentence shown instead of rows."""
        return self._empty

    @empty.setter
    def empty(self, empty: str) -> None:
        self._empty = empty
        self.refresh()

    def show(self, rows: Sequence[Row], highlighted: int | None = 0, *, empty: str | None = None) -> None:
        """Replace the rows, the highlight, and where it is given the sentence for no rows."""
        # A list that begins anew is no longer where somebody moved.
        if not highlighted and self._rows != tuple(rows):
            self.focus_turn = AT_REST
        self._rows = tuple(rows)
        self._empty = self._empty if empty is None else empty
        self.highlighted = highlighted if self._rows else None
        self._measure()
        self.refresh()

    def move(self, by: int) -> None:
        """Move the highlight by so many rows; it stops at the ends."""
        if self._rows:
            self.focus_turn = next_turn()
            self.highlighted = 0 if self.highlighted is None else self.highlighted + by

    def page(self, by: int) -> None:
        """Turn so many windows full of rows over, and highlight the first that is new; at an end, the one there."""
        if not self._rows:
            return
        self.focus_turn = next_turn()
        first, whole = self.scroll_offset.y // self.pitch, max(1, (self.size.height - 1) // self.pitch)
        is_at_end = first == 0 if by < 0 else first + whole >= len(self._rows)
        self.highlighted = by * len(self._rows) if is_at_end else first + by * whole
        self.scroll_to(y=(self.highlighted or 0) * self.pitch, animate=False, force=True, immediate=True)

    def focus_point(self) -> Point | None:
        """Return the beginning of the highlighted row."""
        if self.highlighted is None:
            return None
        return Point(Offset(0, self.highlighted * self.pitch + 1 - self.scroll_offset.y))

    @property
    def lines(self) -> int:
        """How many lines of text a row has at the present width."""
        return 1

    @property
    def pitch(self) -> int:
        """How many lines lie from one row to the next."""
        return self.lines + 1

    @abstractmethod
    def draw(self, row: Row, line: int, width: int, *, highlighted: bool) -> list[Piece]:
        """Return one line of a row, of exactly that width or less."""

    def validate_highlighted(self, index: int | None) -> int | None:
        """Keep the highlight inside the list."""
        return None if index is None or not self._rows else min(max(index, 0), len(self._rows) - 1)

    def watch_highlighted(self) -> None:
        """Bring the highlighted row into view."""
        if self.is_mounted:
            self._follow()
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Fit the number of lines to the new width."""
        if event.size:
            self._measure()

    def targets(self) -> Iterable[Target]:
        """Return the rows of which a part is seen, each with the line beneath it, and the ways to other pages."""
        columns, scrolled = self._columns, self.scroll_offset.y
        first, most = max(scrolled - 1, 0) // self.pitch, self.size.height // self.pitch + 2
        for index in range(first, min(first + most, len(self._rows))):
            # Above the first row lies a line too, which belongs to that row alone.
            above = index == 0
            top = index * self.pitch + 1 - above - scrolled
            yield Target(f"row({index})", Region(0, top, columns, self.pitch + above))
        if (pager := self._pager) is not None:
            yield from pager.targets(columns)

    def on_click(self, event: Click) -> None:
        """Highlight and post the row under the finger, or tell that a page is to be turned as its key tells it."""
        event.stop()
        hit = target_at(self, event.x, event.y)
        if hit is None:
            return
        if hit.repeats:
            self.post_message(ActionRow.Chosen(hit.name))
            return
        index = max(event.y + self.scroll_offset.y - 1, 0) // self.pitch
        self.highlighted = index
        self.post_message(self.Chosen(index, self._rows[index]))

    @property
    def _pager(self) -> Pager | None:
        """The ways to other pages; None where everything fits."""
        top, height, last = self.scroll_offset.y, self.size.height, len(self._rows) * self.pitch
        before, after = self.goes_on
        if not self._rows or not (before or after or last > height):
            return None
        return Pager(height, before or top > 0, after or last > top + height)

    @property
    def _columns(self) -> int:
        """How many columns the rows have."""
        return self.size.width - (self._pager.columns if self._pager is not None else 0)

    def render_line(self, y: int) -> Strip:
        """Draw one visible line, and beside it the ways to other pages."""
        strip = self._row_line(y, self._columns)
        pager = self._pager
        if pager is None:
            return strip
        return Strip.join([strip, strip_of(self, pager.row(y), pager.columns)])

    def _row_line(self, y: int, width: int) -> Strip:
        if not self._rows:
            lines = broken(self._empty, width - 3)
            at = y - min(max((self.size.height - 1) // 2, 0), 1)
            return strip_of(self, [(fit(f"  {lines[at]}", width), "$quiet")] if 0 <= at < len(lines) else [], width)
        at = y + self.scroll_offset.y - 1
        # The line above the first row is -1, which `divmod` makes the last line of a row -1: the one between.
        index, line = divmod(at, self.pitch)
        if line == self.lines:
            return strip_of(self, self._between(index, width), width)
        if 0 <= index < len(self._rows):
            lit = index == self.highlighted
            return strip_of(
                self, self.draw(self._rows[index], line, width, highlighted=lit), width, "on $chosen" if lit else ""
            )
        return strip_of(self, [], width)

    def _between(self, above: int, width: int) -> list[Piece]:
        """Draw the line under a row: half of it belongs to the highlighted row beside it."""
        if self.highlighted is None or not width:
            return []
        if above == self.highlighted:
            return [(UPPER_HALF * width, "$chosen")]
        return [(LOWER_HALF * width, "$chosen")] if above + 1 == self.highlighted else []

    def _measure(self) -> None:
        if not self.is_mounted:
            return
        # One more for the line above the first row.
        self.virtual_size = Size(self.size.width, len(self._rows) * self.pitch + 1 if self._rows else 0)
        self._follow()

    def _follow(self) -> None:
        if self.highlighted is None:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
            return
        first = self.highlighted * self.pitch
        last = first + self.pitch
        top, height = self.scroll_offset.y, self.size.height
        if first < top:
            self.scroll_to(y=first, animate=False, force=True, immediate=True)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, force=True, immediate=True)
