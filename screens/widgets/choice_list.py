"""Large choices for fingers and keys: a name and a quiet second line, three rows each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.words.plain import broken, fit, plain, shorten
from kiosk.words.signs import ARROW
from screens.widgets.drawn import Piece, is_large
from screens.widgets.row_list import RowList
from screens.widgets.target import LEAST_COLUMNS

_EDGES = 5
"""Columns around a detail."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one row says; `aside` stands at the right, such as `7 in AOne`."""

    main: str
    detail: str = ""
    aside: str = ""


class ChoiceList(RowList[Choice]):
    """People, banks, sizes: one is taken. The search field keeps the focus; the screen forwards up and down."""

    class Chosen(RowList.Chosen):
        """A choice was tapped."""

    def __init__(self, rows: Sequence[Choice] = (), *, empty: str = "", explains: bool = False) -> None:
        """Details that `explains` are sentences: a long one goes on in a row of its own, and is not cut."""
        super().__init__(rows, empty=empty)
        self._explains = explains

    @property
    def lines(self) -> int:
        """A name and a detail; one more for details that go on; in large print the name alone."""
        if is_large(self):
            return 1
        if not self._explains:
            return 2
        # With two lines a row; three may then need the ways to other pages too, for which these words have room.
        is_long = len(self.rows) * 3 >= self.size.height > 0
        room = self.size.width - _EDGES - (LEAST_COLUMNS + 1 if is_long else 0)
        return 3 if any(cell_len(row.detail) > room > 0 for row in self.rows) else 2

    def draw(self, row: Choice, line: int, width: int, *, highlighted: bool) -> list[Piece]:
        """Return the name with its aside, or the quiet line beneath."""
        strong = "bold $chosen-text on $chosen" if highlighted else "bold $foreground"
        calm = "$chosen-text on $chosen" if highlighted else "$quiet"
        mark = f" {ARROW} " if highlighted and line == 0 else "   "
        room = max(width - cell_len(mark) - 2, 0)
        if line:
            details = broken(row.detail, room) if self.lines > 2 else [row.detail]
            details = [*details[: self.lines - 2], " ".join(details[self.lines - 2 :])]
            return [(mark, calm), (fit(details[line - 1], room), calm)]
        aside = (
            shorten(row.aside, max(room // 2, room - cell_len(row.main) - 2))
            if plain(row.aside) and not is_large(self)
            else ""
        )
        left = room - cell_len(aside) - (2 if aside else 0)
        return [(mark, strong), (fit(row.main, left), strong), ("  " if aside else "", strong), (aside, calm)]
