"""A code counts by its deposit; one that was seen can be shown again for a few minutes, and is gone after that."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.desk.pickup_codes import Fate
from kiosk.errors import InDoubtError, WrongStateError
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from tests.house.desk import CLERK, KEEP_CODES_FOR, OpenDesk, World, open_desk
from tests.journal.book import DEPOSITED, contents, export, taken_in

OTHER = Person(name="other@example.com", role=Role.CLERK)
OPERATOR = Person(name="ana", role=Role.OPERATOR, user_id=CLERK.user_id)


async def seen(desk: OpenDesk, world: World, number: str = "T1") -> tuple[Parcel, str]:
    """Put a parcel in and confirm that its code was seen; return both."""
    parcel = await desk.seen(await desk.deposited(number))
    (unit,) = world.holding(number)
    return parcel, unit["pickupCode"]


async def again(desk: OpenDesk, parcel: Parcel) -> str | None:
    code = await desk.pickup_codes.show_again(parcel, OTHER)
    return code.secret.get_secret_value() if code else None


async def test_a_code_that_was_seen_is_shown_again_and_the_journal_says_to_whom(desk: OpenDesk, world: World) -> None:
    parcel, code = await seen(desk, world)
    assert not parcel.code_waiting
    assert await desk.code(parcel) is None
    assert await desk.pickup_codes.is_kept(parcel)
    assert await again(desk, parcel) == code
    assert await again(desk, parcel) == code
    *_, deposit, _, first, second = await export(desk.journal.connection)
    for each in (first, second):
        assert (each["type"], each["person"]) == ("pickup_code_shown_again", OTHER.name)
        assert each["body"] == {"intentId": deposit["body"]["intentId"]}
    assert not (await desk.now(parcel)).unfinished


async def test_it_is_gone_after_the_minutes_of_the_setting_to_the_last_byte(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel, code = await seen(desk, world)
    clock.advance(KEEP_CODES_FOR - timedelta(seconds=1))
    await desk.pickup_codes.drop_due()
    assert await desk.pickup_codes.is_kept(parcel)
    assert code.encode() in contents(desk.folder)
    clock.advance(timedelta(seconds=1))
    await desk.pickup_codes.drop_due()
    assert code.encode() not in contents(desk.folder)
    before = await desk.events()
    assert (await desk.pickup_codes.is_kept(parcel), await again(desk, parcel)) == (False, None)
    assert await desk.events() == before, "what was not shown is not told"


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3_000)])
async def test_a_clock_that_is_set_back_keeps_nothing_longer_than_the_process_lives(
    desk: OpenDesk, world: World, clock: ManualClock, back: timedelta
) -> None:
    parcel, code = await seen(desk, world)
    await desk.pickup_codes.drop_due()
    clock.advance(-back)
    clock.live(KEEP_CODES_FOR - timedelta(seconds=1))
    assert await desk.pickup_codes.is_kept(parcel)
    clock.live(timedelta(seconds=1))
    assert not await desk.pickup_codes.is_kept(parcel)
    assert code.encode() not in contents(desk.folder)


async def test_a_kiosk_that_was_off_for_days_deletes_it_once_it_has_run_for_the_minutes(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel, code = await seen(desk, world)
    async with open_desk(desk.folder, world, clock) as restarted:
        assert await again(restarted, parcel) == code, "a restart within the minutes loses nothing"
    clock.advance(timedelta(days=3))
    async with open_desk(desk.folder, world, clock) as restarted:
        await restarted.pickup_codes.drop_due()
        assert code.encode() in contents(desk.folder), "nobody but the clock says that days have passed"
        clock.live(KEEP_CODES_FOR)
        await restarted.pickup_codes.drop_due()
        assert code.encode() not in contents(desk.folder)


async def test_a_kiosk_that_was_off_for_an_hour_deletes_it_before_anything_else(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel, code = await seen(desk, world)
    clock.advance(timedelta(hours=1))
    async with open_desk(desk.folder, world, clock) as restarted:
        assert not await restarted.pickup_codes.is_kept(parcel)
        assert code.encode() not in contents(desk.folder)


async def test_without_minutes_a_code_that_was_seen_is_deleted_at_once(desk: OpenDesk, world: World) -> None:
    desk.pickup_codes._keep_for = timedelta(0)
    parcel, code = await seen(desk, world)
    assert code.encode() not in contents(desk.folder)
    assert not await desk.pickup_codes.is_kept(parcel)


async def test_what_takes_the_parcel_out_of_its_locker_ends_the_code(desk: OpenDesk, world: World) -> None:
    parcel, code = await seen(desk, world)
    await desk.take_out(parcel)
    assert not await desk.pickup_codes.is_kept(parcel)
    assert code.encode() not in contents(desk.folder)


async def test_a_new_code_of_the_operator_ends_the_older_one(desk: OpenDesk, world: World) -> None:
    parcel, older = await seen(desk, world)
    parcel = await desk.corrections.renew_code(parcel, "lost the slip", OPERATOR)
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
        await desk.pickup_codes.show_again(first, CLERK)
    assert await desk.events() == before


async def test_a_code_that_is_kept_is_in_no_export(desk: OpenDesk, world: World) -> None:
    parcel, code = await seen(desk, world)
    await again(desk, parcel)
    assert code not in json.dumps(await export(desk.journal.connection))
    assert code not in repr(await desk.codes.kept())


async def test_a_code_that_replaced_the_one_on_the_screen_is_not_deleted_by_confirming_that(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel = await desk.deposited()
    on_the_screen = await desk.pickup_codes.waiting(parcel)
    async with open_desk(desk.folder, world, clock) as console:
        await console.corrections.renew_code(parcel, "lost the slip", OPERATOR)
    with pytest.raises(WrongStateError, match="code_replaced"):
        await desk.pickup_codes.confirm(parcel, on_the_screen, CLERK)
    (unit,) = world.holding("T1")
    assert await desk.code(parcel) == unit["pickupCode"]
    assert (await desk.now(parcel)).code_waiting
    assert (await desk.events())[-1] == "parcel_deposited"


async def test_that_no_code_came_is_confirmed_only_while_none_waits(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    with pytest.raises(WrongStateError, match="code_replaced"):
        await desk.pickup_codes.confirm(parcel, None, CLERK)
    assert (await desk.now(parcel)).code_waiting


async def test_each_step_with_a_code_names_the_deposit_that_brought_it(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    shown = await desk.pickup_codes.waiting(parcel)
    assert shown is not None
    await desk.seen(parcel)
    *_, deposited, seen_ = await export(desk.journal.connection)
    assert deposited["body"]["intentId"] == seen_["body"]["intentId"] == shown.intent_id
    assert (await desk.pickup_codes.show_again(parcel, OTHER)) == shown
    assert shown.secret.get_secret_value() not in repr(shown)


async def test_what_became_of_a_code_on_a_screen_is_told(desk: OpenDesk, clock: ManualClock) -> None:
    parcel = await desk.deposited()
    shown = await desk.pickup_codes.waiting(parcel)

    async def fate() -> Fate:
        return (await desk.pickup_codes.fate(parcel, shown)).fate

    assert await fate() is Fate.WAITS
    await desk.seen(parcel)
    assert await fate() is Fate.SEEN
    clock.live(KEEP_CODES_FOR)
    assert await fate() is Fate.ENDED
    await desk.corrections.renew_code(await desk.now(parcel), "lost the slip", OPERATOR)
    assert await fate() is Fate.REPLACED
    second = await desk.intake.deposit(await added(desk), CLERK)
    assert await desk.pickup_codes.fate(parcel, shown) == (Fate.OF_ANOTHER_PARCEL, await desk.now(parcel), second)
    await desk.take_out(await desk.now(parcel))
    assert await fate() is Fate.OUT


async def test_no_byte_of_many_codes_is_left_in_the_file_or_beside_it(desk: OpenDesk) -> None:
    codes = {f"Z{number:03}Q{number * 7919 % 1000:03}" for number in range(20)}
    for number, code in enumerate(sorted(codes)):
        parcel_id = f"p{number}"
        await desk.journal.append(parcel_id, taken_in(f"N{number}"), CLERK)
        deposited = DEPOSITED.model_copy(update={"intent_id": f"i{number}", "place": place(number)})
        await desk.journal.append(parcel_id, deposited, CLERK, code=SecretStr(code))
    assert all(code.encode() in raw_bytes(desk.folder) for code in codes)
    for parcel in await desk.journal.unfinished():
        await desk.seen(parcel)
    assert all(code.encode() in raw_bytes(desk.folder) for code in codes), "they are kept to be shown again"
    desk.clock.live(KEEP_CODES_FOR)
    await desk.pickup_codes.drop_due()
    left = raw_bytes(desk.folder)
    assert [code for code in sorted(codes) if code.encode() in left] == []


def place(number: int) -> UnitPlace:
    return UnitPlace(locker_bank_id="AOne", locker_unit_id=str(100 + number))


def raw_bytes(folder: Path) -> bytes:
    """Return the journal's file and SQLite's own beside it, as they lie on the disk."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("journal.sqlite*")))
