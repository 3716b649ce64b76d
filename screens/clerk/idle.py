"""Nobody is here: the time, and no name, number or code. Any key, tap or scan ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.events import Click

from kiosk.errors import KioskError
from kiosk.words.language import N_, _
from screens.actions import Action
from screens.base import ClerkScreen
from screens.people_actions import IDLE_KEYS, WAKE
from screens.widgets.big_text import BigText
from screens.widgets.status_bar import Status
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget

GO_ON = N_("Press any key, touch the screen or scan to go on.")
TO_SIGN_IN = N_("Press any key or touch the screen to sign in, or scan your badge.")


class IdleScreen(ClerkScreen):
    """A quiet clock; `then` is told that somebody is there."""

    KEYMAP = IDLE_KEYS

    def __init__(self, then: Callable[[], None], *, signs_in: bool) -> None:
        super().__init__()
        self._then = then
        self._signs_in = signs_in
        self._time = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return the time and what to do."""
        yield BigText(self._time, double=True)
        yield Words(_(TO_SIGN_IN) if self._signs_in else _(GO_ON), rows=2, classes="-long")

    def show_status(self, status: Status) -> None:
        """Show the time."""
        super().show_status(status)
        self._time = status.time_text
        if self.is_ready:
            self.query_one(BigText).text = self._time

    def offer_undo(self, label: str) -> None:
        """Offer nothing."""
        del label

    def fail(self, error: KioskError, *, about: str = "") -> None:
        """Say nothing here: what fails in the background is about somebody's parcel, and stands in the lists."""
        del error, about

    def action_of(self, key: str) -> Action | None:
        """Take any key."""
        del key
        return WAKE

    def entry_changed(self, text: str) -> None:
        """Take any letter."""
        if text:
            self.action_wake()

    def on_click(self, event: Click) -> None:
        """Take a tap anywhere."""
        event.stop()
        self.action_wake()

    def action_wake(self) -> None:
        """Say that somebody is there."""
        self._then()
