"""What happened to something, line by line, to be scrolled by keys or by a tap. Words come from the owner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kiosk.words.plain import broken, fit
from screens.widgets.drawn import Piece
from screens.widgets.paged_lines import PagedLines

_WHEN = 18
"""Columns of the time."""
_WHO = ((96, 26), (76, 18))
"""From which width on a person has how many columns, with the edges at both sides; narrower, there is none."""


class Entry(NamedTuple):
    """One thing that happened: when, what, and by whom."""

    when: str
    what: str
    who: str = ""


class History(PagedLines):
    """Entries in the order in which they come; a long one goes on in the next row, and nothing of it is cut."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replace the entries; the place to which somebody has scrolled stays."""
        self._entries = tuple(entries)
        self.lay()

    def laid(self, width: int) -> Iterable[Sequence[Piece]]:
        """Return the entries, broken for the width."""
        return [line for entry in self._entries for line in _lines(entry, width)]


def _lines(entry: Entry, width: int) -> list[list[Piece]]:
    who = next((columns for wide, columns in _WHO if width >= wide), 0)
    room = max(width - 2 - _WHEN - who, 10)
    first, *more = broken(entry.what, room) or [""]
    head: list[Piece] = [("  ", ""), (fit(entry.when, _WHEN), "$quiet"), (fit(first, room), "")]
    if who:
        head += [("  ", ""), (fit(entry.who, who - 4), "$quiet"), ("  ", "")]
    return [head, *([(" " * (2 + _WHEN), ""), (each, "")] for each in more)]
