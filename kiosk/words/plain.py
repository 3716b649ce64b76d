"""Text fitted to cells, made safe by `kiosk/plain_text.py`: a value from outside is one line of plain characters.

Nothing here styles: a value from a scanner, a file or an API is one line of plain characters, broken only to be shown.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Literal

from rich.cells import cell_len, split_graphemes

from kiosk.plain_text import plain
from kiosk.printing.texts import wrapped
from kiosk.words.signs import ELLIPSIS

__all__ = ["Where", "broken", "fit", "plain", "shorten", "signs", "whole_words"]

Where = Literal["start", "middle", "end"]

_MOST_MARKS = 8
"""So many characters of a text are looked at for each cell; more marks than that are on no letter."""


def shorten(text: str, width: int, where: Where = "end") -> str:
    """Return the plain text in at most so many cells; `where` says which part gives way to the ellipsis."""
    text = plain(text)
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    room = width - 1
    if where == "end":
        return _head(text, room) + ELLIPSIS
    if where == "start":
        return ELLIPSIS + _tail(text, room)
    tail = _tail(text, room // 2)
    # The tail may be a cell short, because half of a wide character can't be shown.
    return _head(text, room - cell_len(tail)) + ELLIPSIS + tail


def fit(text: str, width: int, where: Where = "end", *, right: bool = False) -> str:
    """Return the shortened text padded to exactly so many cells, at the left or at the right edge."""
    short = shorten(text, max(width, 0), where)
    padding = " " * max(width - cell_len(short), 0)
    return padding + short if right else short + padding


def broken(text: str, width: int, indent: str = "") -> list[str]:
    """Return the plain text in lines of at most so many cells, broken between words; the first is behind an indent."""
    text, width = plain(text), max(width, 1)
    if _is_simple(text):
        return wrap(text, width, initial_indent=indent)
    stand_in = "-" * cell_len(indent)
    lines = wrapped(stand_in + text, lambda line: cell_len(line) <= width)
    return [indent + lines[0][len(stand_in) :], *lines[1:]] if lines else []


def whole_words(text: str, width: int) -> list[str]:
    """Return the plain text in lines of so many cells, or as many as its longest word has: no word is broken."""
    return broken(text, max(width, *(cell_len(word) for word in ("", *plain(text).split()))))


def signs(text: str) -> list[str]:
    """Return the signs of a plain text, each with the marks on it: what can't be taken apart."""
    return [text[begin:end] for begin, end, _ in split_graphemes(text)[0]]


def _is_simple(text: str) -> bool:
    """Tell whether every character is a sign of one cell."""
    return text.isascii() or len(signs(text)) == len(text) == cell_len(text)


def _head(text: str, width: int) -> str:
    if text.isascii():
        return text[:width].rstrip()
    # Cells are not characters: a Chinese one takes two, a combining accent none.
    room, text = width, text[: _MOST_MARKS * width]
    for begin, _, cells in split_graphemes(text)[0]:
        room -= cells
        if room < 0:
            return text[:begin].rstrip()
    return text.rstrip()


def _tail(text: str, width: int) -> str:
    text = text[max(len(text) - (width if text.isascii() else _MOST_MARKS * width), 0) :]
    spans, cells_left = split_graphemes(text)
    for begin, _, cells in spans:
        if cells_left <= width:
            return text[begin:].lstrip()
        cells_left -= cells
    return ""
