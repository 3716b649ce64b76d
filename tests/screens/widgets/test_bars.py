from __future__ import annotations

import pytest

from kiosk.words.signs import ARROW, ELLIPSIS, FULL, HOLLOW, TICK
from screens.widgets.status_bar import Connection, Status, StatusBar
from screens.widgets.step_bar import STEPS, StepBar
from tests.screens.widgets.harness import Bench, lines


@pytest.mark.parametrize("current", range(1, 6))
async def test_the_current_step_is_marked_and_the_earlier_ones_are_ticked(current: int) -> None:
    app = Bench(StepBar(current))
    async with app.run_test(size=(80, 3)):
        row = lines(app)[0]
        assert f"{ARROW} {current} {STEPS[current - 1]}" in row
        assert row.count(ARROW) == 1
        assert row.count(TICK) == current - 1
        assert all(name in row for name in STEPS)


@pytest.mark.parametrize(("width", "shown"), [(40, "3/5 Locker"), (20, "3/5 Locker"), (6, f" 3/5{ELLIPSIS}")])
async def test_a_narrow_step_bar_shows_the_current_step_only(width: int, shown: str) -> None:
    app = Bench(StepBar(3))
    async with app.run_test(size=(width, 3)):
        assert lines(app)[0].strip() == shown.strip()


async def test_the_step_bar_follows_a_new_step() -> None:
    bar = StepBar(1)
    app = Bench(bar)
    async with app.run_test(size=(80, 3)) as pilot:
        bar.current = 5
        await pilot.pause()
        assert f"{ARROW} 5 Code" in lines(app)[0]


@pytest.mark.parametrize(
    ("connection", "shown"),
    [
        (Connection.ONLINE, f"{FULL} online"),
        (Connection.OFFLINE, f"{HOLLOW} offline since 10:41"),
        (Connection.CONNECTING, f"{ELLIPSIS} connecting"),
    ],
)
async def test_the_connection_is_a_sign_and_a_word(connection: Connection, shown: str) -> None:
    bar = StatusBar()
    app = Bench(bar)
    async with app.run_test(size=(80, 3)) as pilot:
        bar.status = Status("DEMO", connection, offline_since="10:41", time_text="10:42")
        await pilot.pause()
        row = lines(app)[-1]
        assert row.startswith(" DEMO ")
        assert shown in row
        assert row.endswith("10:42")


@pytest.mark.parametrize(("waiting", "shown"), [(0, ""), (1, "1 request pending"), (2, "2 requests pending")])
async def test_open_requests_are_counted_or_not_mentioned(waiting: int, shown: str) -> None:
    bar = StatusBar()
    app = Bench(bar)
    async with app.run_test(size=(80, 3)) as pilot:
        bar.status = Status(waiting=waiting)
        await pilot.pause()
        row = lines(app)[-1]
        assert shown in row
        assert ("pending" in row) == (waiting > 0)


@pytest.mark.parametrize("width", [5, 12, 20, 40])
async def test_a_narrow_status_bar_keeps_the_time(width: int) -> None:
    bar = StatusBar()
    app = Bench(bar)
    async with app.run_test(size=(width, 3)) as pilot:
        bar.status = Status("PRODUCTION", waiting=3, time_text="10:42")
        await pilot.pause()
        assert "10:42" in lines(app)[-1]


async def test_an_unchanged_value_repaints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = StatusBar()
    app = Bench(bar)
    async with app.run_test(size=(80, 3)) as pilot:
        bar.status = Status(time_text="10:42", waiting=2)
        await pilot.pause()
        repaints: list[object] = []
        monkeypatch.setattr(bar, "refresh", lambda *regions, **_: repaints.append(regions))
        bar.status = Status(time_text="10:42", waiting=2)
        assert not repaints
        bar.status = Status(time_text="10:42", waiting=3)
        assert repaints
