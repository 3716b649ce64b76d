"""Whether the kiosk is really to be left: a code may hold the sign that asks for it, and a hand may slip."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.words.language import N_, _
from screens.base import ClerkScreen
from screens.clerk_actions import LEAVE_NOW, LEAVING_KEYS
from screens.stack import drop
from screens.widgets.action_row import ActionItem
from screens.widgets.question import Question

if TYPE_CHECKING:
    from textual.widget import Widget

MEANING = N_("The screens close. Nothing is lost: unfinished parcels are there at the next start.")


class LeavingScreen(ClerkScreen):
    """Asks once; Enter and Esc stay."""

    KEYMAP = LEAVING_KEYS

    def compose_content(self) -> Iterable[Widget]:
        """Return the question with the answer that leaves; the way back stays in the row of keys."""
        leave = ActionItem(LEAVE_NOW.name, LEAVE_NOW.key_label, _(LEAVE_NOW.label))
        yield Question(_("Leave the kiosk?"), _(MEANING), [leave])

    def action_back(self) -> None:
        """Stay."""
        drop(self)

    def action_leave_now(self) -> None:
        """End the program."""
        self.app.exit()
