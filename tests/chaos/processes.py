"""Processes forked off this one, so that a kiosk killed by a real SIGKILL is back within milliseconds.

The parent must have one thread only, and no event loop.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn

CRASHED = 70


class Child:
    """A forked process that does `work` and ends with the number it returns."""

    def __init__(self, name: str, work: Callable[[], int]) -> None:
        self.name = name
        self._ended, writing = os.pipe()
        lifeline, self._lifeline = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._ended)
            os.close(self._lifeline)
            _live(work, lifeline)
        os.close(writing)
        os.close(lifeline)

    def fileno(self) -> int:
        """Return what becomes readable when the process ends."""
        return self._ended

    def kill(self) -> int:
        """SIGKILL, wait until it is gone, and return the exit code: it may have ended by itself before."""
        os.kill(self.pid, signal.SIGKILL)
        return self.reap()

    def reap(self) -> int:
        """Wait for the end and return the exit code, negative for a signal."""
        _, status = os.waitpid(self.pid, 0)
        os.close(self._ended)
        os.close(self._lifeline)
        return os.waitstatus_to_exitcode(status)


def ended(children: Sequence[Child], seconds: float) -> list[Child]:
    """Return the children that have ended, after waiting for the first one that long at most."""
    return select.select(children, [], [], seconds)[0]


def _live(work: Callable[[], int], lifeline: int) -> NoReturn:
    """Be the child: never return into the parent's program, and end when the parent is gone."""
    code = CRASHED
    try:
        threading.Thread(target=_end_with_the_parent, args=(lifeline,), daemon=True).start()
        code = work()
    except BaseException:  # noqa: BLE001 - whatever it was, it must not go on as a second parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _end_with_the_parent(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(CRASHED)
