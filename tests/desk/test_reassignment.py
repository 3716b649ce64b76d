"""A parcel in the wrong person's locker moves to the right one: nothing half, whatever happens in between."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.errors import InDoubtError, NotSentError, RefusedError, StorageFullError, WrongStateError
from kiosk.parcels.parcel import AttentionItem, Parcel
from kiosk.parcels.states import Finding, ParcelState
from tests.house.desk import CLERK, PERSON, REACHING, OpenDesk, World, open_desk, unit_of
from tests.journal.book import export


async def present(desk: OpenDesk, number: str = "T1") -> list[Parcel]:
    return [each for each in await desk.journal.find(number) if each.present]


async def assert_moved(desk: OpenDesk, world: World, old: Parcel, new: Parcel) -> None:
    assert new.parcel_id != old.parcel_id
    assert (new.state, new.contact, new.moved_from) == (ParcelState.TAKEN_IN, None, old.parcel_id)
    was = await desk.now(old)
    assert (was.state, was.moved_to, was.present) == (ParcelState.CANCELLED, new.parcel_id, False)
    assert await present(desk) == [new]
    assert not world.holding("T1")


async def test_a_parcel_moves_to_the_right_person_under_the_same_number(desk: OpenDesk, world: World) -> None:
    wrong = await desk.deposited("T1")
    new = await desk.reassignment.move(wrong, CLERK)
    await assert_moved(desk, world, wrong, new)

    history = await export(desk.journal.connection)
    told = [(each["type"], each["parcel_id"], each["body"]) for each in history[-3:]]
    assert told[0] == ("parcel_moved_on", wrong.parcel_id, {"toParcelId": new.parcel_id})
    assert told[2] == ("parcel_moved_here", new.parcel_id, {"fromParcelId": wrong.parcel_id})
    right = await desk.intake.choose_recipient(new, REACHING, CLERK)
    done = await desk.intake.deposit(await desk.reserve(right), CLERK)
    (unit,) = world.holding("T1")
    assert (unit["contactId"], await desk.code(done)) == (REACHING.contact_id, unit["pickupCode"])


async def test_only_this_parcel_leaves_a_shared_unit_and_its_code_stays_valid(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T0")
    second = await desk.taken_in("T1")
    (locker,) = await desk.own_lockers(second)
    second = await desk.intake.deposit(await desk.open_lockers.add(second, locker, CLERK, desk.told.append), CLERK)
    new = await desk.reassignment.move(second, CLERK)
    await assert_moved(desk, world, second, new)
    (unit,) = world.holding("T0")
    assert (unit["lockerUnitId"], await desk.code(first)) == (unit_of(first), unit["pickupCode"])


@pytest.mark.parametrize("fault", ["lost", "half", "500-done", "cut", "500"])
async def test_a_lost_answer_is_found_out_and_the_parcel_moves(desk: OpenDesk, world: World, fault: str) -> None:
    wrong = await desk.deposited("T1")
    world.fault(fault, "freeReservation")
    await assert_moved(desk, world, wrong, await desk.reassignment.move(wrong, CLERK))


@pytest.mark.parametrize("fault", ["lost", "cut"])
async def test_in_doubt_nothing_is_half_and_the_same_call_goes_on(desk: OpenDesk, world: World, fault: str) -> None:
    wrong = await desk.deposited("T1")
    world.fault(fault, "freeReservation", times=10)
    world.fault("503", "getReservation", times=10)
    with pytest.raises(InDoubtError):
        await desk.reassignment.move(wrong, CLERK)
    (left,) = await present(desk)
    assert left.parcel_id == wrong.parcel_id
    assert left.open_write is not None
    with pytest.raises(InDoubtError):
        await desk.reassignment.move(wrong, CLERK)

    world.no_more_faults()
    (settled,) = await desk.settling.settle_all()
    assert (settled.state, settled.wrong_recipient, settled.unfinished) == (ParcelState.TAKEN_IN, True, True)
    await assert_moved(desk, world, wrong, await desk.reassignment.move(wrong, CLERK))


async def test_without_a_line_or_refused_it_stays_where_it_is(desk: OpenDesk, world: World) -> None:
    wrong = await desk.deposited("T1")

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    with pytest.raises(NotSentError):
        await desk.reassignment.move(wrong, CLERK)
    desk.line.before = None
    world.fault("400", "freeReservation")
    with pytest.raises(RefusedError):
        await desk.reassignment.move(wrong, CLERK)
    left = await desk.now(wrong)
    assert (left.state, left.place, left.open_write) == (ParcelState.IN_LOCKER, wrong.place, None)
    assert await desk.code(wrong) == world.holding("T1")[0]["pickupCode"]
    await assert_moved(desk, world, wrong, await desk.reassignment.move(wrong, CLERK))


async def test_a_kiosk_that_dies_between_the_freeing_and_the_new_intake_goes_on(
    tmp_path: Path, world: World, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as first:
        wrong = await first.deposited("T1")

        async def no_room(*_: object, **__: object) -> Parcel:
            raise StorageFullError("no space left")

        with monkeypatch.context() as patch:
            patch.setattr(first.journal, "append_together", no_room)
            with pytest.raises(StorageFullError):
                await first.reassignment.move(wrong, CLERK)
    assert not world.holding("T1")

    async with open_desk(tmp_path / "desk", world, clock) as second:
        (left,) = await present(second)
        assert (left.parcel_id, left.state, left.wrong_recipient) == (wrong.parcel_id, ParcelState.TAKEN_IN, True)
        assert (await second.scans.take_in("T1", CLERK)) == (left, True)
        await assert_moved(second, world, wrong, await second.reassignment.move(left, CLERK))


async def test_one_that_was_collected_meanwhile_is_said_to_be_collected(desk: OpenDesk, world: World) -> None:
    wrong = await desk.deposited("T1")
    world.collect(unit_of(wrong))
    gone = await desk.reassignment.move(wrong, CLERK)
    assert (gone.parcel_id, gone.state) == (wrong.parcel_id, ParcelState.COLLECTED)
    assert await present(desk) == []


async def test_what_was_to_be_looked_into_goes_with_the_parcel(desk: OpenDesk, world: World) -> None:
    wrong = await desk.deposited("T1")
    item = AttentionItem(finding=Finding.TWO_UNITS)
    wrong = await desk.findings.raise_attention(wrong, item, CLERK)
    new = await desk.reassignment.move(wrong, CLERK)
    assert new.attention == (item,)
    await assert_moved(desk, world, wrong, new)


async def test_two_at_once_move_it_once(desk: OpenDesk, world: World) -> None:
    wrong = await desk.deposited("T1")
    new = await desk.reassignment.move(wrong, CLERK)
    with pytest.raises(WrongStateError):
        await desk.reassignment.move(wrong, CLERK)
    await assert_moved(desk, world, wrong, new)


async def test_a_parcel_that_lies_in_no_locker_does_not_move(desk: OpenDesk) -> None:
    for parcel in (await desk.taken_in("T1"), await desk.reserved("T2")):
        with pytest.raises(WrongStateError):
            await desk.reassignment.move(parcel, CLERK)
    assert "wrong_recipient_noticed" not in await desk.events()
    assert (await present(desk))[0].contact == PERSON
