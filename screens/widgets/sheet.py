"""A piece of paper as it will be printed: black on white in every theme, in the middle, scrolled by keys or a tap."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Click

from kiosk.words.plain import fit
from screens.widgets.drawn import ON_PAPER
from screens.widgets.lines import Lines


class Sheet(Lines):
    """Lines of text of one width; what does not fit is reached by scrolling."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._columns = columns
        self._texts: tuple[str, ...] = ()

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show another paper, from its top."""
        self._texts = tuple(texts)
        self.to_end(-1)
        self._lay()

    @property
    def is_cut(self) -> bool:
        """Whether there is more than fits."""
        return self.length > self.size.height > 0

    def resized(self) -> None:
        """Keep it in the middle."""
        self._lay()
        super().resized()

    def on_click(self, event: Click) -> None:
        """Go on a page where the lower half is tapped, and back in the upper one."""
        event.stop()
        self.page(1 if event.y >= self.size.height // 2 else -1)

    def _lay(self) -> None:
        margin = " " * max((self.size.width - self._columns) // 2 - 1, 0)
        self.show([(margin, ""), (f" {fit(text, self._columns)} ", ON_PAPER)] for text in self._texts)
