"""Settling in the background: at the start, when the line comes back, and again while something is open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from kiosk.background.scheduler import Job, Scheduler
from kiosk.clock import ManualClock
from kiosk.desk.activity import Activity
from kiosk.errors import InDoubtError, StorageReadOnlyError
from kiosk.parcels.parcel import Cause, Parcel
from kiosk.parcels.states import Finding, Operation, ParcelState
from tests.house.desk import CLERK, REACHING, OpenDesk, World, free_place, open_desk, what


async def doubtful(desk: OpenDesk, world: World) -> Parcel:
    """Leave a reservation in doubt and the line down."""
    parcel = await desk.taken_in()
    world.fault("lost", "createReservation")

    async def no_line(request: httpx.Request) -> None:
        if what(request) != "reserve":
            raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    with pytest.raises(InDoubtError):
        await desk.perform(parcel, Operation.RESERVE, free_place(world))
    return parcel


@asynccontextmanager
async def running(desk: OpenDesk, every_seconds: float = 3_600) -> AsyncIterator[Scheduler]:
    """Let the desk settle by itself, as the product's scheduler does it."""
    job = Job("settle", every_seconds, desk.settling.run, lambda: desk.settling.is_worth_it)
    scheduler = Scheduler([job])
    desk.activity.watch(scheduler.look)
    scheduler.start()
    try:
        yield scheduler
    finally:
        await scheduler.stop()


async def reached(activity: Activity, condition: Callable[[], bool]) -> None:
    """Wait until the board shows it."""
    changed = asyncio.Event()
    activity.watch(changed.set)
    async with asyncio.timeout(10):
        while not condition():
            await changed.wait()
            changed.clear()


async def test_what_is_open_at_the_start_is_settled_at_once(desk: OpenDesk, world: World) -> None:
    parcel = await doubtful(desk, world)
    desk.line.before = None
    async with running(desk):
        await reached(desk.activity, lambda: desk.activity.open_writes == 0)
    assert (await desk.now(parcel)).state is ParcelState.RESERVED


async def test_the_line_coming_back_wakes_it(desk: OpenDesk, world: World) -> None:
    parcel = await doubtful(desk, world)
    looked = asyncio.Event()
    async with running(desk) as scheduler:
        scheduler.watch(looked.set, lambda _: None)
        async with asyncio.timeout(10):
            await looked.wait()
        assert desk.activity.connection.state.value == "offline"
        assert desk.activity.open_writes == 1
        desk.line.before = None
        await desk.lockers.banks()
        assert desk.activity.connection.state.value == "online"
        await reached(desk.activity, lambda: desk.activity.open_writes == 0)
    assert (await desk.now(parcel)).state is ParcelState.RESERVED


async def test_what_stays_open_is_tried_again_without_being_woken(desk: OpenDesk, world: World) -> None:
    parcel = await doubtful(desk, world)
    tries = 0

    async def back_at_the_fifth_time(request: httpx.Request) -> None:
        nonlocal tries
        tries += 1
        if tries < 5:
            raise httpx.ConnectError("no route", request=request)

    desk.line.before = back_at_the_fifth_time
    async with running(desk, every_seconds=0.001):
        await reached(desk.activity, lambda: desk.activity.open_writes == 0)
    assert tries >= 5
    assert (await desk.now(parcel)).state is ParcelState.RESERVED


async def test_without_open_writes_nobody_is_asked(desk: OpenDesk) -> None:
    await desk.reserved()
    before = desk.line.sent.copy()
    assert await desk.settling.settle_all() == ()
    assert desk.line.sent == before


async def test_a_journal_that_can_not_be_written_is_said(desk: OpenDesk, world: World) -> None:
    await doubtful(desk, world)
    desk.line.before = None
    await desk.journal.connection.read(lambda database: database.execute("PRAGMA query_only = ON"))
    with pytest.raises(StorageReadOnlyError):
        await desk.settling.settle_all()


def test_the_board_tells_its_watchers_only_what_changed() -> None:
    activity, told = Activity(), [0]

    def count() -> None:
        told[0] += 1

    activity.watch(count)
    activity.count(0)
    assert told == [0]
    activity.count(2)
    activity.count(2)
    assert told == [1]
    assert not activity.online


async def test_a_late_deposit_that_is_refused_is_pointed_out_to_the_operator(
    desk: OpenDesk, clock: ManualClock
) -> None:
    parcel = await desk.reserved()
    place = parcel.place
    assert place is not None

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    with pytest.raises(InDoubtError):
        await desk.intake.deposit(parcel, CLERK)
    desk.line.before = None
    clock.advance(timedelta(hours=25))

    assert await desk.settling.settle_all() == ()

    (left,) = (await desk.console.overview()).attention
    assert [each.finding for each in left.attention] == [Finding.REFUSED_LATE]
    assert left.attention[0].place == place
    assert left.open_write is None


async def test_a_number_of_somebody_else_is_pointed_out_to_the_operator(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    place = free_place(world)
    theirs = world.free_units()[-1]

    async def no_answer(request: httpx.Request) -> None:
        raise httpx.ReadTimeout("no answer in time", request=request)

    desk.line.before = no_answer
    with pytest.raises(InDoubtError):
        await desk.perform(parcel, Operation.RESERVE, place)
    desk.line.before = None
    world.reserve("T1", theirs, REACHING)

    assert await desk.settling.settle_all() == ()
    (left,) = (await desk.console.overview()).attention
    assert [each.finding for each in left.attention] == [Finding.UNIT_OF_SOMEBODY_ELSE]
    assert left.attention[0].cause == Cause(
        code="number_of_another_recipient", parameters={"tracking_number": "T1", "locker_unit_id": theirs}
    )


async def test_a_console_settles_its_own_writes_and_leaves_the_desks_alone(
    desk: OpenDesk, world: World, tmp_path: Path, clock: ManualClock
) -> None:
    theirs = await doubtful(desk, world)
    async with open_desk(tmp_path / "desk", world, clock) as console:
        parcel = await console.taken_in("T2", REACHING)
        world.fault("cut", "createReservation", times=9)
        with pytest.raises(InDoubtError):
            await console.perform(parcel, Operation.RESERVE, free_place(world))
        world.no_more_faults()
        await desk.journal.close()  # from here on the desk's write is a dead process's
        (settled,) = await console.settling_own().settle_all()
        assert (settled.tracking_number, settled.open_write) == ("T2", None)
        assert (await console.now(theirs)).open_write is not None
        assert [each.tracking_number for each in await console.settling.settle_all()] == ["T1"]
