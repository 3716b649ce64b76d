"""Nothing is deleted or blanked on the word of one clock: jumps, restarts, and time that really passed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.background.clock import WatchClock
from kiosk.background.codes import GRACE
from kiosk.clock import ManualClock
from kiosk.desk.trusted_time import TOLERANCE, Jump, TrustedTime
from kiosk.settings import Lockers
from kiosk.wiring import open_services
from tests.house.desk import CLERK, START, OpenDesk, World, loopback, open_desk, settings_of
from tests.journal.book import export

TEN_YEARS = timedelta(days=3_652)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
STEPS = st.timedeltas(-TEN_YEARS, TEN_YEARS)


async def everything_that_deletes(desk: OpenDesk) -> None:
    await desk.expiring.run()
    await desk.pickup_codes.drop_due()
    await desk.privacy.keep_to_the_time(CLERK)


async def leave_something(desk: OpenDesk) -> str:
    """Leave what must survive a wrong clock: the name of a parcel that is gone, and a code that waits, returned."""
    await desk.intake.cancel(await desk.taken_in("GONE"), CLERK)
    code = await desk.code(await desk.deposited("WAITS"))
    assert code is not None
    return code


async def still_there(desk: OpenDesk, code: str) -> tuple[bool, bool]:
    """Tell whether the code waits, and whether the name is known."""
    (waiting,) = await desk.journal.find("WAITS")
    (gone,) = await desk.journal.find("GONE")
    return await desk.code(waiting) == code, gone.contact is not None


@pytest.mark.parametrize("jump", [TEN_YEARS, -TEN_YEARS, timedelta(days=100)])
async def test_a_clock_that_jumps_and_comes_back_deletes_nothing(desk: OpenDesk, jump: timedelta) -> None:
    code = await leave_something(desk)
    for step in (jump, -jump):
        desk.clock.advance(step)
        await everything_that_deletes(desk)
        assert await still_there(desk, code) == (True, True)


async def test_nor_does_one_under_which_the_kiosk_is_started_again_and_again(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    code = await leave_something(desk)
    clock.advance(TEN_YEARS)
    for number in range(3):
        async with open_desk(desk.folder, world, clock) as restarted:
            await WatchClock(restarted.journal, restarted.time, CLERK).run()
            await restarted.taken_in(f"N{number}")  # an event with the time of the wrong clock
            clock.live(20 * MINUTE)
            await WatchClock(restarted.journal, restarted.time, CLERK).run()
            await everything_that_deletes(restarted)
            assert await still_there(restarted, code) == (True, True)
    clock.advance(-TEN_YEARS)
    async with open_desk(desk.folder, world, clock) as restarted:
        await everything_that_deletes(restarted)
        assert await still_there(restarted, code) == (True, True)


async def test_what_commands_recorded_under_a_wrong_clock_does_not_bear_witness_for_it(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    code = await leave_something(desk)
    clock.advance(TEN_YEARS)
    await desk.taken_in("N1")
    async with open_desk(desk.folder, world, clock) as restarted:
        await everything_that_deletes(restarted)
        assert await still_there(restarted, code) == (True, True)


async def test_time_that_really_passed_deletes_what_is_over(desk: OpenDesk) -> None:
    code = await leave_something(desk)
    desk.clock.live(TEN_YEARS)
    await everything_that_deletes(desk)
    assert await still_there(desk, code) == (False, False)


async def test_a_desk_that_was_off_for_long_goes_on_once_the_service_confirms_the_clock(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    code = await leave_something(desk)
    clock.advance(TEN_YEARS)
    async with open_desk(desk.folder, world, clock) as restarted:
        await everything_that_deletes(restarted)
        assert await still_there(restarted, code) == (True, True)
        restarted.time.heard(clock.now() - MINUTE)
        await everything_that_deletes(restarted)
        assert await still_there(restarted, code) == (False, False)


async def test_without_a_service_that_tells_the_time_the_hours_count_in_which_the_kiosk_ran(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    code = await leave_something(desk)
    for _ in range(3):
        clock.advance(timedelta(days=7))  # off
        async with open_desk(desk.folder, world, clock) as restarted:
            clock.live((DAY + GRACE) / 3 + MINUTE)
            await WatchClock(restarted.journal, restarted.time, CLERK).run()
            await everything_that_deletes(restarted)
    assert (await still_there(desk, code))[0] is False


async def test_a_service_that_names_another_time_holds_what_a_wrong_clock_began_with(clock: ManualClock) -> None:
    clock.advance(TEN_YEARS)
    time = TrustedTime(clock)  # a new desk whose clock was wrong from the start
    time.heard(START)
    assert (time.now(), time.jump) == (START, Jump(clock.now(), START))
    clock.live(DAY)
    assert time.now() == START + DAY
    clock.advance(-TEN_YEARS)
    assert (time.now(), time.jump) == (clock.now(), None)


@given(steps=st.lists(STEPS, max_size=5), lives=st.lists(st.timedeltas(timedelta(0), DAY), max_size=5))
def test_no_setting_of_the_clock_brings_it_further_ahead_than_was_lived(
    steps: list[timedelta], lives: list[timedelta]
) -> None:
    clock = ManualClock(START)
    time, passed = TrustedTime(clock, START), timedelta(0)
    for step, life in zip(steps, lives, strict=False):
        clock.advance(step)
        clock.live(life)
        passed += life
        # Each look may take over a step that is too small to be told from a clock that is put right.
        assert time.now() <= START + passed + len(steps) * TOLERANCE


@given(off=st.timedeltas(timedelta(0), TEN_YEARS), wrong=st.timedeltas(-TOLERANCE, TOLERANCE))
def test_a_clock_that_the_service_confirms_is_believed_whatever_was_known(off: timedelta, wrong: timedelta) -> None:
    clock = ManualClock(START + off)
    time = TrustedTime(clock, START)
    time.heard(clock.now() + wrong)
    assert (time.now(), time.jump) == (clock.now(), None)


async def test_a_jump_is_said_once_until_the_clock_is_right_again(desk: OpenDesk) -> None:
    watch = WatchClock(desk.journal, desk.time, CLERK)
    await watch.run()
    assert await desk.events() == []
    expected = desk.clock.now()
    for _ in range(2):
        desk.clock.advance(TEN_YEARS)
        for _ in range(3):
            await watch.run()
        jumped = (await export(desk.journal.connection))[-1]
        assert (jumped["type"], jumped["parcel_id"]) == ("clock_jumped", None)
        assert datetime.fromisoformat(jumped["body"]["expected"]) == expected
        assert datetime.fromisoformat(jumped["body"]["clock"]) == expected + TEN_YEARS
        assert not next(each for each in await health(desk) if each[0] == "clock")[1]
        desk.clock.advance(-TEN_YEARS)
        await watch.run()
        assert next(each for each in await health(desk) if each[0] == "clock")[1]
    assert await desk.events() == ["clock_jumped"] * 2


async def health(desk: OpenDesk) -> list[tuple[str, bool | None]]:
    return [(each.subject.value, each.ok) for each in (await desk.queries.health.look()).health]


class Elsewhere(httpx.AsyncBaseTransport):
    """A service on another machine, whose clock the test sets."""

    def __init__(self, world: World, date: str) -> None:
        self._world = world
        self._wire = loopback()
        self._date = date

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = httpx.URL(self._world.url)
        request.url = request.url.copy_with(scheme=host.scheme, host=host.host, port=host.port)
        request.headers["Host"] = f"{host.host}:{host.port}"
        response = await self._wire.handle_async_request(request)
        del response.headers["Date"]
        response.headers["Date"] = self._date
        return response

    async def aclose(self) -> None:
        await self._wire.aclose()


@pytest.mark.parametrize(
    ("url", "date", "expected"),
    [
        ("https://lockers.example/parcelpoint", "Tue, 03 Mar 2026 09:00:00 GMT", START + DAY),
        ("https://lockers.example/parcelpoint", "Tue, 03 Mar 1970 09:00:00 GMT", None),
        ("https://lockers.example/parcelpoint", "", None),
        ("http://127.0.0.1:1/parcelpoint", "Tue, 03 Mar 2026 09:00:00 GMT", None),
    ],
)
async def test_the_date_of_an_answer_is_a_witness_unless_it_is_absurd_or_of_this_very_machine(
    tmp_path: Path, world: World, clock: ManualClock, url: str, date: str, expected: datetime | None
) -> None:
    settings = settings_of(tmp_path / "desk", world)
    lockers = Lockers(url=url, auth=settings.lockers.auth, token=settings.lockers.token)
    settings = settings.model_copy(update={"lockers": lockers})
    async with open_services(settings, clock=clock, transport=Elsewhere(world, date)) as services:
        await services.desk.lockers.banks()
        jump = services.desk.privacy._time.jump
        assert (jump.expected if jump else None) == expected
