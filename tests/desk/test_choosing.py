"""Which unit a parcel gets: the next one where another kiosk was faster, one within reach, and never another size."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.desk.progress import Doing, Progress
from kiosk.errors import (
    NoFreeUnitError,
    NotAuthorizedError,
    NotFoundError,
    RefusedError,
    ThrottledError,
    UnitTakenError,
    UnknownBankError,
)
from kiosk.parcels.choosing import choose_unit
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.states import Operation, ParcelState, UnitProblem
from tests.house.desk import (
    BANK,
    CLERK,
    PERSON,
    REACHING,
    SMALL,
    OpenDesk,
    World,
    free_place,
    open_desk,
    unit_of,
    what,
)


async def test_a_unit_another_kiosk_took_is_replaced_by_one_of_the_same_size_and_said(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.taken_in()
    view = await desk.lockers.bank(BANK)
    first = desk.intake.next_unit(parcel, view, SMALL)
    assert first is not None
    world.reserve("other", first)

    reserved = await desk.reserve(parcel)

    second = unit_of(reserved)
    assert second != first
    assert world.unit(second)["size"] == "small"
    assert desk.told == [
        Progress(Doing.RESERVING_UNIT, first, SMALL, "Lobby"),
        Progress(Doing.TAKEN_MEANWHILE, first),
        Progress(Doing.RESERVING_UNIT, second, SMALL, "Lobby"),
    ]
    assert len(world.holding("T1")) == 1


async def test_a_unit_that_is_taken_again_and_again_ends_with_no_free_unit(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    free = world.free_units()

    async def be_faster(request: httpx.Request) -> None:
        if what(request) == "reserve":
            unit_id = json.loads(request.content)["lockerUnitId"]
            world.reserve(f"other {unit_id}", unit_id)

    desk.line.before = be_faster
    with pytest.raises(NoFreeUnitError, match=r"no_free_unit .bank=Lobby, size=small"):
        await desk.reserve(parcel)
    assert desk.line.sent["reserve"] == len(free)
    assert (await desk.now(parcel)).state is ParcelState.TAKEN_IN


async def test_a_unit_that_was_refused_once_is_not_asked_for_again(desk: OpenDesk, world: World) -> None:
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


async def test_a_size_without_free_units_is_said_before_anything_is_asked(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    for unit_id in world.free_units("mlarge"):
        world.reserve(f"other {unit_id}", unit_id)
    with pytest.raises(NoFreeUnitError, match=r"no_free_unit .bank=Lobby, size=mlarge"):
        await desk.reserve(parcel, LockerSize("mlarge"))
    assert desk.line.sent["reserve"] == 0
    assert desk.intake.next_unit(parcel, await desk.lockers.bank(BANK), LockerSize("mlarge")) is None


async def test_a_bank_nobody_knows_is_named(desk: OpenDesk) -> None:
    parcel = await desk.taken_in()
    with pytest.raises(UnknownBankError, match="Nowhere"):
        await desk.reserve(parcel, bank="Nowhere")
    with pytest.raises(UnknownBankError, match="Nowhere"):
        await desk.intake.reserve_unit(parcel, "Nowhere", "1", CLERK)


async def test_a_unit_asked_for_by_its_id_is_reserved_with_the_size_the_server_says(
    desk: OpenDesk, world: World
) -> None:
    wanted = world.free_units("large")[0]
    reserved = await desk.intake.reserve_unit(await desk.taken_in(), BANK, wanted, CLERK)
    assert reserved.place == UnitPlace(locker_bank_id=BANK, locker_unit_id=wanted, size=LockerSize("large"))


async def test_a_unit_asked_for_by_its_id_that_is_taken_is_not_replaced(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    wanted = world.free_units("large")[0]
    world.reserve("other", wanted)
    with pytest.raises(UnitTakenError, match=f"unit_taken .locker_unit_id={wanted}"):
        await desk.intake.reserve_unit(parcel, BANK, wanted, CLERK)
    assert not world.holding("T1")


async def test_a_unit_that_does_not_exist_is_refused_in_the_servers_words(desk: OpenDesk) -> None:
    with pytest.raises(NotFoundError, match="no locker unit 999"):
        await desk.intake.reserve_unit(await desk.taken_in(), BANK, "999", CLERK)


@pytest.mark.parametrize(("fault", "error"), [("401", NotAuthorizedError), ("429", ThrottledError)])
async def test_refused_credentials_and_too_many_calls_are_not_taken_for_a_taken_unit(
    desk: OpenDesk, world: World, fault: str, error: type[RefusedError]
) -> None:
    parcel = await desk.taken_in()
    world.fault(fault, "createReservation")
    with pytest.raises(error):
        await desk.reserve(parcel)
    assert desk.line.sent["get"] == 0
    assert (await desk.now(parcel)).open_write is None


async def test_a_unit_that_did_not_take_a_parcel_is_not_given_to_it_again(desk: OpenDesk) -> None:
    parcel = await desk.reserved()
    back = await desk.intake.report_unit(parcel, UnitProblem.TOO_SMALL, CLERK)
    view = await desk.lockers.bank(BANK)
    proposed = desk.intake.next_unit(back, view, SMALL)
    assert unit_of(parcel) != proposed == unit_of(await desk.reserve(back))


async def test_a_refusal_that_no_reading_explains_is_shown_as_it_is(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    world.fault("400", "createReservation")
    with pytest.raises(RefusedError) as caught:
        await desk.reserve(parcel)
    assert type(caught.value) is RefusedError
    assert desk.line.sent["reserve"] == 1


async def test_contacts_who_need_reach_get_units_within_reach_and_others_leave_them(
    desk: OpenDesk, world: World
) -> None:
    for number in range(2):
        assert world.unit(unit_of(await desk.reserved(f"R{number}", REACHING)))["accessible"] is True
        assert world.unit(unit_of(await desk.reserved(f"T{number}", PERSON)))["accessible"] is False


async def test_who_needs_reach_gets_a_unit_out_of_reach_only_when_the_clerk_says_so(
    desk: OpenDesk, world: World
) -> None:
    for unit_id in world.free_units():
        if world.unit(unit_id)["accessible"]:
            world.reserve(f"other {unit_id}", unit_id)
    parcel = await desk.taken_in("T1", REACHING)
    with pytest.raises(NoFreeUnitError, match="no_free_unit_within_reach"):
        await desk.reserve(parcel)
    assert not world.holding("T1")

    taken = await desk.intake.reserve(parcel, BANK, SMALL, CLERK, desk.told.append, out_of_reach=True)
    assert world.unit(unit_of(taken))["accessible"] is False


async def test_kiosks_sharing_a_bank_start_at_different_units(desk: OpenDesk) -> None:
    parcel = await desk.taken_in()
    view = await desk.lockers.bank(BANK)
    first = {choose_unit(view, SMALL, parcel.contact, f"Desk {number}") for number in range(8)}
    assert len(first) > 1


async def test_several_intakes_at_the_same_time_get_units_of_their_own(desk: OpenDesk, world: World) -> None:
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
        assert desk.told == [Progress(Doing.RESERVING_SIZE, "", SMALL, "Lobby")]


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


async def test_the_unit_of_the_answer_is_the_truth(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    asked, other = free_place(world), world.free_units("medium")[0]

    async def redirect(request: httpx.Request) -> None:
        body = json.loads(request.content) | {"lockerUnitId": other}
        request.stream = httpx.ByteStream(json.dumps(body).encode())
        request.headers["Content-Length"] = str(len(json.dumps(body)))

    desk.line.before = redirect
    reserved = await desk.perform(parcel, Operation.RESERVE, asked)
    assert reserved.place == UnitPlace(locker_bank_id=BANK, locker_unit_id=other, size=LockerSize("medium"))
