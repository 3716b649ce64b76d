"""Codes whose time is over: those nobody saw before the deposit ended, and those that were shown long enough."""

from __future__ import annotations

from datetime import timedelta

import httpx

from kiosk.background.codes import GRACE
from kiosk.clock import ManualClock
from kiosk.parcels.events import ReservationExtended
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, Role
from tests.house.desk import CLERK, KEEP_CODES_FOR, OpenDesk, World, unit_of
from tests.journal.book import contents, export

DAY = timedelta(days=1)
"""How long a deposit lasts at the simulator."""
SECOND = timedelta(seconds=1)


async def test_a_code_nobody_saw_ends_a_while_after_its_deposit_and_becomes_an_item(
    desk: OpenDesk, clock: ManualClock
) -> None:
    parcel = await desk.deposited()
    shown = await desk.waiting(parcel)
    assert shown is not None
    clock.live(DAY + GRACE)
    await desk.expiring.run()
    assert await desk.waiting(parcel) == shown
    clock.live(SECOND)
    await desk.expiring.run()
    assert await desk.waiting(parcel) is None
    expired, raised = (await export(desk.journal.connection))[-2:]
    assert (expired["type"], expired["body"]) == ("pickup_code_expired", {"intentId": shown.intent_id})
    assert raised["type"] == "attention_raised"
    assert [item.finding for item in (await desk.now(parcel)).attention] == [Finding.CODE_ENDED_UNSEEN]
    assert shown.secret.get_secret_value().encode() not in contents(desk.folder)


async def test_a_new_code_ends_the_item_of_the_one_that_nobody_saw(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    clock.live(DAY + GRACE + SECOND)
    await desk.expiring.run()
    operator = Person(name="ana", role=Role.OPERATOR, user_id=CLERK.user_id)
    renewed = await desk.corrections.renew_code(await desk.now(parcel), "never got one", operator)
    assert (renewed.code_waiting, renewed.attention) == (True, ())


async def test_the_services_own_time_decides_when_a_deposit_ends(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    code = await desk.code(parcel)
    desk.world.deposit("T1", unit_of(parcel))  # another kiosk records it again, and brings a code of its own
    clock.live(timedelta(hours=20))
    desk.world.deposit("T1", unit_of(parcel))
    clock.live(DAY + GRACE - timedelta(hours=20) + SECOND)
    await desk.expiring.run()
    assert await desk.code(parcel) == code
    assert (await desk.events())[-1] == "deposit_extended"
    clock.live(timedelta(hours=20))
    await desk.expiring.run()
    assert await desk.code(parcel) is None


async def test_an_extension_keeps_the_code_of_what_lies_in_the_unit(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    code = await desk.code(parcel)
    assert parcel.place is not None
    until = clock.now() + timedelta(days=60)
    extended = ReservationExtended(intent_id="i9", place=parcel.place, expiry=until)
    await desk.journal.append(parcel.parcel_id, extended, CLERK)
    clock.live(timedelta(days=60))
    await desk.expiring.run()
    assert await desk.code(parcel) == code
    clock.live(GRACE + SECOND)
    await desk.expiring.run()
    assert await desk.code(parcel) is None


async def test_a_code_stays_while_the_service_can_not_be_asked(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    clock.live(timedelta(days=30))

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no line", request=request)

    desk.line.before = no_line
    await desk.expiring.run()
    assert await desk.code(parcel) is not None
    desk.line.before = None
    await desk.expiring.run()
    assert await desk.code(parcel) is None


async def test_a_parcel_that_was_collected_is_no_item(desk: OpenDesk, world: World, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    world.collect(unit_of(parcel))
    clock.live(timedelta(days=30))
    await desk.expiring.run()
    assert (await desk.events())[-1] == "parcel_found_gone"
    assert not (await desk.now(parcel)).unfinished


async def test_a_code_that_was_renewed_while_the_service_was_asked_stays(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    operator = Person(name="ana", role=Role.OPERATOR, user_id=CLERK.user_id)
    clock.live(timedelta(days=30))

    async def renew(request: httpx.Request) -> None:
        if "/reserved/" in request.url.path:
            desk.line.after = None
            await desk.corrections.renew_code(parcel, "asked for", operator)

    desk.line.after = renew
    await desk.expiring.run()
    assert (await desk.now(parcel)).code_waiting
    assert "pickup_code_expired" not in await desk.events()


async def test_a_code_that_was_seen_is_deleted_when_its_minutes_are_over(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    code = await desk.code(parcel)
    assert code is not None
    await desk.seen(parcel)
    await desk.pickup_codes.drop_due()
    assert code.encode() in contents(desk.folder)
    before = await desk.events()
    clock.advance(KEEP_CODES_FOR)
    await desk.pickup_codes.drop_due()
    assert code.encode() not in contents(desk.folder)
    assert await desk.events() == before


async def test_what_has_no_code_is_left_alone_however_late(desk: OpenDesk, clock: ManualClock) -> None:
    await desk.reserved()
    before = await desk.events()
    clock.live(timedelta(days=30))
    await desk.expiring.run()
    assert await desk.events() == before
