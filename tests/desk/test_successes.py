"""What went well last is known to every process of the desk, and to the next one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.desk.successes import Success
from kiosk.errors import NotSentError
from tests.house.desk import BANK, START, OpenDesk, World, no_line, open_desk


async def test_the_last_answer_of_the_service_outlives_the_process(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as first:
        await first.lockers.bank(BANK)
        assert (await first.queries.successes.latest())[Success.CALL] == START
    clock.advance(timedelta(hours=3))
    async with open_desk(tmp_path / "desk", world, clock) as second:
        latest = await second.queries.successes.latest()
        assert latest[Success.CALL] == START
        assert (latest[Success.SETTLE], latest[Success.BACKUP], latest[Success.NOTICE]) == (None, None, None)


async def test_what_each_process_noted_stays(world: World, clock: ManualClock, desk: OpenDesk) -> None:
    async with open_desk(desk.folder, world, clock) as other:
        await other.lockers.bank(BANK)
        desk.queries.successes.note(Success.SETTLE)
        await desk.queries.successes.keep()
        await other.queries.successes.keep()
        latest = await desk.queries.successes.latest()
        assert (latest[Success.CALL], latest[Success.SETTLE]) == (START, START)


async def test_a_call_that_brings_no_answer_is_no_success(clock: ManualClock, desk: OpenDesk) -> None:
    await desk.lockers.bank(BANK)
    clock.advance(timedelta(hours=1))
    desk.line.before = no_line
    with pytest.raises(NotSentError):
        await desk.lockers.bank(BANK, fresh=True)
    assert (await desk.queries.successes.latest())[Success.CALL] == START


async def test_noting_leaves_the_seal_whole(desk: OpenDesk) -> None:
    await desk.deposited()
    desk.queries.successes.note(Success.SETTLE)
    await desk.queries.successes.keep()
    assert "parcel_deposited" in await desk.events()
