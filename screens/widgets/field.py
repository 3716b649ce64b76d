"""Shows what is being typed or scanned. Takes no keys itself: the app gathers them, so that bursts stay in order."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.events import Click, Resize
from textual.geometry import Offset, Region
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.words.plain import broken, plain, shorten
from screens.clerk_actions import KEYBOARD
from screens.widgets.action_row import ActionRow
from screens.widgets.drawn import Drawn, Piece, is_large, strip_of
from screens.widgets.focus import Focusable, Point, next_turn
from screens.widgets.target import LEAST_ROWS, Target


class Field(Drawn, Focusable):
    """A label, and under it the text, or a hint while there is none. The terminal's own cursor stands at its end."""

    text: reactive[str] = reactive("")

    def __init__(self, label: str, hint: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.label = label
        self._hint = hint

    def say(self, label: str, hint: str) -> None:
        """Say something else above it, and in it while nothing is typed."""
        self.label, self._hint = label, hint
        self.refresh()

    def watch_text(self) -> None:
        """Take the focus: somebody typed."""
        self.focus_turn = next_turn()

    def focus_point(self) -> Point:
        """Return the cell behind the text."""
        room = max(self.size.width - 4, 0)
        return Point(Offset(2 + (cell_len(self._shown(room)) if self.text else 0), 1), takes_text=True)

    def targets(self) -> Iterable[Target]:
        """Return all of it, while it has the height for a finger."""
        if self.outer_size.height >= LEAST_ROWS:
            yield Target(KEYBOARD.name, Region(0, 0, *self.outer_size))

    def on_click(self, event: Click) -> None:
        """Ask for letters to type with."""
        event.stop()
        self.post_message(ActionRow.Chosen(KEYBOARD.name))

    def on_resize(self, event: Resize) -> None:
        """Let a hint that is too long for its row go on in the next one."""
        self.set_class(cell_len(self._hint) > event.size.width - 5, "-long-hint")

    def render_line(self, y: int) -> Strip:
        """Draw the label or the text."""
        width = self.size.width
        room = max(width - 4, 0)
        rows: dict[int, list[Piece]] = {
            0: [("  ", ""), (shorten(self.label, room), "bold $chosen")],
            1: [("  ", ""), *self._line(room)],
            2: [("   ", ""), (self._hints(room)[1], "$quiet")] if not self.text else [],
        }
        return strip_of(self, rows.get(y, []), width)

    def _hints(self, room: int) -> tuple[str, str]:
        """Return the hint in two rows, the second only where there is one; none in large print."""
        if is_large(self):
            return "", ""
        if self.size.height <= 2:
            return shorten(self._hint, max(room - 1, 0)), ""
        first, *rest = broken(self._hint, room - 1) or [""]
        return first, shorten(" ".join(rest), room - 1)

    def _line(self, room: int) -> list[Piece]:
        if not self.text:
            return [(" ", ""), (self._hints(room)[0], "$quiet")]
        return [(self._shown(room), "bold")]

    def _shown(self, room: int) -> str:
        # Only the end is seen, so only the end is made plain: not the whole of a long text with each key.
        return shorten(plain(self.text[-2 * room - 8 :]), max(room - 1, 1), "start")
