"""What is shown while there is no kiosk: it counts down by itself, or waits for a key that somebody presses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kiosk.errors import StorageError
from kiosk.watchdog import Watchdog
from screens.pause import PAUSE_SECONDS, PauseApp, Told, crashed, gave_up, not_opened
from tests.screens.clerk.test_snapshots import SIZES
from tests.screens.hands import Hands
from tests.screens.widgets.harness import lines, screen_text

AT = datetime(2026, 3, 2, 8, 0, 7, tzinfo=UTC)
NUMBER = "1Z999AA10123456784"
SAID: dict[str, Callable[[], Told]] = {
    "crashed": lambda: crashed(NUMBER)(PAUSE_SECONDS),
    "gave-up": lambda: gave_up(AT, Path("/var/lib/parcel-kiosk/kiosk.log")),
    "not-opened": lambda: not_opened(StorageError("no_space_left", path="/var/lib/parcel-kiosk")),
}
"""Said when it is asked for, in the language that is spoken then."""


def pause(told: Told | Callable[[int], Told], *, is_locked: bool = True) -> PauseApp:
    return PauseApp(Watchdog(), told, "kiosk-dark", is_locked=is_locked)


async def until(pilot: Pilot[bool], condition: Callable[[], bool]) -> None:
    for _ in range(2000):
        if condition():
            return
        await pilot.pause(0.004)
    raise AssertionError(screen_text(pilot.app))


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("told", SAID.values(), ids=SAID)
def test_it_looks_as_it_did(snap_compare: Callable[..., bool], told: Callable[[], Told], size: tuple[int, int]) -> None:
    assert snap_compare(pause(told()), terminal_size=size)


async def test_it_counts_down_and_goes_on_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.pause.PAUSE_SECONDS", 2)
    app = pause(crashed(NUMBER))
    async with app.run_test() as pilot:
        assert "in 2 s" in screen_text(app)
        Hands(app).press("enter", "ctrl+q", "ctrl+c", "escape")  # nothing to choose here
        await until(pilot, lambda: "in 1 s" in screen_text(app))
        await until(pilot, lambda: app._exit)
    assert app.return_value is True


@pytest.mark.parametrize(
    ("key", "is_locked", "goes_on"),
    [("enter", True, True), ("enter", False, True), ("ctrl+q", False, False)],
)
async def test_what_stays_waits_for_somebody(key: str, *, is_locked: bool, goes_on: bool) -> None:
    app = pause(SAID["gave-up"](), is_locked=is_locked)
    async with app.run_test() as pilot:
        hands = Hands(app)
        hands.press(key)  # on its way to what was there before: nobody can have read this yet
        hands.scan("T1\r")
        await pilot.pause()
        await until(pilot, lambda: app._seen_since < 1e308)
        app._seen_since -= 10
        hands.scan("T1\r")
        hands.scan(f"{NUMBER}\r")
        await pilot.pause()
        assert not app._exit
        hands.press(key)
        await until(pilot, lambda: app._exit)
    assert bool(app.return_value) is goes_on


async def test_a_locked_one_offers_no_way_out_and_can_be_tapped() -> None:
    app = pause(SAID["gave-up"]())
    async with app.run_test() as pilot:
        assert "Leave" not in screen_text(app)
        await until(pilot, lambda: app._seen_since < 1e308)
        app._seen_since -= 10
        hands = Hands(app)
        hands.press("ctrl+q", "ctrl+c", "f10", "escape")
        await pilot.pause()
        assert not app._exit
        (y,) = (y for y, line in enumerate(lines(app)) if "Try again" in line)
        hands.tap(lines(app)[y].index("Try again"), y)
        await until(pilot, lambda: app._exit)
    assert app.return_value is True
