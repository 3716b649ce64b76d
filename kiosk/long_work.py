"""Work on a thread of its own that ends soon after nobody waits for it any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeAlias, TypeVar

T = TypeVar("T")
GoOn: TypeAlias = "Callable[[], None]"
"""Called from time to time by what takes long; it raises where the work is to end."""


class _GivenUpError(Exception):
    """Nobody waits any more for what a thread works at."""


async def in_thread(work: Callable[[GoOn], T]) -> T:
    """Run `work` on a thread of its own, and end it at its next GoOn if nobody waits for it any more."""
    given_up = threading.Event()

    def go_on() -> None:
        if given_up.is_set():
            raise _GivenUpError

    try:
        return await asyncio.to_thread(work, go_on)
    except asyncio.CancelledError:
        given_up.set()
        raise
