"""The one scheduler: every job has its interval, and one that fails rests. Nothing else starts loops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from kiosk.errors import ApiError, KioskError

_log = logging.getLogger(__name__)

REST_SECONDS = 60.0
"""How long a job rests after it failed, whatever its interval: what is done once a day is not left for a day."""


class Job(NamedTuple):
    """Something that is done again and again."""

    name: str
    every_seconds: float
    run: Callable[[], Awaitable[object]]
    """Returns something false where it is certain that nothing changed; None says nothing of that."""
    is_worth_it: Callable[[], bool] = lambda: False
    """Whether it is to be done at once when something changed, and not only when its time has come."""
    sooner: Callable[[], float | None] = lambda: None
    """The seconds until the next round, where that is to come sooner as things are."""


CANCEL_AGAIN_SECONDS = 1.0
"""How long a job that is to end may take before it is told so once more."""


async def _rest(wake: asyncio.Event, seconds: float) -> None:
    """Wait until it is woken, at most so long."""
    # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with what it waits for.
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wake.wait()


class Scheduler:
    """Runs jobs side by side until it is stopped. In tests `wait` stands in for the rest between two rounds."""

    def __init__(self, jobs: Sequence[Job], *, wait: Callable[[asyncio.Event, float], Awaitable[None]] = _rest) -> None:
        self._jobs = jobs
        self._wait = wait
        self._tasks: list[asyncio.Task[None]] = []
        self._wakes = [asyncio.Event() for _ in jobs]
        self._watchers: list[Callable[[], object]] = []
        self._on_error: list[Callable[[KioskError], None]] = []

    def start(self) -> None:
        """Begin; each job runs once at the start."""
        self._tasks = [asyncio.create_task(self._run(at), name=job.name) for at, job in enumerate(self._jobs)]
        for task in self._tasks:
            task.add_done_callback(_tell_of_a_crash)

    async def stop(self) -> None:
        """End every job."""
        running = set(self._tasks)
        while running:
            for task in running:
                task.cancel()
            # Once may not be enough: wait_for before Python 3.12, also aiosmtplib's, swallows a cancellation at times.
            _, running = await asyncio.wait(running, timeout=CANCEL_AGAIN_SECONDS)
        self._tasks = []

    def watch(self, done: Callable[[], object], failed: Callable[[KioskError], None]) -> None:
        """Call `done` after each round of a job that may have changed something.

        `failed` is called where one could not be done for want of the disk.
        """
        self._watchers.append(done)
        self._on_error.append(failed)

    def look(self) -> None:
        """Wake the jobs that are worth it now; called when the line or the number of open writes changed."""
        for job, wake in zip(self._jobs, self._wakes, strict=True):
            if job.is_worth_it():
                wake.set()

    async def _run(self, at: int) -> None:
        job, wake = self._jobs[at], self._wakes[at]
        while True:
            # Before the work: what wakes the job while it works is about something new, and gets a round of its own.
            wake.clear()
            try:
                changed = await job.run()
                rest = job.sooner() or job.every_seconds
            except KioskError as error:
                rest = REST_SECONDS
                self._note(job, error)
            else:
                for done in self._watchers if changed is None or changed else ():
                    done()
            await self._wait(wake, rest)

    def _note(self, job: Job, error: KioskError) -> None:
        if isinstance(error, ApiError):
            return  # without a line there is nothing to tell: the next round asks again
        _log.warning("%s: %s", job.name, error)
        for failed in self._on_error:
            failed(error)


def _tell_of_a_crash(task: asyncio.Task[None]) -> None:
    """Log what no job may raise; that one is not done again until the program starts anew."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s ended", task.get_name(), exc_info=error)
