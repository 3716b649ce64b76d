"""Still there? For the last seconds before the screen is cleared; a key, tap or scan ends it and does nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.events import Click

from kiosk.words.language import _, ngettext
from screens.actions import Action
from screens.base import ClerkScreen
from screens.people_actions import IDLE_WARNING_KEYS, STAY_HERE
from screens.widgets.big_text import BigText
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget


class IdleWarningScreen(ClerkScreen):
    """Counts down; `then` is told that somebody is there."""

    KEYMAP = IDLE_WARNING_KEYS

    def __init__(self, seconds: int, then: Callable[[], None]) -> None:
        super().__init__()
        self._seconds = seconds
        self._then = then

    def compose_content(self) -> Iterable[Widget]:
        """Return the question, the seconds that are left, and what happens then."""
        yield Words(_("Still there?"), classes="-title")
        yield BigText(str(self._seconds), double=True)
        yield Words(self._meaning())
        yield Words(_("Open work is kept: it is asked for again."), classes="-quiet")

    def count(self, seconds: int) -> None:
        """Show how many seconds are left."""
        self._seconds = seconds
        if self.is_ready:
            self.query_one(BigText).text = str(seconds)
            self.query(Words)[1].text = self._meaning()

    def action_of(self, key: str) -> Action | None:
        """Take any key."""
        del key
        return STAY_HERE

    def entry_changed(self, text: str) -> None:
        """Take any letter."""
        if text:
            self.action_stay()

    def on_click(self, event: Click) -> None:
        """Take a tap anywhere."""
        event.stop()
        self.action_stay()

    def action_stay(self) -> None:
        """Say that somebody is there."""
        self._then()

    def _meaning(self) -> str:
        text = ngettext(
            "The screen is cleared in {count} second. Press any key to stay.",
            "The screen is cleared in {count} seconds. Press any key to stay.",
            self._seconds,
        )
        return text.format(count=self._seconds)
