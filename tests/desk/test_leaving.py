"""Parcels that leave otherwise than at the locker: cleared out, given out at the desk, sent away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.errors import InDoubtError, NotAllowedError, WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, IdentityCheck, OutgoingReason, ParcelState, Role, ShelfReason
from tests.house.desk import CLERK, PERSON, OpenDesk, no_line, unit_of

OPERATOR = Person(name="olga", role=Role.OPERATOR)
VIEWER = Person(name="vera", role=Role.VIEWER)
BADGE = IdentityCheck.BADGE


async def given(desk: OpenDesk, parcel: Parcel) -> Parcel:
    return await desk.desk.leaving.hand_over(parcel, "Maria Smith", BADGE, CLERK, signature="M. Smith")


async def test_a_parcel_in_a_locker_is_given_out_and_its_locker_is_free(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    done = await given(desk, parcel)
    assert (done.state, done.handed_to, done.present) == (ParcelState.HANDED_OVER, "Maria Smith", False)
    assert unit_of(parcel) in desk.world.free_units()
    assert (await desk.events())[-3:] == ["parcel_handed_over", "write_asked", "unit_freed"]
    assert await desk.code(parcel) is None


async def test_one_from_the_shelf_or_in_hand_is_given_out_without_a_network(desk: OpenDesk) -> None:
    lying = await desk.shelf.put_on(await desk.taken_in("T1"), "S1", ShelfReason.PUT_ASIDE, CLERK)
    in_hand = (await desk.scans.take_in("T2", CLERK)).parcel
    desk.line.before = no_line
    for parcel in (lying, in_hand):
        done = await given(desk, parcel)
        assert (done.state, done.shelf, done.present) == (ParcelState.HANDED_OVER, None, False)


async def test_without_a_network_it_is_given_out_and_its_locker_is_given_back_later(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    desk.line.before = no_line
    done = await given(desk, parcel)
    assert (done.state, done.is_in_doubt) == (ParcelState.HANDED_OVER, True)
    assert unit_of(parcel) not in desk.world.free_units()
    desk.line.before = None
    (settled,) = await desk.settling.settle_all()
    assert (settled.state, settled.present) == (ParcelState.HANDED_OVER, False)
    assert unit_of(parcel) in desk.world.free_units()


@pytest.mark.parametrize("fault", ["lost", "cut", "503"])
async def test_it_is_given_out_whatever_became_of_the_answer(desk: OpenDesk, fault: str) -> None:
    parcel = await desk.deposited()
    desk.world.fault(fault, "freeReservation", times=9)
    desk.world.fault("503", "getReservation", times=99)
    done = await given(desk, parcel)
    assert (done.state, done.is_in_doubt) == (ParcelState.HANDED_OVER, True)
    desk.world.no_more_faults()
    await desk.settling.settle_all()
    assert not (await desk.now(parcel)).present
    assert unit_of(parcel) in desk.world.free_units()


async def test_a_locker_that_the_service_does_not_take_back_is_pointed_out(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    desk.world.fault("400", "freeReservation", times=9)
    done = await given(desk, parcel)
    assert done.state is ParcelState.HANDED_OVER
    assert [(item.finding, item.place) for item in done.attention] == [(Finding.TWO_UNITS, parcel.place)]


async def test_one_that_was_collected_meanwhile_is_handed_over_all_the_same(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    desk.world.collect(unit_of(parcel))
    done = await given(desk, parcel)
    assert (done.state, done.present) == (ParcelState.HANDED_OVER, False)


async def test_others_in_the_same_locker_stay_and_take_the_code_over(desk: OpenDesk) -> None:
    first = await desk.deposited("T1")
    second = await desk.taken_in("T2")
    (own,) = await desk.own_lockers(second)
    second = await desk.intake.deposit(await desk.open_lockers.add(second, own, CLERK, desk.told.append), CLERK)
    code = await desk.code(second)
    assert code is not None
    await given(desk, second)
    stays = await desk.now(first)
    assert (stays.state, stays.code_waiting) == (ParcelState.IN_LOCKER, True)
    assert await desk.code(stays) == code
    (unit,) = desk.world.holding("T1")
    assert [each["trackingNumber"] for each in unit["parcelsDeposited"]] == ["T1"]


async def test_nobody_named_or_while_something_is_on_its_way_is_refused(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    with pytest.raises(WrongStateError, match="nobody_named"):
        await desk.desk.leaving.hand_over(parcel, " \n ", BADGE, CLERK)
    desk.world.fault("lost", "updateDeposit")
    desk.world.fault("503", "getReservation", times=99)
    with pytest.raises(InDoubtError):
        await desk.corrections.renew_code(parcel, "lost", CLERK)
    with pytest.raises(InDoubtError):
        await given(desk, parcel)
    assert (await desk.now(parcel)).state is ParcelState.IN_LOCKER


async def test_what_nobody_collected_is_cleared_and_others_stay(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    cleared = await desk.desk.leaving.clear(parcel, CLERK)
    assert (cleared.state, cleared.contact, cleared.place) == (ParcelState.TAKEN_IN, PERSON, None)
    assert unit_of(parcel) in desk.world.free_units()


async def test_one_that_was_collected_before_it_was_cleared_is_that(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    desk.world.collect(unit_of(parcel))
    assert (await desk.desk.leaving.clear(parcel, CLERK)).state is ParcelState.COLLECTED


async def test_what_is_to_be_sent_says_where_to_until_it_left(desk: OpenDesk) -> None:
    parcel = (await desk.scans.take_in("T1", CLERK)).parcel
    with pytest.raises(WrongStateError, match="no_destination"):
        await desk.desk.leaving.make_outgoing(parcel, "", OutgoingReason.RETURN, CLERK)
    lying = await desk.desk.leaving.make_outgoing(parcel, "Main\nStreet", OutgoingReason.RETURN, CLERK)
    assert (lying.state, lying.destination) == (ParcelState.OUTGOING, "Main Street")
    sent = await desk.desk.leaving.note_sent(lying, CLERK)
    assert (sent.state, sent.present) == (ParcelState.SENT, False)
    again = (await desk.scans.take_in("T1", CLERK)).parcel
    assert again.parcel_id != sent.parcel_id


async def test_a_deposit_is_kept_longer_by_another_one_with_a_fresh_code(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    before = await desk.code(parcel)
    desk.clock.advance(timedelta(hours=20))
    longer = await desk.intake.extend(parcel, 24, CLERK)
    assert parcel.deposit_expiry is not None
    assert longer.deposit_expiry is not None
    assert longer.deposit_expiry > parcel.deposit_expiry
    assert (longer.code_waiting, await desk.code(longer) != before) == (True, True)


async def test_a_locker_is_given_back_before_the_parcel_is_in_it(desk: OpenDesk) -> None:
    parcel = await desk.reserved()
    released = await desk.intake.release(parcel, CLERK)
    assert (released.state, released.contact, released.unfit_units) == (ParcelState.TAKEN_IN, PERSON, ())
    assert unit_of(parcel) in desk.world.free_units()


async def test_whoever_only_looks_on_gives_nothing_out_and_an_operator_says_why(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    with pytest.raises(NotAllowedError):
        await desk.desk.leaving.hand_over(parcel, "Maria", BADGE, VIEWER)
    done = await desk.corrections.hand_over(parcel, "Maria", BADGE, "she stands here", OPERATOR)
    assert done.state is ParcelState.HANDED_OVER
    assert "correction_asked" in await desk.events()
