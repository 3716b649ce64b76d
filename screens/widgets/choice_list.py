"""Large choices for fingers and keys: a name and a quiet second line, three rows each."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.words.plain import fit, plain, shorten
from kiosk.words.signs import ARROW
from screens.widgets.drawn import Piece
from screens.widgets.row_list import RowList


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

    @property
    def lines(self) -> int:
        """A name and a detail."""
        return 2

    def draw(self, row: Choice, line: int, width: int, *, highlighted: bool) -> list[Piece]:
        """Return the name with its aside, or the quiet line beneath."""
        strong = "bold $chosen-text on $chosen" if highlighted else "bold $foreground"
        calm = "$chosen-text on $chosen" if highlighted else "$quiet"
        mark = f" {ARROW} " if highlighted and line == 0 else "   "
        room = max(width - cell_len(mark) - 2, 0)
        if line:
            return [(mark, calm), (fit(row.detail, room), calm)]
        aside = shorten(row.aside, room // 2) if plain(row.aside) else ""
        left = room - cell_len(aside) - (2 if aside else 0)
        return [(mark, strong), (fit(row.main, left), strong), ("  " if aside else "", strong), (aside, calm)]
