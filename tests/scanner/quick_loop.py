"""An event loop that does not wait: where nothing is to be read, the next timer is due."""

from __future__ import annotations

import asyncio
import selectors


class QuickSelector(selectors.SelectSelector):
    """Looks what is to be read, and counts the time that it would have waited for it."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if not found and timeout:
            self.skipped += timeout
        return found


class QuickLoop(asyncio.SelectorEventLoop):
    """A loop whose clock goes ahead by each wait that it leaves out."""

    def __init__(self) -> None:
        self._quick = QuickSelector()
        super().__init__(self._quick)

    def time(self) -> float:
        return super().time() + self._quick.skipped
