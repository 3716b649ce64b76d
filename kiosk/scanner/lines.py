"""What is remembered of codes: those of one burst that may be lines of something larger, and the last one. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from kiosk.scanner.tokens import Scan
from kiosk.tracking.codes import Code

SAME_SCAN_SECONDS = 3.0
"""The same code again this soon, with nothing in between, is the scanner's doing."""


class LastCode:
    """The code that was ended last, as long as nobody did anything since."""

    def __init__(self) -> None:
        self._code, self._at = "", -inf

    def is_repeated_by(self, code: str, at: float) -> bool:
        """Tell whether a code is the same again at once, and remember it as the last one."""
        is_repeated = code == self._code and at - self._at < SAME_SCAN_SECONDS
        # A repetition counts from the one before: a scanner left lying on a label goes on for longer than that.
        self._code, self._at = code, at
        return is_repeated

    def forget(self) -> None:
        """Let every code count: somebody did something, or what the last one asked for failed."""
        self._code, self._at = "", -inf


class Lines:
    """What came in one burst, until silence says that it is all."""

    def __init__(self) -> None:
        self._lines: list[Code] = []
        self._follow = False
        self._are_typed = False
        """No scanner sent any of them."""

    def __bool__(self) -> bool:
        """Tell whether anything is kept."""
        return bool(self._lines)

    def keep(self, line: Code, *, follows: bool, is_typed: bool) -> None:
        """Keep a line; `follows` says whether it came in one burst with a scan before it."""
        if not self._lines:
            self._follow, self._are_typed = follows, True
        self._are_typed = self._are_typed and is_typed
        self._lines.append(line)

    def let_go(self) -> Iterator[Scan]:
        """Give back what is kept as one scan; empty lines at its end, or behind each line, were only ends.

        One line that a hand typed is none, though something came right behind its Enter.
        """
        lines, self._lines = self._lines, []
        while lines and not lines[-1]:
            lines.pop()
        if not any(lines[1::2]) and all(lines[::2]):
            lines = lines[::2]
        if lines and not (self._are_typed and len(lines) == 1):
            yield Scan(tuple(lines), self._follow)
