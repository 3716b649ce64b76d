"""The row of large keys at the bottom: what can be done now, by touch, with its key named. Runs no action itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len
from textual.events import Click
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from kiosk.words.plain import broken, fit, plain, shorten, whole_words
from screens.widgets.drawn import Drawn, Piece, strip_of
from screens.widgets.focus import Focusable, Point
from screens.widgets.target import Target, target_at

HEIGHT = 4
"""Rows of every target; a finger of 20 mm needs about that on a 10-inch panel."""
MOST_TARGETS = 7
"""Targets beside each other, at 80 columns, among which the main one is still the largest."""
_MOST_LINES = 3
_LEAST, _LEAST_MAIN = 8, 10
_MOST, _MOST_MAIN = 22, 32


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One target: what is posted, the key that does the same, the words, and whether it is the likely next one."""

    action: str
    key_label: str
    label: str
    main: bool = False
    enabled: bool = True
    lit: bool = False
    """Filled like the main one, but no wider: a choice that is taken, among others that keep their places."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item stands: columns from `left`, rows from `top`. The gap to the right belongs to it."""

    item: ActionItem
    left: int
    width: int
    top: int
    height: int


class ActionRow(Drawn, Focusable):
    """Draws the items as flat keys of four rows; the main one is filled with the accent."""

    @dataclass
    class Chosen(Message):
        """A target was tapped."""

        action: str

    def __init__(
        self,
        items: Sequence[ActionItem] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
        moved_in: bool = False,
    ) -> None:
        """Draw items; `moved_in` says that keys move from one to the next, so that the main one has the focus."""
        super().__init__(id=id, classes=classes)
        self._items = tuple(items)
        self._is_moved_in = moved_in

    def focus_point(self) -> Point | None:
        """Return where the label of the main item begins; None where no key moves in the row."""
        places = _place(self._items, self.size.width) if self._is_moved_in else ()
        place = next((each for each in places if each.item.main), None)
        if place is None:
            return None
        lines = [_centred(text, place.width) for text, _ in _lines(place, _MOST_LINES)]
        row = next((row for row, text in enumerate(lines) if text.strip()), 0)
        return Point(Offset(place.left + cell_len(lines[row]) - cell_len(lines[row].lstrip()), place.top + row))

    @property
    def items(self) -> tuple[ActionItem, ...]:
        """The targets, from left to right."""
        return self._items

    @items.setter
    def items(self, items: Sequence[ActionItem]) -> None:
        if (new := tuple(items)) != self._items:
            self._items = new
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one of the four rows."""
        width = self.size.width
        pieces: list[Piece] = []
        at = 0
        room, targets = self._room, _place(self._items, width, self._room)
        rows = max((len(_label(target, room)) for target in targets), default=0)
        for target in targets:
            if target.top <= y < target.top + target.height:
                pieces += [(" " * (target.left - at), ""), _row(target, y - target.top, max(rows, _MOST_LINES - 1))]
                at = target.left + target.width
        return strip_of(self, pieces, width)

    def targets(self) -> Iterable[Target]:
        """Return the items that are shown; the gap beside each belongs to it."""
        for place in _place(self._items, self.size.width, self._room):
            region = Region(place.left, place.top, place.width + 1, place.height)
            yield Target(place.item.action, region, enabled=place.item.enabled)

    @property
    def _room(self) -> int:
        """How many lines a label may have: a third takes the row that is blank otherwise, where that is shown."""
        return _MOST_LINES if self.size.height >= HEIGHT else _MOST_LINES - 1

    def on_click(self, event: Click) -> None:
        """Find the target under the finger."""
        event.stop()
        if (hit := target_at(self, event.x, event.y)) is not None:
            self.tapped(hit.name)

    def tapped(self, name: str) -> None:
        """Post what was tapped. A subclass overrides this and not `on_click`: Textual calls that of every class."""
        self.post_message(self.Chosen(name))


@lru_cache(64)
def _place(items: tuple[ActionItem, ...], width: int, lines: int = _MOST_LINES) -> tuple[_Place, ...]:
    """Share the width among the items: one line of four rows, or two of two rows where the window is very narrow."""
    if not items or width < 1:
        return ()
    least = sum(_LEAST_MAIN if item.main else _LEAST for item in items) + len(items) - 1
    if least <= width or len(items) == 1:
        return tuple(_place_line(items, width, 0, lines))
    half = (len(items) + 1) // 2
    return (
        *_place_line(items[:half], width, 0),
        *_place_line(items[half:], width, HEIGHT // 2),
    )


def _place_line(items: tuple[ActionItem, ...], width: int, top: int, lines: int = 1) -> list[_Place]:
    room, height = width - (len(items) - 1), HEIGHT if lines > 1 else HEIGHT // 2
    # With air at both sides, or less of it.
    wanted = [[_width_wanted(item, lines, air) for item in items] for air in (2, 1, 0)]
    widths = next((each for each in wanted if sum(each) <= room), wanted[-1])
    most = [_MOST_MAIN if item.main else _MOST for item in items]
    # Too wide: the widest gives way, so that no short label is cut off before a long one.
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    while sum(widths) < room and any(have < limit for have, limit in zip(widths, most, strict=True)):
        open_ones = [index for index, have in enumerate(widths) if have < most[index]]
        # The main one counts half, and so grows to twice the width of the others.
        widths[min(open_ones, key=lambda index: widths[index] / (2 if items[index].main else 1))] += 1
    targets, left = [], 0
    for item, own in zip(items, widths, strict=True):
        if left < width:
            targets.append(_Place(item, left, min(own, width - left), top, height))
        left += own + 1
    return targets


def _width_wanted(item: ActionItem, lines: int, air: int) -> int:
    """Return the columns in which the words of an item, without those in brackets, need no more than so many lines."""
    words = plain(item.label).partition(" (")[0]
    longest_word = max((cell_len(word) for word in words.split()), default=0)
    wanted = max(_LEAST_MAIN if item.main else _LEAST, longest_word + air, cell_len(item.key_label) + air)
    while lines > 1 and wanted < _MOST and len(broken(words, wanted - air)) > lines:
        wanted += 1
    return wanted


def _row(target: _Place, row: int, rows: int) -> Piece:
    """Return one row of a target; its label has so many rows, like those beside it."""
    item, width = target.item, target.width
    if not item.enabled:
        label_style = key_style = "$quiet on $tile-off"
    elif item.main or item.lit:
        label_style, key_style = "bold $chosen-text on $chosen", "$chosen-text on $chosen"
    else:
        label_style, key_style = "bold $foreground on $tile", "$quiet on $tile"
    lines = _lines(target, rows)
    text, is_label = lines[row] if row < len(lines) else ("", True)
    return _centred(text, width), label_style if is_label else key_style


def _lines(target: _Place, rows: int) -> list[tuple[str, bool]]:
    """Return the rows of a target as text and whether it belongs to the label; all keys stand in one row."""
    label, key = [(line, True) for line in _label(target, rows)], (target.item.key_label, False)
    return [*label, key] if target.height < HEIGHT else [*label, *[("", True)] * (rows - len(label)), key]


def _label(target: _Place, rows: int) -> list[str]:
    """Return the words of a target, a line each; in a low one a single line."""
    label, width = plain(target.item.label), target.width
    if target.height < HEIGHT:
        return [label]
    if cell_len(label) <= width - 2:
        return ["", label]
    head, bracket, tail = label.partition(" (")
    # With a blank at each side, unless that takes more lines than there are.
    lines = next(
        (found for air in (2, 1) if len(found := whole_words(head, max(width - air, 1))) <= rows),
        whole_words(head, width),
    )
    if bracket and len(lines) < rows:  # else it gives way: it only adds to what is named before it
        lines.append(f"({tail}")
    return lines if len(lines) <= rows else [*lines[: rows - 1], " ".join(lines[rows - 1 :])]


def _centred(text: str, width: int) -> str:
    text = shorten(text, width)
    return fit(" " * ((width - cell_len(text)) // 2) + text, width)
