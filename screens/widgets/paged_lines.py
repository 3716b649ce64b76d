"""Lines that a finger turns over by the page. What stands in them is the subclass's business."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from textual.events import Click
from textual.geometry import Region
from textual.strip import Strip

from screens.actions import PAGE_DOWN, PAGE_UP
from screens.widgets.action_row import ActionRow
from screens.widgets.drawn import Piece, strip_of
from screens.widgets.lines import Lines
from screens.widgets.pager import Pager
from screens.widgets.target import LEAST_ROWS, Target, target_at


class PagedLines(Lines):
    """Where not all fits, its upper half turns back and its lower one on, and signs at the edge say so."""

    @abstractmethod
    def laid(self, width: int) -> Iterable[Sequence[Piece]]:
        """Return all lines at a width."""

    def lay(self) -> None:
        """Lay the lines out for the width that the pager leaves, if it is needed."""
        width, height = self.size
        lines = [tuple(line) for line in self.laid(width)] if width else []
        if len(lines) > height:
            lines = [
                tuple(line)
                for line in self.laid(width - Pager(height, has_more_above=True, has_more_below=True).columns)
            ]
        self.show(lines)
        self.refresh()

    @property
    def is_cut(self) -> bool:
        """Whether there is more than fits."""
        return self.length > self.size.height > 0

    def resized(self) -> None:
        """Lay out anew for the new size."""
        self.lay()
        super().resized()

    def move(self, by: int) -> None:
        """Move the window, and show where it can still be moved."""
        super().move(by)
        self.refresh()

    def targets(self) -> Iterable[Target]:
        """Return the two halves while there is more than fits."""
        half = self.size.height // 2
        if self.is_cut and half >= LEAST_ROWS:
            width = self.size.width
            pager = self._pager
            yield Target(PAGE_UP.name, Region(0, 0, width, half), enabled=pager.has_more_above, repeats=True)
            below = Region(0, half, width, self.size.height - half)
            yield Target(PAGE_DOWN.name, below, enabled=pager.has_more_below, repeats=True)
        elif self.is_cut:
            yield from self._pager.targets(self.size.width - self._pager.columns)

    def on_click(self, event: Click) -> None:
        """Tell which page is wanted, as its key tells it."""
        event.stop()
        if (hit := target_at(self, event.x, event.y)) is not None:
            self.post_message(ActionRow.Chosen(hit.name))

    def render_line(self, y: int) -> Strip:
        """Draw one row, and beside it the ways to other pages."""
        columns = self._pager.columns if self.is_cut else 0
        strip = self.row_of(y, self.size.width - columns)
        return Strip.join([strip, strip_of(self, self._pager.row(y), columns)]) if columns else strip

    @property
    def _pager(self) -> Pager:
        height = self.size.height
        return Pager(height, has_more_above=self.top > 0, has_more_below=self.top + height < self.length)
