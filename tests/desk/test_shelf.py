"""The shelf: which place a parcel lies at, and how it goes on from there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.api.transport import Connection, ConnectionState
from kiosk.desk.shelf import LONGEST_PLACE
from kiosk.errors import InDoubtError, ShelfPlaceTakenError, WrongStateError
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Operation, ParcelState, ShelfReason
from tests.house.desk import BANK, CLERK, SMALL, OpenDesk, World, free_place, no_line, unit_of


async def laid(desk: OpenDesk, number: str, shelf: str, size: LockerSize | None = None) -> Parcel:
    return await desk.shelf.put_on(await desk.taken_in(number), shelf, ShelfReason.NO_UNIT, CLERK, size=size)


async def test_a_parcel_on_the_shelf_lies_at_its_place_and_goes_on_with_what_was_entered(desk: OpenDesk) -> None:
    parcel = await laid(desk, "T1", " s4 ", SMALL)
    assert (parcel.state, parcel.shelf, parcel.wanted_size) == (ParcelState.ON_SHELF, "S4", "small")
    assert await desk.shelf.parcels() == (parcel,)
    assert (await desk.scans.take_in("T1", CLERK)).parcel == parcel

    back = await desk.shelf.take_off(parcel, CLERK)
    assert (back.state, back.shelf, back.contact) == (ParcelState.TAKEN_IN, None, parcel.contact)
    assert await desk.shelf.parcels() == ()
    assert (await desk.reserve(back)).state is ParcelState.RESERVED


async def test_putting_on_the_shelf_needs_no_network(desk: OpenDesk) -> None:
    await laid(desk, "T1", "S1")
    assert not desk.line.sent


async def test_a_place_has_one_parcel_which_may_be_laid_there_again(desk: OpenDesk) -> None:
    parcel = await laid(desk, "T1", "S1")
    with pytest.raises(ShelfPlaceTakenError, match=r"shelf_place_taken .shelf=S1"):
        await laid(desk, "T2", "s1")
    assert (await desk.shelf.put_on(parcel, "S1", ShelfReason.PUT_ASIDE, CLERK)).shelf_reason is ShelfReason.PUT_ASIDE


@pytest.mark.parametrize("shelf", ["", "   "])
async def test_a_place_needs_a_name(desk: OpenDesk, shelf: str) -> None:
    with pytest.raises(ShelfPlaceTakenError, match="shelf_place_nameless"):
        await laid(desk, "T1", shelf)


async def test_a_long_name_of_a_place_is_cut_to_what_a_label_shows(desk: OpenDesk) -> None:
    assert (await laid(desk, "T1", "x" * 50)).shelf == "X" * LONGEST_PLACE


async def test_the_lowest_empty_place_is_proposed(desk: OpenDesk) -> None:
    assert await desk.shelf.propose_place() == "S1"
    first = await laid(desk, "T1", "S1")
    await laid(desk, "T2", "S3")
    assert await desk.shelf.propose_place() == "S2"
    await desk.shelf.take_off(first, CLERK)
    assert await desk.shelf.propose_place() == "S1"


async def test_only_a_parcel_that_is_not_in_its_locker_can_be_laid_on_the_shelf(desk: OpenDesk, world: World) -> None:
    with pytest.raises(WrongStateError):
        await desk.shelf.put_on(await desk.deposited("T2"), "S1", ShelfReason.PUT_ASIDE, CLERK)
    doubtful = await desk.taken_in("T3")
    world.fault("lost", "createReservation")
    world.fault("503", "getReservation", times=100)
    with pytest.raises(InDoubtError):
        await desk.perform(doubtful, Operation.RESERVE, free_place(world))
    with pytest.raises(InDoubtError, match="write_open"):
        await desk.shelf.put_on(doubtful, "S1", ShelfReason.PUT_ASIDE, CLERK)


async def test_only_a_parcel_on_the_shelf_can_be_taken_off_the_shelf(desk: OpenDesk) -> None:
    with pytest.raises(WrongStateError):
        await desk.shelf.take_off(await desk.taken_in(), CLERK)


async def test_there_is_room_when_a_unit_of_the_wanted_size_is_free(desk: OpenDesk, world: World) -> None:
    mlarge = LockerSize("mlarge")
    for unit_id in world.free_units(mlarge):
        world.reserve(f"other {unit_id}", unit_id)
    await desk.lockers.bank(BANK)
    for number, (size, room) in enumerate(((SMALL, True), (mlarge, False), (None, True))):
        parcel = await laid(desk, f"T{number}", f"S{number}", size)
        assert (parcel.parcel_id in desk.shelf.with_room([parcel])) is room


async def test_without_a_connection_no_locker_is_said_to_be_free(desk: OpenDesk) -> None:
    parcel = await laid(desk, "T1", "S1", SMALL)
    await desk.lockers.bank(BANK)
    assert desk.shelf.with_room([parcel])
    desk.activity.connected(Connection(ConnectionState.OFFLINE, desk.clock.now()))
    assert not desk.shelf.with_room([parcel])
    desk.activity.connected(Connection(ConnectionState.ONLINE, desk.clock.now()))
    assert desk.shelf.with_room([parcel])


async def test_a_parcel_whose_door_stays_shut_is_laid_on_the_shelf_and_its_locker_is_free(desk: OpenDesk) -> None:
    parcel = await desk.reserved()
    laid = await desk.shelf.put_on(parcel, "S1", ShelfReason.PUT_ASIDE, CLERK)
    assert (laid.state, laid.shelf, laid.place, laid.is_in_doubt) == (ParcelState.ON_SHELF, "S1", None, False)
    assert unit_of(parcel) in desk.world.free_units()


async def test_without_a_network_it_lies_there_and_its_locker_is_given_back_later(desk: OpenDesk) -> None:
    parcel = await desk.reserved()
    desk.line.before = no_line
    laid = await desk.shelf.put_on(parcel, "S1", ShelfReason.NO_NETWORK, CLERK)
    assert (laid.state, laid.shelf, laid.is_in_doubt) == (ParcelState.ON_SHELF, "S1", True)
    view = desk.lockers.seen(BANK)
    assert view is not None
    desk.line.before = None
    await desk.settling.settle_all()
    now = await desk.now(parcel)
    assert (now.state, now.shelf, now.place, now.is_in_doubt) == (ParcelState.ON_SHELF, "S1", None, False)
    assert unit_of(parcel) in desk.world.free_units()
    off = await desk.shelf.take_off(now, CLERK)
    assert (await desk.reserve(off)).is_reserved


async def test_a_reservation_that_is_over_is_no_reason_not_to_lay_it_there(desk: OpenDesk) -> None:
    parcel = await desk.reserved()
    desk.clock.advance(timedelta(days=2))
    laid = await desk.shelf.put_on(parcel, "S1", ShelfReason.PUT_ASIDE, CLERK)
    assert (laid.state, laid.shelf, laid.place) == (ParcelState.ON_SHELF, "S1", None)
