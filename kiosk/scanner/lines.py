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

    def __bool__(self) -> bool:
        """Tell whether anything is kept."""
        return bool(self._lines)

    def keep(self, line: str, *, follows: bool) -> None:
        """Keep a line; `follows` says whether it came in one burst with a scan before it."""
        if not self._lines:
            self._follow = follows
        self._lines.append(line)

    def let_go(self) -> Iterator[Scan]:
        """Give back what is kept as one scan; empty lines at its end were only ends."""
        lines, self._lines = self._lines, []
        while lines and not lines[-1]:
            lines.pop()
        if lines:
            yield Scan(tuple(lines), self._follow)
