"""The row of keys, which becomes a keyboard of letters where it is given the height: for a desk without one.

Which text a letter joins is the app's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual.events import Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from kiosk.words.language import N_, _
from kiosk.words.plain import fit, shorten, whole_words
from kiosk.words.signs import UPPER_HALF
from screens.clerk_actions import KEYBOARD
from screens.widgets.action_row import HEIGHT, ActionRow
from screens.widgets.drawn import Piece, strip_of
from screens.widgets.target import LEAST_ROWS, Target

UNITS = 20
"""The width in halves of a letter; at 80 columns a letter has the eight that a finger needs."""

DIGITS = "1234567890"
LETTERS = ("qwertyuiop", "asdfghjkl\b", "\fzxcvbnm,.")
SIGNS = (".,'_+&/#:\b", "\fäöüßéèçñå")
ACCENTS = "áàâêëíóúøæ"


class Key(NamedTuple):
    """One key: its sign, or the name of what it does; its words; and its width in halves of a letter."""

    name: str
    label: str
    units: int = 2

    @property
    def is_sign(self) -> bool:
        """Whether it is typed."""
        return len(self.name) == 1


ERASE, SHIFT = Key("backspace", N_("Erase")), Key("shift", N_("Shift"))
_OTHERS = {"\b": ERASE, "\f": SHIFT}
_HIDE = Key("hide", N_("Hide"), 3)


class TouchKeyboard(ActionRow):
    """Draws the keys of the screen, or where it is higher than those the letters; the main key stays among them."""

    @dataclass
    class Pressed(Message):
        """A sign was tapped, or `backspace`, or `enter`."""

        key: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._has_signs = self._is_shifted = False

    @property
    def has_letters(self) -> bool:
        """Whether it is a keyboard now."""
        return self.size.height > HEIGHT

    def on_resize(self, event: Resize) -> None:
        """Begin with the small letters."""
        if event.size:
            self._has_signs = self._is_shifted = False

    def targets(self) -> Iterable[Target]:
        """Return the keys of the keyboard, else those of the row; a letter counts as often as it is tapped."""
        if not self.has_letters:
            yield from super().targets()
            return
        for top, row in enumerate(self._rows()):
            for key, left, width in self._placed(row):
                repeats = key.is_sign or key is ERASE
                yield Target(key.name, Region(left, top * LEAST_ROWS, width + 1, LEAST_ROWS), self._works(key), repeats)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the terminal."""
        if not self.has_letters:
            return super().render_line(y)
        rows, (at, line) = self._rows(), divmod(y, LEAST_ROWS)
        pieces: list[Piece] = []
        column = 0
        for key, left, width in self._placed(rows[at]) if at < len(rows) else ():
            pieces += [(" " * (left - column), ""), self._drawn(key, line, width)]
            column = left + width
        return strip_of(self, pieces, self.size.width)

    def tapped(self, name: str) -> None:
        """Tell what was tapped; other signs and large letters are its own business."""
        if not self.has_letters:
            super().tapped(name)
            return
        match name:
            case "others":
                self._has_signs, self._is_shifted = not self._has_signs, False
            case SHIFT.name:
                self._is_shifted = not self._is_shifted
            case _HIDE.name:
                self.post_message(self.Chosen(KEYBOARD.name))
            case _:
                self._is_shifted = False
                self.post_message(self.Pressed(name))
        self.refresh()

    def _rows(self) -> list[Sequence[Key]]:
        """Return the keys, row by row: the digits always where there is a row for them, else with the signs."""
        has_room = self.size.height >= 5 * LEAST_ROWS
        if not self._has_signs:
            texts = (DIGITS, *LETTERS) if has_room else LETTERS
        else:
            texts = (DIGITS, *SIGNS, ACCENTS) if has_room else (DIGITS, *SIGNS)
        return [*([self._key(sign) for sign in text] for text in texts), self._last_row()]

    def _key(self, sign: str) -> Key:
        shown = sign.upper() if self._is_shifted and len(sign.upper()) == 1 else sign
        return _OTHERS.get(sign, Key(shown, shown))

    def _last_row(self) -> Sequence[Key]:
        others = Key("others", "abc" if self._has_signs else "123 é", 3)
        return others, Key("-", "-"), Key(" ", _("Space"), 6), Key("@", "@"), Key("enter", self._main_label, 4), _HIDE

    @property
    def _main_label(self) -> str:
        return next((item.label for item in self.items if item.main), "")

    def _works(self, key: Key) -> bool:
        """Tell whether a key does something now: Enter is the screen's main key."""
        return key.name != "enter" or any(item.main and item.enabled for item in self.items)

    def _placed(self, row: Sequence[Key]) -> Iterator[tuple[Key, int, int]]:
        """Yield each key of a row with its column and its width; a blank column lies to its right."""
        at = 0
        for key in row:
            left, right = (self.size.width * units // UNITS for units in (at, at + key.units))
            yield key, left, right - left - 1
            at += key.units

    def _drawn(self, key: Key, line: int, width: int) -> Piece:
        """Return one line of a key, whose upper half line stays blank."""
        is_lit = key.name == "enter" or (key is SHIFT and self._is_shifted)
        ground, ink = ("chosen", "chosen-text") if is_lit else ("tile", "foreground" if key.is_sign else "quiet")
        if not self._works(key):
            ground, ink = "tile-off", "quiet"
        if line == 0:
            return UPPER_HALF * width, f"$background on ${ground}"
        words = _(key.label) if key in {ERASE, SHIFT, _HIDE} else key.label
        rows = [key.label] if key.is_sign and key.name != " " else whole_words(words, width)
        rows = [*rows[:1], " ".join(rows[1:])]
        label = shorten(rows[line - 1], width)
        return fit(" " * ((width - cell_len(label) + width % 2) // 2) + label, width), f"bold ${ink} on ${ground}"
