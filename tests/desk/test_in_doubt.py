"""Every row of the table of writes in doubt, with every way in which an answer can be lost."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.errors import InDoubtError, ParcelElsewhereError, RefusedError, ReservationLapsedError, WrongStateError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import WriteAsked
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.states import Operation, ParcelState
from tests.house.desk import CLERK, DEPARTMENT, PERSON, REACHING, START, OpenDesk, World, free_place, open_desk, what

DONE_AND_LOST = ("lost", "500-done", "html", "half")
NOT_DONE = ("cut", "500", "503")
LATER = START + timedelta(hours=48)


class Row(NamedTuple):
    """A write, for whom the parcel is, and how its request is called by the simulator and on the line."""

    operation: Operation
    contact: Contact
    at_simulator: str
    on_line: str
    repeats_when_done: bool = False


ROWS = {
    "reserve": Row(Operation.RESERVE, PERSON, "createReservation", "reserve"),
    "deposit for a recipient": Row(Operation.DEPOSIT, PERSON, "updateDeposit", "deposit", repeats_when_done=True),
    "deposit for a department": Row(Operation.DEPOSIT, DEPARTMENT, "updateDeposit", "deposit"),
    "free": Row(Operation.FREE, PERSON, "freeReservation", "free"),
    "extend": Row(Operation.EXTEND, PERSON, "updateReservation", "update"),
    "add": Row(Operation.ADD, PERSON, "updateReservation", "update"),
}
every_row = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)


async def write(desk: OpenDesk, begun: tuple[Parcel, UnitPlace], row: Row) -> Parcel:
    parcel, place = begun
    expiry = {Operation.RESERVE: START + timedelta(hours=24), Operation.EXTEND: LATER}.get(row.operation)
    return await desk.perform(parcel, row.operation, place, expiry)


async def assert_journal_is_true(desk: OpenDesk, parcel: Parcel, row: Row) -> None:
    """Compare the parcel with what the simulator really has."""
    parcel = await desk.now(parcel)
    assert parcel.open_write is None
    held = desk.world.holding(parcel.tracking_number)
    if row.operation is Operation.FREE:
        assert not held
        assert (parcel.state, parcel.place) == (ParcelState.TAKEN_IN, None)
        return
    (unit,) = held
    assert parcel.place is not None
    assert (parcel.place.locker_unit_id, parcel.place.size) == (unit["lockerUnitId"], unit["size"])
    if row.operation is Operation.ADD:
        assert {each["trackingNumber"] for each in unit["parcelsReserved"]} == {"OLDER", "T1"}
    else:
        assert parcel.reservation_expiry == datetime.fromisoformat(unit["reservationExpiryTime"])
    deposited = row.operation is Operation.DEPOSIT
    assert parcel.state is (ParcelState.IN_LOCKER if deposited else ParcelState.RESERVED)
    assert bool(unit["parcelsDeposited"]) is deposited
    assert await desk.code(parcel) == unit["pickupCode"]
    assert parcel.code_waiting is (unit["pickupCode"] is not None)
    if deposited:
        assert parcel.deposited_at == datetime.fromisoformat(unit["depositTime"])
        assert parcel.deposit_expiry == datetime.fromisoformat(unit["depositExpiryTime"])


@every_row
@pytest.mark.parametrize("fault", [*DONE_AND_LOST, *NOT_DONE])
async def test_a_lost_answer_is_found_out_and_the_write_is_done_exactly_once(
    desk: OpenDesk, world: World, row: Row, fault: str
) -> None:
    begun = await desk.ready_for(row.operation, row.contact)
    world.fault(fault, row.at_simulator)

    await write(desk, begun, row)

    repeats = fault in NOT_DONE or row.repeats_when_done
    assert desk.line.sent[row.on_line] == (2 if repeats else 1)
    assert desk.waits == [0.0]
    assert "write_fell_in_doubt" in await desk.events()
    await assert_journal_is_true(desk, begun[0], row)


@every_row
@pytest.mark.parametrize("fault", ["lost", "cut"])
async def test_a_repeat_whose_answer_is_lost_too_is_looked_into_again(
    desk: OpenDesk, world: World, row: Row, fault: str
) -> None:
    begun = await desk.ready_for(row.operation, row.contact)
    world.fault(fault, row.at_simulator, times=2)

    await write(desk, begun, row)

    assert desk.waits == ([0.0, 1.0] if fault == "cut" or row.repeats_when_done else [0.0])
    await assert_journal_is_true(desk, begun[0], row)


@every_row
@pytest.mark.parametrize("fault", ["lost", "cut"])
async def test_what_stays_unknown_is_said_and_kept_open_and_finished_later(
    desk: OpenDesk, world: World, row: Row, fault: str
) -> None:
    begun = await desk.ready_for(row.operation, row.contact)
    world.fault(fault, row.at_simulator)

    async def line_goes_down(request: httpx.Request) -> None:
        if desk.line.sent[row.on_line] and what(request) == "get":
            raise httpx.ConnectError("no route", request=request)

    desk.line.before = line_goes_down
    with pytest.raises(InDoubtError):
        await write(desk, begun, row)

    assert desk.waits == [0.0, 1.0, 3.0]
    parcel = begun[0]
    left = await desk.now(parcel)
    assert left.open_write is not None
    assert left.open_write.cause is not None
    assert left.unfinished
    assert desk.activity.open_writes == 1
    with pytest.raises(InDoubtError):
        await desk.write_path.settle(parcel.parcel_id, CLERK)

    desk.line.before = None
    (settled,) = await desk.settling.settle_all()
    assert settled == await desk.now(parcel)
    assert desk.activity.open_writes == 0
    await assert_journal_is_true(desk, begun[0], row)


@every_row
@pytest.mark.parametrize("fault", ["lost", "cut"])
async def test_a_new_process_finishes_what_a_dead_one_left_in_doubt(
    tmp_path: Path, world: World, clock: ManualClock, row: Row, fault: str
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as first:
        begun = await first.ready_for(row.operation, row.contact)
        world.fault(fault, row.at_simulator, times=100)
        world.fault("503", "getReservation", times=100)
        with pytest.raises(InDoubtError):
            await write(first, begun, row)
    world.no_more_faults()

    async with open_desk(tmp_path / "desk", world, clock) as second:
        await second.settling.settle_all()
        await assert_journal_is_true(second, begun[0], row)


@pytest.mark.parametrize("fault", ["lost", "cut"])
async def test_a_write_of_a_living_process_is_left_to_it(
    tmp_path: Path, desk: OpenDesk, world: World, clock: ManualClock, fault: str
) -> None:
    parcel = await desk.reserved()
    world.fault(fault, "updateDeposit", times=100)
    with pytest.raises(InDoubtError):
        await desk.perform(parcel, Operation.DEPOSIT)
    world.no_more_faults()

    async with open_desk(tmp_path / "desk", world, clock) as other:
        assert await other.settling.settle_all() == ()
        with pytest.raises(InDoubtError, match="other_process_at_work"):
            await other.write_path.settle(parcel.parcel_id, CLERK)
        assert not other.line.sent
        assert other.activity.open_writes == 1
    assert (await desk.now(parcel)).open_write is not None


async def test_a_write_that_is_still_on_its_way_is_not_sent_by_a_second_process(
    tmp_path: Path, desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel = await desk.reserved()

    async def look_in(request: httpx.Request) -> None:
        if what(request) == "deposit":
            async with open_desk(tmp_path / "desk", world, clock) as other:
                assert await other.settling.settle_all() == ()
                assert not other.line.sent

    desk.line.before = look_in
    done = await desk.perform(parcel, Operation.DEPOSIT)
    assert await desk.code(done) == world.holding("T1")[0]["pickupCode"]


async def test_the_first_request_that_arrives_late_and_refuses_the_repeat_is_adopted(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.taken_in()
    place = free_place(world)

    async def deliver_the_first_one_late(request: httpx.Request) -> None:
        if what(request) != "reserve":
            return
        if desk.line.sent["reserve"] == 1:
            raise httpx.ReadTimeout("no answer in time", request=request)
        world.reserve("T1", place.locker_unit_id, PERSON)

    desk.line.before = deliver_the_first_one_late
    reserved = await desk.perform(parcel, Operation.RESERVE, place)

    assert desk.line.sent["reserve"] == 2
    assert reserved.state is ParcelState.RESERVED
    assert [unit["lockerUnitId"] for unit in world.holding("T1")] == [place.locker_unit_id]
    assert "write_failed" not in await desk.events()


async def test_another_unit_held_for_our_contact_is_adopted_as_it_is(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    place = free_place(world)
    other = world.free_units("medium")[0]

    async def somebody_reserves(request: httpx.Request) -> None:
        if what(request) == "reserve":
            world.reserve("T1", other, PERSON)
            raise httpx.ReadTimeout("no answer in time", request=request)

    desk.line.before = somebody_reserves
    reserved = await desk.perform(parcel, Operation.RESERVE, place)

    assert reserved.place is not None
    assert (reserved.place.locker_unit_id, reserved.place.size) == (other, "medium")


async def test_a_number_that_turns_out_to_be_somebody_elses_stops_the_write(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    place = free_place(world)
    theirs = world.free_units()[-1]

    async def somebody_reserves(request: httpx.Request) -> None:
        if what(request) == "reserve":
            world.reserve("T1", theirs, REACHING)
            raise httpx.ReadTimeout("no answer in time", request=request)

    desk.line.before = somebody_reserves
    with pytest.raises(ParcelElsewhereError, match=f"number_of_another_recipient .*locker_unit_id={theirs}"):
        await desk.perform(parcel, Operation.RESERVE, place)

    after = await desk.now(parcel)
    assert (after.state, after.place, after.open_write) == (ParcelState.TAKEN_IN, None, None)
    assert (await desk.events())[-1] == "write_failed"
    assert [unit["contactId"] for unit in world.holding("T1")] == [REACHING.contact_id]


async def test_a_number_that_was_deposited_meanwhile_is_not_adopted(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    place = free_place(world)

    async def somebody_deposits(request: httpx.Request) -> None:
        if what(request) == "reserve":
            world.reserve("T1", place.locker_unit_id, PERSON)
            world.deposit("T1", place.locker_unit_id)
            raise httpx.ReadTimeout("no answer in time", request=request)

    desk.line.before = somebody_deposits
    with pytest.raises(ParcelElsewhereError, match="number_lies_in_locker"):
        await desk.perform(parcel, Operation.RESERVE, place)


@pytest.mark.parametrize("operation", ["getReservation", "createReservation"])
async def test_a_throttled_settling_leaves_the_write_in_doubt(desk: OpenDesk, world: World, operation: str) -> None:
    parcel = await desk.taken_in()
    world.fault("cut", "createReservation")
    world.fault("429", operation, times=100)
    with pytest.raises(InDoubtError):
        await desk.perform(parcel, Operation.RESERVE, free_place(world))
    assert (await desk.now(parcel)).open_write is not None


async def test_a_repeat_that_is_refused_for_good_ends_the_doubt(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    place = free_place(world)

    async def take_it_away(request: httpx.Request) -> None:
        if what(request) == "reserve" and desk.line.sent["reserve"] == 1:
            world.reserve("other", place.locker_unit_id)
            raise httpx.ReadTimeout("no answer in time", request=request)

    desk.line.before = take_it_away
    with pytest.raises(RefusedError, match="already reserved"):
        await desk.perform(parcel, Operation.RESERVE, place)

    assert (await desk.events())[-3:] == ["write_fell_in_doubt", "write_repeated", "write_failed"]
    assert await desk.now(parcel) == parcel


async def test_an_extension_of_a_reservation_that_lapsed_meanwhile_is_not_repeated(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel = await desk.reserved()

    async def time_passes(request: httpx.Request) -> None:
        if what(request) == "update" and desk.line.sent["update"] == 1:
            clock.advance(timedelta(hours=25))
            raise httpx.ReadTimeout("no answer in time", request=request)

    desk.line.before = time_passes
    with pytest.raises(ReservationLapsedError):
        await desk.perform(parcel, Operation.EXTEND, expiry=LATER)
    assert not world.holding("T1")
    assert desk.line.sent["update"] == 1
    now = await desk.now(parcel)
    assert (now.state, now.place, now.open_write) == (ParcelState.TAKEN_IN, None, None)


async def test_settling_a_parcel_without_an_open_write_is_refused(desk: OpenDesk) -> None:
    parcel = await desk.taken_in()
    with pytest.raises(WrongStateError):
        await desk.write_path.settle(parcel.parcel_id, CLERK)
    with pytest.raises(WrongStateError):
        await desk.write_path.settle("nobody", CLERK)


async def test_recovery_goes_on_to_the_next_parcel_when_one_can_not_be_settled(desk: OpenDesk, world: World) -> None:
    first, second = await desk.reserved("T1"), await desk.reserved("T2")
    world.fault("lost", "freeReservation", times=2)
    world.fault("503", "getReservation", times=100)
    for parcel in (first, second):
        with pytest.raises(InDoubtError):
            await desk.perform(parcel, Operation.FREE)
    world.no_more_faults()

    async def hide_the_first(request: httpx.Request) -> None:
        if request.url.path.endswith("/T1"):
            raise httpx.ConnectError("no route", request=request)

    desk.line.before = hide_the_first
    settled = await desk.settling.settle_all()

    assert [parcel.parcel_id for parcel in settled] == [second.parcel_id]
    assert desk.activity.open_writes == 1


async def test_a_write_that_version_0_1_left_open_is_sent_by_whoever_settles_it(desk: OpenDesk, world: World) -> None:
    parcel, place = await desk.taken_in(), free_place(world)
    asked = WriteAsked(intent_id="i1", owner="dead", operation=Operation.RESERVE, place=place)
    assert asked.user_id == ""
    await desk.journal.append(parcel.parcel_id, asked, CLERK)
    sent: list[str] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "reserve":
            sent.append(json.loads(request.content)["userId"])

    desk.line.before = look
    (settled,) = await desk.settling.settle_all()
    assert (settled.state, sent) == (ParcelState.RESERVED, [CLERK.user_id])


async def test_a_parcel_that_is_given_up_in_doubt_is_given_up_by_whoever_finds_it_done(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.deposited()
    world.fault("lost", "freeReservation")
    world.fault("500", "getReservation", times=9)
    with pytest.raises(InDoubtError):
        await desk.take_out(parcel)
    world.no_more_faults()
    settled = await desk.write_path.settle(parcel.parcel_id, CLERK)
    assert (settled.state, world.holding("T1")) == (ParcelState.CANCELLED, [])
    assert (await desk.events())[-2:] == ["unit_freed", "parcel_cancelled"]
