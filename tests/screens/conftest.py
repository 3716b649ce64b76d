"""A desk for each test: fixed time, place and seed, and no waiting where the kiosk waits for a service to recover."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from kiosk.languages import languages
from tests.screens.kiosk_in_test import Desk
from tests.screens.languages import PSEUDO, SIZES, Way, compare, speak
from tests.screens.terminals import looks_right
from tests.screens.thrift import draw_only_what_is_read, parse_each_stylesheet_once


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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Draw the screens of the picture tests in other languages as well."""
    if "snap_compare" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--languages")
        spoken = languages() if chosen == "all" else chosen.split(",") if chosen else ["", PSEUDO]
        # The picture in English keeps its name.
        ids = [each or pytest.HIDDEN_PARAM for each in spoken]
        metafunc.parametrize("spoken", spoken, ids=ids, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a language draws anyway, since it draws both sizes in one run."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        is_drawn_twice = bool(params.get("spoken")) and params.get("size") not in {None, SIZES[0]}
        (left_out if is_drawn_twice else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.fixture
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the language in which the screens are drawn; empty for pictures in English."""
    code: str = request.param
    if code:
        speak(code, monkeypatch)
    return code


@pytest.fixture
def snap_compare(request: pytest.FixtureRequest, snap_compare: Callable[..., bool], spoken: str) -> Callable[..., bool]:
    """Compare a screen with its picture, and see that what it shows can be read in each theme and on other terminals.

    In another language than English it is measured instead, and compared with its text.
    """
    node = request.node
    name = node.name.replace("-80x24", "").replace(f"[{spoken}-", "[").replace(f"[{spoken}]", "")
    name = re.sub(r"[^\w\[-]+", "_", name).strip("_]")
    text = request.path.parent / "__texts__" / f"{request.path.stem}.{name.replace('[', '.')}.txt"

    def compared(app: App[Any], run_before: Way | None = None, *, terminal_size: tuple[int, int] = SIZES[0]) -> bool:
        async def go_there(pilot: Pilot[Any]) -> None:
            if run_before is not None:
                await run_before(pilot)
            await looks_right(pilot)

        if not spoken:
            return snap_compare(app, run_before=go_there, terminal_size=terminal_size)
        return compare(app, run_before, spoken, text, is_update=request.config.option.update_snapshots)

    return compared
