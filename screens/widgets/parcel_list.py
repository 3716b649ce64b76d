"""Parcels as a dense table: time, number, recipient, place, state. Two lines a parcel in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.words.plain import fit, plain, shorten
from kiosk.words.signs import ARROW
from screens.widgets.drawn import Piece, is_large
from screens.widgets.row_list import RowList

_ONE_LINE_FROM = 75
"""Columns, with those of the ways to other pages."""
FOR_FINGERS = "-fingers"
"""The class of a screen at a desk without a keyboard."""
_STATE, _LONGEST_STATE = 16, 26
"""Columns of a state: at least, and at most, so that names keep theirs."""
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
    unit: str = ""
    """The locker's number, where `place` is its bank; it is never cut."""
    least: int = 0
    """Columns that its state needs where it names another desk, which may be long and gives way; else it needs all."""


class ParcelList(RowList[ParcelRow]):
    """The parcels of the day, or what is unfinished; the ends of a number and of a place stay visible."""

    _state, _time = _STATE, _TIME

    class Chosen(RowList.Chosen):
        """A parcel was tapped."""

    @property
    def lines(self) -> int:
        """One line where the columns fit, else two; two in large print, and for fingers, which hit nothing lower."""
        is_wide = self.size.width >= _ONE_LINE_FROM and not self.screen.has_class(FOR_FINGERS)
        return 1 if is_wide and not is_large(self) else 2

    def draw(self, row: ParcelRow, line: int, width: int, *, highlighted: bool) -> list[Piece]:
        """Return the columns, or in a narrow window half of them."""
        room = max(width - 4, 0)
        mark = f" {ARROW} " if highlighted and line == 0 else "   "
        if is_large(self) and line:
            columns = [(_placed(row, room), "bold $foreground")]
        elif self.lines == 1:
            columns = self._wide(row, room)
        else:
            columns = self._narrow(row, line, room)
        pieces: list[Piece] = [(mark, "bold $chosen"), *columns]
        return [(text, "bold $chosen-text on $chosen") for text, _ in pieces] if highlighted else pieces

    def show(self, rows: Sequence[ParcelRow], highlighted: int | None = 0, *, empty: str | None = None) -> None:
        """Replace the rows; their states are words of ours, which get the room that they need."""
        longest = max((row.least or cell_len(f"{row.sign} {row.state}") for row in rows), default=0)
        self._state = min(max(longest, _STATE), _LONGEST_STATE)
        self._time = max([_TIME, *(cell_len(row.time) for row in rows)])
        super().show(rows, highlighted, empty=empty)

    def _wide(self, row: ParcelRow, room: int) -> list[Piece]:
        flexible = room - self._time - self._state - 4 * 2
        number = max(10, min(flexible * 30 // 100, 24))
        place = max(10, flexible * 28 // 100)
        return [
            (fit(row.time, self._time) + "  ", "$quiet"),
            (fit(row.number, number, "start") + "  ", "$foreground"),
            (fit(row.recipient, max(flexible - number - place, 1)) + "  ", "bold $foreground"),
            (_placed(row, place) + "  ", "$foreground"),
            (fit(f"{row.sign} {row.state}", self._state), f"${row.tone}"),
        ]

    def _narrow(self, row: ParcelRow, line: int, room: int) -> list[Piece]:
        if line == 0:
            state = min(self._state, room // 2)
            return [
                (fit(row.recipient, max(room - state - 1, 0)) + " ", "bold $foreground"),
                (fit(f"{row.sign} {row.state}", state, right=True), f"${row.tone}"),
            ]
        number = max((room - self._time - 2) // 2, 0)
        return [
            (fit(row.time, min(self._time, room)) + " ", "$quiet"),
            (fit(row.number, number, "start") + " ", "$quiet"),
            (_placed(row, max(room - self._time - number - 2, 0)), "$quiet"),
        ]


def _placed(row: ParcelRow, width: int) -> str:
    """Return where a parcel is: the bank's name gives way to the locker's number, which says where to look."""
    unit = plain(row.unit)
    bank = shorten(row.place, max(width - cell_len(unit) - 1, 0) if unit else width)
    return fit(f"{bank} {unit}" if bank and unit else bank or unit, width, "start" if unit else "end")
