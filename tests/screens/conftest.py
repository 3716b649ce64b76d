"""A desk for each test: fixed time, place and seed, and no waiting where the kiosk waits for a service to recover."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from tests.screens.kiosk_in_test import Desk
from tests.screens.terminals import looks_right
from tests.screens.thrift import draw_only_what_is_read, parse_each_stylesheet_once


@pytest.fixture
def snap_compare(snap_compare: Callable[..., bool]) -> Callable[..., bool]:
    """See, before a picture is compared, that what it shows can be read in each theme and on other terminals."""

    def compare(app: App[Any], run_before: Callable[[Pilot[Any]], Awaitable[None]] | None = None, **more: Any) -> bool:
        async def go_there(pilot: Pilot[Any]) -> None:
            if run_before is not None:
                await run_before(pilot)
            await looks_right(pilot)

        return snap_compare(app, run_before=go_there, **more)

    return compare


@pytest.fixture(autouse=True)
def _thrifty(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    parse_each_stylesheet_once(monkeypatch)
    if request.node.get_closest_marker("every_frame") is None:
        draw_only_what_is_read(monkeypatch)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("kiosk.desk.requests.SETTLE_AFTER_SECONDS", (0.0,))
    monkeypatch.setattr("kiosk.api.retry._FIRST_WAIT", 0.0)
    monkeypatch.setattr("kiosk.api.retry._QUICK_WAIT", 0.0)
    desk = Desk(tmp_path)
    yield desk
    desk.service.pull_out()
