"""A week of opening times as a picture: a row a day, the day along the width, now marked. Values in; no clock here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from kiosk.words.language import _
from kiosk.words.plain import fit, plain
from kiosk.words.signs import ARROW, ARROW_DOWN, BLOCK, LEFT_HALF, MIDDLE_DOT, RIGHT_HALF
from screens.widgets.drawn import Drawn, Piece, strip_of

if TYPE_CHECKING:
    from textual.strip import Strip

DAY = 24 * 60
ROWS = 9
"""A row over the days for now, seven days, and the hours beneath."""
_NAME = 6
_WORDS = 16
"""The room that a day's times in words may ask for: `8-12 13:30-17:15` is not cut off for longer bars."""
_HOURS_MARKED = (0, 6, 12, 18, 24)


class Bar(NamedTuple):
    """Open from minute to minute of a day, 0 to 1440."""

    opens: int
    closes: int


class DayRow(NamedTuple):
    """One day: its name, when it is open, and the same in words (`8-12, 13-17`, `closed`, or what nobody can read)."""

    name: str
    bars: tuple[Bar, ...]
    words: str


class Now(NamedTuple):
    """Which row is today, the minute of the day, and the time in words."""

    row: int
    minute: int
    words: str


class WeekChart(Drawn):
    """The bars take what room the words leave. Today has an arrow, and the time stands over its place in the day."""

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[DayRow, ...] = ()
        self._now: Now | None = None

    def show(self, days: Sequence[DayRow], now: Now | None) -> None:
        """Show other times, or the same at another time."""
        if (tuple(days), now) != (self._days, self._now):
            self._days, self._now = tuple(days), now
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw now, a day, or the hours."""
        width = self.size.width
        bars = self._bars(width)
        pieces: list[Piece] = []
        if self._days and y == 0:
            pieces = self._over(bars)
        elif 0 < y <= len(self._days):
            pieces = self._day(y - 1, bars, width)
        elif self._days and y == len(self._days) + 1:
            pieces = [(" " * _NAME, ""), (_scale(bars), "$quiet")]
        return strip_of(self, pieces, width)

    def _bars(self, width: int) -> int:
        """Return the cells of a whole day: 48, 24 or 12, so that every hour begins at a cell or in its middle."""
        words = min(max((cell_len(plain(day.words)) for day in self._days), default=0), _WORDS)
        return next((cells for cells in (48, 24) if _NAME + cells + 1 + words <= width), 12)

    def _over(self, bars: int) -> list[Piece]:
        if self._now is None:
            return []
        at, words = self._at(bars), _("now {time}").format(time=plain(self._now.words))
        # Late in the day there is no room at the right of the arrow: the words stand at its left.
        if at + 2 + cell_len(words) <= bars:
            return [(" " * (_NAME + at), ""), (f"{ARROW_DOWN} {words}", "bold $attention")]
        return [(" " * max(_NAME + at - cell_len(words) - 1, 0), ""), (f"{words} {ARROW_DOWN}", "bold $attention")]

    def _day(self, row: int, bars: int, width: int) -> list[Piece]:
        day = self._days[row]
        today = self._now is not None and self._now.row == row
        tone = "bold $foreground" if today else "$foreground"
        at = self._at(bars) if today else None
        return [
            (f"{ARROW} " if today else "  ", "bold $attention"),
            (fit(day.name, _NAME - 2), tone if day.bars else "$quiet"),
            *(_cell(day.bars, cell, bars, now=cell == at) for cell in range(bars)),
            (" ", ""),
            (fit(day.words, max(width - _NAME - bars - 1, 0)), tone if day.bars else "$quiet"),
        ]

    def _at(self, bars: int) -> int:
        return self._now.minute * bars // DAY if self._now is not None else 0


def _cell(open_times: tuple[Bar, ...], cell: int, bars: int, *, now: bool) -> Piece:
    """Return one cell of a day: each half is open or not; where it is now, the cell stands out in another sign."""
    half = DAY // bars // 2  # minutes: a cell is two halves, and half a block shows one of them
    left, right = (
        any(bar.opens < at + half and at < bar.closes for bar in open_times)
        for at in (cell * 2 * half, (cell * 2 + 1) * half)
    )
    if now:
        return "|", "bold $background on $attention"
    if left and right:
        return BLOCK, "$free on $tile-off"
    if left or right:
        return (LEFT_HALF if left else RIGHT_HALF), "$free on $tile-off"
    # Every six hours, as in the row of hours beneath.
    return (MIDDLE_DOT if cell * 24 % (6 * bars) == 0 else " "), "$quiet on $tile-off"


def _scale(bars: int) -> str:
    """Write the hours under where they begin."""
    line = ""
    for hour in _HOURS_MARKED:
        text = str(hour)
        # 24 is the end of the bar and not a cell: it ends there instead of beginning.
        at = hour * bars // 24 - (len(text) if hour == _HOURS_MARKED[-1] else 0)
        if len(line) < at or not line:
            line = fit(line, at) + text
    return line
