"""A row of large targets that each show a number or a sign, what it counts, and its key. Runs no action itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.events import Click
from textual.geometry import Region
from textual.strip import Strip

from kiosk.words.plain import fit, shorten, whole_words
from screens.widgets.action_row import ActionRow
from screens.widgets.drawn import Drawn, Piece, is_large, strip_of
from screens.widgets.target import Target, target_at

HEIGHT = 3
"""Rows of every target."""
LEAST = 8
"""Columns of the narrowest target."""


@dataclass(frozen=True, slots=True)
class CountItem:
    """One target: what is posted, the number or sign, what it counts, the key that does the same."""

    action: str
    count: str
    label: str
    key_label: str
    enabled: bool = True
    lit: bool = False
    """Its list is shown now."""


class CountRow(Drawn):
    """Draws the items side by side over the whole width; one that is lit is filled with the accent.

    A tap is told as one on the row of keys is, for it does the same as a key.
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[CountItem, ...] = ()

    @property
    def items(self) -> tuple[CountItem, ...]:
        """The targets, from left to right."""
        return self._items

    @items.setter
    def items(self, items: Sequence[CountItem]) -> None:
        # In large print only what there is: the others' keys work without a target too.
        new = tuple(item for item in items if item.count != "0" or not is_large(self))
        if new != self._items:
            self._items = new
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one of the rows."""
        pieces: list[Piece] = []
        shared = list(self._shared())
        # Where words need two rows, number and key share one: then all stand alike.
        is_tight = any(cell_len(item.label) > width for item, width in shared)
        for item, width in shared:
            rows = _tight(item, width) if is_tight else (item.count, item.label, item.key_label)
            pieces += [(_centred(rows[y], width), _style(item, y)), (" ", "")]
        return strip_of(self, pieces[:-1], self.size.width)

    def targets(self) -> Iterable[Target]:
        """Return the items; the gap beside each belongs to it."""
        left = 0
        for item, width in self._shared():
            yield Target(item.action, Region(left, 0, width + 1, HEIGHT), enabled=item.enabled)
            left += width + 1

    def on_click(self, event: Click) -> None:
        """Post the target under the finger."""
        event.stop()
        if (hit := target_at(self, event.x, event.y)) is not None:
            self.post_message(ActionRow.Chosen(hit.name))

    def _shared(self) -> Iterator[tuple[CountItem, int]]:
        """Share the width among the targets: each gets what its words need, and the rest is spread evenly."""
        if not self._items:
            return
        room = self.size.width - (len(self._items) - 1)
        wanted = _wanted(self._items, room)
        spare = max(room - sum(wanted), 0)
        for place, (item, width) in enumerate(zip(self._items, wanted, strict=True)):
            yield item, width + spare // len(wanted) + (place < spare % len(wanted))


def _wanted(items: Sequence[CountItem], room: int) -> list[int]:
    """Return what the words of each target need: with air beside them, and cut, the longest first, where they must."""
    widths = [[max(LEAST, cell_len(item.label) + air) for item in items] for air in (2, 1, 0)]
    widths += [
        [max(LEAST, _in_two_rows(item) + air, cell_len(f"{item.count}  {item.key_label}")) for item in items]
        for air in (1, 0)
    ]
    wanted = next((each for each in widths if sum(each) <= room), widths[-1])
    while sum(wanted) > room and max(wanted) > LEAST:
        wanted[wanted.index(max(wanted))] -= 1
    return wanted


def _in_two_rows(item: CountItem) -> int:
    """Return the columns in which the words need no more than two rows."""
    columns = max((cell_len(word) for word in item.label.split()), default=0)
    while len(whole_words(item.label, columns)) > 2:
        columns += 1
    return columns


def _tight(item: CountItem, width: int) -> tuple[str, str, str]:
    """Return number and key in one row, and the words in two."""
    first, *rest = whole_words(item.label, width) or [""]
    head = f"{item.count}  {item.key_label}"
    # One row of words stands at the bottom, where the others end.
    return (head, first, " ".join(rest)) if rest else (head, "", first)


def _style(item: CountItem, y: int) -> str:
    if item.lit:
        return "bold $chosen-text on $chosen" if y < HEIGHT - 1 else "$chosen-text on $chosen"
    if not item.enabled:
        return "$quiet on $tile-off"
    return "bold $foreground on $tile" if y < HEIGHT - 1 else "$quiet on $tile"


def _centred(text: str, width: int) -> str:
    text = shorten(text, width)
    return fit(" " * ((width - cell_len(text)) // 2) + text, width)
