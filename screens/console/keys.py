"""Every key of the console, by page; made from `screens/console/actions.py`. A viewer is shown no repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.words.language import _
from kiosk.words.plain import fit
from screens.console.actions import HELP_KEYS, HELP_PAGE, REPAIRS, ROWS, SEE_CODE
from screens.console.lists import PageScreen

if TYPE_CHECKING:
    from kiosk.parcels.operators import Operator, Role
    from screens.actions import Action
    from screens.widgets.drawn import Piece


class KeysScreen(PageScreen):
    """A page to read."""

    KEYMAP = HELP_KEYS

    def __init__(self, operator: Operator) -> None:
        super().__init__(operator)
        self.page.show(_lines(operator.role))

    async def action_return(self) -> None:
        """Go back to where the person was."""
        await self.app.pop_screen()


def _lines(role: Role) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for keymap in HELP_PAGE:
        shown = [action for action in keymap.actions if action not in ROWS]
        lines.append([(f"   {_(keymap.title)}", "bold $chosen")])
        lines += [_line(action) for action in shown if _has(role, action)]
        lines.append([])
    lines.append([(f"   {_('In every list')}", "bold $chosen")])
    return [*lines, *(_line(action) for action in ROWS)]


def _has(role: Role, action: Action) -> bool:
    return role.may_see_codes if action is SEE_CODE else role.may_repair or action not in REPAIRS


def _line(action: Action) -> list[Piece]:
    return [
        (f"   {fit(action.key_label, 11)}", "bold $foreground"),
        (fit(_(action.label), 13), "$foreground"),
        (_(action.help), "$quiet"),
    ]
