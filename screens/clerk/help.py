"""Every key, by screen; made from `screens/actions.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll

from screens.actions import BACK, HELP_ACTIONS, SCREENS, Action, bindings
from screens.base import ClerkScreen
from screens.widgets.heading import Heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class HelpScreen(ClerkScreen):
    """A page to read; a scan works here as everywhere."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (BACK,)
    CSS_PATH = "../../styles/clerk/help.tcss"
    BINDINGS = bindings(*HELP_ACTIONS)

    def compose_content(self) -> Iterable[Widget]:
        """Return the keys of each screen under its name."""
        with VerticalScroll():
            yield Heading("A scan starts a parcel from every screen; what was half done stays under Unfinished.")
            for name, actions in SCREENS.items():
                yield Heading("")
                yield Heading(name)
                for action in actions:
                    yield Heading(f"  {action.key_label:<10}{action.label:<16}{action.help}")

    def action_back(self) -> None:
        """Go back to where the person was."""
        self.app.pop_screen()
