"""The world moves on while a write is in doubt: what was asked for is looked at before it is asked for again."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.errors import InDoubtError, UnitTakenError, WrongStateError
from kiosk.parcels.events import WriteTakenOver
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Finding, Operation, ParcelState
from kiosk.parcels.steps import Step
from tests.house.desk import (
    BANK,
    CLERK,
    DEPARTMENT,
    OWNER,
    PERSON,
    REACHING,
    SMALL,
    OpenDesk,
    World,
    open_desk,
    unit_of,
    what,
)


class Answers(httpx.AsyncBaseTransport):
    """Changes what the service answers to the next requests of one kind."""

    def __init__(self, desk: OpenDesk, kind: str, told: dict[str, Any], times: int = 1) -> None:
        self.count = 0
        self._kind, self._told, self._times = kind, told, times
        self._wire, desk.line._wire = desk.line._wire, self

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._wire.handle_async_request(request)
        if what(request) != self._kind or self.count >= self._times or response.status_code != 200:
            return response
        self.count += 1
        told = json.loads(await response.aread()) | self._told
        return httpx.Response(200, json=told, request=request)

    async def aclose(self) -> None:
        await self._wire.aclose()


async def left_in_doubt(desk: OpenDesk, world: World, parcel: Parcel, fault: str = "503") -> None:
    """Let a deposit be asked for, and its answer be lost so often that nobody waits for it any longer."""
    world.fault(fault, "updateDeposit", times=99)
    with pytest.raises(InDoubtError):
        await desk.intake.deposit(parcel, CLERK)
    world.no_more_faults()


def free(world: World, number: str, unit_id: str) -> None:
    """Free as another desk, or somebody on the web, does."""
    path = f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit_id}/free"
    world.ask("POST", path, {"userId": "somebody@example.com", "parcels": [{"trackingNumber": number}]})


def listed(world: World, unit_id: str, which: str = "parcelsReserved") -> set[str]:
    return {each["trackingNumber"] for each in world.unit(unit_id)[which]}


async def test_a_deposit_is_never_sent_into_a_unit_that_is_somebody_elses_by_now(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    unit_id = unit_of(parcel)
    await left_in_doubt(desk, world, parcel)
    free(world, "T1", unit_id)
    world.reserve("other", unit_id, REACHING)
    sent = desk.line.sent["deposit"]

    await desk.settling.settle_all()

    assert desk.line.sent["deposit"] == sent
    left = await desk.now(parcel)
    assert (left.state, left.place, left.open_write) == (ParcelState.UNRECORDED, parcel.place, None)
    (item,) = left.attention
    assert (item.finding, item.place) == (Finding.UNIT_OF_SOMEBODY_ELSE, parcel.place)
    assert item.cause is not None
    assert item.cause.code == "unit_given_away"
    offered = desk.desk.offers(left, CLERK)
    assert {Step.TAKE_BACK, Step.NOTE_COLLECTED} <= {*offered}


async def test_nor_is_it_where_that_unit_holds_the_same_number_for_somebody_else(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    await left_in_doubt(desk, world, parcel)
    free(world, "T1", unit_of(parcel))
    world.reserve("T1", unit_of(parcel), REACHING)
    sent = desk.line.sent["deposit"]

    await desk.settling.settle_all()

    assert desk.line.sent["deposit"] == sent
    left = await desk.now(parcel)
    assert (left.state, [item.finding for item in left.attention]) == (
        ParcelState.UNRECORDED,
        [Finding.UNIT_OF_SOMEBODY_ELSE],
    )


async def test_a_number_that_lies_in_another_unit_by_now_is_not_deposited_again(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    await left_in_doubt(desk, world, parcel)
    free(world, "T1", unit_of(parcel))
    other = world.free_units("large")[0]
    world.reserve("T1", other, REACHING)
    world.deposit("T1", other)

    await desk.settling.settle_all()

    left = await desk.now(parcel)
    assert left.state is ParcelState.UNRECORDED
    assert [(item.finding, item.place.locker_unit_id) for item in left.attention if item.place] == [
        (Finding.UNIT_OF_SOMEBODY_ELSE, other)
    ]
    assert listed(world, other, "parcelsDeposited") == {"T1"}


@pytest.mark.parametrize("contact", [PERSON, DEPARTMENT])
async def test_a_parcel_collected_while_its_deposit_was_in_doubt_is_never_in_the_clerks_hands(
    desk: OpenDesk, world: World, contact: Any
) -> None:
    parcel = await desk.reserved(contact=contact)
    world.fault("lost", "updateDeposit")
    world.fault("503", "getReservation", times=99)
    with pytest.raises(InDoubtError):
        await desk.intake.deposit(parcel, CLERK)
    world.no_more_faults()
    world.collect(unit_of(parcel))

    await desk.settling.settle_all()

    left = await desk.now(parcel)
    assert (left.state, left.place) == (ParcelState.UNRECORDED, parcel.place)
    assert [item.finding for item in left.attention] == [Finding.DEPOSIT_UNCLEAR]
    collected = await desk.desk.unrecorded.note_collected(left, CLERK)
    assert (collected.state, collected.attention) == (ParcelState.COLLECTED, ())
    assert not collected.present


async def test_a_deposit_that_was_seen_done_before_it_was_collected_asks_nobody(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    await left_in_doubt(desk, world, parcel, "lost")
    world.collect(unit_of(parcel))

    await desk.settling.settle_all()

    left = await desk.now(parcel)
    assert (left.state, left.attention, left.open_write) == (ParcelState.COLLECTED, (), None)


async def test_a_late_reservation_of_a_collected_parcel_gets_no_new_code(desk: OpenDesk, world: World) -> None:
    parcel = await desk.seen(await desk.deposited())
    world.collect(unit_of(parcel))
    world.reserve("T1", unit_of(parcel), PERSON)
    with pytest.raises(WrongStateError, match="collected_meanwhile"):
        await desk.corrections.renew_code(parcel, "slip lost", OWNER)
    assert desk.line.sent["deposit"] == 1
    assert (await desk.now(parcel)).state is ParcelState.COLLECTED


async def test_a_deposit_that_never_left_is_not_unclear_once_its_reservation_is_gone(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.reserved()

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    with pytest.raises(InDoubtError, match="deposit_delayed"):
        await desk.intake.deposit(parcel, CLERK)
    desk.line.before = None
    free(world, "T1", unit_of(parcel))

    await desk.settling.settle_all()

    left = await desk.now(parcel)
    assert left.state is ParcelState.UNRECORDED
    assert [item.finding for item in left.attention] == [Finding.REFUSED_LATE]


async def test_a_parcel_that_was_freed_is_not_put_back_by_another_ones_repeat(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1")
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    world.fault("cut", "updateReservation", times=99)
    with pytest.raises(InDoubtError):
        await desk.open_lockers.add(second, locker, CLERK, desk.told.append)
    # Not here, where the open request is known: at the service, behind this desk's back.
    free(world, "T1", unit_of(first))
    world.reserve("T9", unit_of(first), PERSON)
    world.no_more_faults()

    await desk.settling.settle_all()

    assert listed(world, unit_of(first)) == {"T2", "T9"}


async def test_a_parcel_is_not_taken_out_while_a_list_that_may_name_it_is_on_its_way(
    desk: OpenDesk, world: World
) -> None:
    first = await desk.deposited("T1")
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    refused: list[str] = []

    async def take_out(request: httpx.Request) -> None:
        if what(request) == "update":
            with pytest.raises(InDoubtError) as error:
                await desk.take_out(first)
            refused.append(error.value.code)

    desk.line.before = take_out
    await desk.open_lockers.add(second, locker, CLERK, desk.told.append)
    assert refused == ["unit_in_use"]
    assert desk.line.sent["free"] == 0
    assert (await desk.take_out(await desk.now(first))).is_cancelled
    assert listed(world, unit_of(first)) == {"T2"}


async def test_a_parcel_that_was_taken_out_while_another_was_added_in_doubt_stays_out(
    desk: OpenDesk, world: World
) -> None:
    first, third = await desk.deposited("T1"), await desk.taken_in("T3")
    (locker,) = await desk.own_lockers(third)
    await desk.open_lockers.add(third, locker, CLERK, desk.told.append)
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    world.fault("cut", "updateReservation", times=99)
    with pytest.raises(InDoubtError):
        await desk.open_lockers.add(second, locker, CLERK, desk.told.append)
    assert (await desk.take_out(first)).is_cancelled
    world.no_more_faults()

    await desk.settling.settle_all()

    assert (await desk.now(second)).state is ParcelState.RESERVED
    assert listed(world, unit_of(first)) == {"T2", "T3"}


async def test_a_list_leaves_out_what_is_about_to_be_taken_out(desk: OpenDesk, world: World) -> None:
    first, third = await desk.deposited("T1"), await desk.taken_in("T3")
    (locker,) = await desk.own_lockers(third)
    await desk.open_lockers.add(third, locker, CLERK, desk.told.append)
    world.fault("cut", "freeReservation", times=99)
    with pytest.raises(InDoubtError):
        await desk.take_out(first)
    named: list[str] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "update":
            named.extend(each["trackingNumber"] for each in json.loads(request.content)["parcels"])

    desk.line.before = look
    await desk.intake.extend(await desk.now(third), 48, OWNER)
    assert named == ["T3"]


async def test_a_number_that_the_journal_knows_to_have_left_is_named_by_no_list(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1")
    unit_id = unit_of(first)
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    await desk.open_lockers.add(second, locker, CLERK, desk.told.append)
    await desk.take_out(first)
    path = f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit_id}/reservation/update"
    world.ask("PATCH", path, {"parcels": [{"trackingNumber": "T1"}, {"trackingNumber": "T2"}]})
    named: list[str] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "update":
            named.extend(each["trackingNumber"] for each in json.loads(request.content)["parcels"])

    desk.line.before = look
    await desk.intake.extend(await desk.now(second), 48, OWNER)
    assert named == ["T2"]


async def test_a_new_code_for_a_shared_unit_names_all_that_lie_there(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1")
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    await desk.intake.deposit(await desk.open_lockers.add(second, locker, CLERK, desk.told.append), CLERK)
    named: list[str] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "deposit":
            named.extend(each["trackingNumber"] for each in json.loads(request.content)["parcels"])

    desk.line.before = look
    renewed = await desk.corrections.renew_code(await desk.now(first), "slip lost", OWNER)

    assert named == ["T2", "T1"]
    assert await desk.code(renewed) == world.unit(unit_of(first))["pickupCode"]


async def test_a_freed_number_that_somebody_reserved_anew_is_not_freed_again(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    world.fault("lost", "freeReservation")
    world.fault("503", "getReservation", times=99)
    with pytest.raises(InDoubtError):
        await desk.intake.cancel(parcel, CLERK)
    world.no_more_faults()
    world.reserve("T1", unit_of(parcel), REACHING)

    await desk.settling.settle_all()

    assert desk.line.sent["free"] == 1
    assert (await desk.now(parcel)).place is None
    assert [unit["contactId"] for unit in world.holding("T1")] == [REACHING.contact_id]


@pytest.mark.parametrize(
    "told", [{"lockerUnitId": "40"}, {"lockerBankId": "BTwo"}], ids=["another unit", "another bank"]
)
async def test_the_code_of_an_answer_about_another_unit_is_not_shown(
    desk: OpenDesk, world: World, told: dict[str, str]
) -> None:
    parcel = await desk.reserved()
    changed = Answers(desk, "deposit", told)
    deposited = await desk.intake.deposit(parcel, CLERK)
    assert changed.count == 1
    assert deposited.state is ParcelState.IN_LOCKER
    assert await desk.code(deposited) == world.unit(unit_of(parcel))["pickupCode"]
    assert "write_fell_in_doubt" in await desk.events()


@pytest.mark.parametrize(
    "told",
    [{"lockerBankId": "BTwo"}, {"contactId": "somebody else"}, {"trackingNumber": "T9"}],
    ids=["another bank", "another contact", "another number"],
)
async def test_a_reservation_answered_about_something_else_is_looked_into(
    desk: OpenDesk, world: World, told: dict[str, str]
) -> None:
    parcel = await desk.taken_in()
    changed = Answers(desk, "reserve", told)
    reserved = await desk.reserve(parcel)
    assert changed.count == 1
    assert "write_fell_in_doubt" in await desk.events()
    assert [unit["lockerUnitId"] for unit in world.holding("T1")] == [unit_of(reserved)]


async def test_a_reading_about_another_number_settles_nothing(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    await left_in_doubt(desk, world, parcel)
    Answers(desk, "get", {"parcelsReserved": [{"trackingNumber": "T9"}], "parcelsDeposited": []}, times=9)
    sent = desk.line.sent["deposit"]
    assert await desk.settling.settle_all() == ()
    assert desk.line.sent["deposit"] == sent
    assert (await desk.now(parcel)).is_in_doubt


async def test_one_unit_that_is_given_to_two_people_is_shown_to_neither(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1")
    second = await desk.taken_in("T2", REACHING)
    # The service reserves a free unit, and says that it is the one in which the first parcel lies.
    Answers(desk, "reserve", {"lockerUnitId": unit_of(first)})

    with pytest.raises(UnitTakenError):
        await desk.intake.reserve_unit(second, BANK, world.free_units(SMALL)[0], CLERK)

    for parcel in (first, second):
        assert [item.finding for item in (await desk.now(parcel)).attention] == [Finding.UNIT_GIVEN_TWICE]
    assert (await desk.now(second)).state is not ParcelState.RESERVED


async def test_two_processes_at_put_in_get_one_code(
    tmp_path: Path, desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel = await desk.reserved()
    async with open_desk(tmp_path / "desk", world, clock) as other:
        outcomes = await asyncio.gather(
            desk.intake.deposit(parcel, CLERK), other.intake.deposit(parcel, CLERK), return_exceptions=True
        )
        late = [each for each in outcomes if isinstance(each, (WrongStateError, InDoubtError))]
        assert len(late) == 1
        await desk.seen(await desk.now(parcel))
        with pytest.raises(WrongStateError):
            await other.intake.deposit(parcel, CLERK)
        assert desk.line.sent["deposit"] + other.line.sent["deposit"] == 1


async def test_an_outcome_is_recorded_only_for_the_write_that_is_still_open(
    tmp_path: Path, desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel = await desk.reserved()

    async def is_taken_over(request: httpx.Request) -> None:
        if what(request) == "deposit" and desk.line.sent["deposit"] == 1:
            async with open_desk(tmp_path / "desk", world, clock) as other:
                write = (await other.now(parcel)).open_write
                assert write is not None
                taken = WriteTakenOver(intent_id=write.intent_id, owner=other.journal.owner.name)
                await other.journal.append(parcel.parcel_id, taken, CLERK)
                await other.settling.settle_all()

    desk.line.after = is_taken_over
    with pytest.raises(WrongStateError, match="changed_meanwhile"):
        await desk.intake.deposit(parcel, CLERK)
    now = await desk.now(parcel)
    assert now.is_in_locker
    assert await desk.code(now) == world.unit(unit_of(parcel))["pickupCode"], "the code of the later deposit counts"


async def test_what_a_dead_process_left_is_taken_over_by_one_process_only(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as dead:
        parcel = await dead.reserved()
        world.fault("lost", "updateDeposit", times=99)
        with pytest.raises(InDoubtError):
            await dead.intake.deposit(parcel, CLERK)
    async with open_desk(tmp_path / "desk", world, clock) as one, open_desk(tmp_path / "desk", world, clock) as other:
        seen = await one.now(parcel)
        assert seen.open_write is not None
        with pytest.raises(InDoubtError):
            await other.write_path.settle(parcel.parcel_id, CLERK)
        with pytest.raises(WrongStateError, match="changed_meanwhile"):
            await one.write_path._take_over(seen, seen.open_write, CLERK)
        left = (await one.now(parcel)).open_write
        assert left is not None
        assert left.owner == other.journal.owner.name


async def test_a_refused_deposit_leaves_a_reservation_that_holds(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    await left_in_doubt(desk, world, parcel)
    world.fault("400", "updateDeposit")
    await desk.settling.settle_all()
    left = await desk.now(parcel)
    assert left.state is ParcelState.RESERVED
    assert [item.finding for item in left.attention] == [Finding.REFUSED_LATE]


async def test_a_parcel_that_is_not_recorded_can_be_given_up_without_a_word_to_the_service(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.reserved()
    await left_in_doubt(desk, world, parcel)
    free(world, "T1", unit_of(parcel))
    await desk.settling.settle_all()
    left = await desk.now(parcel)
    with pytest.raises(WrongStateError):
        await desk.perform(left, Operation.FREE, parcel.place)
    assert (await desk.take_out(left)).is_cancelled
    assert desk.line.sent["free"] == 0
