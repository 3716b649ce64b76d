"""What a line may hold: printable signs and line feeds, and a plain sign where the encoding lacks one. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

from kiosk.folding import plain_letter
from kiosk.plain_text import plain

PLAIN_SIGNS = {
    "\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u00ab": '"', "\u00bb": '"', "\u2026": "...", "\u00b7": ".", "\u2022": "*", "\u00d7": "x", "\u2192": "->",
    "\u2190": "<-", "\u2713": "+", "\u20ac": "EUR", "\u00b0": " degrees", "\u00bf": "", "\u00a1": "",
    "\u202f": " ", "\u00a0": " ",
}  # fmt: skip
"""What stands for a sign where the encoding lacks it, and no letter does."""


def writable(text: str, encoding: str) -> str:
    """Return the text as it can be written: no control sign but line feeds, and only signs of the encoding."""
    return "\n".join(_encodable(plain(line), encoding) for line in text.split("\n"))


def _encodable(text: str, encoding: str) -> str:
    if text.isascii() or _has(text, encoding):
        return text
    return "".join(sign if _has(sign, encoding) else _stand_in(sign, encoding) for sign in text)


def _stand_in(sign: str, encoding: str) -> str:
    if sign in PLAIN_SIGNS:
        return PLAIN_SIGNS[sign]
    if unicodedata.combining(sign):
        return ""
    letters = plain_letter(sign)
    return letters if letters and _has(letters, encoding) else "?"


def _has(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def lines_of(text: str, width: int) -> Iterator[str]:
    """Yield a text in lines of at most so many cells, broken between words where there is a place for it."""
    line = ""
    for word in text.split(" "):
        if line and cell_len(line) + 1 + cell_len(word) > width:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while cell_len(line) > width:
            cut = _cut(line, width)
            yield line[:cut]
            line = line[cut:]
    yield line


def _cut(text: str, width: int) -> int:
    """Return after how many signs a line of so many cells is full."""
    taken = 0
    for at, sign in enumerate(text):
        taken += cell_len(sign)
        if taken > width:
            return max(at, 1)
    return len(text)


def heard(text: str) -> str:
    """Return a text as it is heard best: parts with commas between them instead of dots in the middle of the line."""
    return text.replace(" \u00b7 ", ", ")
