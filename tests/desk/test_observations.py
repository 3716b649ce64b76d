"""What any reading shows becomes an event: pickups, further units, late deposits. Nothing else does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.desk.writes.wanted import place_of
from kiosk.parcels.events import ParcelDeposited
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, ParcelState, Role
from kiosk.wiring import open_services
from tests.house.desk import (
    BANK,
    CLERK,
    DEPARTMENT,
    OWNER,
    PERSON,
    REACHING,
    FurtherUnits,
    OpenDesk,
    World,
    open_desk,
    settings_of,
    unit_of,
)

BEN = Person(name="ben", role=Role.OPERATOR, user_id=CLERK.user_id)
VIEWER = Person(name="vera", role=Role.VIEWER)


async def read(desk: OpenDesk) -> None:
    """Read the bank as anybody does who looks for a free locker."""
    await desk.lockers.bank(BANK, fresh=True)


async def findings(desk: OpenDesk, parcel: Parcel) -> list[Finding]:
    return [item.finding for item in (await desk.now(parcel)).attention]


async def test_a_pickup_is_noticed_by_whoever_reads_the_bank(desk: OpenDesk, world: World) -> None:
    parcel = await desk.deposited()
    await read(desk)
    assert (await desk.now(parcel)) == parcel
    world.collect(unit_of(parcel))
    await read(desk)
    assert (await desk.now(parcel)).state is ParcelState.COLLECTED
    assert (await desk.code(parcel), (await desk.events())[-1]) == (None, "parcel_found_gone")


async def test_a_pickup_is_noticed_although_the_next_parcel_is_in_the_locker_already(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.deposited()
    world.collect(unit_of(parcel))
    world.reserve("theirs", unit_of(parcel), REACHING)
    world.deposit("theirs", unit_of(parcel))
    await read(desk)
    assert (await desk.now(parcel)).state is ParcelState.COLLECTED


async def test_a_reservation_that_lapsed_is_noticed(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.reserved()
    clock.advance(timedelta(hours=25))
    await read(desk)
    assert (await desk.now(parcel)).is_in_hand


async def test_a_reading_that_was_asked_for_before_the_deposit_is_not_believed(desk: OpenDesk, world: World) -> None:
    async def reserve_meanwhile(_: httpx.Request) -> None:
        desk.line.after = None
        parcels.append(await desk.intake.reserve_unit(parcel, BANK, unit, CLERK))

    parcels: list[Parcel] = []
    parcel, unit = await desk.taken_in(), world.free_units()[0]
    desk.line.after = reserve_meanwhile
    view = await desk.lockers.bank(BANK)
    assert (await desk.now(parcel)) == parcels[0]
    assert unit not in {free.locker_unit_id for free in view.details.free_units()}


async def test_a_clock_that_was_set_back_hides_no_pickup(desk: OpenDesk, world: World, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    world.collect(unit_of(parcel))
    clock.advance(timedelta(days=-300))
    await read(desk)
    assert (await desk.now(parcel)).state is ParcelState.COLLECTED


async def test_who_looks_on_from_the_console_changes_nothing_and_counts_right(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        parcel = await desk.deposited()
        await desk.reserved("T2")
        events = await desk.events()
    world.collect(unit_of(parcel))
    for person in (VIEWER, BEN):
        async with open_services(settings_of(tmp_path / "desk", world), clock=clock, person=person) as services:
            console = services.queries.console
            assert (await console.overview()).counted == (2, 2)
            await console.banks()
            assert (await console.overview()).counted == (1, 1)
            assert (await services.queries.health.look()).storage.parcels_here == 1
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        assert await desk.events() == events


@pytest.mark.parametrize("renews", [True, False])
async def test_a_deposit_that_is_carried_out_late_is_pointed_out_and_a_new_code_mends_it(
    desk: OpenDesk, world: World, clock: ManualClock, *, renews: bool
) -> None:
    parcel = await desk.deposited()
    await read(desk)
    assert await findings(desk, parcel) == []
    clock.advance(timedelta(seconds=40))
    world.deposit("T1", unit_of(parcel))
    await read(desk)
    assert await findings(desk, parcel) == [Finding.CODE_MAY_BE_DEAD]

    if renews:
        await desk.corrections.renew_code(parcel, "the code was dead", BEN)
    else:
        await desk.corrections.close(parcel, Finding.CODE_MAY_BE_DEAD, "it opens all the same", BEN)
    await read(desk)
    assert await findings(desk, parcel) == []
    clock.advance(timedelta(seconds=40))
    world.deposit("T1", unit_of(parcel))
    await read(desk)
    assert await findings(desk, parcel) == [Finding.CODE_MAY_BE_DEAD]


@pytest.mark.parametrize("seen", ["before", "after", "never"])
async def test_a_code_given_out_after_another_desks_deposit_is_pointed_out_and_one_given_out_before_is_not(
    desk: OpenDesk, world: World, clock: ManualClock, seen: str
) -> None:
    parcel = await desk.deposited()
    if seen == "before":
        await desk.seen(parcel)
    clock.advance(timedelta(minutes=5))
    update = f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit_of(parcel)}/reservation/update"
    world.ask("PATCH", update, {"parcels": [{"trackingNumber": "theirs"}]})
    world.deposit("theirs", unit_of(parcel))
    clock.advance(timedelta(minutes=5))
    if seen == "after":
        await desk.seen(parcel)
    expected = [] if seen == "before" else [Finding.CODE_MAY_BE_DEAD]
    await desk.lockers.refresh(parcel, CLERK)
    assert await findings(desk, parcel) == expected
    await read(desk)
    assert await findings(desk, parcel) == expected


@pytest.mark.parametrize("in_doubt", [True, False])
async def test_beside_another_desks_parcel_a_later_deposit_is_pointed_out_if_one_of_ours_was_in_doubt(
    desk: OpenDesk, world: World, clock: ManualClock, *, in_doubt: bool
) -> None:
    parcel = await desk.reserved()
    update = f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit_of(parcel)}/reservation/update"
    world.ask("PATCH", update, {"parcels": [{"trackingNumber": "theirs"}]})
    world.deposit("theirs", unit_of(parcel))
    if in_doubt:
        world.fault("503", "updateDeposit")
    parcel = await desk.seen(await desk.intake.deposit(parcel, CLERK))
    clock.advance(timedelta(minutes=5))
    world.deposit("T1", unit_of(parcel))
    await read(desk)
    expected = [Finding.CODE_MAY_BE_DEAD] if in_doubt else []
    assert await findings(desk, parcel) == expected
    await desk.lockers.refresh(parcel, CLERK)
    assert await findings(desk, parcel) == expected


async def test_an_earlier_deposit_of_ours_that_was_recorded_later_explains_nothing(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    """Two processes of a desk: what the one was answered first is recorded last."""
    first = await desk.deposited("T1")
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    second = await desk.open_lockers.add(second, locker, CLERK, desk.told.append)
    clock.advance(timedelta(minutes=5))
    second = await desk.intake.deposit(second, CLERK)
    earlier = ParcelDeposited(
        intent_id="i", place=place_of(first), deposited_at=first.deposited_at, deposit_expiry=None, code_received=True
    )
    await desk.journal.append(first.parcel_id, earlier, CLERK, code=SecretStr("NOTONE"))
    await read(desk)
    assert await findings(desk, second) == []
    clock.advance(timedelta(minutes=5))
    world.deposit("T1", unit_of(first))
    await read(desk)
    assert await findings(desk, second) == [Finding.CODE_MAY_BE_DEAD]


async def test_a_department_has_no_code_that_could_be_dead(desk: OpenDesk, world: World, clock: ManualClock) -> None:
    parcel = await desk.deposited("T1", DEPARTMENT)
    clock.advance(timedelta(seconds=40))
    world.deposit("T1", unit_of(parcel))
    await read(desk)
    assert await findings(desk, parcel) == []


async def test_a_parcel_of_ours_that_has_left_the_locker_explains_a_later_deposit(
    desk: OpenDesk, clock: ManualClock
) -> None:
    first = await desk.deposited("T1")
    clock.advance(timedelta(minutes=5))
    second = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(second)
    second = await desk.open_lockers.add(second, locker, CLERK, desk.told.append)
    second = await desk.intake.deposit(second, CLERK)
    await desk.corrections.take_out(second, "too large", OWNER)
    await read(desk)
    assert await findings(desk, first) == []


async def test_a_further_locker_is_pointed_out_by_any_reading_and_not_again_once_it_was_looked_into(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    line = FurtherUnits("T1", "98", "99")
    async with open_desk(tmp_path / "desk", world, clock, line) as desk:
        parcel = await desk.deposited()
        await read(desk)
        before = await desk.events()
        await read(desk)
        assert await desk.events() == before
        (item,) = (await desk.now(parcel)).attention
        assert (item.finding, item.place and item.place.locker_unit_id) == (Finding.TWO_UNITS, "98")

        await desk.corrections.close(parcel, Finding.TWO_UNITS, "a test of the service's", BEN)
        await read(desk)
        assert await findings(desk, parcel) == []
        line.unit_ids = ("99",)
        await read(desk)
        (item,) = (await desk.now(parcel)).attention
        assert item.place is not None
        assert item.place.locker_unit_id == "99"


async def test_a_parcel_that_another_desk_moved_is_pointed_out_and_its_locker_can_be_freed(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.deposited()
    other = world.free_units("medium")[0]
    free = f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit_of(parcel)}/free"
    world.ask("POST", free, {"userId": "somebody@example.com"})
    world.reserve("T1", other, PERSON)
    world.deposit("T1", other)
    await read(desk)
    (item,) = (await desk.now(parcel)).attention
    assert (item.finding, item.place and item.place.locker_unit_id) == (Finding.LIES_ELSEWHERE, other)
    assert (await desk.now(parcel)).is_in_locker

    freed = await desk.corrections.take_out(parcel, "it is in the other one", BEN)
    closed = await desk.corrections.close(freed, Finding.LIES_ELSEWHERE, "moved by the other desk", BEN)
    assert (closed.is_gone, closed.present) == (True, False)
    assert [unit["lockerUnitId"] for unit in world.holding("T1")] == [other]


async def test_a_bank_that_lists_no_numbers_is_asked_for_those_of_the_contact(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    class NoNumbers(FurtherUnits):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            response = await super().handle_async_request(request)
            if request.method == "GET" and request.url.path.endswith(f"/{BANK}"):
                body = response.json()
                for unit in body["lockerUnits"]:
                    for name in ("parcelsReserved", "parcelsDeposited", "contactId"):
                        unit.pop(name, None)
                return httpx.Response(200, json=body)
            return response

    async with open_desk(tmp_path / "desk", world, clock, NoNumbers("T1", "99")) as desk:
        parcel = await desk.deposited()
        assert [item.finding for item in (await desk.findings.check(parcel, CLERK)).attention] == [Finding.TWO_UNITS]
        assert desk.line.sent["get"] == 1
        world.collect(unit_of(parcel))
        world.reserve("theirs", unit_of(parcel), REACHING)
        await read(desk)
        assert (await desk.now(parcel)).is_in_locker
        assert (await desk.lockers.refresh(parcel, CLERK)).state is ParcelState.COLLECTED
