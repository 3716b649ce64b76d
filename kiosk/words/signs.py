"""The few signs that stand beside words, so that no state is told by colour alone.

The Linux console has 256 or 512 glyphs; there its own set is used. Nothing but single-cell characters here.
"""

from __future__ import annotations

import os

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
