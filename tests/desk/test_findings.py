"""The second look: what does not fit between the server and the journal becomes an item for the operator."""

from __future__ import annotations

from pathlib import Path

from kiosk.clock import ManualClock
from kiosk.parcels.states import Finding
from tests.house.desk import BANK, CLERK, FurtherUnits, OpenDesk, World, open_desk


async def test_a_number_held_once_raises_nothing(desk: OpenDesk) -> None:
    parcel = await desk.reserved()
    assert await desk.findings.check(parcel, CLERK) == parcel
    assert (await desk.console.overview()).attention == ()


async def test_a_number_that_holds_two_units_is_raised_once_until_it_is_closed(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock, FurtherUnits("T-TWO", "99")) as desk:
        parcel = await desk.reserved("T-two")
        found = await desk.findings.check(parcel, CLERK)
        (item,) = found.attention
        assert item.finding is Finding.TWO_UNITS
        assert item.place is not None
        assert (item.place.locker_bank_id, item.place.locker_unit_id) == (BANK, "99")

        before = await desk.events()
        assert await desk.findings.check(found, CLERK) == found
        assert await desk.events() == before
        assert (await desk.console.overview()).attention == (found,)

        closed = await desk.findings.close(found, Finding.TWO_UNITS, "locker 99 was empty", CLERK)
        assert closed.attention == ()
        assert (await desk.console.overview()).attention == ()


async def test_a_parcel_nowhere_or_for_nobody_is_not_asked_about(desk: OpenDesk) -> None:
    taken = await desk.scans.take_in("T1", CLERK)
    assert await desk.findings.check(taken.parcel, CLERK) == taken.parcel
    assert not desk.line.sent


async def test_a_server_that_can_not_be_reached_is_left_alone(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    world.fault("503", "getLockerBankDetails", times=100)
    assert await desk.findings.check(parcel, CLERK) == parcel
