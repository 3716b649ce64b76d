"""What comes in becomes entries: a line that was typed, a scan, a key that means something by itself.

On a terminal `kiosk/scanner/machine.py` tells what a scanner sent from what a hand typed, so that a control sign inside
a scan is data and Ctrl+C of a hand is none. Elsewhere a line is a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import NamedTuple

from kiosk.plain.terminal import Arrived, Ended, Heard, Silent
from kiosk.scanner.machine import LONGEST_PIECE, Machine
from kiosk.scanner.tokens import Act, Erased, Key, Pressed, Repeated, Scan, Sign, TooLong, Typed, token_of_sign
from kiosk.tracking.codes import Code
from kiosk.tracking.scan import is_unmistakable

_ENDS = re.compile("\r\n|[\r\n\t]")
_KEYS = {"\x7f": "backspace", "\x08": "backspace", "\x1b": "escape"}


class Entry(NamedTuple):
    """A line that was typed, or codes that were scanned in one burst."""

    codes: tuple[Code, ...]
    follows: bool = False
    """They came in one burst with those before."""
    is_shown: bool = False
    """It stands on the terminal already, as it was typed."""

    @property
    def text(self) -> str:
        """The line."""
        return self.codes[0]


class Stroke(Enum):
    """What is no line, and means something by itself."""

    INTERRUPT = auto()
    """Ctrl+C."""
    BACK = auto()
    """Esc."""
    CLOSE = auto()
    """Ctrl+D, with nothing typed."""
    END = auto()
    """Nothing comes any more."""
    REPEATED = auto()
    """The code scanned last came again at once, and counts for nothing."""
    TOO_LONG = auto()
    """More than any line or code has came in one piece; it is gone."""


Input = Entry | Stroke

_STROKES = {"ctrl+c": Stroke.INTERRUPT, "escape": Stroke.BACK, "ctrl+d": Stroke.CLOSE}


class Typing:
    """Makes entries of what is heard, and says what is to be seen of it meanwhile."""

    def __init__(
        self,
        hear: Callable[[Input], None],
        show: Callable[[str], None],
        show_again: Callable[[], None],
        *,
        is_live: bool,
    ) -> None:
        self._hear = hear
        self._show = show
        """Shows signs that were typed."""
        self._show_again = show_again
        """Shows the line anew: something of it was taken back."""
        self._is_live = is_live
        self.machine = Machine(is_certain=self.is_parcel, is_unmistakable=is_unmistakable)
        self._own_prefix = ""
        self.typed = ""
        """What was typed and not ended yet."""

    def open(self, *, own_prefix: str, scanner_prefix: str, ends_by_silence: bool) -> None:
        """Know this desk's scanner, and how numbers made here begin."""
        self._own_prefix = own_prefix
        self.machine.prefix, self.machine.ends_by_silence = scanner_prefix, ends_by_silence

    def is_parcel(self, code: Code) -> bool:
        """Tell whether a code can only be a parcel's number: a carrier's, or one made here."""
        is_own = bool(self._own_prefix) and code.upper().startswith(self._own_prefix)
        return is_own or code.is_certain

    def take(self, heard: Heard) -> None:
        """Take in what was heard, in its order."""
        match heard:
            case Ended():
                if self.typed:
                    self._end_line()
                self._hear(Stroke.END)
            case Arrived(signs, at) if self._is_live:
                for act in self.machine.quiet(at):
                    self._carry_out(act)
                for sign in signs:
                    for act in self.machine.feed(_token(sign), at):
                        self._carry_out(act)
            case Arrived(signs, _):
                self._take_lines(signs)
            case Silent(at):
                for act in self.machine.quiet(at):
                    self._carry_out(act)

    def _take_lines(self, signs: str) -> None:
        *lines, self.typed = _ENDS.split(self.typed + signs)
        # The other half of an end may come with what is read next.
        if signs.endswith("\r"):
            *lines, self.typed = (*lines[:-1], f"{lines[-1]}\r") if lines else ("\r",)
        for line in lines:
            self._hear(Stroke.TOO_LONG if len(line) > LONGEST_PIECE else Entry((self._without_prefix(line),)))

    def _without_prefix(self, line: str) -> Code:
        prefix = self.machine.prefix
        return Code(line.removeprefix(prefix) if prefix else line)

    def _end_line(self) -> None:
        line, self.typed = self.typed.rstrip("\r"), ""
        self._hear(Entry((self._without_prefix(line),), is_shown=self._is_live))

    def _carry_out(self, act: Act) -> None:
        match act:
            case Typed(text):
                self.typed += text
                self._show(text)
            case Erased(everything):
                self.typed = "" if everything else self.typed[:-1]
                self._show_again()
            case Pressed("enter"):
                self._end_line()
            case Pressed(name) if name in _STROKES:
                self._press(_STROKES[name])
            case Scan(codes, follows):
                self.typed = ""
                if len(codes) > 1:
                    self._show_again()
                for entry in self._entries(codes, follows=follows):
                    self._hear(entry)
            case Repeated():
                self.typed = ""
                self._hear(Stroke.REPEATED)
            case TooLong():
                self.typed = ""
                self._hear(Stroke.TOO_LONG)
            case _:
                pass

    def _press(self, stroke: Stroke) -> None:
        """Take a key: with something typed, Esc only takes that back, and Ctrl+D is nothing."""
        if self.typed and stroke is not Stroke.INTERRUPT:
            if stroke is Stroke.BACK:
                self.typed = ""
                self._show_again()
            return
        self.typed = ""
        self._hear(stroke)

    def _entries(self, codes: tuple[Code, ...], *, follows: bool) -> Iterable[Entry]:
        """Return a burst whole where a parcel is in it; else each line by itself, as if it had come slowly."""
        if len(codes) == 1 or any(map(self.is_parcel, codes)):
            return [Entry(codes, follows, is_shown=len(codes) == 1)]
        return [Entry((code,)) for code in codes]


def _token(sign: str) -> Sign | Key:
    return Key(_KEYS[sign], sign) if sign in _KEYS else token_of_sign(sign)
