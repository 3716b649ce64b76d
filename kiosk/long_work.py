"""Work on a thread of its own that ends soon after nobody waits for it any more, and that can give way to others."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, TypeAlias, TypeVar

T = TypeVar("T")
GoOn: TypeAlias = "Callable[[], None]"
"""Called from time to time by what takes long; it raises where the work is to end."""

_NICENESS: Final = 19


class _GivenUpError(Exception):
    """Nobody waits any more for what a thread works at."""


async def in_thread(work: Callable[[GoOn], T]) -> T:
    """Run `work` on a thread of its own, and end it at its next GoOn if nobody waits for it any more."""
    given_up = threading.Event()

    def go_on() -> None:
        if given_up.is_set():
            raise _GivenUpError

    # None that others use as well: one that gave way stays slow.
    thread = ThreadPoolExecutor(1, thread_name_prefix="long-work")
    try:
        return await asyncio.get_running_loop().run_in_executor(thread, work, go_on)
    except asyncio.CancelledError:
        given_up.set()
        raise
    finally:
        thread.shutdown(wait=False)


def give_way() -> None:
    """Let this thread, and programs that it starts, work when nobody else wants the processor.

    Not while it holds a lock: who waits for that would have to wait for everybody.
    """
    if sys.platform == "linux":  # elsewhere it would slow the whole process down
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
