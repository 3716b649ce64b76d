"""Digits to tap, and as many dots as were typed. Which digits those are it is never told; what they open is others'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual.events import Click
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.words.language import N_, _
from kiosk.words.plain import fit
from kiosk.words.signs import FULL, HOLLOW, UPPER_HALF
from screens.widgets.drawn import Drawn, Piece, strip_of
from screens.widgets.focus import FIRST_OF_ALL, Focusable, Point
from screens.widgets.target import Target, target_at

DOTS = 4
"""So many places are shown before anything is typed."""
MOST_DOTS = 12

_KEYS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("backspace", "0", "enter"))
_WORDS = {"backspace": N_("Erase")}
_ROWS = 3
"""Of a key, as a finger needs it; half of the last one is the gap to the key beneath."""
_WIDTH = 12
_GAP = 1


class _Key(NamedTuple):
    name: str
    left: int
    top: int


class PinPad(Drawn, Focusable):
    """A pad of twelve keys; while it is off, nothing is posted."""

    focus_turn = FIRST_OF_ALL

    @dataclass
    class Pressed(Message):
        """A digit was tapped, or `backspace`, or `enter`."""

        key: str

    count: reactive[int] = reactive(0)
    """How many digits were typed."""
    is_on: reactive[bool] = reactive(True)

    def __init__(self, enter: str) -> None:
        """Make a pad whose last key says what the PIN is for."""
        super().__init__()
        self._words = {name: _(word) for name, word in _WORDS.items()} | {"enter": enter}

    def focus_point(self) -> Point:
        """Return the place of the next dot."""
        at = (_PAD_WIDTH - len(_dots(self.count))) // 2 + 2 * min(self.count, MOST_DOTS)
        return Point(Offset(self._margin + at, self._above), takes_text=self.is_on)

    def render_line(self, y: int) -> Strip:
        """Draw the dots, then the keys, in the middle."""
        width, y = self.size.width, y - self._above
        margin = (" " * self._margin, "")
        if y == 0:
            return strip_of(self, [margin, (_centred(_dots(self.count), _PAD_WIDTH), "bold $chosen")], width)
        pieces: list[Piece] = [margin]
        for key in _row(y - _TOP):
            pieces += [(" " * _GAP if key.left else "", ""), self._face(key, y - _TOP - key.top)]
        return strip_of(self, pieces, width)

    def targets(self) -> Iterable[Target]:
        """Return the keys; the gap beside each belongs to it. Digits count as often as they are tapped."""
        for line, names in enumerate(_KEYS):
            for column, name in enumerate(names):
                left, top = column * (_WIDTH + _GAP), self._above + _TOP + line * _ROWS
                region = Region(self._margin + left, top, _WIDTH + _GAP, _ROWS)
                yield Target(name, region, enabled=self.is_on, repeats=name != "enter")

    def on_click(self, event: Click) -> None:
        """Post the key under the finger."""
        event.stop()
        if (hit := target_at(self, event.x, event.y)) is not None:
            self.post_message(self.Pressed(hit.name))

    @property
    def _margin(self) -> int:
        return max((self.size.width - _PAD_WIDTH) // 2, 0)

    @property
    def _above(self) -> int:
        return max((self.size.height - HEIGHT) // 2, 0)

    def _face(self, key: _Key, row: int) -> Piece:
        is_main = key.name == "enter"
        words, ground = ("bold $chosen-text", "$chosen") if is_main else ("bold $foreground", "$tile")
        if not self.is_on or (is_main and not self.count):
            words, ground = "$quiet", "$tile-off"
        if row == _ROWS - 1:
            return UPPER_HALF * _WIDTH, ground
        label = self._words.get(key.name, key.name)
        return _centred(label if row == _ROWS // 2 else "", _WIDTH), f"{words} on {ground}"


_TOP = 2
"""The row of the dots and a blank one."""
_PAD_WIDTH = 3 * _WIDTH + 2 * _GAP
HEIGHT = _TOP + len(_KEYS) * _ROWS


def _row(y: int) -> Iterator[_Key]:
    """Yield the keys that a row belongs to."""
    line = y // _ROWS
    if 0 <= line < len(_KEYS):
        for column, name in enumerate(_KEYS[line]):
            yield _Key(name, column * (_WIDTH + _GAP), line * _ROWS)


def _dots(count: int) -> str:
    typed = min(count, MOST_DOTS)
    return " ".join(FULL * typed + HOLLOW * max(DOTS - typed, 0))


def _centred(text: str, width: int) -> str:
    return fit(" " * max((width - cell_len(text)) // 2, 0) + text, width)
