"""The second look after a deposit: nobody waits for it, what it finds is recorded, and the end gives it a moment."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from kiosk.background import second_look
from kiosk.background.second_look import SecondLook
from kiosk.clock import ManualClock
from kiosk.parcels.states import Finding
from kiosk.wiring import open_services
from tests.house.desk import BANK, CLERK, FurtherUnits, OpenDesk, World, open_desk, settings_of


async def test_a_deposit_that_holds_two_units_is_pointed_out_without_anybody_waiting(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock, FurtherUnits("T1", "99")) as desk:
        look = SecondLook(desk.findings)
        parcel = await desk.deposited()
        look.deposited(parcel, CLERK)
        assert (await desk.now(parcel)).attention == ()
        await look.finish()
        assert [item.finding for item in (await desk.now(parcel)).attention] == [Finding.TWO_UNITS]
        assert not look._under_way


async def test_every_deposit_of_the_product_gets_one_and_a_process_that_ends_waits_for_it(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        reserved = await desk.reserved()
    settings = settings_of(tmp_path / "desk", world)
    async with open_services(settings, clock=clock, transport=FurtherUnits("T1", "99")) as services:
        await services.desk.intake.deposit(reserved, CLERK)
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        assert [item.finding for item in (await desk.now(reserved)).attention] == [Finding.TWO_UNITS]


async def test_a_look_that_takes_too_long_is_left_out_when_the_process_ends(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_look, "AT_THE_END_SECONDS", 0.01)
    parcel = await desk.deposited()
    asked = asyncio.Event()

    async def never(request: httpx.Request) -> None:
        if request.url.path.endswith(f"/{BANK}"):
            asked.set()
            await asyncio.Event().wait()

    desk.line.before = never
    look = SecondLook(desk.findings)
    look.deposited(parcel, CLERK)
    await asked.wait()
    (task,) = look._under_way
    await look.finish()
    assert task.cancelled()
    assert (await desk.now(parcel)).attention == ()


async def test_a_service_or_a_disk_that_fails_ends_nothing(
    tmp_path: Path, world: World, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_desk(tmp_path / "desk", world, clock, FurtherUnits("T1", "99")) as desk:
        look = SecondLook(desk.findings)
        parcel = await desk.deposited()
        world.fault("503", "getLockerBankDetails", times=100)
        look.deposited(parcel, CLERK)
        await look.finish()
        assert caplog.text == ""
        world.no_more_faults()
        await desk.journal.connection.read(lambda database: database.execute("PRAGMA query_only = ON"))
        look.deposited(parcel, CLERK)
        await look.finish()
        assert "reading not recorded: file_not_writable" in caplog.text
        await desk.journal.connection.read(lambda database: database.execute("PRAGMA query_only = OFF"))
        assert (await desk.now(parcel)).attention == ()


async def test_a_process_that_put_nothing_in_waits_for_nothing(desk: OpenDesk) -> None:
    await SecondLook(desk.findings).finish()
    assert not desk.line.sent
