"""Every key of the console, by page; made from `screens/actions.py`. A viewer is shown no repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from screens.actions import CONSOLE_SCREENS, REPAIRS, RETURN, ROWS, SEE_CODE, Action
from screens.console.base import ConsoleScreen
from screens.widgets.lines import Lines
from screens.widgets.plain import fit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.models.operators import Role
    from screens.widgets.drawn import Piece


class KeysScreen(ConsoleScreen):
    """A page to read."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (RETURN,)
    MORE_KEYS: ClassVar[tuple[Action, ...]] = ROWS

    def compose_content(self) -> Iterable[Widget]:
        """Return the keys of each page under its name."""
        yield Lines(_lines(self.operator.role), id="page")

    def action_move(self, by: int) -> None:
        """Move by a row."""
        self._page.scroll_lines(by)

    def action_page(self, by: int) -> None:
        """Move by a window full."""
        self._page.scroll_lines(by * self._page.page_size)

    def action_to_end(self, way: int) -> None:
        """Go to the beginning or the end."""
        self._page.scroll_lines(way * 1000)

    async def action_return(self) -> None:
        """Go back to where the person was."""
        await self.app.pop_screen()

    @property
    def _page(self) -> Lines:
        return self.query_one("#page", Lines)


def _lines(role: Role) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for name, actions in CONSOLE_SCREENS.items():
        shown = [action for action in actions if action not in ROWS]
        lines.append([(f"   {name}", "bold $chosen")])
        lines += [_line(action) for action in shown if _has(role, action)]
        lines.append([])
    lines.append([("   In every list", "bold $chosen")])
    return [*lines, *(_line(action) for action in ROWS)]


def _has(role: Role, action: Action) -> bool:
    return role.may_see_codes if action is SEE_CODE else role.may_repair or action not in REPAIRS


def _line(action: Action) -> list[Piece]:
    return [
        (f"   {fit(action.key_label, 11)}", "bold $foreground"),
        (fit(action.label, 13), "$foreground"),
        (action.help, "$quiet"),
    ]
