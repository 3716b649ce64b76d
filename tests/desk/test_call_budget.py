"""A budget of calls: what a parcel costs, what of it the clerk waits for; the day's count of all processes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.desk.call_budget import CallBudget, CallsToday
from kiosk.desk.health import HealthSubject
from kiosk.errors import NotSentError
from tests.bench.calls import GAPS, SCENES, cost
from tests.house.desk import BANK, OpenDesk, World, open_desk


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize(("banks", "full"), [scene[1:] for scene in SCENES])
async def test_a_parcel_costs_at_most_four_calls_and_the_clerk_waits_for_two(
    tmp_path: Path, gap: str, *, banks: int, full: bool
) -> None:
    dearest = await cost(tmp_path, banks, GAPS[gap], full=full)
    assert dearest.is_kept, dearest


async def test_the_days_calls_are_counted_by_operation_and_outlive_the_process(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as first:
        await first.deposited()
        assert await first.queries.calls.today() == CallsToday(
            {"getLockerBankDetails": 1, "createReservation": 1, "updateDeposit": 1}, per_day=2000
        )
    async with open_desk(tmp_path / "desk", world, clock) as second:
        await second.lockers.bank(BANK)
        today = await second.queries.calls.today()
        assert (today.by_operation["getLockerBankDetails"], today.used, today.left) == (2, 4, 1996)
        assert "calls" not in " ".join(await second.events())


async def test_processes_beside_each_other_count_together(world: World, clock: ManualClock, desk: OpenDesk) -> None:
    async with open_desk(desk.folder, world, clock) as other:
        await asyncio.gather(desk.lockers.bank(BANK), other.lockers.bank(BANK))
        for each in (desk, other, desk):
            await each.queries.calls.keep()
        assert (await desk.queries.calls.today()).used == 2


async def test_a_new_day_begins_at_nothing(desk: OpenDesk, clock: ManualClock) -> None:
    await desk.lockers.bank(BANK)
    await desk.queries.calls.keep()
    clock.advance(timedelta(days=1))
    assert (await desk.queries.calls.today()).used == 0
    await desk.lockers.bank(BANK)
    await desk.queries.calls.keep()
    assert (await desk.queries.calls.today()).used == 1


async def test_a_call_that_never_left_is_not_counted_and_a_repeated_one_twice(desk: OpenDesk, world: World) -> None:
    world.fault("503", "getLockerBankDetails")
    await desk.lockers.bank(BANK)
    assert (await desk.queries.calls.today()).used == 2

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    with pytest.raises(NotSentError):
        await desk.lockers.bank(BANK, fresh=True)
    assert (await desk.queries.calls.today()).used == 2


async def test_few_calls_left_are_said_once_a_day(
    desk: OpenDesk, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    budget = CallBudget(desk.journal, clock, per_day=10)
    for _ in range(8):
        budget.count("getReservation")
    await budget.keep()
    assert (caplog.text, (await budget.today()).nearly_used_up) == ("", False)
    for _ in range(2):
        budget.count("getReservation")
        await budget.keep()
    assert caplog.text.count("calls nearly used up") == 1
    assert ((await budget.today()).nearly_used_up, (await budget.today()).left) == (True, 0)


async def test_the_health_page_knows_todays_calls(desk: OpenDesk) -> None:
    await desk.lockers.bank(BANK)
    (calls,) = [each for each in (await desk.queries.health.look()).health if each.subject is HealthSubject.CALLS]
    assert (calls.ok, calls.number, calls.most) == (True, 1, 2000)


def test_a_plan_without_a_limit_is_never_used_up() -> None:
    today = CallsToday({"getReservation": 1_000_000}, per_day=0)
    assert (today.left, today.nearly_used_up) == (None, False)
