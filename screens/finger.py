"""What a finger means on a touch screen: which target it hit, and whether it tapped at all. Carries out no tap.

A terminal such as foot tells a tap as a press and a release, often both at once when the finger lifts, and the release
wherever the finger was by then; it tells neither what hovers nor a second finger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from textual.events import MouseDown, MouseEvent, MouseUp
from textual.geometry import Offset, Region
from textual.screen import Screen

from screens.seen import was_seen
from screens.widgets.target import LEAST_COLUMNS, LEAST_ROWS, Tappable, Target

if TYPE_CHECKING:
    from screens.base import ClerkScreen

DOUBLE_TAP_SECONDS = 0.5
"""A second tap at the same place within this time belongs to the first: hands that shake tap twice within 0.4 s."""


class Hit(NamedTuple):
    """A target under a finger, and the cell of it that counts."""

    target: Target
    cell: Offset


class _Down(NamedTuple):
    """A finger that is on the screen."""

    screen: Screen[None]
    read_at: float
    hit: Hit | None


class _Tap(NamedTuple):
    at: float
    cell: Offset
    repeats: bool


class Finger:
    """One finger: where it came down, and where it tapped last."""

    def __init__(self) -> None:
        self._down: _Down | None = None
        self._last = _Tap(-inf, Offset(), repeats=False)

    def comes_down(self, screen: ClerkScreen, event: MouseDown, read_at: float) -> Sequence[MouseEvent]:
        """Note what the finger came down on, for that counts wherever it lifts; return what Textual is told of it.

        `read_at` is a moment on the clock of the system, in seconds.
        """
        self._down = None
        if not was_seen(screen, read_at):
            return ()
        self._down = _Down(screen, read_at, hit_on(screen, event.screen_offset))
        # Beside every target there may be a scrollbar, which only Textual knows.
        return () if self._down.hit else (event,)

    def lifts(self, screen: ClerkScreen, event: MouseUp, at: float) -> Sequence[MouseEvent]:
        """Return what Textual is told of the tap; nothing where there was none. `at` is on the clock of arrival."""
        down, self._down = self._down, None
        # A finger that came down on another screen, or before this one asked what it asks now, taps nothing here.
        if down is None or down.screen is not screen or not was_seen(screen, down.read_at):
            return ()
        if down.hit is None:
            return (event,)
        return self._tapped(down.hit, event, at) if _is_near(down.hit.cell, event.screen_offset) else ()

    def _tapped(self, hit: Hit, event: MouseUp, at: float) -> Sequence[MouseEvent]:
        tap = _Tap(at, hit.cell, hit.target.repeats)
        is_second = at - self._last.at < DOUBLE_TAP_SECONDS and _is_near(self._last.cell, tap.cell)
        # Of two taps the first may have been a letter, and the second hit what has come in its place.
        if is_second and not (tap.repeats and self._last.repeats):
            return ()
        self._last = tap
        return tuple(_at(kind, event, hit.cell) for kind in (MouseDown, MouseUp))


def _at(kind: type[MouseEvent], event: MouseEvent, cell: Offset) -> MouseEvent:
    """Return an event as if it had come at that cell."""
    x, y = cell
    return kind(
        None, x, y, 0, 0, event.button, shift=event.shift, meta=event.meta, ctrl=event.ctrl, screen_x=x, screen_y=y
    )


def _is_near(one: Offset, other: Offset) -> bool:
    """Tell whether two cells are no further apart than the least target is large."""
    apart = one - other
    return abs(apart.x) < LEAST_COLUMNS and abs(apart.y) < LEAST_ROWS


def hit_on(screen: Screen[None], cell: Offset) -> Hit | None:
    """Return the target at a cell of the screen, else the one that ends right above it: people hit a row too low."""
    above = cell - (0, 1)
    low = None
    for target, region in targets_on(screen):
        if region.contains_point(cell):
            return Hit(target, cell)
        if region.contains_point(above):
            low = Hit(target, above)
    return low


def targets_on(screen: Screen[None]) -> Iterator[tuple[Target, Region]]:
    """Yield what can be tapped on a screen as it is, with the cells of the screen where it is seen."""
    for widget in screen.query("*"):
        if isinstance(widget, Tappable) and widget.display and widget.is_on_screen:
            place = screen.find_widget(widget)
            seen = place.region.intersection(place.clip)
            for target in widget.targets():
                region = target.region.translate(place.region.offset).intersection(seen)
                if region:
                    yield target, region
