"""Lines of text in dots: measured, broken to a width, and put onto a picture font by font."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PIL import ImageDraw, ImageFont

from kiosk.printing.fonts import Fonts, Run
from kiosk.printing.texts import clusters, runs_leftward, wrapped

_SMALLEST = 10
"""Dots; what is still too wide then is no name."""
_BOX_WIDTH, _BOX_HEIGHT = 0.6, 0.7
"""Of the box in the place of a sign that no font has, by the font's size."""


class _Piece(NamedTuple):
    """A run, and where it begins to the right of the line's beginning."""

    run: Run
    at: float


class Line:
    """A line of text at one size; the fonts' own order of writing holds within a run, the text's among runs."""

    def __init__(self, text: str, size: int, fonts: Fonts, *, bold: bool, leftward: bool) -> None:
        self._size = size
        self._direction = "rtl" if leftward else "ltr"
        self._pieces: list[_Piece] = []
        self.ascent = self.descent = 1
        self._left = self._right = at = 0.0
        runs = fonts.runs(text, bold=bold)
        for run in reversed(runs) if leftward else runs:
            self._pieces.append(_Piece(run, at))
            begin, end, advance = self._measured(run)
            self._left, self._right = min(self._left, at + begin), max(self._right, at + end, at + advance)
            at += advance

    @property
    def width(self) -> int:
        """How many dots the ink is wide."""
        return round(self._right - self._left + 1)

    @property
    def height(self) -> int:
        """How many dots the line is high, with room for marks above and below."""
        return self.ascent + self.descent

    def paint(self, draw: ImageDraw.ImageDraw, left: int, top: int, ink: int = 1) -> None:
        """Draw the line with its upper left corner there."""
        baseline = top + self.ascent
        for run, at in self._pieces:
            x = left - self._left + at
            if run.face is None:
                self._paint_boxes(draw, run.text, x, baseline, ink)
                continue
            font = run.face.at(self._size)
            draw.text((x, baseline), run.text, ink, font, anchor="ls", direction=self._direction_in(font))

    def _measured(self, run: Run) -> tuple[float, float, float]:
        """Return where the ink of a run begins and ends, and how far it moves the pen."""
        if run.face is None:
            width = self._size * _BOX_WIDTH * len(clusters(run.text))
            self.ascent = max(self.ascent, self._size)
            return 0, width, width
        font = run.face.at(self._size)
        ascent, descent = font.getmetrics()
        self.ascent, self.descent = max(self.ascent, ascent), max(self.descent, descent)
        direction = self._direction_in(font)
        begin, _, end, _ = font.getbbox(run.text, mode="1", direction=direction, anchor="ls")
        return begin, end, font.getlength(run.text, mode="1", direction=direction)

    def _direction_in(self, font: ImageFont.FreeTypeFont) -> str | None:
        """Return the direction for a font; None where it knows only one."""
        return self._direction if font.layout_engine is ImageFont.Layout.RAQM else None

    def _paint_boxes(self, draw: ImageDraw.ImageDraw, text: str, x: float, baseline: int, ink: int) -> None:
        width, height = self._size * _BOX_WIDTH, round(self._size * _BOX_HEIGHT)
        signs = clusters(text)
        for place, cluster in enumerate(reversed(signs) if self._direction == "rtl" else signs):
            left = round(x + width * place)
            if cluster != " ":
                box = (left + 2, baseline - height, left + max(round(width) - 2, 2), baseline)
                draw.rectangle(box, outline=ink, width=2)


class Paragraph:
    """A text in lines that fit into so many dots; in smaller letters where a single sign would not."""

    def __init__(self, text: str, size: int, fonts: Fonts, room: int, *, bold: bool) -> None:
        self.leftward = runs_leftward(text)
        self._fonts, self._bold, self._room = fonts, bold, room
        while size > _SMALLEST and not all(self._line(each, size).width <= room for each in {*clusters(text)}):
            size -= max(size // 10, 1)
        self.lines = [
            self._line(line, size) for line in wrapped(text, lambda line: self._line(line, size).width <= room)
        ]

    @property
    def height(self) -> int:
        """How many dots all lines are high."""
        return sum(line.height for line in self.lines)

    def placed(self) -> Iterator[tuple[Line, int]]:
        """Yield each line with how far below the first one's top it begins."""
        top = 0
        for line in self.lines:
            yield line, top
            top += line.height

    def _line(self, text: str, size: int) -> Line:
        return Line(text, size, self._fonts, bold=self._bold, leftward=self.leftward)
