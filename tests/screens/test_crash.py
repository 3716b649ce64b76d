"""What an app that breaks leaves to the next one, wherever it breaks; and that nothing on its way is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from textual.worker import WorkerFailed

from kiosk.parcels.states import ParcelState
from screens.app import KioskApp
from screens.crash import TOO_MANY, WITHIN_SECONDS, Crash, Crashes
from screens.flow import begin
from screens.textual_patches import cause_of
from tests.screens.kiosk_in_test import Desk, Kiosk, opened


class BrokenError(Exception):
    """Nobody foresaw this."""


def broken(*_: object) -> None:
    raise BrokenError


async def broken_flow() -> None:
    broken()


@pytest.fixture(autouse=True)
def _without_signing_in(desk: Desk) -> None:
    desk.people = {"sign_in": False}


WAYS: dict[str, Callable[[Kiosk], object]] = {
    "app": lambda kiosk: kiosk.app.call_later(broken),
    "screen": lambda kiosk: kiosk.screen.call_later(broken),
    "after a refresh": lambda kiosk: kiosk.screen.call_after_refresh(broken),
    "timer": lambda kiosk: kiosk.screen.set_timer(0.001, broken),
    "worker": lambda kiosk: kiosk.app.run_worker(broken_flow()),
    "flow": lambda kiosk: begin(kiosk.app, broken_flow()),
}


async def break_down(app: KioskApp, reach: Callable[[Kiosk], Awaitable[None]], act: Callable[[Kiosk], object]) -> None:
    """Run an app to some point, and let it break there."""
    with suppress(BrokenError, WorkerFailed):  # Textual raises it once more, for tests
        async with app.run_test() as pilot:
            kiosk = Kiosk(app, pilot)
            await opened(kiosk)
            await reach(kiosk)
            act(kiosk)
            while app._exception is None:
                await pilot.pause(0.01)
    assert isinstance(cause_of(app._exception or ValueError()), BrokenError)


async def reach_put_in(kiosk: Kiosk) -> None:
    await kiosk.to_put_in("T1")


@pytest.mark.parametrize("way", WAYS)
async def test_wherever_it_breaks_the_next_app_is_at_home_and_knows_the_parcel(desk: Desk, way: str) -> None:
    app = desk.app()
    await break_down(app, reach_put_in, WAYS[way])
    assert app.crash is not None
    assert app.crash.number == "T1"
    assert app.lifetime.has_crashed
    async with desk.open(after=app.crash) as kiosk:
        await kiosk.counts("Unfinished", 1)
        await kiosk.rest()
        assert kiosk.name == "Home"  # without a crash, the question whether it is in would be there
        await kiosk.shows("has started again by itself", "Parcel T1 is kept")
        kiosk.scan("T1")
        await kiosk.shows("Put it in locker")


@pytest.mark.parametrize("fault", ["slow", "lost"])
@pytest.mark.parametrize(
    ("operation", "state"),
    [("createReservation", ParcelState.RESERVED), ("updateDeposit", ParcelState.IN_LOCKER)],
)
async def test_a_write_on_its_way_at_the_crash_is_settled_by_the_next_app(
    desk: Desk, operation: str, state: ParcelState, fault: str
) -> None:
    async def asked(kiosk: Kiosk) -> None:
        await (kiosk.to_locker("T1") if state is ParcelState.RESERVED else kiosk.to_put_in("T1"))
        before = (await kiosk.events()).count("write_asked")
        desk.service.fault(fault, operation)
        await kiosk.press("enter")
        while (await kiosk.events()).count("write_asked") == before:
            await kiosk.pilot.pause(0.01)

    app = desk.app()
    await break_down(app, asked, WAYS["screen"])
    async with desk.open(after=app.crash) as kiosk:
        await kiosk.counts("Unfinished" if state is ParcelState.RESERVED else "Code to show", 1)
        await kiosk.rest()
        parcel = await kiosk.parcel("T1")
        assert parcel.state is state
        assert not parcel.is_in_doubt
        (unit,) = desk.service.holding("T1")
        if state is ParcelState.IN_LOCKER:
            kiosk.scan("T1")
            await kiosk.at("Code")
            await kiosk.shows_the_code_of([unit])


async def test_an_error_while_an_app_ends_is_no_crash(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        await opened(Kiosk(app, pilot))
        app.exit(return_code=0)
        app._handle_exception(BrokenError())
    assert app.crash is None
    assert not app.lifetime.has_crashed
    assert app.return_code == 0


def test_the_third_crash_within_a_minute_is_one_too_many() -> None:
    crashes = Crashes()
    assert [crashes.one_more(at) for at in (0.0, 1.0, WITHIN_SECONDS)] == [False, False, True]
    crashes.forget()
    assert [crashes.one_more(WITHIN_SECONDS * at) for at in range(2 * TOO_MANY)] == [False] * 2 * TOO_MANY


def test_a_crash_without_a_parcel_names_none() -> None:
    assert Crash.of(None, "kiosk-dark").number == ""
