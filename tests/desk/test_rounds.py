"""A round past the lockers that nobody emptied, what waits for a carrier, and what is pointed out before its time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.desk.rounds import Goal, Plan
from kiosk.errors import InDoubtError, NotSentError, WrongStateError
from kiosk.parcels.states import OutgoingReason, ParcelState, ShelfReason
from tests.house.desk import BANK, CLERK, DEPARTMENT, PERSON, OpenDesk, no_line, unit_of

SHELF = Plan(Goal.SHELF)


async def test_what_was_taken_out_lies_on_the_shelf_and_its_locker_is_free(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    lying = await desk.desk.rounds.take_out(parcel, SHELF, CLERK)
    assert (lying.state, lying.shelf, lying.shelf_reason) == (ParcelState.ON_SHELF, "S1", ShelfReason.NOT_COLLECTED)
    assert unit_of(parcel) in desk.world.free_units()
    assert not desk.shelf.with_room([lying])


@pytest.mark.parametrize(("goal", "state"), [(Goal.SENDER, ParcelState.OUTGOING), (Goal.SENT, ParcelState.SENT)])
async def test_it_goes_back_to_the_sender(desk: OpenDesk, goal: Goal, state: ParcelState) -> None:
    parcel = await desk.deposited()
    with pytest.raises(WrongStateError, match="no_destination"):
        await desk.desk.rounds.take_out(parcel, Plan(goal, " "), CLERK)
    assert unit_of(parcel) not in desk.world.free_units()
    gone = await desk.desk.rounds.take_out(parcel, Plan(goal, "UPS driver"), CLERK)
    assert (gone.state, gone.destination, gone.outgoing_reason) == (state, "UPS driver", OutgoingReason.TO_SENDER)


async def test_what_was_collected_before_goes_nowhere(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    desk.world.collect(unit_of(parcel))
    assert (await desk.desk.rounds.take_out(parcel, SHELF, CLERK)).state is ParcelState.COLLECTED
    assert (await desk.shelf.parcels()) == ()


async def test_without_a_network_it_stays_where_it_is(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    desk.line.before = no_line
    with pytest.raises(NotSentError):
        await desk.desk.rounds.take_out(parcel, SHELF, CLERK)
    now = await desk.now(parcel)
    assert (now.state, now.is_in_doubt, now.place) == (ParcelState.IN_LOCKER, False, parcel.place)


@pytest.mark.parametrize("fault", ["lost", "cut", "503"])
async def test_what_is_in_doubt_is_in_hand_once_that_is_known(desk: OpenDesk, fault: str) -> None:
    parcel = await desk.deposited()
    desk.world.fault(fault, "freeReservation", times=9)
    desk.world.fault("503", "getReservation", times=99)
    with pytest.raises(InDoubtError):
        await desk.desk.rounds.take_out(parcel, SHELF, CLERK)
    desk.world.no_more_faults()
    await desk.settling.settle_all()
    assert (await desk.now(parcel)).state is ParcelState.TAKEN_IN
    assert unit_of(parcel) in desk.world.free_units()


async def test_what_nobody_collected_is_listed_as_somebody_walks_and_pointed_out_a_day_before(desk: OpenDesk) -> None:
    first, second = await desk.deposited("T1"), await desk.deposited("T2", DEPARTMENT)
    await desk.reserved("T3")
    desk.clock.advance(timedelta(hours=12))
    third = await desk.deposited("T4", DEPARTMENT)
    desk.clock.advance(timedelta(hours=11))
    expiry = desk.queries.expiry
    assert await expiry.uncollected(timedelta(0)) == ()
    assert [each.is_expired for each in await expiry.uncollected()] == [False] * 3
    desk.clock.advance(timedelta(hours=2))
    listed = await expiry.uncollected()
    assert {(each.parcel.tracking_number, each.is_expired) for each in listed} == {
        ("T1", True),
        ("T2", True),
        ("T4", False),
    }
    places = [int(unit_of(each.parcel)) for each in listed]
    assert places == sorted(map(int, map(unit_of, (first, second, third))))
    assert {each.parcel.place.locker_bank_id for each in listed if each.parcel.place} == {BANK}
    desk.world.collect(unit_of(first))
    await desk.lockers.bank(BANK, fresh=True)
    assert "T1" not in {each.parcel.tracking_number for each in await expiry.uncollected()}


async def test_what_leaves_is_listed_by_destination_until_the_day_is_over(desk: OpenDesk) -> None:
    leaving = desk.desk.leaving
    parcels = {}
    for number, where in (("T1", "post office"), ("T2", "UPS driver"), ("T3", "Post office"), ("T4", "UPS driver")):
        taken = await desk.taken_in(number, PERSON)
        parcels[number] = await leaving.make_outgoing(taken, where, OutgoingReason.RETURN, CLERK)
        desk.clock.advance(timedelta(minutes=1))
    await leaving.note_sent(parcels["T2"], CLERK)
    today = await desk.queries.outgoing.today()
    assert [each.tracking_number for each in today.waiting] == ["T1", "T3", "T4"]
    assert [each.tracking_number for each in today.sent] == ["T2"]
    desk.clock.advance(timedelta(days=1))
    today = await desk.queries.outgoing.today()
    assert [each.tracking_number for each in today.waiting] == ["T1", "T3", "T4"]
    assert today.sent == ()
