"""Looking up banks and parcels: how often the service is asked, and what a reading changes in the journal."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.desk.lockers import FRESH_FOR, NAMES_FOR, Lockers
from kiosk.desk.observations import Observations
from kiosk.errors import AnswerLostError, NotSentError, UnknownBankError, UnknownParcelError
from kiosk.parcels.choosing import BankView
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.other_desks import NoOtherDesks
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.piles import Pile
from kiosk.parcels.states import ContactType, ParcelState, UnitProblem, UnitState
from tests.house.desk import (
    BANK,
    CLERK,
    DEPARTMENT,
    PERSON,
    SMALL,
    START,
    OpenDesk,
    World,
    no_line,
    open_desk,
    unit_of,
    what,
)


async def today(desk: OpenDesk) -> tuple[Parcel, ...]:
    return (await desk.queries.home(desk.queries.today())).parcels


def asked(desk: OpenDesk) -> int:
    return desk.line.sent.total()


async def test_a_bank_is_read_once_a_minute(desk: OpenDesk, clock: ManualClock) -> None:
    first = await desk.lockers.bank(BANK)
    clock.advance(FRESH_FOR - timedelta(seconds=1))
    assert await desk.lockers.bank(BANK) == first
    assert asked(desk) == 1
    clock.advance(timedelta(seconds=1))
    assert (await desk.lockers.bank(BANK)).read_at == START + FRESH_FOR
    assert asked(desk) == 2


async def test_a_clock_that_was_set_back_makes_a_bank_old(desk: OpenDesk, clock: ManualClock) -> None:
    await desk.lockers.bank(BANK)
    clock.advance(timedelta(hours=-1))
    await desk.lockers.bank(BANK)
    assert asked(desk) == 2


async def test_a_bank_is_read_anew_when_that_is_asked_for(desk: OpenDesk) -> None:
    await desk.lockers.bank(BANK)
    await desk.lockers.bank(BANK, fresh=True)
    assert asked(desk) == 2


async def test_what_we_did_since_is_in_a_bank_that_was_read_before(desk: OpenDesk, world: World) -> None:
    reserved = await desk.reserved()
    before = asked(desk)

    async def unit() -> LockerUnit:
        view = await desk.lockers.bank(BANK)
        (found,) = (each for each in view.details.locker_units if each.locker_unit_id == unit_of(reserved))
        return found

    assert (await unit()).state is UnitState.RESERVED
    deposited = await desk.intake.deposit(reserved, CLERK)
    assert ((await unit()).state, (await unit()).has_deposited("T1")) == (UnitState.OCCUPIED, True)
    assert (await unit()).contact_id == PERSON.contact_id
    await desk.take_out(deposited)
    assert (await unit()).state is UnitState.FREE
    assert asked(desk) == before + 2
    assert world.unit(unit_of(reserved))["unitReserved"] is False


async def test_what_another_process_of_this_desk_did_is_in_it_too(
    world: World, clock: ManualClock, desk: OpenDesk
) -> None:
    await desk.lockers.bank(BANK)
    async with open_desk(desk.folder, world, clock) as other:
        reserved = await other.reserved()
    view = await desk.lockers.bank(BANK)
    assert unit_of(reserved) not in {unit.locker_unit_id for unit in view.free_units(SMALL)}
    assert asked(desk) == 1


async def test_a_reading_that_failed_does_not_count(desk: OpenDesk, world: World, clock: ManualClock) -> None:
    await desk.lockers.bank(BANK)
    clock.advance(FRESH_FOR)
    world.fault("503", "getLockerBankDetails", times=3)
    with pytest.raises(AnswerLostError):
        await desk.lockers.bank(BANK)
    before = asked(desk)
    await desk.lockers.bank(BANK)
    assert asked(desk) == before + 1


async def test_who_wants_the_same_reading_at_the_same_time_shares_it(desk: OpenDesk) -> None:
    views = await asyncio.gather(*(desk.lockers.bank(BANK) for _ in range(5)), desk.lockers.at_hand(BANK))
    assert asked(desk) == 1
    assert all(view == views[0] for view in views)


async def test_a_fresh_reading_is_asked_for_after_it_was_wanted(desk: OpenDesk, world: World) -> None:
    unit = world.free_units()[0]

    async def take_it(_: httpx.Request) -> None:
        desk.line.after = None
        fresh.append(asyncio.create_task(desk.lockers.bank(BANK, fresh=True)))
        await asyncio.sleep(0)
        world.reserve("theirs", unit)

    fresh: list[asyncio.Task[BankView]] = []
    desk.line.after = take_it
    earlier = await desk.lockers.bank(BANK)
    later = await fresh[0]
    assert [unit in {free.locker_unit_id for free in view.free_units(SMALL)} for view in (earlier, later)] == [
        True,
        False,
    ]


async def test_nobody_waits_for_a_bank_that_was_read_before(desk: OpenDesk, clock: ManualClock) -> None:
    first = await desk.lockers.bank(BANK)
    desk.lockers.renew(first)
    clock.advance(timedelta(hours=8))
    assert await desk.lockers.at_hand(BANK) == first
    assert asked(desk) == 1
    desk.lockers.renew(first)
    assert (await desk.lockers.bank(BANK)).read_at == START + timedelta(hours=8)
    assert asked(desk) == 2


async def test_a_report_counts_at_once_without_another_reading(desk: OpenDesk) -> None:
    parcel = await desk.reserved()
    await desk.intake.report_unit(parcel, UnitProblem.OCCUPIED, CLERK)
    await desk.lockers.bank(BANK)
    before = asked(desk)
    view = await desk.lockers.bank(BANK)
    assert view.reported == {unit_of(parcel)}
    (small,) = [size for size in view.sizes if size.size == SMALL]
    assert small.free == len(desk.world.free_units()) - 1
    assert asked(desk) == before


async def test_what_was_seen_is_shown_without_asking_anybody(desk: OpenDesk, clock: ManualClock) -> None:
    assert desk.lockers.seen(BANK) is None
    view = await desk.lockers.bank(BANK)
    clock.advance(timedelta(days=1))
    assert desk.lockers.seen(BANK) == view
    assert asked(desk) == 1


async def test_the_banks_are_read_once_a_day_and_nobody_waits_for_it(desk: OpenDesk, clock: ManualClock) -> None:
    banks = await desk.lockers.banks()
    assert [bank.locker_bank_id for bank in banks] == ["AOne", "BTwo", "CThree"]
    clock.advance(NAMES_FOR - timedelta(seconds=1))
    await desk.lockers.banks()
    assert asked(desk) == 1
    clock.advance(timedelta(seconds=1))
    assert await desk.lockers.banks() is banks
    await desk.lockers._bank_lists.ask("banks", desk.lockers._read_banks)
    await desk.lockers.banks()
    assert asked(desk) == 2


async def test_only_banks_of_the_desks_location_are_offered(desk: OpenDesk, clock: ManualClock) -> None:
    observations = Observations(desk.journal, CLERK)
    lockers = Lockers(desk.write_path._api, desk.journal, observations, clock, location_id="LAB", others=NoOtherDesks())
    assert [bank.locker_bank_id for bank in await lockers.banks()] == ["CThree"]


async def test_an_unknown_bank_is_named(desk: OpenDesk) -> None:
    with pytest.raises(UnknownBankError, match="Nowhere"):
        await desk.lockers.bank("Nowhere")


async def test_the_sizes_follow_from_the_units(desk: OpenDesk, world: World) -> None:
    view = await desk.lockers.bank(BANK)
    assert {size.size: size.free for size in view.sizes} == {
        size: len(world.free_units(size)) for size in ("small", "medium", "large", "mlarge")
    }


async def test_the_units_of_a_contact_are_looked_for_in_every_bank(desk: OpenDesk, world: World) -> None:
    for bank in ("AOne", "BTwo"):
        world.reserve(f"of {bank}", world.free_units(bank=bank)[0], DEPARTMENT, bank)
    units = await desk.lockers.reservations_of(DEPARTMENT.contact_id)
    found = [(unit.locker_bank_id, unit.parcels_reserved[0].tracking_number) for unit in units]
    assert {("AOne", "of AOne"), ("BTwo", "of BTwo")} <= set(found)
    assert await desk.lockers.reservations_of("nobody") == ()


async def test_a_bank_that_fails_leaves_no_question_to_another_under_way(desk: OpenDesk) -> None:
    under_way = 0

    async def before(request: httpx.Request) -> None:
        nonlocal under_way
        if "/AOne/" in request.url.path:
            await no_line(request)
        under_way += 1

    async def after(_: httpx.Request) -> None:
        nonlocal under_way
        under_way -= 1

    await desk.lockers.banks()
    desk.line.before, desk.line.after = before, after
    with pytest.raises(NotSentError):
        await desk.lockers.reservations_of(DEPARTMENT.contact_id)
    assert (desk.line.sent["get"] > 2, under_way) == (True, 0)


async def test_a_collected_parcel_is_recorded_as_collected(desk: OpenDesk, world: World) -> None:
    parcel = await desk.deposited()
    assert await desk.lockers.refresh(parcel, CLERK) == parcel
    world.collect(unit_of(parcel))

    collected = await desk.lockers.refresh(parcel, CLERK)

    assert (collected.state, collected.code_waiting, collected.unfinished) == (ParcelState.COLLECTED, False, False)
    assert await desk.code(parcel) is None
    before = asked(desk)
    assert await desk.lockers.refresh(collected, CLERK) == collected
    assert asked(desk) == before


async def test_a_lapsed_reservation_is_recorded_as_lapsed(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.reserved()
    clock.advance(timedelta(hours=25))
    lapsed = await desk.lockers.refresh(parcel, CLERK)
    assert (lapsed.state, lapsed.place) == (ParcelState.TAKEN_IN, None)
    assert (await desk.events())[-1] == "reservation_lapsed"


async def test_a_parcel_without_a_unit_is_not_asked_about(desk: OpenDesk) -> None:
    parcel = await desk.taken_in()
    assert await desk.lockers.refresh(parcel, CLERK) == parcel
    assert asked(desk) == 0


async def test_a_reading_is_not_believed_about_a_parcel_that_was_moved_meanwhile(desk: OpenDesk) -> None:
    deposited = await desk.deposited()

    async def take_it_out(request: httpx.Request) -> None:
        if what(request) == "get":
            desk.line.before = None
            await desk.take_out(deposited)

    desk.line.before = take_it_out
    assert (await desk.lockers.refresh(deposited, CLERK)).state is ParcelState.CANCELLED
    assert (await desk.events())[-1] == "parcel_cancelled"


async def test_an_older_value_of_a_parcel_is_brought_up_to_date_first(desk: OpenDesk) -> None:
    reserved = await desk.reserved()
    cancelled = await desk.intake.cancel(reserved, CLERK)
    assert await desk.lockers.refresh(reserved, CLERK) == cancelled


async def test_a_parcel_of_this_journal_is_found_without_asking(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    before = asked(desk)
    assert await desk.lockers.known_or_found("T1", CLERK) == parcel
    assert asked(desk) == before


@pytest.mark.parametrize("deposited", [False, True])
async def test_a_parcel_that_only_the_server_knows_is_taken_into_the_journal(
    desk: OpenDesk, world: World, *, deposited: bool
) -> None:
    theirs = world.free_units(bank="BTwo")[0]
    world.reserve("T1", theirs, DEPARTMENT, "BTwo")
    if deposited:
        world.deposit("T1", theirs, "BTwo")

    found = await desk.lockers.known_or_found("T1", CLERK)

    assert found.state is (ParcelState.IN_LOCKER if deposited else ParcelState.RESERVED)
    assert found.place is not None
    assert (found.place.locker_bank_id, found.place.locker_unit_id, found.place.size) == ("BTwo", theirs, "small")
    assert found.contact is not None
    assert (found.contact.contact_id, found.contact.contact_type) == (DEPARTMENT.contact_id, ContactType.DEPARTMENT)
    assert found.reservation_expiry == START + timedelta(hours=24)
    assert (found.deposited_at == START) is deposited
    assert await desk.lockers.known_or_found("T1", CLERK) == found
    assert await desk.events() == ["parcel_found"]


async def test_a_parcel_found_reserved_can_be_deposited_here(desk: OpenDesk, world: World) -> None:
    world.reserve("T1", world.free_units()[0], PERSON)
    found = await desk.lockers.known_or_found("T1", CLERK)
    deposited = await desk.intake.deposit(found, CLERK)
    assert await desk.code(deposited) == world.holding("T1")[0]["pickupCode"]


async def test_a_number_nobody_knows_is_said_to_be_unknown(desk: OpenDesk) -> None:
    with pytest.raises(UnknownParcelError, match="T1"):
        await desk.lockers.known_or_found("T1", CLERK)
    assert await desk.events() == []


async def test_an_ended_parcel_is_returned_only_where_no_unit_holds_its_number_again(
    desk: OpenDesk, world: World
) -> None:
    ended = await desk.intake.cancel(await desk.reserved(), CLERK)
    assert await desk.lockers.known_or_found("T1", CLERK) == ended
    world.reserve("T1", world.free_units()[0])
    assert (await desk.lockers.known_or_found("T1", CLERK)).parcel_id != ended.parcel_id


async def test_today_begins_at_local_midnight(desk: OpenDesk, clock: ManualClock) -> None:
    yesterday = await desk.taken_in("T1")
    assert await today(desk) == (yesterday,)
    clock.advance(timedelta(hours=24))
    later = await desk.taken_in("T2")
    assert await today(desk) == (later,)
    assert (await desk.queries.home(Pile.UNFINISHED)).parcels == (later, yesterday)
    assert (await desk.queries.home(desk.queries.today() - timedelta(days=1))).parcels == (yesterday,)
