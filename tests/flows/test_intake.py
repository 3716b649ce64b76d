"""An intake step by step, on the simulator, with everything that goes wrong at a desk."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from kiosk.errors import (
    InDoubtError,
    NoFreeUnitError,
    NotAuthorizedError,
    NotFoundError,
    ParcelElsewhereError,
    RefusedError,
    ReservationLapsedError,
    ThrottledError,
    UnitTakenError,
    UnknownBankError,
    UnreadableScanError,
    WrongStateError,
)
from kiosk.flows.lookup import REPORT_HOLDS_FOR
from kiosk.journal.store import Actor
from kiosk.models.lockers import LockerSize
from kiosk.models.parcels import Operation, ParcelState, UnitPlace, UnitProblem
from tests.flows.desk import (
    BANK,
    CLERK,
    DEPARTMENT,
    PERSON,
    REACHING,
    SMALL,
    START,
    Desk,
    World,
    free_place,
    open_desk,
    what,
)

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.clock import ManualClock
    from kiosk.models.contacts import Contact
    from kiosk.models.parcels import Parcel


def unit_of(parcel: Parcel) -> str:
    assert parcel.place is not None
    return parcel.place.locker_unit_id


async def test_a_parcel_goes_from_its_scan_to_its_code(desk: Desk, world: World) -> None:
    taken = await desk.scans.take_in(" T1\r", CLERK)
    assert (taken.known, taken.parcel.tracking_number, taken.parcel.scanned) == (False, "T1", " T1\r")
    assert taken.parcel.state is ParcelState.TAKEN_IN

    chosen = await desk.intake.choose_recipient(taken.parcel, PERSON, CLERK)
    reserved = await desk.reserve(chosen)
    (unit,) = world.holding("T1")
    assert (reserved.state, unit_of(reserved)) == (ParcelState.RESERVED, unit["lockerUnitId"])
    assert (unit["size"], unit["contactId"], unit["parcelsDeposited"]) == ("small", PERSON.contact_id, [])
    assert reserved.reservation_expiry == START + timedelta(hours=24)
    assert desk.told == [f"Reserving locker {unit['lockerUnitId']} in Lobby"]

    deposited = await desk.intake.deposit(reserved, CLERK)
    (unit,) = world.holding("T1")
    assert (deposited.state, deposited.code_waiting) == (ParcelState.DEPOSITED, True)
    assert unit["parcelsDeposited"] == [{"trackingNumber": "T1"}]
    code = await desk.intake.pickup_code(deposited)
    assert code is not None
    assert code.get_secret_value() == unit["pickupCode"]

    done = await desk.intake.code_seen(deposited, CLERK)
    assert not done.unfinished
    assert await desk.intake.pickup_code(done) is None
    assert await desk.events() == [
        "ParcelTakenIn",
        "RecipientChosen",
        "WriteAsked",
        "UnitReserved",
        "WriteAsked",
        "ParcelDeposited",
        "PickupCodeSeen",
    ]


async def test_a_department_gets_no_code_and_is_done_with_the_deposit(desk: Desk) -> None:
    deposited = await desk.deposited(contact=DEPARTMENT)
    assert (deposited.state, deposited.code_waiting, deposited.unfinished) == (ParcelState.DEPOSITED, False, False)
    assert await desk.intake.pickup_code(deposited) is None


async def test_a_number_that_is_still_here_is_the_same_parcel(desk: Desk) -> None:
    steps = [await desk.taken_in(), await desk.reserved("T2"), await desk.deposited("T3")]
    steps.append(await desk.intake.code_seen(await desk.deposited("T4"), CLERK))
    for parcel in steps:
        taken = await desk.scans.take_in(parcel.tracking_number, CLERK)
        assert taken == (parcel, True)


async def test_a_number_that_comes_back_after_its_end_is_a_new_parcel(desk: Desk, world: World) -> None:
    collected = await desk.deposited("T1")
    world.collect(unit_of(collected))
    await desk.lookup.refresh(collected, CLERK)
    cancelled = await desk.intake.cancel(await desk.taken_in("T2"), CLERK)

    for old in (collected, cancelled):
        taken = await desk.scans.take_in(old.tracking_number, CLERK)
        assert not taken.known
        assert taken.parcel.parcel_id != old.parcel_id


async def test_an_empty_scan_is_refused_and_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(UnreadableScanError):
        await desk.scans.take_in("\r\n", CLERK)
    assert await desk.events() == []


async def test_half_a_character_from_a_scanner_does_not_break_the_journal(desk: Desk) -> None:
    taken = await desk.scans.take_in("T1\udcff", CLERK)
    assert (taken.parcel.tracking_number, taken.parcel.scanned) == ("T1", "T1?")
    assert await desk.scans.known("T1") == taken.parcel


async def test_the_recipient_can_be_changed_until_a_unit_is_held(desk: Desk) -> None:
    parcel = await desk.taken_in(contact=PERSON)
    parcel = await desk.intake.choose_recipient(parcel, DEPARTMENT, CLERK)
    assert parcel.contact == DEPARTMENT
    await desk.reserve(parcel)
    with pytest.raises(WrongStateError, match="already reserved"):
        await desk.intake.choose_recipient(parcel, PERSON, CLERK)


async def test_the_recipient_can_not_be_changed_while_a_reservation_is_in_doubt(desk: Desk, world: World) -> None:
    parcel = await doubtful_reservation(desk, world)
    with pytest.raises(WrongStateError):
        await desk.intake.choose_recipient(parcel, REACHING, CLERK)


async def doubtful_reservation(desk: Desk, world: World) -> Parcel:
    parcel = await desk.taken_in()
    world.fault("lost", "createReservation")
    world.fault("503", "getReservation", times=100)
    with pytest.raises(InDoubtError):
        await desk.reserve(parcel)
    world.no_more_faults()
    return parcel


async def test_no_unit_is_reserved_before_the_recipient_is_chosen(desk: Desk) -> None:
    taken = await desk.scans.take_in("T1", CLERK)
    with pytest.raises(WrongStateError, match="recipient"):
        await desk.reserve(taken.parcel)
    assert not (await desk.now(taken.parcel)).open_write


async def test_a_unit_another_kiosk_took_is_replaced_by_one_of_the_same_size_and_said(desk: Desk, world: World) -> None:
    parcel = await desk.taken_in()
    view = await desk.lookup.bank(BANK)
    first = desk.intake.next_unit(parcel, view, SMALL, CLERK)
    assert first is not None
    world.reserve("other", first)

    reserved = await desk.reserve(parcel)

    second = unit_of(reserved)
    assert second != first
    assert world.unit(second)["size"] == "small"
    assert desk.told == [
        f"Reserving locker {first} in Lobby",
        f"Locker {first} was taken a moment ago; looking for the next one",
        f"Reserving locker {second} in Lobby",
    ]
    assert len(world.holding("T1")) == 1


async def test_a_unit_that_is_taken_again_and_again_ends_with_no_free_unit(desk: Desk, world: World) -> None:
    parcel = await desk.taken_in()
    free = world.free_units()

    async def be_faster(request: httpx.Request) -> None:
        if what(request) == "reserve":
            unit_id = json.loads(request.content)["lockerUnitId"]
            world.reserve(f"other {unit_id}", unit_id)

    desk.line.before = be_faster
    with pytest.raises(NoFreeUnitError, match="no free locker of size small"):
        await desk.reserve(parcel)
    assert desk.line.sent["reserve"] == len(free)
    assert (await desk.now(parcel)).state is ParcelState.TAKEN_IN


async def test_a_unit_that_was_refused_once_is_not_asked_for_again(desk: Desk, world: World) -> None:
    parcel = await desk.taken_in()
    refused = ""

    async def take_it_for_a_moment(request: httpx.Request) -> None:
        nonlocal refused
        if what(request) == "reserve" and not refused:
            refused = json.loads(request.content)["lockerUnitId"]
            world.reserve("other", refused)
        elif what(request) == "other" and desk.line.sent["other"] == 3:
            world.ask("POST", f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{refused}/free", {"userId": "other"})

    desk.line.before = take_it_for_a_moment
    reserved = await desk.reserve(parcel)
    assert refused in world.free_units()
    assert unit_of(reserved) != refused


async def test_a_size_without_free_units_is_said_before_anything_is_asked(desk: Desk, world: World) -> None:
    parcel = await desk.taken_in()
    for unit_id in world.free_units("mlarge"):
        world.reserve(f"other {unit_id}", unit_id)
    with pytest.raises(NoFreeUnitError, match="Lobby has no free locker of size mlarge"):
        await desk.reserve(parcel, LockerSize("mlarge"))
    assert desk.line.sent["reserve"] == 0
    assert desk.intake.next_unit(parcel, await desk.lookup.bank(BANK), LockerSize("mlarge"), CLERK) is None


async def test_a_bank_nobody_knows_is_named(desk: Desk) -> None:
    parcel = await desk.taken_in()
    with pytest.raises(UnknownBankError, match="Nowhere"):
        await desk.reserve(parcel, bank="Nowhere")
    with pytest.raises(UnknownBankError, match="Nowhere"):
        await desk.intake.reserve_unit(parcel, "Nowhere", "1", CLERK)


async def test_a_unit_asked_for_by_its_id_is_reserved_with_the_size_the_server_says(desk: Desk, world: World) -> None:
    wanted = world.free_units("large")[0]
    reserved = await desk.intake.reserve_unit(await desk.taken_in(), BANK, wanted, CLERK)
    assert reserved.place == UnitPlace(locker_bank_id=BANK, locker_unit_id=wanted, size=LockerSize("large"))


async def test_a_unit_asked_for_by_its_id_that_is_taken_is_not_replaced(desk: Desk, world: World) -> None:
    parcel = await desk.taken_in()
    wanted = world.free_units("large")[0]
    world.reserve("other", wanted)
    with pytest.raises(UnitTakenError, match=f"Locker {wanted} is not free"):
        await desk.intake.reserve_unit(parcel, BANK, wanted, CLERK)
    assert not world.holding("T1")


async def test_a_unit_that_does_not_exist_is_refused_in_the_servers_words(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no locker unit 999"):
        await desk.intake.reserve_unit(await desk.taken_in(), BANK, "999", CLERK)


@pytest.mark.parametrize(("fault", "error"), [("401", NotAuthorizedError), ("429", ThrottledError)])
async def test_refused_credentials_and_too_many_calls_are_not_taken_for_a_taken_unit(
    desk: Desk, world: World, fault: str, error: type[RefusedError]
) -> None:
    parcel = await desk.taken_in()
    world.fault(fault, "createReservation")
    with pytest.raises(error):
        await desk.reserve(parcel)
    assert desk.line.sent["get"] == 0
    assert (await desk.now(parcel)).open_write is None


async def test_a_refusal_that_no_reading_explains_is_shown_as_it_is(desk: Desk, world: World) -> None:
    parcel = await desk.taken_in()
    world.fault("400", "createReservation")
    with pytest.raises(RefusedError) as caught:
        await desk.reserve(parcel)
    assert type(caught.value) is RefusedError
    assert desk.line.sent["reserve"] == 1


async def test_contacts_who_need_reach_get_units_within_reach_and_others_leave_them(desk: Desk, world: World) -> None:
    for number in range(2):
        assert world.unit(unit_of(await desk.reserved(f"R{number}", REACHING)))["accessible"] is True
        assert world.unit(unit_of(await desk.reserved(f"T{number}", PERSON)))["accessible"] is False


async def test_who_needs_reach_gets_a_unit_out_of_reach_only_when_the_clerk_says_so(desk: Desk, world: World) -> None:
    for unit_id in world.free_units():
        if world.unit(unit_id)["accessible"]:
            world.reserve(f"other {unit_id}", unit_id)
    parcel = await desk.taken_in("T1", REACHING)
    with pytest.raises(NoFreeUnitError, match="within reach"):
        await desk.reserve(parcel)
    assert not world.holding("T1")

    taken = await desk.intake.reserve(parcel, BANK, SMALL, CLERK, desk.told.append, out_of_reach=True)
    assert world.unit(unit_of(taken))["accessible"] is False


async def test_kiosks_sharing_a_bank_start_at_different_units(desk: Desk) -> None:
    parcel = await desk.taken_in()
    view = await desk.lookup.bank(BANK)
    first = {
        desk.intake.next_unit(parcel, view, SMALL, Actor(name="clerk", kiosk=f"Desk {number}")) for number in range(8)
    }
    assert len(first) > 1


@pytest.mark.parametrize("problem", [UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN])
async def test_a_reported_unit_is_given_back_and_not_chosen_for_a_day(
    desk: Desk, world: World, clock: ManualClock, problem: UnitProblem
) -> None:
    first = await desk.reserved()
    reported = await desk.intake.report(first, problem, CLERK)
    assert (reported.state, reported.place) == (ParcelState.TAKEN_IN, None)
    assert not world.holding("T1")

    second = await desk.reserve(reported)
    assert unit_of(second) != unit_of(first)
    assert unit_of(first) in (await desk.lookup.bank(BANK)).reported

    await desk.intake.cancel(second, CLERK)
    clock.advance(REPORT_HOLDS_FOR + timedelta(seconds=1))
    assert unit_of(await desk.reserved("T2")) == unit_of(first)


async def test_a_unit_that_is_too_small_is_given_back_and_may_be_chosen_for_others(desk: Desk) -> None:
    first = await desk.reserved()
    await desk.intake.report(first, UnitProblem.TOO_SMALL, CLERK)
    assert unit_of(await desk.reserved("T2")) == unit_of(first)


async def test_a_report_whose_reservation_is_gone_already_puts_the_parcel_back_into_the_clerks_hands(
    desk: Desk, clock: ManualClock
) -> None:
    parcel = await desk.reserved()
    clock.advance(timedelta(hours=25))
    reported = await desk.intake.report(parcel, UnitProblem.OCCUPIED, CLERK)
    assert (reported.state, reported.place) == (ParcelState.TAKEN_IN, None)
    assert (await desk.events())[-3:] == ["WriteAsked", "WriteFailed", "ReservationLapsed"]


async def test_cancelling_frees_the_unit(desk: Desk, world: World) -> None:
    parcel = await desk.reserved()
    cancelled = await desk.intake.cancel(parcel, CLERK)
    assert (cancelled.state, cancelled.place, cancelled.unfinished) == (ParcelState.CANCELLED, None, False)
    assert world.unit(unit_of(parcel))["unitReserved"] is False


async def test_cancelling_what_has_no_unit_asks_nobody(desk: Desk) -> None:
    cancelled = await desk.intake.cancel(await desk.taken_in(), CLERK)
    assert cancelled.state is ParcelState.CANCELLED
    assert not desk.line.sent


async def test_a_parcel_in_a_locker_is_not_cancelled_but_may_be_taken_out(desk: Desk, world: World) -> None:
    reserved = await desk.reserved()
    deposited = await desk.intake.deposit(reserved, CLERK)
    for older_or_newer in (reserved, deposited):
        with pytest.raises(WrongStateError, match="in a locker"):
            await desk.intake.cancel(older_or_newer, CLERK)
    freed = await desk.intake.free(deposited, CLERK)
    assert freed.state is ParcelState.CANCELLED
    assert not world.holding("T1")
    assert await desk.code(freed) is None
    with pytest.raises(WrongStateError, match="cancelled"):
        await desk.intake.free(freed, CLERK)


async def test_taking_out_what_was_collected_already_says_so(desk: Desk, world: World) -> None:
    deposited = await desk.deposited()
    world.collect(unit_of(deposited))
    assert (await desk.intake.free(deposited, CLERK)).state is ParcelState.COLLECTED


async def test_a_parcel_whose_reservation_is_in_doubt_is_not_cancelled(desk: Desk, world: World) -> None:
    parcel = await doubtful_reservation(desk, world)
    with pytest.raises(InDoubtError):
        await desk.intake.cancel(parcel, CLERK)
    (settled,) = await desk.recovery.settle_all(CLERK)
    assert settled.state is ParcelState.RESERVED
    assert (await desk.intake.cancel(settled, CLERK)).state is ParcelState.CANCELLED
    assert not world.holding("T1")


async def test_extending_moves_the_end_of_the_reservation(desk: Desk, world: World, clock: ManualClock) -> None:
    parcel = await desk.reserved()
    clock.advance(timedelta(hours=3, microseconds=5))
    extended = await desk.intake.extend(parcel, 48, CLERK)
    assert extended.reservation_expiry == START + timedelta(hours=51)
    assert datetime.fromisoformat(world.holding("T1")[0]["reservationExpiryTime"]) == START + timedelta(hours=51)
    assert extended.state is ParcelState.RESERVED


async def test_extending_keeps_the_other_parcels_of_the_unit(desk: Desk, world: World) -> None:
    parcel = await desk.reserved()
    path = f"/parcelpoint/api/v1/lockerBanks/{BANK}/lockers/{unit_of(parcel)}/reservation/update"
    world.ask("PATCH", path, {"parcels": [{"trackingNumber": "T2"}]})
    sent: list[object] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "update":
            sent.append(json.loads(request.content)["parcels"])

    desk.line.before = look
    await desk.intake.extend(parcel, 48, CLERK)
    assert sent == [[{"trackingNumber": "T1"}, {"trackingNumber": "T2"}]], "the API may replace the list"
    (unit,) = world.holding("T1")
    assert [each["trackingNumber"] for each in unit["parcelsReserved"]] == ["T1", "T2"]


async def test_what_holds_no_unit_can_not_be_deposited_reported_or_extended(desk: Desk) -> None:
    parcel = await desk.taken_in()
    for step in (
        desk.intake.deposit(parcel, CLERK),
        desk.intake.report(parcel, UnitProblem.OCCUPIED, CLERK),
        desk.intake.extend(parcel, 1, CLERK),
    ):
        with pytest.raises(WrongStateError, match="no locker is held"):
            await step


@pytest.mark.parametrize("taken_by_another", [False, True])
async def test_a_reservation_that_lapsed_is_said_and_the_parcel_can_be_placed_again(
    desk: Desk, world: World, clock: ManualClock, *, taken_by_another: bool
) -> None:
    parcel = await desk.reserved()
    clock.advance(timedelta(hours=25))
    if taken_by_another:
        world.reserve("other", unit_of(parcel))

    with pytest.raises(ReservationLapsedError, match=f"Locker {unit_of(parcel)} is no longer reserved"):
        await desk.intake.deposit(parcel, CLERK)

    lapsed = await desk.now(parcel)
    assert (lapsed.state, lapsed.place, lapsed.open_write) == (ParcelState.TAKEN_IN, None, None)
    assert (await desk.intake.deposit(await desk.reserve(lapsed), CLERK)).state is ParcelState.DEPOSITED


@pytest.mark.parametrize(("fault", "error"), [("400", RefusedError), ("401", NotAuthorizedError)])
async def test_a_refused_deposit_of_a_reservation_that_holds_does_not_count_as_lapsed(
    desk: Desk, world: World, fault: str, error: type[RefusedError]
) -> None:
    parcel = await desk.reserved()
    world.fault(fault, "updateDeposit")
    with pytest.raises(error):
        await desk.intake.deposit(parcel, CLERK)
    assert await desk.now(parcel) == parcel


@pytest.mark.parametrize("deposited", [False, True])
async def test_a_number_that_only_the_server_knows_is_not_placed_twice(
    desk: Desk, world: World, *, deposited: bool
) -> None:
    theirs = world.free_units("large")[0]
    world.reserve("T1", theirs, PERSON)
    if deposited:
        world.deposit("T1", theirs)
    parcel = await desk.taken_in()

    with pytest.raises(ParcelElsewhereError, match=f"locker {theirs}"):
        await desk.reserve(parcel)

    assert [unit["lockerUnitId"] for unit in world.holding("T1")] == [theirs]
    assert (await desk.now(parcel)).state is ParcelState.TAKEN_IN


async def test_several_intakes_at_the_same_time_get_units_of_their_own(desk: Desk, world: World) -> None:
    parcels = [await desk.taken_in(f"T{number}") for number in range(3)]
    reserved = await asyncio.gather(*(desk.reserve(parcel) for parcel in parcels))
    assert len({unit_of(parcel) for parcel in reserved}) == 3
    for parcel in reserved:
        assert [unit["lockerUnitId"] for unit in world.holding(parcel.tracking_number)] == [unit_of(parcel)]


class BankWithoutUnits:
    """A service whose bank details hold no units: only sizes are known."""

    def __init__(self, sizes: object) -> None:
        self.sizes = sizes
        self.reservations: list[dict[str, object]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if what(request) == "reserve":
            self.reservations.append(json.loads(request.content))
            return httpx.Response(200, json={"lockerBankId": BANK, "lockerUnitId": "42"})
        if what(request) == "get":
            return httpx.Response(404, json={"errors": [{"errorCode": "not_found"}]})
        if request.url.path.endswith("/sizes"):
            return httpx.Response(200, json=self.sizes)
        return httpx.Response(200, json={"lockerBankId": BANK, "lockerBankName": "Lobby"})


@pytest.mark.parametrize("contact", [PERSON, REACHING], ids=["anyone", "needs reach"])
async def test_where_no_units_are_told_the_size_is_asked_for_and_the_answered_unit_counts(
    tmp_path: Path, world: World, clock: ManualClock, contact: Contact
) -> None:
    service = BankWithoutUnits([{"size": "small", "available": 2}])
    async with open_desk(tmp_path / "desk", world, clock, httpx.MockTransport(service)) as desk:
        reserved = await desk.reserved(contact=contact)

        (asked,) = service.reservations
        assert asked["size"] == "small"
        assert "lockerUnitId" not in asked
        assert asked.get("accessible") is (True if contact.accessible else None)
        assert reserved.place == UnitPlace(locker_bank_id=BANK, locker_unit_id="42", size=SMALL)
        assert desk.told == ["Reserving locker of size small in Lobby"]


@pytest.mark.parametrize(
    "sizes", [[{"size": "small", "available": 0}], [{"size": "small", "available": False}, {"size": "large"}]]
)
async def test_where_no_units_are_told_a_size_without_any_is_not_asked_for(
    tmp_path: Path, world: World, clock: ManualClock, sizes: object
) -> None:
    service = BankWithoutUnits(sizes)
    async with open_desk(tmp_path / "desk", world, clock, httpx.MockTransport(service)) as desk:
        with pytest.raises(NoFreeUnitError):
            await desk.reserved()
        assert service.reservations == []


async def test_the_unit_of_the_answer_is_the_truth(desk: Desk, world: World) -> None:
    parcel = await desk.taken_in()
    asked, other = free_place(world), world.free_units("medium")[0]

    async def redirect(request: httpx.Request) -> None:
        body = json.loads(request.content) | {"lockerUnitId": other}
        request.stream = httpx.ByteStream(json.dumps(body).encode())
        request.headers["Content-Length"] = str(len(json.dumps(body)))

    desk.line.before = redirect
    reserved = await desk.perform(parcel, Operation.RESERVE, asked)
    assert reserved.place == UnitPlace(locker_bank_id=BANK, locker_unit_id=other, size=LockerSize("medium"))
