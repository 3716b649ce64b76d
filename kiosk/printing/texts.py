"""Texts as they can be put on paper: what of them is drawn, where they are broken, which way they run. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

JOINERS = "\u200c\u200d"
"""Signs without a width that decide how their neighbours are written, in Persian names for one."""

_SELECTORS = range(0xFE00, 0xFE10)
"""Choose between the shapes of the sign before them."""

LONGEST_CODED = 300
"""Bytes of a text that a QR code holds in modules large enough to be read from the narrowest paper."""


def on_one_line(text: str) -> str:
    """Return a text as signs that can be drawn: composed, without controls, with single blanks between words."""
    return " ".join("".join(map(_drawable, unicodedata.normalize("NFC", text))).split())


def _drawable(sign: str) -> str:
    match unicodedata.category(sign):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf":  # what turns the direction of writing, among others
            return sign if sign in JOINERS else ""
        case "Cs":  # half a sign
            return "\ufffd"
        case _:
            return sign


def clings(sign: str) -> bool:
    """Tell whether a sign is a part of the one before it: a mark, a joiner, a selector."""
    return unicodedata.category(sign).startswith("M") or sign in JOINERS or ord(sign) in _SELECTORS


def clusters(text: str) -> list[str]:
    """Return the signs of a text, each with what clings to it."""
    found: list[str] = []
    for sign in text:
        if found and clings(sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def runs_leftward(text: str) -> bool:
    """Tell whether a text is written from right to left, by its first sign that has a direction."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((each in {"R", "AL"} for each in directions if each in {"L", "R", "AL"}), False)


def wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return the lines of a text: broken between words, and within one only where it does not fit by itself.

    A sign that does not fit alone has a line of its own.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if fits(longer):
            lines[-1:] = [longer]
        elif fits(word):
            lines.append(word)
        else:
            lines += _broken(word, fits)
    return lines


def _broken(word: str, fits: Callable[[str], bool]) -> list[str]:
    pieces = [""]
    for cluster in clusters(word):
        if pieces[-1] and not fits(pieces[-1] + cluster):
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def is_coded(text: str) -> bool:
    """Tell whether a text can stand in a QR code that can be read."""
    try:
        return 0 < len(text.encode()) <= LONGEST_CODED
    except UnicodeEncodeError:  # half a sign
        return False
