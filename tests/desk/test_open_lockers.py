"""The recipient's open locker: found, added to under every fault, one code for all, and left alone when it is gone."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.desk.progress import Doing, Progress
from kiosk.errors import InDoubtError, NotSentError, ParcelElsewhereError, ReservationLapsedError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState, UnitProblem
from tests.house.desk import BANK, CLERK, DEPARTMENT, PERSON, REACHING, OpenDesk, World, open_desk, unit_of, what

LOST = ("lost", "half", "500-done", "cut", "html", "500")


def numbers(world: World, unit_id: str, which: str = "parcelsReserved") -> set[str]:
    return {each["trackingNumber"] for each in world.unit(unit_id)[which]}


async def add(desk: OpenDesk, number: str = "T2", contact: Contact = PERSON) -> Parcel:
    """Scan one more parcel and add it to the first open locker that is proposed."""
    parcel = await desk.taken_in(number, contact)
    locker = (await desk.own_lockers(parcel))[0]
    return await desk.open_lockers.add(parcel, locker, CLERK, desk.told.append)


async def test_a_contact_without_a_unit_has_no_open_locker(desk: OpenDesk) -> None:
    assert await desk.own_lockers(await desk.taken_in()) == ()


async def test_a_second_parcel_goes_into_the_same_unit_and_one_code_counts_for_both(
    desk: OpenDesk, world: World
) -> None:
    first = await desk.deposited("T1")
    earlier = await desk.code(first)
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    assert (locker.place, locker.inside, locker.on_their_way) == (first.place, ("T1",), ())

    added = await desk.open_lockers.add(second, locker, CLERK, desk.told.append)
    assert (added.state, added.place, added.shared) == (ParcelState.RESERVED, first.place, True)
    assert numbers(world, unit_of(first)) == {"T1", "T2"}
    assert numbers(world, unit_of(first), "parcelsDeposited") == {"T1"}

    done = await desk.intake.deposit(added, CLERK)
    valid = world.unit(unit_of(first))["pickupCode"]
    assert await desk.code(done) == valid != earlier
    assert await desk.code(first) is None
    assert not (await desk.now(first)).code_waiting
    assert numbers(world, unit_of(first), "parcelsDeposited") == {"T1", "T2"}
    assert [each.tracking_number for each in await desk.open_lockers.others_in_unit(done)] == ["T1"]
    assert "pickup_code_replaced" in await desk.events()


async def test_a_departments_parcels_share_a_unit_without_a_code(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1", DEPARTMENT)
    done = await desk.intake.deposit(await add(desk, "T2", DEPARTMENT), CLERK)
    assert done.place == first.place
    assert (done.code_waiting, world.unit(unit_of(done))["pickupCode"]) == (False, None)


async def test_a_parcel_that_is_only_reserved_is_not_called_deposited_with_another_one(
    desk: OpenDesk, world: World
) -> None:
    first = await desk.reserved("T1")
    second = await add(desk, "T2")
    await desk.intake.deposit(second, CLERK)
    assert numbers(world, unit_of(first), "parcelsDeposited") == {"T2"}
    await desk.intake.deposit(first, CLERK)
    assert numbers(world, unit_of(first), "parcelsDeposited") == {"T1", "T2"}


async def test_every_deposit_in_a_shared_unit_names_all_that_lie_there(desk: OpenDesk) -> None:
    bodies: list[str] = []

    async def note(request: httpx.Request) -> None:
        if what(request) in {"deposit", "update"}:
            bodies.append(request.content.decode())

    first = await desk.reserved("T1")
    second = await add(desk, "T2")
    desk.line.before = note
    await desk.intake.deposit(second, CLERK)
    await desk.intake.deposit(first, CLERK)
    assert ["T1" in body for body in bodies] == [False, True]
    assert all("T2" in body for body in bodies)


async def test_a_parcel_is_added_with_all_that_the_unit_holds(desk: OpenDesk) -> None:
    bodies: list[str] = []

    async def note(request: httpx.Request) -> None:
        if what(request) == "update":
            bodies.append(request.content.decode())

    await desk.deposited("T1")
    desk.line.before = note
    await add(desk, "T2")
    assert [(number in body) for body in bodies for number in ("T1", "T2")] == [True, True]


@pytest.mark.parametrize("fault", LOST)
async def test_adding_with_a_lost_answer_takes_no_second_unit_and_loses_nothing(
    desk: OpenDesk, world: World, fault: str
) -> None:
    first = await desk.deposited("T1")
    before = world.free_units()
    world.fault(fault, "updateReservation")
    added = await add(desk)
    assert (added.state, added.place, added.open_write) == (ParcelState.RESERVED, first.place, None)
    assert [unit["lockerUnitId"] for unit in world.holding("T2")] == [unit_of(first)]
    assert numbers(world, unit_of(first)) == {"T1", "T2"}
    assert world.free_units() == before
    assert "write_fell_in_doubt" in await desk.events()

    world.fault(fault, "updateDeposit")
    done = await desk.intake.deposit(added, CLERK)
    assert await desk.code(done) == world.unit(unit_of(first))["pickupCode"]
    assert await desk.code(first) is None


@pytest.mark.parametrize("fault", ["lost", "cut"])
async def test_an_adding_that_stays_in_doubt_is_finished_by_the_next_process(
    tmp_path: Path, world: World, clock: ManualClock, fault: str
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as first:
        lying = await first.deposited("T1")
        world.fault(fault, "updateReservation", times=10)
        world.fault("503", "getReservation", times=10)
        with pytest.raises(InDoubtError):
            await add(first)
    world.no_more_faults()
    async with open_desk(tmp_path / "desk", world, clock) as second:
        (settled,) = await second.settling.settle_all()
        assert (settled.state, settled.place, settled.shared) == (ParcelState.RESERVED, lying.place, True)
        assert numbers(world, unit_of(lying)) == {"T1", "T2"}


async def test_an_adding_in_doubt_is_not_repeated_into_a_unit_that_is_somebody_elses_by_now(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as first:
        lying = await first.deposited("T1")
        world.fault("cut", "updateReservation", times=10)
        with pytest.raises(InDoubtError):
            await add(first)
    world.no_more_faults()
    world.collect(unit_of(lying))
    world.reserve("stranger", unit_of(lying), REACHING)

    async with open_desk(tmp_path / "desk", world, clock) as second:
        assert await second.settling.settle_all() == ()
        (left,) = await second.journal.find("T2")
        assert (left.state, left.place, left.open_write) == (ParcelState.TAKEN_IN, None, None)
        assert numbers(world, unit_of(lying)) == {"stranger"}
        assert not second.line.sent["update"]


async def test_a_unit_that_was_emptied_meanwhile_is_said_and_nothing_is_sent(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1")
    parcel = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(parcel)
    world.collect(unit_of(first))
    with pytest.raises(ReservationLapsedError, match="unit_emptied"):
        await desk.open_lockers.add(parcel, locker, CLERK, desk.told.append)
    assert not desk.line.sent["update"]
    assert await desk.now(parcel) == parcel
    assert await desk.own_lockers(parcel) == ()


async def test_a_unit_that_is_emptied_while_the_request_is_on_its_way_is_said(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1")

    async def collect(request: httpx.Request) -> None:
        if what(request) == "update":
            world.collect(unit_of(first))

    desk.line.before = collect
    with pytest.raises(ReservationLapsedError, match="unit_emptied"):
        await add(desk)
    assert not world.holding("T2")


async def test_a_unit_that_became_somebody_elses_in_between_is_left_again(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1")

    async def swap(request: httpx.Request) -> None:
        if what(request) == "update":
            world.collect(unit_of(first))
            world.reserve("stranger", unit_of(first), REACHING)

    desk.line.before = swap
    parcel = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(parcel)
    with pytest.raises((ReservationLapsedError, ParcelElsewhereError)):
        await desk.open_lockers.add(parcel, locker, CLERK, desk.told.append)
    assert not world.holding("T2")
    assert (await desk.now(parcel)).state is ParcelState.TAKEN_IN


async def test_a_number_that_holds_another_unit_is_not_added(desk: OpenDesk, world: World) -> None:
    await desk.deposited("T1")
    parcel = await desk.taken_in("T2")
    world.reserve("T2", world.free_units()[-1], REACHING)
    (locker,) = await desk.own_lockers(parcel)
    with pytest.raises(ParcelElsewhereError):
        await desk.open_lockers.add(parcel, locker, CLERK, desk.told.append)


async def test_an_older_parcel_that_vanished_is_named_again_and_that_is_told(desk: OpenDesk, world: World) -> None:
    first = await desk.reserved("T1")
    unit = unit_of(first)

    async def forget_the_older_one(request: httpx.Request) -> None:
        if what(request) == "update" and desk.line.sent["update"] == 1:
            body = {"userId": "x", "parcels": [{"trackingNumber": "T1"}]}
            world.ask("POST", f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit}/free", body)

    desk.line.after = forget_the_older_one
    added = await add(desk)
    assert numbers(world, unit) == {"T1", "T2"}
    assert (added.state, added.shared) == (ParcelState.RESERVED, True)
    assert desk.told[-1] == Progress(Doing.NAMING_AGAIN, unit, tracking_numbers=("T1",))


async def test_too_small_takes_this_parcel_only_off_and_the_unit_is_not_proposed_for_it_again(
    desk: OpenDesk, world: World
) -> None:
    first = await desk.deposited("T1")
    code = world.unit(unit_of(first))["pickupCode"]
    back = await desk.intake.report_unit(await add(desk), UnitProblem.TOO_SMALL, CLERK)

    assert (back.state, back.place, back.shared) == (ParcelState.TAKEN_IN, None, False)
    assert numbers(world, unit_of(first)) == {"T1"}
    assert world.unit(unit_of(first))["pickupCode"] == code == await desk.code(first)
    assert await desk.own_lockers(back) == ()
    assert len(await desk.own_lockers(await desk.taken_in("T3"))) == 1


async def test_a_unit_whose_door_stayed_shut_is_proposed_to_nobody(desk: OpenDesk) -> None:
    await desk.deposited("T1")
    await desk.intake.report_unit(await add(desk), UnitProblem.DID_NOT_OPEN, CLERK)
    assert await desk.own_lockers(await desk.taken_in("T3")) == ()


async def test_where_a_bank_does_not_say_whose_a_unit_is_the_journal_tells(desk: OpenDesk) -> None:
    first = await desk.deposited("T1")
    on_its_way = await add(desk, "T2")
    parcel = await desk.taken_in("T3")
    truth = await desk.own_lockers(parcel)
    view = await desk.lockers.bank(BANK)
    nameless = tuple(
        unit.model_copy(update={"contact_id": None, "parcels_reserved": (), "parcels_deposited": ()})
        for unit in view.details.locker_units
    )
    silent = view._replace(details=view.details.model_copy(update={"locker_units": nameless}))
    (locker,) = await desk.open_lockers.of(parcel, silent)
    assert (locker.place, locker.inside, locker.on_their_way) == (first.place, ("T1",), ("T2",))
    assert (locker,) == truth
    assert await desk.open_lockers.known_here(parcel) == BANK
    assert on_its_way.place == first.place


async def test_the_recipients_lockers_are_known_from_the_bank_that_was_read_anyway(desk: OpenDesk) -> None:
    await desk.deposited("T1")
    parcel = await desk.taken_in("T2")
    view = await desk.lockers.bank(BANK, fresh=True)
    before = desk.line.sent.total()
    assert len(await desk.open_lockers.of(parcel, view)) == 1
    assert desk.line.sent.total() == before


async def test_adding_without_a_line_changes_nothing(desk: OpenDesk, world: World) -> None:
    await desk.deposited("T1")
    parcel = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(parcel)

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    with pytest.raises(NotSentError):
        await desk.open_lockers.add(parcel, locker, CLERK, desk.told.append)
    assert await desk.now(parcel) == parcel
    assert not world.holding("T2")


async def test_the_bank_at_hand_comes_first_then_the_largest_unit(desk: OpenDesk, world: World) -> None:
    world.reserve("A", world.free_units("small")[0], PERSON)
    world.reserve("B", world.free_units("large")[0], PERSON)
    await desk.reserve(await desk.taken_in("C"), LockerSize("mlarge"), "BTwo")
    parcel = await desk.taken_in()
    here = [(each.place.locker_bank_id, each.place.size) for each in await desk.own_lockers(parcel)]
    assert here == [(BANK, "large"), (BANK, "small"), ("BTwo", "mlarge")]


async def test_a_code_that_may_just_be_replaced_is_not_shown(desk: OpenDesk, world: World) -> None:
    first = await desk.deposited("T1")
    added = await add(desk)
    world.fault("lost", "updateDeposit", times=10)
    world.fault("503", "getReservation", times=2)
    with pytest.raises(InDoubtError):
        await desk.intake.deposit(added, CLERK)
    with pytest.raises(InDoubtError, match="code_may_be_replaced"):
        await desk.pickup_codes.waiting(first)

    world.no_more_faults()
    (settled,) = await desk.settling.settle_all()
    assert await desk.code(settled) == world.unit(unit_of(first))["pickupCode"]
    assert await desk.pickup_codes.waiting(first) is None
