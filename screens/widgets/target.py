"""A target: what a finger can hit on a widget, and where. What a tap does is the widget's business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, runtime_checkable

from textual.geometry import Region

LEAST_COLUMNS, LEAST_ROWS = 8, 3
"""What a finger needs at least; `docs/touch.md` has the millimetres."""


class Target(NamedTuple):
    """Some cells of a widget that belong together."""

    name: str
    """The action, or another word for what a tap does there."""
    region: Region
    """Counted from the widget's own corner."""
    enabled: bool = True
    repeats: bool = False
    """Whether each of two quick taps counts, as for a letter that is typed twice."""


@runtime_checkable
class Tappable(Protocol):
    """A widget that can be tapped."""

    def targets(self) -> Iterable[Target]:
        """Return what can be tapped now; no two share a cell."""


def target_at(widget: Tappable, x: int, y: int) -> Target | None:
    """Return what is tapped at a cell of a widget; None where nothing is, or nothing that works now."""
    return next((each for each in widget.targets() if each.enabled and each.region.contains(x, y)), None)
