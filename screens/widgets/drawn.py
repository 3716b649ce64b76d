"""What every drawn widget shares: a few styled pieces become one line of exact width. No state, no messages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

Piece = tuple[str, str]
"""Text of known width and its style in theme tokens, such as `("Lobby 7", "bold $free")`."""


LARGE_PRINT = "-large"
"""The class of an app in large print: what is quiet is left out, and locker and code stand in higher signs."""


def is_large(widget: Widget) -> bool:
    """Tell whether a widget is shown in large print."""
    return widget.app.has_class(LARGE_PRINT)


class Drawn(Widget, can_focus=False, can_focus_children=False):
    """A widget that draws itself from values; never takes the focus, so that a scanner's Enter presses nothing."""

    ALLOW_SELECT = False


# The one place outside the theme with colours of its own: a scanner and a phone read black on white in every theme.
_INK, _PAPER = Color.from_rgb(0, 0, 0), Color.from_rgb(255, 255, 255)
ON_PAPER = "#000000 on #ffffff"
"""The style of what is shown as it will be printed, the codes on it among them."""


@cache
def barcode_cell(half: str, first: bool, second: bool) -> Segment:  # noqa: FBT001 - the halves of a cell, in order
    """Return a cell with two modules of a barcode, True for a dark one; `half` is the block that covers the first.

    Where both are equal it is a space, for many fonts leave a seam between two full blocks.
    """
    style = Style(color=_INK if first else _PAPER, bgcolor=_INK if second else _PAPER, dim=False)
    return Segment(" " if first == second else half, style)


def in_cells(text: str) -> list[str]:
    """Return a text cell by cell: what takes no room stands with the sign before it."""
    cells: list[str] = []
    lead = ""
    for sign in text:
        width = cell_len(sign)
        if width:
            cells += [lead + sign, *[""] * (width - 1)]
            lead = ""
        elif cells:
            cells[-1] += sign
        else:
            lead += sign
    return cells


def in_rows(pieces: Iterable[Piece], width: int) -> list[list[Piece]]:
    """Return the pieces in as many rows of so many cells as they take; each stays whole."""
    rows: list[list[Piece]] = [[]]
    room = width
    for piece in pieces:
        if cell_len(piece[0].rstrip()) > room and rows[-1]:
            rows.append([])
            room = width
        rows[-1].append(piece)
        room -= cell_len(piece[0])
    return rows


def strip_of(widget: Widget, pieces: Iterable[Piece], width: int, fill: str = "") -> Strip:
    """Return the pieces as one line of the widget, cropped or filled to so many cells."""
    pieces = tuple(pieces)
    style = widget.visual_style  # `rich_style` is the same, but computed anew for every line
    if not pieces and not fill:
        return Strip.blank(width, style.rich_style)
    content = Content.assemble(*pieces)
    missing = width - cell_len(content.plain)
    if missing > 0:
        content = content.append_text(" " * missing, fill)
    strip = Strip(content.render_segments(style))
    return strip if missing >= 0 else strip.adjust_cell_length(width, style.rich_style)
