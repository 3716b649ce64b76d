"""The one scheduler: each job at once and again in its time, woken when that is worth it, never ended by an error."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from kiosk.background import scheduler as scheduler_module
from kiosk.background.scheduler import REST_SECONDS, Job, Scheduler
from kiosk.errors import KioskError, NotSentError, StorageFullError

LONG = 86_400.0


class Work:
    """Something to do that can fail, and an event a round."""

    def __init__(self) -> None:
        self.rounds = 0
        self.errors: list[KioskError] = []
        self._began = asyncio.Condition()

    async def run(self) -> None:
        async with self._began:
            self.rounds += 1
            self._began.notify_all()
        if self.errors:
            raise self.errors.pop(0)

    async def reached(self, rounds: int) -> None:
        """Wait until that many rounds began."""
        async with asyncio.timeout(10), self._began:
            await self._began.wait_for(lambda: self.rounds >= rounds)


class Waits:
    """Stands in for the waits between rounds: notes them, and lets them pass one by one."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._pass = asyncio.Semaphore(0)

    async def __call__(self, wake: asyncio.Event, seconds: float) -> None:
        self.seconds.append(seconds)
        tasks = [asyncio.ensure_future(each) for each in (wake.wait(), self._pass.acquire())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def let_pass(self) -> None:
        self._pass.release()


@asynccontextmanager
async def started(*jobs: Job, waits: Waits | None = None) -> AsyncIterator[Scheduler]:
    scheduler = Scheduler(jobs, wait=waits) if waits else Scheduler(jobs)
    scheduler.start()
    try:
        yield scheduler
    finally:
        await scheduler.stop()


async def test_every_job_runs_at_the_start_and_again_when_its_time_has_come() -> None:
    settling, names, waits = Work(), Work(), Waits()
    async with started(Job("settle", 60, settling.run), waits=waits):
        await settling.reached(1)
        for rounds in (2, 3):
            waits.let_pass()
            await settling.reached(rounds)
    async with started(Job("names", LONG, names.run), waits=waits):
        await names.reached(1)
    assert waits.seconds[:2] == [60, 60]


async def test_nothing_runs_before_the_start_and_nothing_after_the_end() -> None:
    work, waits = Work(), Waits()
    scheduler = Scheduler([Job("work", 60, work.run, lambda: True)], wait=waits)
    scheduler.look()
    assert work.rounds == 0
    scheduler.start()
    await work.reached(1)
    await scheduler.stop()
    waits.let_pass()
    scheduler.look()
    await asyncio.sleep(0)
    assert work.rounds == 1
    await scheduler.stop()


async def test_a_job_that_waits_long_keeps_no_other_from_running() -> None:
    stuck, work, waits = asyncio.Event(), Work(), Waits()
    async with started(Job("stuck", 60, stuck.wait), Job("work", 60, work.run), waits=waits):
        await work.reached(1)
        waits.let_pass()
        await work.reached(2)


async def test_only_what_is_worth_it_is_woken_by_a_change() -> None:
    settling, codes = Work(), Work()
    worth = False
    jobs = (Job("settle", LONG, settling.run, lambda: worth), Job("codes", LONG, codes.run))
    async with started(*jobs) as scheduler:
        await settling.reached(1)
        await codes.reached(1)
        scheduler.look()
        worth = True
        scheduler.look()
        await settling.reached(2)
        assert (settling.rounds, codes.rounds) == (2, 1)


@pytest.mark.parametrize("every", [1.0, 60.0, LONG])
async def test_a_job_that_failed_rests_a_minute_and_is_tried_again(every: float) -> None:
    work, waits = Work(), Waits()
    work.errors = [StorageFullError("no_space_left", path="journal"), NotSentError()]
    async with started(Job("work", every, work.run), waits=waits):
        for rounds in (2, 3, 4):
            await work.reached(rounds - 1)
            waits.let_pass()
            await work.reached(rounds)
    assert waits.seconds[:3] == [REST_SECONDS, REST_SECONDS, every]


async def test_who_watches_is_told_what_was_done_and_what_the_disk_refused_but_not_that_the_line_is_down(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work, waits = Work(), Waits()
    full = StorageFullError("no_space_left", path="journal")
    work.errors = [full, NotSentError()]
    done: list[int] = []
    failed: list[KioskError] = []
    scheduler = Scheduler([Job("work", 60, work.run)], wait=waits)
    scheduler.watch(lambda: done.append(work.rounds), failed.append)
    scheduler.start()
    for rounds in (1, 2, 3, 4):
        await work.reached(rounds)
        waits.let_pass()
    await scheduler.stop()
    assert failed == [full]
    assert done[0] == 3
    assert caplog.messages == ["work: no_space_left (path=journal)"]


@pytest.mark.parametrize(("changed", "is_told"), [(None, True), (1, True), (0, False)])
async def test_a_round_that_changed_nothing_is_not_told(changed: int | None, *, is_told: bool) -> None:
    work, waits = Work(), Waits()

    async def run() -> int | None:
        await work.run()
        return changed

    done: list[int] = []
    scheduler = Scheduler([Job("work", 60, run)], wait=waits)
    scheduler.watch(lambda: done.append(work.rounds), lambda _: None)
    scheduler.start()
    await work.reached(1)
    waits.let_pass()
    await work.reached(2)
    await scheduler.stop()
    assert (done[:1] == [1]) is is_told


async def test_a_job_that_crashed_is_logged_and_keeps_no_other_from_running(caplog: pytest.LogCaptureFixture) -> None:
    async def crash() -> None:
        raise ZeroDivisionError

    work, waits = Work(), Waits()
    async with started(Job("broken", 60, crash), Job("work", 60, work.run), waits=waits):
        await work.reached(1)
        waits.let_pass()
        await work.reached(2)
    (record,) = caplog.records
    assert record.getMessage() == "broken ended"
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


async def test_a_job_in_which_a_cancellation_was_lost_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler_module, "CANCEL_AGAIN_SECONDS", 0.01)
    work = Work()

    async def run() -> None:
        await work.run()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()

    scheduler = Scheduler([Job("a", LONG, run)])
    scheduler.start()
    await work.reached(1)
    async with asyncio.timeout(10):
        await scheduler.stop()
