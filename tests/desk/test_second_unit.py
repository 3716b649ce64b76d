"""A number that holds two units: an operator gives the other one back, and the parcel stays where it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.errors import InDoubtError, WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, ParcelState, Role
from tests.house.desk import CLERK, FurtherUnits, OpenDesk, World, open_desk, what

BEN = Person(name="ben", role=Role.OPERATOR, user_id=CLERK.user_id, origin="203.0.113.7")
SECOND = "99"


class SecondUnit(FurtherUnits):
    """The line to a service where T1 holds unit 99 too, until that is freed."""

    def __init__(self) -> None:
        super().__init__("T1", SECOND)
        self.loses_answers = 0
        """How many answers to a freeing get lost after it was done."""
        self.cut = False
        """Whether nothing can be read."""

    @property
    def held(self) -> bool:
        return SECOND in self.unit_ids

    def let_go(self) -> None:
        self.unit_ids = ()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.cut and request.method == "GET":
            raise httpx.ConnectError("no route", request=request)
        if f"/lockers/{SECOND}/" in request.url.path:
            return self._freed(request)
        return await super().handle_async_request(request)

    def _freed(self, request: httpx.Request) -> httpx.Response:
        assert what(request) == "free"
        if not self.held:
            return httpx.Response(404, json={"errors": [{"errorCode": "404", "errorDescription": "not reserved"}]})
        self.let_go()
        if self.loses_answers:
            self.loses_answers -= 1
            raise httpx.ReadError("broken line", request=request)
        return httpx.Response(200, json={"lockerUnitId": SECOND, "unitReserved": False})


@pytest.fixture
def line() -> SecondUnit:
    return SecondUnit()


@pytest.fixture
async def twice(tmp_path: Path, world: World, clock: ManualClock, line: SecondUnit) -> AsyncIterator[OpenDesk]:
    async with open_desk(tmp_path / "desk", world, clock, line) as opened:
        yield opened


async def found(desk: OpenDesk) -> Parcel:
    """Deposit a parcel that turns out to hold two units."""
    parcel = await desk.findings.check(await desk.deposited(), CLERK)
    assert parcel.second_place is not None
    return parcel


def stays(after: Parcel, before: Parcel) -> bool:
    """Tell whether the parcel lies where it lay, its code waits, and nothing is left to do."""
    return after.model_copy(update={"attention": before.attention, "looked_into": ()}) == before and not after.attention


async def test_the_other_unit_is_given_back_and_the_parcel_stays(
    twice: OpenDesk, line: SecondUnit, world: World
) -> None:
    parcel = await found(twice)
    code = await twice.code(parcel)
    after = await twice.corrections.free_second_unit(parcel, "found empty", BEN)
    assert not line.held
    assert stays(after, parcel)
    assert code is not None
    assert await twice.code(parcel) == code
    assert len(world.holding("T1")) == 1
    assert (await twice.events())[-3:] == ["correction_asked", "write_asked", "unit_freed"]


async def test_a_lost_answer_is_found_out_by_all_of_the_contacts_units(twice: OpenDesk, line: SecondUnit) -> None:
    parcel = await found(twice)
    line.loses_answers = 1
    assert stays(await twice.corrections.free_second_unit(parcel, "found empty", BEN), parcel)
    assert twice.line.sent["free"] == 1


async def test_what_stays_in_doubt_is_settled_later_without_touching_the_parcel(
    twice: OpenDesk, line: SecondUnit
) -> None:
    parcel = await found(twice)
    line.loses_answers, line.cut = 1, True
    with pytest.raises(InDoubtError):
        await twice.corrections.free_second_unit(parcel, "found empty", BEN)
    line.cut = False
    (settled,) = await twice.settling.settle_all()
    assert (settled.state, settled.place, settled.open_write) == (ParcelState.IN_LOCKER, parcel.place, None)
    assert await twice.code(parcel) is not None


async def test_one_that_was_given_back_already_closes_the_item(twice: OpenDesk, line: SecondUnit) -> None:
    parcel = await found(twice)
    line.let_go()
    assert stays(await twice.corrections.free_second_unit(parcel, "found empty", BEN), parcel)


async def test_its_own_unit_is_still_freed_as_its_own(twice: OpenDesk, world: World) -> None:
    parcel = await found(twice)
    assert (await twice.corrections.take_out(parcel, "wrong label", BEN)).state is ParcelState.CANCELLED
    assert world.holding("T1") == []


async def test_without_a_second_unit_there_is_nothing_to_give_back(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    with pytest.raises(WrongStateError, match="hindered_no_second_unit"):
        await desk.corrections.free_second_unit(parcel, "found empty", BEN)
    assert Finding.TWO_UNITS not in {item.finding for item in (await desk.now(parcel)).attention}
    assert (await desk.now(parcel)) == parcel
