"""Parcels as a dense table: time, number, recipient, place, state. Two lines a parcel in a narrow window."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.words.plain import fit
from kiosk.words.signs import ARROW
from screens.widgets.drawn import Piece
from screens.widgets.row_list import RowList

_ONE_LINE_FROM = 66
_TIME = 6
"""Columns of a time, or of a day such as `25 Nov`."""


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """What one parcel says, `time` in six cells at most.

    `tone` is a theme token without its dollar, such as `free` or `attention`.
    """

    time: str
    number: str
    recipient: str
    place: str
    sign: str
    state: str
    tone: str = "quiet"


class ParcelList(RowList[ParcelRow]):
    """The parcels of the day, or what is unfinished; the ends of a number and of a place stay visible."""

    class Chosen(RowList.Chosen):
        """A parcel was tapped."""

    @property
    def lines(self) -> int:
        """One line where the columns fit, else two."""
        return 1 if self.size.width >= _ONE_LINE_FROM else 2

    def draw(self, row: ParcelRow, line: int, width: int, *, highlighted: bool) -> list[Piece]:
        """Return the columns, or in a narrow window half of them."""
        room = max(width - 4, 0)
        mark = f" {ARROW} " if highlighted and line == 0 else "   "
        columns = self._wide(row, room) if self.lines == 1 else self._narrow(row, line, room)
        pieces: list[Piece] = [(mark, "bold $chosen"), *columns]
        return [(text, "bold $chosen-text on $chosen") for text, _ in pieces] if highlighted else pieces

    @staticmethod
    def _wide(row: ParcelRow, room: int) -> list[Piece]:
        flexible = room - _TIME - 16 - 4 * 2
        number = max(10, min(flexible * 30 // 100, 24))
        place = max(10, flexible * 28 // 100)
        return [
            (fit(row.time, _TIME) + "  ", "$quiet"),
            (fit(row.number, number, "start") + "  ", "$foreground"),
            (fit(row.recipient, max(flexible - number - place, 1)) + "  ", "bold $foreground"),
            (fit(row.place, place, "start") + "  ", "$foreground"),
            (fit(f"{row.sign} {row.state}", 16), f"${row.tone}"),
        ]

    @staticmethod
    def _narrow(row: ParcelRow, line: int, room: int) -> list[Piece]:
        if line == 0:
            state = min(16, room // 2)
            return [
                (fit(row.recipient, max(room - state - 1, 0)) + " ", "bold $foreground"),
                (fit(f"{row.sign} {row.state}", state, right=True), f"${row.tone}"),
            ]
        number = max((room - _TIME - 2) // 2, 0)
        return [
            (fit(row.time, min(_TIME, room)) + " ", "$quiet"),
            (fit(row.number, number, "start") + " ", "$quiet"),
            (fit(row.place, max(room - _TIME - number - 2, 0), "start"), "$quiet"),
        ]
