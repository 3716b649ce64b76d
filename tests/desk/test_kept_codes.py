"""A code that was seen can be shown again for a few minutes, in somebody's name, and is gone after that."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.errors import InDoubtError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from tests.house.desk import CLERK, KEEP_CODES_FOR, OpenDesk, World, open_desk
from tests.journal.book import contents, export

OTHER = Person(name="other@example.com", role=Role.CLERK)


async def seen(desk: OpenDesk, world: World, number: str = "T1") -> tuple[Parcel, str]:
    """Put a parcel in and confirm that its code was seen; return both."""
    parcel = await desk.intake.confirm_code(await desk.deposited(number), CLERK)
    (unit,) = world.holding(number)
    return parcel, unit["pickupCode"]


async def again(desk: OpenDesk, parcel: Parcel) -> str | None:
    code = await desk.kept_codes.show_again(parcel, OTHER)
    return code.get_secret_value() if code else None


async def test_a_code_that_was_seen_is_shown_again_and_the_journal_says_to_whom(desk: OpenDesk, world: World) -> None:
    parcel, code = await seen(desk, world)
    assert not parcel.code_waiting
    assert await desk.code(parcel) is None
    assert await desk.kept_codes.is_kept(parcel)
    assert await again(desk, parcel) == code
    assert await again(desk, parcel) == code
    last = (await export(desk.journal.connection))[-2:]
    assert [(each["type"], each["person"], each["body"]) for each in last] == [
        ("pickup_code_shown_again", OTHER.name, {})
    ] * 2
    assert not (await desk.now(parcel)).unfinished


async def test_it_is_gone_after_the_minutes_of_the_setting_to_the_last_byte(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel, code = await seen(desk, world)
    clock.advance(KEEP_CODES_FOR - timedelta(seconds=1))
    await desk.kept_codes.drop_due()
    assert await desk.kept_codes.is_kept(parcel)
    assert code.encode() in contents(desk.folder)
    clock.advance(timedelta(seconds=1))
    await desk.kept_codes.drop_due()
    assert code.encode() not in contents(desk.folder)
    before = await desk.events()
    assert (await desk.kept_codes.is_kept(parcel), await again(desk, parcel)) == (False, None)
    assert await desk.events() == before, "what was not shown is not told"


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3_000)])
async def test_a_clock_that_is_set_back_keeps_nothing_longer_than_the_process_lives(
    desk: OpenDesk, world: World, clock: ManualClock, back: timedelta
) -> None:
    parcel, code = await seen(desk, world)
    await desk.kept_codes.drop_due()
    clock.advance(-back)
    desk.lived += KEEP_CODES_FOR.total_seconds() - 1
    assert await desk.kept_codes.is_kept(parcel)
    desk.lived += 1
    assert not await desk.kept_codes.is_kept(parcel)
    assert code.encode() not in contents(desk.folder)


async def test_a_kiosk_that_was_off_for_days_deletes_it_before_anything_else(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel, code = await seen(desk, world)
    async with open_desk(desk.folder, world, clock) as restarted:
        assert await again(restarted, parcel) == code, "a restart within the minutes loses nothing"
    clock.advance(timedelta(days=3))
    async with open_desk(desk.folder, world, clock):
        assert code.encode() not in contents(desk.folder)


async def test_without_minutes_a_code_that_was_seen_is_deleted_at_once(desk: OpenDesk, world: World) -> None:
    desk.intake._keep_codes_for = timedelta(0)
    parcel, code = await seen(desk, world)
    assert code.encode() not in contents(desk.folder)
    assert not await desk.kept_codes.is_kept(parcel)


async def test_what_takes_the_parcel_out_of_its_locker_ends_the_code(desk: OpenDesk, world: World) -> None:
    parcel, code = await seen(desk, world)
    await desk.take_out(parcel)
    assert not await desk.kept_codes.is_kept(parcel)
    assert code.encode() not in contents(desk.folder)


async def test_a_new_code_of_the_operator_ends_the_older_one(desk: OpenDesk, world: World) -> None:
    parcel, older = await seen(desk, world)
    operator = Person(name="ana", role=Role.OPERATOR, user_id=CLERK.user_id)
    parcel = await desk.corrections.renew_code(parcel, "lost the slip", operator)
    assert await desk.code(parcel) not in {None, older}
    assert await again(desk, parcel) is None
    assert older.encode() not in contents(desk.folder)


async def added(desk: OpenDesk) -> Parcel:
    """Reserve room for a second parcel beside the first one."""
    parcel = await desk.taken_in("T2")
    (locker,) = await desk.own_lockers(parcel)
    return await desk.open_lockers.add(parcel, locker, CLERK, desk.told.append)


async def test_a_further_parcel_in_the_locker_ends_the_code_that_was_seen(desk: OpenDesk, world: World) -> None:
    first, older = await seen(desk, world)
    second = await desk.intake.deposit(await added(desk), CLERK)
    assert await again(desk, first) is None
    assert older.encode() not in contents(desk.folder)
    assert await desk.code(second)


async def test_it_is_not_shown_while_another_deposit_may_have_replaced_it(desk: OpenDesk, world: World) -> None:
    first, _ = await seen(desk, world)
    second = await added(desk)

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ReadTimeout("no answer", request=request)

    desk.line.before = no_line
    with pytest.raises(InDoubtError):
        await desk.intake.deposit(second, CLERK)
    before = await desk.events()
    with pytest.raises(InDoubtError, match=r"code_may_be_replaced .tracking_number=T2"):
        await desk.kept_codes.show_again(first, CLERK)
    assert await desk.events() == before


async def test_a_code_that_is_kept_is_in_no_export(desk: OpenDesk, world: World) -> None:
    parcel, code = await seen(desk, world)
    await again(desk, parcel)
    assert code not in json.dumps(await export(desk.journal.connection))
    assert code not in repr(await desk.journal.kept_codes())
