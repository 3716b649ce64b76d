"""A locker bank drawn as a bank: its doors in rows, by size. Shows and reports taps; never decides what is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from kiosk.words.language import N_, _
from kiosk.words.plain import fit
from kiosk.words.signs import ACCESSIBLE, ARROW, ARROW_BACK, CROSS, DIAMOND, FULL, HOLLOW
from screens.widgets.door_plan import Door, Plan, Spot, plan_doors
from screens.widgets.drawn import Piece, strip_of
from screens.widgets.focus import Focusable, Point
from screens.widgets.target import Target, target_at

if TYPE_CHECKING:
    from textual.events import Click, Resize
    from textual.strip import Strip

EMPTY = N_("This bank has no lockers.")

_STATES = {
    "free": (HOLLOW, (N_("free"),), "free"),
    "reserved": (DIAMOND, (N_("reserved"),), "reserved"),
    "occupied": (FULL, (N_("in use"),), "occupied"),
    "out_of_service": (CROSS, (N_("out of service"), N_("out")), "broken"),
    "unknown": ("?", (N_("unknown"),), "unknown"),
}
"""By the words of the API's states: sign, words from long to short, theme token."""

_WORDS_FROM = 12
"""Columns from which every state's word fits; narrower doors all show the sign alone."""


class BankDoors(ScrollView, Focusable, can_focus=False, can_focus_children=False):
    """The wall of doors, as roomy as the space allows; it scrolls if even the densest drawing is too high.

    Doors are touch targets only while they are large enough for a finger (`touchable`); else they are for looking.
    The last row explains the signs that occur.
    """

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """A door was tapped."""

        number: str

    def __init__(
        self,
        doors: Sequence[Door] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
        moved_in: bool = False,
    ) -> None:
        """Show doors; `moved_in` says that keys move from one to the next, so that the chosen one has the focus."""
        super().__init__(id=id, classes=classes)
        self._doors = tuple(doors)
        self._is_moved_in = moved_in
        self._plan = Plan()

    @property
    def doors(self) -> tuple[Door, ...]:
        """The doors, in the bank's own order."""
        return self._doors

    @doors.setter
    def doors(self, doors: Sequence[Door]) -> None:
        if (new := tuple(doors)) != self._doors:
            before, scrolled, legend = self._plan, self.scroll_offset, self._legend(self.size.width)
            self._doors = new
            self._arrange()
            if self.scroll_offset == scrolled and self._legend(self.size.width) == legend:
                self._refresh_changed(before)
            else:
                self.refresh()

    def focus_point(self) -> Point | None:
        """Return the corner of the chosen door; None where no key moves among them."""
        spots = self._plan.spots if self._is_moved_in else ()
        spot = next((each for each in spots if each.door.chosen), None)
        return Point(Offset(spot.left, spot.top - self.scroll_offset.y)) if spot else None

    @property
    def touchable(self) -> bool:
        """Whether the doors are drawn large enough for a finger."""
        return self._plan.touchable

    def beside(self, number: str, columns: int, rows: int) -> str | None:
        """Return the number of the next door in a direction, None at the wall's edge."""
        return self._plan.beside(number, columns, rows)

    def on_mount(self) -> None:
        """Arrange the doors for the first time."""
        self._arrange()

    def on_resize(self, event: Resize) -> None:
        """Arrange the doors anew for the new size."""
        if event.size:
            self._arrange()

    def targets(self) -> Iterable[Target]:
        """Return the doors where they are large enough; the gaps to the right and beneath belong to each."""
        if not self.touchable:
            return
        legend = self.size.height - 1
        for spot in self._plan.spots:
            top = spot.top - self.scroll_offset.y
            # The legend stands in the gap beneath the last doors; of one that is scrolled beneath it, it hides a part.
            rows = spot.height + (self._plan.density.gap if top + spot.height <= legend else 0)
            seen = Region(0, 0, self.size.width, legend + (top + spot.height <= legend))
            yield Target(spot.door.number, Region(spot.left, top, spot.width + 1, rows).intersection(seen))

    def on_click(self, event: Click) -> None:
        """Post the door under the finger."""
        event.stop()
        if (hit := target_at(self, event.x, event.y)) is not None:
            self.post_message(self.Chosen(hit.name))

    def render_line(self, y: int) -> Strip:
        """Draw one row of the wall, or the legend in the last one."""
        width = self.size.width
        if not self._doors:
            return strip_of(self, [(fit(f"  {_(EMPTY)}", width), "$quiet")] if y == 0 else [], width)
        if y == self.size.height - 1:
            return strip_of(self, self._legend(width), width)
        return strip_of(self, self._wall(y + self.scroll_offset.y), width)

    def _wall(self, y: int) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        for label in self._plan.labels:
            if label.top == y:
                pieces.append((label.text, "bold $foreground" if label.heading else "$quiet"))
                at = cell_len(label.text)
        for spot in self._plan.row(y):
            pieces += [(" " * (spot.left - at), ""), *_door(spot, y - spot.top, filled=self._plan.filled)]
            at = spot.left + spot.width
        return pieces

    def _legend(self, width: int) -> list[Piece]:
        """Explain the signs that occur, in shorter words where the long ones do not fit."""
        pieces = self._explained(0)
        if sum(cell_len(text) for text, _style in pieces) > width:
            pieces = self._explained(1)
        shown: list[Piece] = []
        for sign, word in zip(pieces[::2], pieces[1::2], strict=True):
            width -= cell_len(sign[0] + word[0])
            if width < 0:
                break
            shown += [sign, word]
        return shown

    def _explained(self, brief: int) -> list[Piece]:
        present = {door.state if door.state in _STATES else "unknown" for door in self._doors}
        pieces: list[Piece] = []
        for state, (sign, words, tone) in _STATES.items():
            if state in present:
                at = brief if state == "out_of_service" else 0
                word = _(words[at])
                pieces += [(f" {sign} ", f"bold ${tone}"), (f"{word} ", "$quiet")]
        if any(door.accessible for door in self._doors):
            pieces += [(f" {ACCESSIBLE} ", "bold $foreground"), (f"{_('accessible')} ", "$quiet")]
        if any(door.chosen for door in self._doors):
            pieces += [(f" {ARROW}{ARROW_BACK} ", "bold $chosen"), (_("chosen"), "$quiet")]
        return pieces

    def _refresh_changed(self, before: Plan) -> None:
        """Paint only the doors that changed, where all stand as they stood: a slow line pays by the byte."""
        after = self._plan
        if [_spot_place(spot) for spot in before.spots] != [_spot_place(spot) for spot in after.spots]:
            self.refresh()
            return
        # They count what is free; the doors stay where they are, but labels have no region of their own.
        if before.labels != after.labels:
            self.refresh()
        for old, new in zip(before.spots, after.spots, strict=True):
            if old.door != new.door:
                self.refresh(Region(new.left, new.top - self.scroll_offset.y, new.width, new.height))

    def _arrange(self) -> None:
        if not self.is_mounted:
            return
        self._plan = plan_doors(self._doors, self.size.width, max(self.size.height - 1, 1))
        # One row more than the doors take: the legend covers the last one of the window.
        self.virtual_size = Size(self.size.width, self._plan.height + 1 if self._doors else 0)
        chosen = next((spot for spot in self._plan.spots if spot.door.chosen), None)
        if chosen is not None:
            below = chosen.top + chosen.height - (self.size.height - 1)
            self.scroll_to(y=max(below, 0), animate=False, force=True)


def _spot_place(spot: Spot) -> tuple[int, int, int, int]:
    return spot.left, spot.top, spot.width, spot.height


def _door(spot: Spot, row: int, *, filled: bool) -> list[Piece]:
    """Return one row of a door: its number, and its state as a sign, with the word where there is room."""
    door, width = spot.door, spot.width
    sign, words, tone = _STATES.get(door.state, _STATES["unknown"])
    ground = "on $chosen" if door.chosen else (f"on ${tone}-tile" if filled else "")
    ink = "$chosen-text" if door.chosen else f"${tone}"
    left, right = (ARROW, ARROW_BACK) if door.chosen else (" ", " ")
    mark = ACCESSIBLE if door.accessible else " "
    strong, calm = f"bold {ink} {ground}", f"{ink} {ground}"
    if spot.height == 1:
        return [(f"{left}{fit(door.number, width - 5, 'middle')} {sign}{mark}{right}", strong)]
    if row == 0:
        return [(f"{left}{fit(door.number, width - 4, 'middle')} {mark}{right}", strong)]
    if row == spot.height - 1:
        fitting = (word for word in map(_, words) if cell_len(word) <= width - 4)
        word = next(fitting, "") if width >= _WORDS_FROM else ""
        return [(fit(f" {sign} {word}", width), calm)]
    return [(" " * width, calm)]
