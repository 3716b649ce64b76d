"""Every key, by screen; made from `screens/actions.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from screens.actions import BACK, HELP_ACTIONS, LISTS, SCREENS, Action, bindings
from screens.base import ClerkScreen
from screens.widgets.heading import Heading
from screens.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

INTRODUCTION = "A scan starts a parcel from every screen; what was half done stays under Unfinished."


class HelpScreen(ClerkScreen):
    """A page to read; a scan works here as everywhere."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (BACK,)
    BINDINGS = bindings(*HELP_ACTIONS, *LISTS)

    def compose_content(self) -> Iterable[Widget]:
        """Return the keys of each screen under its name."""
        with VerticalScroll(can_focus=False):
            yield Static(INTRODUCTION, markup=False)
            for name, actions in SCREENS.items():
                yield Heading(name)
                with Vertical(classes="keys"):
                    for action in actions:
                        with Horizontal():
                            yield Words(action.key_label, classes="-key")
                            yield Words(action.label, classes="-label")
                            yield Static(action.help, markup=False)

    def on_screen_resume(self) -> None:
        """Begin at the top: the page is shown again and again."""
        if self.is_ready:
            self._page.scroll_home(animate=False, immediate=True)

    def action_move(self, by: int) -> None:
        """Move by a row."""
        self._page.scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Move by a window full."""
        self._page.scroll_relative(y=by * max(self._page.size.height - 2, 1), animate=False, immediate=True)

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def action_back(self) -> None:
        """Go back to where the person was."""
        if self.is_current:
            self.app.pop_screen()
