"""A request that the service carries out after the kiosk gave up on it and undid it: readings point its unit out."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.parcels.findings import HELD_UP_FOR
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, Operation, ParcelState, Role, ShelfReason
from kiosk.parcels.steps import Step
from tests.house.desk import BANK, CLERK, OWNER, PERSON, REACHING, OpenDesk, World, unit_of, what

BEN = Person(name="ben", role=Role.OPERATOR, user_id=CLERK.user_id)
SECOND_BANK = "BTwo"


class HeldUp:
    """Keeps the next request of one kind from the service until it `arrives`; whoever sent it gave up by then."""

    def __init__(self, desk: OpenDesk, kind: str) -> None:
        self._kind = kind
        self._kept: httpx.Request | None = None
        desk.line.before = self.look

    async def look(self, request: httpx.Request) -> None:
        if self._kept is None and what(request) == self._kind:
            self._kept = request
            raise httpx.ReadTimeout("held up", request=request)

    def arrives(self, world: World) -> None:
        assert self._kept is not None
        world.ask(self._kept.method, self._kept.url.path, json.loads(self._kept.content))


async def read(desk: OpenDesk, bank: str = BANK) -> None:
    await desk.lockers.bank(bank, fresh=True)


async def pointed_out(desk: OpenDesk, parcel: Parcel) -> list[tuple[Finding, str | None]]:
    items = (await desk.now(parcel)).attention
    return [(item.finding, item.place.locker_unit_id if item.place else None) for item in items]


async def cancelled(desk: OpenDesk, parcel: Parcel) -> Parcel:
    return await desk.intake.end(parcel, CLERK, Step.CANCEL)


async def back_in_hand(desk: OpenDesk, parcel: Parcel) -> Parcel:
    return await desk.perform(parcel, Operation.FREE)


async def on_the_shelf(desk: OpenDesk, parcel: Parcel) -> Parcel:
    freed = await back_in_hand(desk, parcel)
    return await desk.shelf.put_on(freed, "S1", ShelfReason.PUT_ASIDE, CLERK)


async def collected(desk: OpenDesk, parcel: Parcel) -> Parcel:
    parcel = await desk.seen(await desk.intake.deposit(parcel, CLERK))
    desk.world.collect(unit_of(parcel))
    await read(desk)
    assert (await desk.now(parcel)).state is ParcelState.COLLECTED
    return parcel


async def in_another_bank(desk: OpenDesk, parcel: Parcel) -> Parcel:
    return await desk.reserve(await back_in_hand(desk, parcel), bank=SECOND_BANK)


async def moved_to_another(desk: OpenDesk, parcel: Parcel) -> Parcel:
    deposited = await desk.seen(await desk.intake.deposit(parcel, CLERK))
    moved = await desk.reassignment.move(deposited, CLERK)
    return await desk.intake.choose_recipient(moved, PERSON, CLERK)


async def taken_in_again(desk: OpenDesk, parcel: Parcel) -> Parcel:
    await cancelled(desk, parcel)
    return await desk.taken_in()


@pytest.mark.parametrize("becomes", [cancelled, back_in_hand, on_the_shelf, collected, in_another_bank, taken_in_again])
async def test_a_locker_that_a_late_reservation_holds_is_pointed_out_and_can_be_freed(
    desk: OpenDesk, world: World, becomes: Callable[[OpenDesk, Parcel], Awaitable[Parcel]]
) -> None:
    late = HeldUp(desk, "reserve")
    reserved = await desk.reserved()
    parcel = await desk.now(await becomes(desk, reserved))
    late.arrives(world)
    await read(desk)
    assert await pointed_out(desk, parcel) == [(Finding.TWO_UNITS, unit_of(reserved))]
    events = await desk.events()
    await read(desk)
    assert await desk.events() == events

    freed = await desk.corrections.free_second_unit(await desk.now(parcel), "it is empty", BEN)
    assert freed.model_copy(update={"looked_into": ()}) == parcel
    assert unit_of(reserved) not in {
        unit["lockerUnitId"] for unit in world.holding("T1") if unit["lockerBankId"] == BANK
    }
    await read(desk)
    assert await pointed_out(desk, parcel) == []


async def test_a_pickup_shows_although_a_late_reservation_holds_the_emptied_locker(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    await desk.deposited("T2", REACHING)
    late = HeldUp(desk, "reserve")
    parcel = await desk.deposited()
    world.collect(unit_of(parcel))
    clock.advance(timedelta(minutes=1))
    late.arrives(world)
    await read(desk)
    assert (await desk.now(parcel)).state is ParcelState.COLLECTED
    assert await pointed_out(desk, parcel) == [(Finding.TWO_UNITS, unit_of(parcel))]
    assert await desk.code(parcel) is None
    freed = await desk.corrections.free_second_unit(await desk.now(parcel), "it is empty", BEN)
    assert (freed.state, freed.present, world.holding("T1")) == (ParcelState.COLLECTED, False, [])


@pytest.mark.parametrize("fault", ["", "lost", "503"])
async def test_a_late_extension_in_a_strangers_locker_takes_only_its_own_number_off(
    desk: OpenDesk, world: World, clock: ManualClock, fault: str
) -> None:
    parcel = await desk.reserved()
    late = HeldUp(desk, "update")
    parcel = await desk.corrections.extend(parcel, 48, "they come late", BEN)
    ended = await cancelled(desk, parcel)
    clock.advance(timedelta(minutes=5))
    world.reserve("theirs", unit_of(parcel), REACHING)
    world.deposit("theirs", unit_of(parcel))
    late.arrives(world)
    await read(desk)
    assert await pointed_out(desk, ended) == [(Finding.TWO_UNITS, unit_of(parcel))]

    if fault:
        world.fault(fault, "freeReservation")
    freed = await desk.corrections.free_second_unit(await desk.now(ended), "it is a stranger's", BEN)
    assert (freed.state, freed.attention, world.holding("T1")) == (ParcelState.CANCELLED, (), [])
    assert [unit["lockerUnitId"] for unit in world.holding("theirs")] == [unit_of(parcel)]


async def test_a_late_list_that_puts_a_further_parcel_back_is_pointed_out(desk: OpenDesk, world: World) -> None:
    first = await desk.reserved("T1")
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    second = await desk.open_lockers.add(second, locker, CLERK, desk.told.append)
    late = HeldUp(desk, "update")
    await desk.corrections.extend(second, 48, "they come late", BEN)
    ended = await cancelled(desk, first)
    late.arrives(world)
    await read(desk)
    assert await pointed_out(desk, ended) == [(Finding.TWO_UNITS, unit_of(first))]
    assert await pointed_out(desk, second) == []


async def test_a_clock_that_is_set_back_while_a_request_is_held_up_hides_nothing(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    async def hold_up_and_set_back(request: httpx.Request) -> None:
        try:
            await late.look(request)
        except httpx.ReadTimeout:
            clock.advance(timedelta(hours=-30))
            raise

    late = HeldUp(desk, "reserve")
    desk.line.before = hold_up_and_set_back
    parcel = await desk.reserved()
    ended = await cancelled(desk, parcel)
    clock.advance(timedelta(hours=30))
    late.arrives(world)
    await read(desk)
    assert await pointed_out(desk, ended) == [(Finding.TWO_UNITS, unit_of(parcel))]


async def test_a_number_that_another_desk_took_in_is_its_own_where_no_request_of_ours_was_in_doubt(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.reserved()
    ended = await cancelled(desk, parcel)
    world.reserve("T1", unit_of(parcel), PERSON)
    await read(desk)
    assert await pointed_out(desk, ended) == []


@pytest.mark.parametrize("of_the_same", [True, False])
async def test_a_number_that_another_desk_took_in_later_or_into_another_locker_is_its_own(
    desk: OpenDesk, world: World, clock: ManualClock, *, of_the_same: bool
) -> None:
    HeldUp(desk, "reserve")
    parcel = await desk.reserved()
    ended = await cancelled(desk, parcel)
    if of_the_same:
        clock.advance(HELD_UP_FOR + timedelta(minutes=1))
    unit_id = unit_of(parcel) if of_the_same else next(each for each in world.free_units() if each != unit_of(parcel))
    world.reserve("T1", unit_id, PERSON)
    await read(desk)
    assert await pointed_out(desk, ended) == []


async def test_a_parcel_that_another_desk_put_in_is_its_own(desk: OpenDesk, world: World) -> None:
    HeldUp(desk, "reserve")
    parcel = await desk.reserved()
    ended = await cancelled(desk, parcel)
    world.reserve("T1", unit_of(parcel), PERSON)
    world.deposit("T1", unit_of(parcel))
    await read(desk)
    assert await pointed_out(desk, ended) == []


async def test_nothing_is_said_of_a_parcel_to_which_something_happened_since_the_reading_was_asked_for(
    desk: OpenDesk, world: World
) -> None:
    async def lay_on_the_shelf(_: httpx.Request) -> None:
        desk.line.after = None
        await desk.shelf.put_on(parcel, "S1", ShelfReason.PUT_ASIDE, CLERK)

    late = HeldUp(desk, "reserve")
    parcel = await back_in_hand(desk, await desk.reserved())
    late.arrives(world)
    desk.line.after = lay_on_the_shelf
    await read(desk)
    assert await pointed_out(desk, parcel) == []
    await read(desk)
    assert [finding for finding, _ in await pointed_out(desk, parcel)] == [Finding.TWO_UNITS]


async def test_a_further_locker_that_becomes_the_parcels_own_is_not_freed_as_a_mistake(
    desk: OpenDesk, world: World
) -> None:
    late = HeldUp(desk, "reserve")
    reserved = await desk.reserved()
    parcel = await back_in_hand(desk, reserved)
    late.arrives(world)
    await read(desk)
    assert await pointed_out(desk, parcel) == [(Finding.TWO_UNITS, unit_of(reserved))]
    # The service refuses it any other locker of the bank, and the one that it has is adopted.
    world.fault("503", "createReservation")
    adopted = await desk.reserve(await desk.now(parcel))
    assert (unit_of(adopted), adopted.attention) == (unit_of(reserved), ())
    assert (await desk.corrections.take_out(adopted, "too large", OWNER)).is_gone
    assert world.holding("T1") == []


@pytest.mark.parametrize("becomes", [back_in_hand, moved_to_another, taken_in_again])
async def test_a_number_is_given_no_locker_from_which_a_request_in_doubt_may_take_it_later(
    desk: OpenDesk, becomes: Callable[[OpenDesk, Parcel], Awaitable[Parcel]]
) -> None:
    HeldUp(desk, "free")
    parcel = await desk.reserved()
    again = await becomes(desk, parcel)
    other = await desk.reserved("T2")
    await back_in_hand(desk, other)
    assert unit_of(other) == unit_of(parcel) != unit_of(await desk.reserve(again))
    # No request for this one was in doubt.
    assert unit_of(await desk.reserve(await desk.now(other))) == unit_of(other)


async def test_a_number_is_not_added_to_a_locker_from_which_a_request_in_doubt_may_take_it_later(
    desk: OpenDesk,
) -> None:
    older = await desk.reserved("older")
    parcel = await desk.taken_in()
    (locker,) = await desk.own_lockers(parcel)
    HeldUp(desk, "free")
    freed = await back_in_hand(desk, await desk.open_lockers.add(parcel, locker, CLERK, desk.told.append))
    assert await desk.own_lockers(freed) == ()
    (still,) = await desk.own_lockers(await desk.taken_in("T2"))
    assert still.place.locker_unit_id == unit_of(older)


async def test_a_locker_that_a_second_late_request_holds_is_pointed_out_once_more(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    """Both come into a stranger's locker, whose times they do not change."""
    parcel = await desk.reserved()
    late = HeldUp(desk, "update")
    ended = await cancelled(desk, await desk.corrections.extend(parcel, 48, "they come late", BEN))
    clock.advance(timedelta(minutes=5))
    world.reserve("theirs", unit_of(parcel), REACHING)
    for _ in range(2):
        late.arrives(world)
        await read(desk)
        assert await pointed_out(desk, ended) == [(Finding.TWO_UNITS, unit_of(parcel))]
        freed = await desk.corrections.free_second_unit(await desk.now(ended), "it is a stranger's", BEN)
        assert (freed.attention, world.holding("T1")) == ((), [])


async def test_a_late_list_of_another_desk_that_names_a_collected_parcel_is_pointed_out(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel = await collected(desk, await desk.reserved())
    clock.advance(timedelta(minutes=5))
    world.reserve("theirs", unit_of(parcel), REACHING)
    update = f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit_of(parcel)}/reservation/update"
    world.ask("PATCH", update, {"parcels": [{"trackingNumber": "T1"}]})
    await read(desk)
    assert await pointed_out(desk, parcel) == [(Finding.TWO_UNITS, unit_of(parcel))]
    await desk.corrections.free_second_unit(await desk.now(parcel), "it was collected", BEN)
    assert (world.holding("T1"), len(world.holding("theirs"))) == ([], 1)


@pytest.mark.parametrize("deposit_in_doubt", [True, False])
async def test_a_late_reservation_and_a_late_deposit_of_ours_are_pointed_out_and_another_desks_are_not(
    desk: OpenDesk, world: World, *, deposit_in_doubt: bool
) -> None:
    late = HeldUp(desk, "reserve")
    parcel = await desk.reserved()
    if deposit_in_doubt:
        world.fault("503", "updateDeposit")
    deposited = await desk.seen(await desk.intake.deposit(parcel, CLERK))
    ended = await desk.take_out(deposited)
    late.arrives(world)
    world.deposit("T1", unit_of(parcel))
    await read(desk)
    assert await pointed_out(desk, ended) == ([(Finding.TWO_UNITS, unit_of(parcel))] if deposit_in_doubt else [])
