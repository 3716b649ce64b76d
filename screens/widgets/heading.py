"""One row above a content: what it is about, and a quiet word at the right."""

from __future__ import annotations

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.words.plain import Where, shorten
from screens.widgets.drawn import Drawn, is_large, strip_of


class Heading(Drawn):
    """A bold text at the left, a quiet one at the right that gives way first."""

    sentence_rank = 2
    """How early a screen's one sentence is looked for here; see `screens/cursor.py`."""
    text: reactive[str] = reactive("")
    aside: reactive[str] = reactive("")

    def __init__(self, text: str = "", aside: str = "", *, id: str | None = None, cut: Where = "end") -> None:
        super().__init__(id=id)
        self._cut: Where = cut
        self.set_reactive(Heading.text, text)
        self.set_reactive(Heading.aside, aside)

    def render_line(self, y: int) -> Strip:
        """Draw the row."""
        width = self.size.width
        if y:
            return strip_of(self, [], width)
        room = max(width - 4, 0)
        text = shorten(self.text, room, self._cut)
        aside = "" if is_large(self) else shorten(self.aside, max(room - cell_len(text) - 2, 0))
        gap = " " * (room - cell_len(text) - cell_len(aside))
        return strip_of(self, [("  ", ""), (text, "bold"), (gap, ""), (aside, "$quiet")], width)
