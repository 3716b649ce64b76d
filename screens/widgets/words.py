"""A line of plain text that the stylesheet places and tones: for names, places and times from outside."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from kiosk.words.plain import shorten
from screens.widgets.drawn import Drawn


class Words(Drawn):
    """One text; too long a one ends in an ellipsis. Takes no room while it is empty."""

    text: reactive[str] = reactive("", layout=True)

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.text = text

    def watch_text(self, text: str) -> None:
        """Take room only for something."""
        self.display = bool(text)

    def render(self) -> Content:
        """Return the text in the width there is."""
        return Content(shorten(self.text, self.content_size.width))
