"""Every key of the console, by page; made from `screens/console/actions.py`. A viewer is shown no corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.cells import cell_len

from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.parcels.steps import is_for
from kiosk.words.language import N_, _
from kiosk.words.plain import broken, fit
from screens.actions import Action, Keymap
from screens.console.actions import HELP_KEYS, HELP_PAGE, ROWS
from screens.console.base import ConsoleScreen
from screens.console.correcting import NEEDS
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines

IN_LISTS = N_("In every list")
_KEY, _LABEL = 11, 13
"""Columns of a key and of its words, at least."""


class KeysScreen(ConsoleScreen):
    """A page to read."""

    KEYMAP = HELP_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.body = self.page = KeyLines(HELP_PAGE, lambda action: _has(person.role, action))

    async def action_return(self) -> None:
        """Go back to where the person was."""
        await self.app.pop_screen()


class KeyLines(Lines):
    """Every key by its page, but for those that somebody does not have."""

    def __init__(self, keymaps: Iterable[Keymap], has: Callable[[Action], bool]) -> None:
        super().__init__(id="page")
        self._keymaps = tuple(keymaps)
        self._has = has

    def resized(self) -> None:
        """Break the lines for the new width."""
        self.show(self._laid(self.size.width))
        super().resized()

    def _laid(self, width: int) -> list[list[Piece]]:
        by_page = [
            (keymap.title, [action for action in keymap.actions if action not in ROWS and self._has(action)])
            for keymap in self._keymaps
        ]
        by_page = [(title, actions) for title, actions in (*by_page, (IN_LISTS, list(ROWS))) if actions]
        every = [action for _title, actions in by_page for action in actions]
        key = max(_KEY, *(cell_len(action.key_label) + 2 for action in every))
        label = max(_LABEL, *(cell_len(_(action.label)) + 2 for action in every))
        lines: list[list[Piece]] = []
        for title, actions in by_page:
            lines += [[], [(f"   {_(title)}", "bold $chosen")]]
            for action in actions:
                head = [
                    (f"   {fit(action.key_label, key)}", "bold $foreground"),
                    (fit(_(action.label), label), "$foreground"),
                ]
                for row in broken(_(action.help), max(width - key - label - 4, 1)):
                    lines.append([*head, (row, "$quiet")])
                    head = [(" " * (3 + key + label), "")]
        return lines[1:]


def _has(role: Role, action: Action) -> bool:
    return action not in NEEDS or is_for(NEEDS[action], role)
