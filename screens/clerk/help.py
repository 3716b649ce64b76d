"""Every key: those of the screen beneath first, then by screen; made from `HELP_PAGE` in `screens/clerk_actions.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kiosk.words.language import N_, _, language
from kiosk.words.plain import broken, fit
from screens.actions import Action, Keymap
from screens.base import ClerkScreen
from screens.clerk_actions import HELP_KEYS, TOUR
from screens.destinations import ShowScannerTest, ShowTour
from screens.help_page import HELP_PAGE
from screens.stack import drop
from screens.widgets.drawn import Piece
from screens.widgets.paged_lines import PagedLines

if TYPE_CHECKING:
    from textual.widget import Widget

INTRODUCTION = N_("You can scan the next parcel on any screen; a parcel that you leave stays under Unfinished.")

MARGIN, KEY, LABEL = 2, 11, 15
"""Columns left and right of everything, and at least of a key, and of its words."""


class HelpScreen(ClerkScreen):
    """A page to read; a scan works here as everywhere."""

    KEYMAP = HELP_KEYS

    def __init__(self, beneath: Keymap, *, has_tour: bool = False) -> None:
        super().__init__()
        self._beneath = beneath
        self._has_tour = has_tour

    def compose_content(self) -> Iterable[Widget]:
        """Return the page, which can be scrolled."""
        yield KeyTable(self._beneath)

    def action_move(self, by: int) -> None:
        """Move by a row."""
        self.query_one(KeyTable).move(by)

    def action_page(self, by: int) -> None:
        """Move by a window full."""
        self.query_one(KeyTable).page(by)

    def action_back(self) -> None:
        """Go back to where the person was."""
        drop(self)

    def allows(self, action: Action) -> bool | None:
        """Offer the tour where there is one."""
        return super().allows(action) if action is not TOUR or self._has_tour else None

    def action_tour(self) -> None:
        """Choose what goes wrong next."""
        self.cover(ShowTour())

    def action_scanner_test(self) -> None:
        """Test the scanner; Esc comes back here."""
        self.cover(ShowScannerTest())


class KeyTable(PagedLines):
    """The keys of each screen under its name, drawn by one widget: as widgets they were 380, and opened slowly."""

    def __init__(self, beneath: Keymap) -> None:
        super().__init__()
        self._beneath = beneath

    def laid(self, width: int) -> Iterable[Sequence[Piece]]:
        """Return the page at this width."""
        return _lines(width, self._beneath, language())


@lru_cache(4)
def _lines(width: int, beneath: Keymap, _language: str) -> tuple[tuple[Piece, ...], ...]:
    """Return the whole page at this width, in a language: of the screen beneath first, with its questions."""
    here = [keymap for keymap in (beneath, *beneath.questions) if keymap in HELP_PAGE]
    others = [keymap for keymap in HELP_PAGE if keymap not in here]
    indent = (" " * MARGIN, "")
    room = max(width - 2 * MARGIN, 1)
    every = [action for keymap in (*here, *others) for action in keymap.actions]
    key_columns = max(KEY, *(cell_len(action.key_label) + 2 for action in every))
    label_columns = max(LABEL, *(cell_len(_(action.label)) + 2 for action in every))
    lines: list[tuple[Piece, ...]] = [(indent, (text, "")) for text in broken(_(INTRODUCTION), room)]
    for keymap in (*here, *others):
        lines += [(), (indent, (_(keymap.title), "bold"))]
        for action in keymap.actions:
            head = [indent, (fit(action.key_label, key_columns), "$chosen"), (fit(_(action.label), label_columns), "")]
            for text in broken(_(action.help), max(room - key_columns - label_columns, 1)):
                lines.append((*head, (text, "$quiet")))
                head = [(" " * (MARGIN + key_columns + label_columns), "")]
    return tuple(lines)
