"""Where the terminal's own cursor stands: where the focus is, for braille displays and magnifiers follow it.

Here is the one rule for all screens; a widget only says which of its cells is meant (`screens/widgets/focus.py`). It is
decided anew with each frame, so nothing has to tell that the focus moved. How it is shown is in `screens/driver.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from screens.widgets.focus import TITLE, Focusable, Point


def point_on(screen: Screen[Any]) -> Point:
    """Return where the cursor belongs: to what was moved in last, else to the beginning of the screen's sentence."""
    best: tuple[float, Widget, Point] | None = None
    shown = [widget for widget in screen.walk_children(Widget) if widget.region]
    for widget in shown:
        if isinstance(widget, Focusable) and (best is None or widget.focus_turn > best[0]):
            point = widget.focus_point()
            if point is not None:
                best = widget.focus_turn, widget, point
    if best is None:
        return Point(_sentence(shown))
    _, widget, (cell, takes_text) = best
    region = widget.content_region
    x, y = region.offset + cell
    # Of a list that scrolls, the chosen row may lie outside what is seen of it for a moment.
    return Point(Offset(min(max(x, region.x), region.right - 1), min(max(y, region.y), region.bottom - 1)), takes_text)


def _sentence(shown: Sequence[Widget]) -> Offset:
    """Return where the text begins that a screen has first to say."""
    for widget in sorted(filter(_rank, shown), key=_rank):
        region = widget.content_region
        for y in range(region.height):
            text = widget.render_line(y).text
            if text.strip():
                return region.offset + Offset(cell_len(text) - cell_len(text.lstrip()), y)
    return Offset(0, 0)


def _rank(widget: Widget) -> int:
    """Return how early a widget is looked at for the sentence, from 1; 0 for never."""
    return 1 if widget.has_class(TITLE) else getattr(widget, "sentence_rank", 0)
