"""The few signs that stand beside words, so that no state is told by colour alone.

The Linux console has 256 or 512 glyphs; there its own set is used. Nothing but single-cell characters here.
"""

from __future__ import annotations

import os
from enum import StrEnum

CONSOLE = os.environ.get("TERM") == "linux"
"""Whether this is a plain Linux console, whose font lacks most of Unicode."""

TICK = "\u221a" if CONSOLE else "\u2713"
CROSS = "x" if CONSOLE else "\u00d7"
FULL = "\u2022" if CONSOLE else "\u25cf"
HOLLOW = "o" if CONSOLE else "\u25cb"
DIAMOND = "\u2666" if CONSOLE else "\u25c6"
ELLIPSIS = "~" if CONSOLE else "\u2026"
ARROW = "\u25ba"
ARROW_BACK = "\u25c4"
MIDDLE_DOT = "\u00b7"
UPPER_HALF = "\u2580"
LOWER_HALF = "\u2584"
BLOCK = "\u2588"
MEDIUM = "\u2592"
LIGHT = "\u2591"
LEFT_HALF = "\u258c"
RIGHT_HALF = "\u2590"
ARROW_UP = "\u25b2"
ARROW_DOWN = "\u25bc"
ACCESSIBLE = "+"


class SignSet(StrEnum):
    """Which signs a terminal gets. What the screens draw is in the first; `screens/plain_signs.py` makes the others."""

    UNICODE = "unicode"
    WIDE = "wide"
    """None whose width is ambiguous: for terminals that give those two cells."""
    ASCII = "ascii"


_use = [SignSet.UNICODE]


def choose(setting: str, encoding: str | None) -> None:
    """Choose the signs once, before the first frame: as is set, or by itself as the terminal's encoding allows.

    What is no terminal may have no encoding.
    """
    if setting in set(SignSet):
        _use[0] = SignSet(setting)
    else:
        is_unicode = (encoding or "").lower().replace("-", "").replace("_", "") == "utf8"
        _use[0] = SignSet.UNICODE if is_unicode else SignSet.ASCII


def chosen() -> SignSet:
    """Return the signs of this terminal."""
    return _use[0]


def has_halves() -> bool:
    """Tell whether half blocks can be drawn, of which large characters and codes are made."""
    return _use[0] is SignSet.UNICODE
