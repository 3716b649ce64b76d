"""A kiosk process killed in the middle of an intake: the next one finds the parcel as it should be."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Operation, ParcelState
from tests.house.desk import CLERK, OpenDesk, World, open_desk

ROOT = Path(__file__).parents[2]


async def kill_a_kiosk(folder: Path, world: World, moment: str) -> None:
    """Run a kiosk process that is killed at that moment."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.desk.killed", str(folder), world.url, moment, cwd=ROOT
    )
    async with asyncio.timeout(60):
        assert await process.wait() == -signal.SIGKILL


async def left_over(desk: OpenDesk) -> Parcel:
    (parcel,) = await desk.journal.unfinished()
    assert parcel.tracking_number == "T1"
    return parcel


@pytest.mark.parametrize(("moment", "requests"), [("reserve asked", 1), ("reserve answered", 0)])
async def test_a_kiosk_killed_within_a_reservation_holds_one_unit_after_the_restart(
    tmp_path: Path, world: World, clock: ManualClock, moment: str, requests: int
) -> None:
    await kill_a_kiosk(tmp_path / "desk", world, moment)

    async with open_desk(tmp_path / "desk", world, clock) as desk:
        left = await left_over(desk)
        assert left.open_write is not None
        assert left.open_write.operation is Operation.RESERVE
        (parcel,) = await desk.settling.settle_all()

        assert desk.line.sent["reserve"] == requests
        (unit,) = world.holding("T1")
        assert parcel.state is ParcelState.RESERVED
        assert parcel.place is not None
        assert parcel.place.locker_unit_id == unit["lockerUnitId"] == left.open_write.place.locker_unit_id
        assert (await desk.intake.deposit(parcel, CLERK)).state is ParcelState.IN_LOCKER


async def test_a_kiosk_killed_right_after_a_reservation_goes_on_from_there(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    await kill_a_kiosk(tmp_path / "desk", world, "reserve returned")

    async with open_desk(tmp_path / "desk", world, clock) as desk:
        parcel = await left_over(desk)
        assert (parcel.state, parcel.open_write) == (ParcelState.RESERVED, None)
        assert await desk.settling.settle_all() == ()
        taken = await desk.scans.take_in("T1", CLERK)
        assert taken == (parcel, True)
        assert (await desk.intake.deposit(parcel, CLERK)).place == parcel.place


@pytest.mark.parametrize("moment", ["deposit asked", "deposit answered", "deposit returned"])
async def test_a_kiosk_killed_within_a_deposit_has_the_valid_code_after_the_restart(
    tmp_path: Path, world: World, clock: ManualClock, moment: str
) -> None:
    await kill_a_kiosk(tmp_path / "desk", world, moment)

    async with open_desk(tmp_path / "desk", world, clock) as desk:
        await desk.settling.settle_all()
        parcel = await left_over(desk)
        (unit,) = world.holding("T1")
        assert (parcel.state, parcel.open_write, parcel.code_waiting) == (ParcelState.IN_LOCKER, None, True)
        assert unit["pickupCode"]
        assert await desk.code(parcel) == unit["pickupCode"]
        assert desk.line.sent["deposit"] == (0 if moment == "deposit returned" else 1)
        assert "parcel_deposited" in await desk.events()
