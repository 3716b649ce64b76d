"""A piece of paper as it will be printed: black on white in every theme, in the middle, scrolled by keys or a tap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.words.plain import fit
from screens.widgets.drawn import ON_PAPER, Piece
from screens.widgets.paged_lines import PagedLines


class Sheet(PagedLines):
    """Lines of text of one width; what does not fit is reached by scrolling."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._columns = columns
        self._texts: tuple[str, ...] = ()

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show another paper, from its top."""
        self._texts = tuple(texts)
        self.to_end(-1)
        self.lay()

    def laid(self, width: int) -> Iterable[Sequence[Piece]]:
        """Return the paper in the middle of the widget, whatever stands at its edge."""
        del width
        margin = " " * max((self.size.width - self._columns) // 2 - 1, 0)
        return [[(margin, ""), (f" {fit(text, self._columns)} ", ON_PAPER)] for text in self._texts]
