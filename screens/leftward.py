"""Names that are written from right to left, in every line that an app draws: in their order, in their own cells.

Most terminals show letters in the cells they are sent to, some put them in order themselves. So the driver asks the
terminal not to (`screens/driver.py`), and the kiosk does it; with `desk.right_to_left = "terminal"` it is left to the
terminal. What is a name and which order it has is in `kiosk/leftward.py`.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rich.cells import split_graphemes
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from kiosk.leftward import guarded, is_leftward, ordered
from screens.driver import TERMINAL_ORDERS
from screens.textual_patches import driver_of, filter_lines

if TYPE_CHECKING:
    from kiosk.settings.desk import RightToLeft


class Ordered(LineFilter):
    """Puts signs where they are seen."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the same cells; a sign that moves takes its style along."""
        del background
        if not any(is_leftward(segment.text) for segment in segments):
            return segments
        signs = [
            (segment.text[begin:end], segment.style)
            for segment in segments
            for begin, end, _ in split_graphemes(segment.text)[0]
        ]
        drawn = [(sign, signs[place][1]) for place, sign in ordered([sign for sign, _ in signs])]
        return [Segment("".join(map(itemgetter(0), same)), style) for style, same in groupby(drawn, itemgetter(1))]


class Guarded(LineFilter):
    """Leaves the order to the terminal, and keeps all else in its place."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with marks that have no width."""
        del background
        if not any(is_leftward(segment.text) for segment in segments):
            return segments
        return [Segment(guarded(segment.text), segment.style) for segment in segments]


def use_order(app: App[Any], order: RightToLeft) -> None:
    """Let an app draw such names in this way from now on."""
    if order.value == "kiosk":
        filter_lines(app, Ordered())
        return
    filter_lines(app, Guarded())
    if (driver := driver_of(app)) is not None:
        driver.write(TERMINAL_ORDERS)
