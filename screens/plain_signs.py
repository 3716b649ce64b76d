"""Draws with other signs, for terminals that lack some, or give some two cells. Each keeps the cells that it had.

`wide` is for terminals where characters of ambiguous width (East Asian Width `A`) take two cells: none is sent. Letters
with an accent are taken apart, for a combining accent takes no cell; they look as before. `ascii` sends ASCII alone.
A full block becomes a blank on a ground of its colour, the halves around rows and keys become blanks.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from kiosk.folding import plain_letter
from kiosk.words.signs import BLOCK, SignSet

_SIGNS = {
    "\u2713": "v", "\u221a": "v", "\xd7": "x", "\u25cf": "*", "\u2022": "*", "\u25cb": "o", "\u25c6": "=",
    "\u2666": "=", "\u2026": "~", "\u25ba": ">", "\u25c4": "<", "\u25b2": "^", "\u25bc": "v", "\xb7": "-",
    "\u2580": " ", "\u2584": " ", "\u2592": ":", "\u2591": ".", "\u258c": "|", "\u2590": "|", "\u258f": "|",
    "\u2595": "|", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201a": ",",
    "\xab": '"', "\xbb": '"', "\u2039": "'", "\u203a": "'", "\u2013": "-", "\u2014": "-", "\u2011": "-",
    "\u2010": "-", "\u2192": ">", "\u2190": "<", "\u2191": "^", "\u2193": "v", "\u20ac": "E", "\xb0": "o",
    "\xbf": "?", "\xa1": "!", "\u2500": "-", "\u2501": "-", "\u2502": "|", "\u2503": "|", "\xa0": " ", "\u202f": " ",
}  # fmt: skip
"""What stands in the place of each sign of ours and of the texts. A wide terminal keeps those that are safe there."""


@cache
def plain_signs(chosen: SignSet) -> LineFilter:
    """Return what exchanges signs for those of a set; one for all lines, which remember what they became by it."""
    return PlainSigns(chosen)


class PlainSigns(LineFilter):
    """Exchanges what a set of signs lacks."""

    def __init__(self, chosen: SignSet) -> None:
        super().__init__()
        self._chosen = chosen

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the same cells in signs of the set."""
        del background
        drawn: list[Segment] = []
        for segment in segments:
            if segment.text.isascii():
                drawn.append(segment)
            else:
                drawn += _drawn(segment.text, segment.style, self._chosen)
        return drawn


@lru_cache(4096)
def _drawn(text: str, style: Style | None, chosen: SignSet) -> tuple[Segment, ...]:
    return tuple(
        Segment(" " * len(run), _swapped(style))
        if is_block
        else Segment("".join(_sign(each, chosen) for each in run), style)
        for is_block, run in ((is_block, list(run)) for is_block, run in groupby(text, BLOCK.__eq__))
    )


def _swapped(style: Style | None) -> Style | None:
    if style is None or style.color is None:
        return style
    return style + Style(color=style.bgcolor, bgcolor=style.color)


@lru_cache(4096)
def _sign(sign: str, chosen: SignSet) -> str:
    if sign.isascii() or unicodedata.combining(sign):
        return sign if sign.isascii() or chosen is SignSet.WIDE else ""
    if chosen is SignSet.WIDE:
        apart = unicodedata.normalize("NFD", sign)
        if not is_ambiguous(apart[0]):
            return apart
    cells = cell_len(sign)
    return (_SIGNS.get(sign) or _form(sign) or plain_letter(sign)[:1] or "?").ljust(cells, "?")[:cells] if cells else ""


def _form(sign: str) -> str:
    """Return what stands for a part of a bar, or for the dots of a ring on the map; empty for all else."""
    if "\u2580" <= sign <= "\u259f":
        return " "
    return "." if "\u2800" < sign <= "\u28ff" else ""


def is_ambiguous(sign: str) -> bool:
    """Tell whether some terminals give a sign two cells where others give it one."""
    return unicodedata.east_asian_width(sign) == "A"
