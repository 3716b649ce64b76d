"""Text from outside made safe and fitted to cells. The only place that decides what a screen may show of it.

Nothing here styles or splits into lines: a value from a scanner, a file or an API is one line of plain characters.
"""

from __future__ import annotations

import re
from typing import Literal

from rich.cells import cell_len

from kiosk.words.signs import ELLIPSIS, MIDDLE_DOT

Where = Literal["start", "middle", "end"]

_SPACES = re.compile("[\t\n\r\x0b\x0c\x85\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
"""White space that would move the cursor or is wider than it looks."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\uffff]")
"""C0 and C1 (ESC, GS, CSI among them), lone surrogates, specials: shown as a dot, so that nobody overlooks them."""

_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U000e0000-\U000e0fff]"
)
"""Bidirectional overrides, zero-width characters, blank fillers and variation selectors: left out.

They would let one name look like another, or make a terminal and this program disagree on a line's width.
"""


def plain(text: str) -> str:
    """Return the text as one line that no terminal can take for a command."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", _CONTROLS.sub(MIDDLE_DOT, _SPACES.sub(" ", text)))


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
