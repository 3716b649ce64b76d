"""An intake step by step, on the simulator, with everything that goes wrong at a desk."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.desk.progress import Doing, Progress
from kiosk.errors import (
    InDoubtError,
    NotAuthorizedError,
    NotRecordedError,
    ParcelElsewhereError,
    RefusedError,
    UnreadableScanError,
    WrongStateError,
)
from kiosk.parcels.choosing import REPORT_HOLDS_FOR
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Finding, ParcelState, UnitProblem
from kiosk.tracking.scan import read_scan
from tests.house.desk import (
    BANK,
    CLERK,
    DEPARTMENT,
    OWNER,
    PERSON,
    REACHING,
    START,
    OpenDesk,
    World,
    unit_of,
    what,
)


async def test_a_parcel_goes_from_its_scan_to_its_code(desk: OpenDesk, world: World) -> None:
    taken = await desk.scans.take_in(" T1\r", CLERK)
    assert (taken.known, taken.parcel.tracking_number, taken.parcel.scanned) == (False, "T1", " T1\r")
    assert taken.parcel.state is ParcelState.TAKEN_IN

    chosen = await desk.intake.choose_recipient(taken.parcel, PERSON, CLERK)
    reserved = await desk.reserve(chosen)
    (unit,) = world.holding("T1")
    assert (reserved.state, unit_of(reserved)) == (ParcelState.RESERVED, unit["lockerUnitId"])
    assert (unit["size"], unit["contactId"], unit["parcelsDeposited"]) == ("small", PERSON.contact_id, [])
    assert reserved.reservation_expiry == START + timedelta(hours=24)
    assert desk.told == [Progress(Doing.RESERVING_UNIT, unit["lockerUnitId"], "small", "Lobby")]

    deposited = await desk.intake.deposit(reserved, CLERK)
    (unit,) = world.holding("T1")
    assert (deposited.state, deposited.code_waiting) == (ParcelState.IN_LOCKER, True)
    assert unit["parcelsDeposited"] == [{"trackingNumber": "T1"}]
    code = await desk.pickup_codes.waiting(deposited)
    assert code is not None
    assert code.secret.get_secret_value() == unit["pickupCode"]

    done = await desk.seen(deposited)
    assert not done.unfinished
    assert await desk.pickup_codes.waiting(done) is None
    assert await desk.events() == [
        "parcel_taken_in",
        "recipient_chosen",
        "write_asked",
        "unit_reserved",
        "write_asked",
        "parcel_deposited",
        "pickup_code_seen",
    ]


async def test_a_department_gets_no_code_and_is_done_with_the_deposit(desk: OpenDesk) -> None:
    deposited = await desk.deposited(contact=DEPARTMENT)
    assert (deposited.state, deposited.code_waiting, deposited.unfinished) == (ParcelState.IN_LOCKER, False, False)
    assert await desk.pickup_codes.waiting(deposited) is None


async def test_a_number_that_is_still_here_is_the_same_parcel(desk: OpenDesk) -> None:
    steps = [await desk.taken_in(), await desk.reserved("T2"), await desk.deposited("T3")]
    steps.append(await desk.seen(await desk.deposited("T4")))
    for parcel in steps:
        taken = await desk.scans.take_in(parcel.tracking_number, CLERK)
        assert taken == (parcel, True)


async def test_a_number_that_comes_back_after_its_end_is_a_new_parcel(desk: OpenDesk, world: World) -> None:
    collected = await desk.deposited("T1")
    world.collect(unit_of(collected))
    await desk.lockers.refresh(collected, CLERK)
    cancelled = await desk.intake.cancel(await desk.taken_in("T2"), CLERK)

    for old in (collected, cancelled):
        taken = await desk.scans.take_in(old.tracking_number, CLERK)
        assert not taken.known
        assert taken.parcel.parcel_id != old.parcel_id


async def test_an_empty_scan_is_refused_and_leaves_nothing(desk: OpenDesk) -> None:
    with pytest.raises(UnreadableScanError):
        await desk.scans.take_in("\r\n", CLERK)
    assert await desk.events() == []


async def test_half_a_character_from_a_scanner_does_not_break_the_journal(desk: OpenDesk) -> None:
    taken = await desk.scans.take_in("T1\udcff", CLERK)
    assert (taken.parcel.tracking_number, taken.parcel.scanned) == ("T1", "T1?")
    assert await desk.scans.known(read_scan("T1")) == taken.parcel


async def test_the_recipient_can_be_changed_until_a_unit_is_held(desk: OpenDesk) -> None:
    parcel = await desk.taken_in(contact=PERSON)
    parcel = await desk.intake.choose_recipient(parcel, DEPARTMENT, CLERK)
    assert parcel.contact == DEPARTMENT
    await desk.reserve(parcel)
    with pytest.raises(WrongStateError, match=r"state_hinders .step=choose_recipient, state=reserved"):
        await desk.intake.choose_recipient(parcel, PERSON, CLERK)


async def test_the_recipient_can_not_be_changed_while_a_reservation_is_in_doubt(desk: OpenDesk, world: World) -> None:
    parcel = await doubtful_reservation(desk, world)
    with pytest.raises(InDoubtError, match=r"write_open .operation=reserve"):
        await desk.intake.choose_recipient(parcel, REACHING, CLERK)


async def doubtful_reservation(desk: OpenDesk, world: World) -> Parcel:
    parcel = await desk.taken_in()
    world.fault("lost", "createReservation")
    world.fault("503", "getReservation", times=100)
    with pytest.raises(InDoubtError):
        await desk.reserve(parcel)
    world.no_more_faults()
    return parcel


async def test_no_unit_is_reserved_before_the_recipient_is_chosen(desk: OpenDesk) -> None:
    taken = await desk.scans.take_in("T1", CLERK)
    with pytest.raises(WrongStateError, match=r"hindered_no_recipient .step=reserve"):
        await desk.reserve(taken.parcel)
    assert not (await desk.now(taken.parcel)).open_write


@pytest.mark.parametrize("problem", [UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN])
async def test_a_reported_unit_is_given_back_and_not_chosen_for_a_day(
    desk: OpenDesk, world: World, clock: ManualClock, problem: UnitProblem
) -> None:
    first = await desk.reserved()
    reported = await desk.intake.report_unit(first, problem, CLERK)
    assert (reported.state, reported.place) == (ParcelState.TAKEN_IN, None)
    assert not world.holding("T1")

    second = await desk.reserve(reported)
    assert unit_of(second) != unit_of(first)
    assert unit_of(first) in (await desk.lockers.bank(BANK)).reported

    await desk.intake.cancel(second, CLERK)
    clock.advance(REPORT_HOLDS_FOR + timedelta(seconds=1))
    assert unit_of(await desk.reserved("T2")) == unit_of(first)


async def test_a_unit_that_is_too_small_is_given_back_and_may_be_chosen_for_others(desk: OpenDesk) -> None:
    first = await desk.reserved()
    await desk.intake.report_unit(first, UnitProblem.TOO_SMALL, CLERK)
    assert unit_of(await desk.reserved("T2")) == unit_of(first)


async def test_a_report_whose_reservation_is_gone_already_puts_the_parcel_back_into_the_clerks_hands(
    desk: OpenDesk, clock: ManualClock
) -> None:
    parcel = await desk.reserved()
    clock.advance(timedelta(hours=25))
    reported = await desk.intake.report_unit(parcel, UnitProblem.OCCUPIED, CLERK)
    assert (reported.state, reported.place) == (ParcelState.TAKEN_IN, None)
    assert (await desk.events())[-3:] == ["write_asked", "write_failed", "reservation_lapsed"]


async def test_cancelling_frees_the_unit(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    cancelled = await desk.intake.cancel(parcel, CLERK)
    assert (cancelled.state, cancelled.place, cancelled.unfinished) == (ParcelState.CANCELLED, None, False)
    assert world.unit(unit_of(parcel))["unitReserved"] is False


async def test_cancelling_what_has_no_unit_asks_nobody(desk: OpenDesk) -> None:
    cancelled = await desk.intake.cancel(await desk.taken_in(), CLERK)
    assert cancelled.state is ParcelState.CANCELLED
    assert not desk.line.sent


async def test_a_parcel_in_a_locker_is_not_cancelled_but_may_be_taken_out(desk: OpenDesk, world: World) -> None:
    reserved = await desk.reserved()
    deposited = await desk.intake.deposit(reserved, CLERK)
    for older_or_newer in (reserved, deposited):
        with pytest.raises(WrongStateError, match=r"state_hinders .step=cancel, state=in_locker"):
            await desk.intake.cancel(older_or_newer, CLERK)
    freed = await desk.take_out(deposited)
    assert freed.state is ParcelState.CANCELLED
    assert not world.holding("T1")
    assert await desk.code(freed) is None
    with pytest.raises(WrongStateError, match=r"state_hinders .step=take_out, state=cancelled"):
        await desk.take_out(freed)


async def test_taking_out_what_was_collected_already_says_so(desk: OpenDesk, world: World) -> None:
    deposited = await desk.deposited()
    world.collect(unit_of(deposited))
    assert (await desk.take_out(deposited)).state is ParcelState.COLLECTED


async def test_a_parcel_whose_reservation_is_in_doubt_is_not_cancelled(desk: OpenDesk, world: World) -> None:
    parcel = await doubtful_reservation(desk, world)
    with pytest.raises(InDoubtError):
        await desk.intake.cancel(parcel, CLERK)
    (settled,) = await desk.settling.settle_all()
    assert settled.state is ParcelState.RESERVED
    assert (await desk.intake.cancel(settled, CLERK)).state is ParcelState.CANCELLED
    assert not world.holding("T1")


async def test_extending_moves_the_end_of_the_reservation(desk: OpenDesk, world: World, clock: ManualClock) -> None:
    parcel = await desk.reserved()
    clock.advance(timedelta(hours=3, microseconds=5))
    extended = await desk.intake.extend(parcel, 48, OWNER)
    assert extended.reservation_expiry == START + timedelta(hours=51)
    assert datetime.fromisoformat(world.holding("T1")[0]["reservationExpiryTime"]) == START + timedelta(hours=51)
    assert extended.state is ParcelState.RESERVED


async def test_extending_keeps_the_other_parcels_of_the_unit(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    path = f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit_of(parcel)}/reservation/update"
    world.ask("PATCH", path, {"parcels": [{"trackingNumber": "T2"}]})
    sent: list[object] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "update":
            sent.append(json.loads(request.content)["parcels"])

    desk.line.before = look
    await desk.intake.extend(parcel, 48, OWNER)
    assert sent == [[{"trackingNumber": "T2"}, {"trackingNumber": "T1"}]], "the API may replace the list"
    (unit,) = world.holding("T1")
    assert [each["trackingNumber"] for each in unit["parcelsReserved"]] == ["T1", "T2"]


async def test_what_holds_no_unit_can_not_be_deposited_reported_or_extended(desk: OpenDesk) -> None:
    parcel = await desk.taken_in()
    for step in (
        desk.intake.deposit(parcel, CLERK),
        desk.intake.report_unit(parcel, UnitProblem.OCCUPIED, CLERK),
        desk.intake.extend(parcel, 1, OWNER),
    ):
        with pytest.raises(WrongStateError, match=r"no_unit_held .state=taken_in"):
            await step


@pytest.mark.parametrize("taken_by_another", [False, True])
async def test_a_parcel_put_in_after_its_reservation_is_not_recorded_and_can_be_taken_back(
    desk: OpenDesk, world: World, clock: ManualClock, *, taken_by_another: bool
) -> None:
    parcel = await desk.reserved()
    clock.advance(timedelta(hours=25))
    if taken_by_another:
        world.reserve("other", unit_of(parcel))

    with pytest.raises(NotRecordedError, match="unit_given_away" if taken_by_another else "reservation_over"):
        await desk.intake.deposit(parcel, CLERK)

    assert not desk.line.sent["deposit"], "it is not sent into a unit that is not the parcel's"
    left = await desk.now(parcel)
    assert (left.state, left.place, left.open_write) == (ParcelState.UNRECORDED, parcel.place, None)
    finding = Finding.UNIT_OF_SOMEBODY_ELSE if taken_by_another else Finding.REFUSED_LATE
    assert [(item.finding, item.place) for item in left.attention] == [(finding, parcel.place)]

    back = await desk.desk.unrecorded.take_back(left, CLERK)
    assert (back.state, back.place, back.attention) == (ParcelState.TAKEN_IN, None, ())
    assert (await desk.intake.deposit(await desk.reserve(back), CLERK)).state is ParcelState.IN_LOCKER


@pytest.mark.parametrize(("fault", "error"), [("400", RefusedError), ("401", NotAuthorizedError)])
async def test_a_refused_deposit_of_a_reservation_that_holds_does_not_count_as_lapsed(
    desk: OpenDesk, world: World, fault: str, error: type[RefusedError]
) -> None:
    parcel = await desk.reserved()
    world.fault(fault, "updateDeposit")
    with pytest.raises(error):
        await desk.intake.deposit(parcel, CLERK)
    assert await desk.now(parcel) == parcel


@pytest.mark.parametrize("deposited", [False, True])
async def test_a_number_that_only_the_server_knows_is_not_placed_twice(
    desk: OpenDesk, world: World, *, deposited: bool
) -> None:
    theirs = world.free_units("large")[0]
    world.reserve("T1", theirs, PERSON)
    if deposited:
        world.deposit("T1", theirs)
    parcel = await desk.taken_in()
    code = "number_lies_in_locker" if deposited else "number_holds_locker"

    with pytest.raises(ParcelElsewhereError, match=f"{code} .*locker_unit_id={theirs}"):
        await desk.reserve(parcel)

    assert [unit["lockerUnitId"] for unit in world.holding("T1")] == [theirs]
    assert (await desk.now(parcel)).state is ParcelState.TAKEN_IN
