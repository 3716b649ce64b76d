"""How much a search may cost: until its time is over or nobody wants its answer any more."""

from __future__ import annotations

import time

TIME_BOX_SECONDS = 0.04
"""A key is answered within 50 ms; what was found by then is the answer."""


class Effort:
    """One search's patience; asked from the directory's thread, given up from another one."""

    def __init__(self) -> None:
        self._begun = 0.0
        self.is_given_up = False
        """Whether nobody wants the answer any more."""

    def begin(self) -> None:
        """Let the time run. The thread's own time counts: a busy machine makes an answer late, not poor."""
        self._begun = time.thread_time()

    def give_up(self) -> None:
        """Let the search end: its answer is not wanted any more."""
        self.is_given_up = True

    @property
    def is_over(self) -> bool:
        """Tell whether the search shall end with what it has."""
        return self.is_given_up or time.thread_time() - self._begun > TIME_BOX_SECONDS
