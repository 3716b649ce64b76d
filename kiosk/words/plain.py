"""Text from outside fitted to cells, made safe by `kiosk/plain_text.py`.

Nothing here styles or splits into lines: a value from a scanner, a file or an API is one line of plain characters.
"""

from __future__ import annotations

from typing import Literal

from rich.cells import cell_len

from kiosk.plain_text import plain
from kiosk.words.signs import ELLIPSIS

__all__ = ["Where", "fit", "plain", "shorten"]

Where = Literal["start", "middle", "end"]


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


def _head(text: str, width: int) -> str:
    # Cells are not characters: a Chinese one takes two, a combining accent none.
    end = min(len(text), width)
    while end < len(text) and cell_len(text[: end + 1]) <= width:
        end += 1
    while cell_len(text[:end]) > width:
        end -= 1
    return text[:end].rstrip()


def _tail(text: str, width: int) -> str:
    start = max(len(text) - width, 0)
    while cell_len(text[start:]) > width:
        start += 1
    return text[start:].lstrip()
