"""Every key of the console, by page; made from `screens/console/actions.py`. A viewer is shown no corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.parcels.steps import is_for
from kiosk.words.language import _
from kiosk.words.plain import fit
from screens.actions import Action, Keymap, label_width
from screens.console.actions import HELP_KEYS, HELP_PAGE, ROWS
from screens.console.base import ConsoleScreen
from screens.console.correcting import NEEDS
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines

KEY, LABEL = 11, 13
"""Columns of a key, and of its words."""


class KeysScreen(ConsoleScreen):
    """A page to read."""

    KEYMAP = HELP_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.body = self.page = Lines(id="page")
        self.page.show(key_lines(HELP_PAGE, lambda action: _has(person.role, action)))

    async def action_return(self) -> None:
        """Go back to where the person was."""
        await self.app.pop_screen()


def key_lines(keymaps: Sequence[Keymap], has: Callable[[Action], bool]) -> list[list[Piece]]:
    """Return every key by its page, but for those that somebody does not have."""
    lines: list[list[Piece]] = []
    room = label_width((*keymaps, Keymap("", ROWS)), LABEL)
    for keymap in keymaps:
        shown = [_line(action, room) for action in keymap.actions if action not in ROWS and has(action)]
        if shown:
            lines += [[(f"   {_(keymap.title)}", "bold $chosen")], *shown, []]
    lines.append([(f"   {_('In every list')}", "bold $chosen")])
    return [*lines, *(_line(action, room) for action in ROWS)]


def _has(role: Role, action: Action) -> bool:
    return action not in NEEDS or is_for(NEEDS[action], role)


def _line(action: Action, room: int) -> list[Piece]:
    return [
        (f"   {fit(action.key_label, KEY)}", "bold $foreground"),
        (fit(_(action.label), room), "$foreground"),
        (_(action.help), "$quiet"),
    ]
