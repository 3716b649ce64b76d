"""Plain text that the stylesheet places and tones: for names, places and times from outside."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive

from kiosk.words.plain import broken, shorten
from screens.widgets.drawn import Drawn


class Words(Drawn):
    """One text; too long a one for its rows ends in an ellipsis. Takes no room while it is empty.

    It has one row, unless `rows` says otherwise and the stylesheet lets its height be `auto`.
    """

    sentence_rank = 3
    """How early a screen's one sentence is looked for here; see `screens/cursor.py`."""
    text: reactive[str] = reactive("", layout=True)

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None, rows: int = 1) -> None:
        super().__init__(id=id, classes=classes)
        self._rows = rows
        self.text = text

    def watch_text(self, text: str) -> None:
        """Take room only for something."""
        self.display = bool(text)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for the rows that the text takes at this width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the text in the width there is."""
        return Content("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        if self._rows == 1 or width < 1:
            return [shorten(self.text, width)]
        lines = broken(self.text, width)
        head, rest = lines[: self._rows - 1], " ".join(lines[self._rows - 1 :])
        return [shorten(line, width) for line in (*head, *([rest] if rest else []))]
