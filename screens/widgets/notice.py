"""A calm strip that says one thing: what happened, and what it means. Also the sign that something is under way.

What to do stands at the end and is never cut off; what happened is shortened where both are long.

When it appears, changes or goes is the owner's decision; no timer here, and nothing moves.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.reactive import reactive

from kiosk.words.language import N_, _
from kiosk.words.plain import plain, shorten
from kiosk.words.signs import CROSS, ELLIPSIS, TICK
from screens.widgets.drawn import Drawn

ROWS = 4
"""The most that the strip takes (`max-height` in styles/widgets.tcss)."""

_NO_RULES: RulesMap = {}


class NoticeKind(StrEnum):
    """What sort of thing is said; the value is the strip's class."""

    INFO = "info"
    DONE = "done"
    TAKEN = "taken"
    LOOK = "look"
    STOP = "stop"
    WAIT = "wait"


SIGNS = {
    NoticeKind.INFO: ("i", N_("Note"), "$chosen"),
    NoticeKind.DONE: (TICK, N_("Done"), "$done"),
    NoticeKind.TAKEN: (TICK, N_("Taken in"), "$done"),
    NoticeKind.LOOK: ("!", N_("Look"), "$attention"),
    NoticeKind.STOP: (CROSS, N_("Stop"), "$broken"),
    NoticeKind.WAIT: (ELLIPSIS, "", "$quiet"),
}
"""Sign, word and tone of each; the word is translated when shown."""


class Greeting(NamedTuple):
    """What a screen says when it appears."""

    title: str = ""
    sentence: str = ""
    kind: NoticeKind = NoticeKind.LOOK


class Notice(Drawn):
    """One to four rows with sign, word, title and sentence; takes no room while it has nothing to say."""

    kind: reactive[NoticeKind] = reactive(NoticeKind.INFO)
    title: reactive[str] = reactive("", layout=True)
    sentence: reactive[str] = reactive("", layout=True)

    def __init__(
        self,
        kind: NoticeKind = NoticeKind.INFO,
        title: str = "",
        sentence: str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.say(kind, title, sentence)

    def say(self, kind: NoticeKind, title: str, sentence: str = "") -> None:
        """Show this instead of what was there."""
        self.kind, self.title, self.sentence = kind, title, sentence
        self.display = bool(title or sentence)
        self.update_classes({f"-{each}": each is kind for each in NoticeKind})

    def wait(self, title: str, sentence: str = "") -> None:
        """Say that something is under way, such as `Reserving locker 7 in AOne...`."""
        self.say(NoticeKind.WAIT, title, sentence)

    def clear(self) -> None:
        """Say nothing and take no room."""
        self.say(NoticeKind.INFO, "", "")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for the rows that the text takes at this width."""
        del container, viewport
        return min(_rows(self._fitted(width), width), ROWS)

    def render(self) -> Content:
        """Return the text; the strip's width breaks it into rows."""
        return self._fitted(self.content_size.width)

    def _fitted(self, width: int) -> Content:
        """Return the text, the title shortened until the sentence has room, then the sentence too."""
        title, sentence = plain(self.title), plain(self.sentence)
        content = self._text(title, sentence, width)
        # Where words break decides how many rows they take, so that is tried out, four columns at a time.
        for room in range(width * ROWS, 0, -4):
            if _rows(content, width) <= ROWS:
                break
            head = shorten(title, max(room - cell_len(sentence), width - 8))
            content = self._text(head, shorten(sentence, room), width)
        return content

    def _text(self, title: str, sentence: str, width: int) -> Content:
        sign, word, style = SIGNS[self.kind]
        head = f"{sign} {_(word)}  " if word else f"{sign} "
        content = Content.assemble((head, f"bold {style}"), (title, "bold $foreground"))
        if not sentence:
            return content
        fits = cell_len(head + title) + 2 + cell_len(sentence) <= width
        return content + Content.assemble("  " if fits and title else "\n", (sentence, "$foreground"))


def _rows(content: Content, width: int) -> int:
    # Before the first layout the width is 0.
    return content.get_height(_NO_RULES, width) if width > 0 else 0
