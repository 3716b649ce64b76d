"""Whether the kiosk is really to be left: a code may hold the sign that asks for it, and a hand may slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from screens.actions import BACK_TOO, LEAVING_ACTIONS, Action, bindings
from screens.base import ClerkScreen
from screens.widgets.heading import Heading
from screens.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class LeavingScreen(ClerkScreen):
    """Asks once; Enter and Esc stay."""

    ACTIONS: ClassVar[tuple[Action, ...]] = LEAVING_ACTIONS
    BINDINGS = bindings(*LEAVING_ACTIONS, BACK_TOO)

    def compose_content(self) -> Iterable[Widget]:
        """Return the question."""
        yield Heading("Leave the kiosk?")
        yield Words("The screens close. Nothing is lost: what is unfinished goes on at the next start.")

    def action_back(self) -> None:
        """Stay."""
        if self.is_current:
            self.app.pop_screen()

    def action_leave_now(self) -> None:
        """End the program."""
        self.app.exit()
