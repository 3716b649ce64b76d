"""Codes of one burst that may be parts of something larger, such as the lines of a 2D code. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scanner.tokens import Scan

if TYPE_CHECKING:
    from collections.abc import Iterator


class Lines:
    """What came in one burst, until silence says that it is all."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._follow = False
        self._are_typed = False
        """No scanner sent any of them."""

    def __bool__(self) -> bool:
        """Tell whether anything is kept."""
        return bool(self._lines)

    def keep(self, line: str, *, follows: bool, is_typed: bool) -> None:
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
