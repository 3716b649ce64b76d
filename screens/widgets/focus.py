"""Where the focus is on a widget, cell by cell. Which widget of a screen has it, `screens/cursor.py` decides."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from textual.geometry import Offset

AT_REST = 0.0
"""The turn of a widget in which nobody has moved yet."""
FIRST_OF_ALL = float("inf")
"""The turn of a widget that has the focus whatever else is there, such as a question that waits for its answer."""

TITLE = "-title"
"""The class of what a screen asks or orders, where its heading only says what that is about."""

_turns = count(1)


def next_turn() -> int:
    """Return a number above all before: what a person moved in last has the highest."""
    return next(_turns)


class Point(NamedTuple):
    """A cell, and whether what is typed appears there."""

    cell: Offset
    takes_text: bool = False


class Focusable:
    """What a widget is besides where the focus can be on it. Textual's own focus stays unused: see `Drawn`."""

    focus_turn = AT_REST
    """When a person moved in it last, as `next_turn` counts."""

    def focus_point(self) -> Point | None:
        """Return where the focus is, counted from the corner of the content; None while it has nothing to point at."""
        raise NotImplementedError
