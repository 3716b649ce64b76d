"""Small pictures out of block characters: an occupancy bar and a plot of counts. Pure: numbers in, pieces out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.words.signs import BLOCK, CONSOLE, CROSS, LIGHT, MEDIUM
from screens.widgets.drawn import Piece

_LEVELS = " \u2584\u2588" if CONSOLE else " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
"""From nothing to full; a Linux console's font has only the half one."""

USES = (
    ("occupied", BLOCK, "occupied"),
    ("reserved", MEDIUM, "reserved"),
    ("free", LIGHT, "free"),
    ("unknown", "?", "unknown"),
    ("out_of_service", CROSS, "broken"),
)
"""By the words of the API's states: what a unit is drawn as, and its tone."""


def occupancy(states: Mapping[str, int], width: int, most: int) -> list[Piece]:
    """Return a bar of at most `width` cells: a cell a unit where `most` units fit, else in proportion.

    No state that occurs is left out, however few units it has.
    """
    total = sum(states.values())
    cells = {state: count for state, count in states.items() if count}
    if most > width and total:
        # Rounding and the one cell that each state has can exceed the width; the longest part bears it.
        room = max(round(total * width / most), len(cells))
        cells = {state: max(round(count * room / total), 1) for state, count in cells.items()}
        while sum(cells.values()) > width and max(cells.values()) > 1:
            cells[max(cells, key=lambda state: cells[state])] -= 1
    return [(sign * cells[state], f"${tone}") for state, sign, tone in USES if state in cells]


def plot(values: Sequence[int], rows: int, width: int = 2) -> list[str]:
    """Return rows of text, the highest first: each value is a bar of that width, the greatest fills all rows."""
    steps = len(_LEVELS) - 1
    top = max(values, default=0)
    # Rounded up: one parcel is seen even beside an hour with hundreds.
    heights = [-(-value * rows * steps // top) if top else 0 for value in values]
    return [
        "".join(_LEVELS[min(max(height - row * steps, 0), steps)] * (width - 1) + " " for height in heights)
        for row in reversed(range(rows))
    ]
