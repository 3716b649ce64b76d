"""Codes whose time is over: those nobody saw before the deposit ended, and those that were shown long enough."""

from __future__ import annotations

from datetime import timedelta

from kiosk.clock import ManualClock
from tests.house.desk import CLERK, KEEP_CODES_FOR, OpenDesk
from tests.journal.book import contents


async def test_a_code_nobody_saw_is_deleted_when_the_deposit_expires(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    code = await desk.code(parcel)
    assert code is not None
    clock.advance(timedelta(hours=24))
    await desk.expiring.run()
    assert await desk.code(parcel) == code
    clock.advance(timedelta(seconds=1))
    await desk.expiring.run()
    assert await desk.code(parcel) is None
    assert not (await desk.now(parcel)).unfinished
    assert (await desk.events())[-1] == "pickup_code_expired"
    assert code.encode() not in contents(desk.folder)


async def test_a_code_that_was_seen_is_deleted_when_its_minutes_are_over(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    code = await desk.code(parcel)
    assert code is not None
    await desk.intake.confirm_code(parcel, CLERK)
    await desk.expiring.run()
    assert code.encode() in contents(desk.folder)
    before = await desk.events()
    clock.advance(KEEP_CODES_FOR)
    await desk.expiring.run()
    assert code.encode() not in contents(desk.folder)
    assert await desk.events() == before


async def test_what_has_no_code_is_left_alone_however_late(desk: OpenDesk, clock: ManualClock) -> None:
    await desk.reserved()
    before = await desk.events()
    clock.advance(timedelta(days=30))
    await desk.expiring.run()
    assert await desk.events() == before
