"""A simulated world and a desk in it, fresh for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.simulator.server import Simulator
from tests.house.desk import START, OpenDesk, World, open_desk


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def world(tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    with Simulator(tmp_path / "simulator", clock=clock) as simulator:
        yield World(simulator.url)


@pytest.fixture
async def desk(tmp_path: Path, world: World, clock: ManualClock) -> AsyncIterator[OpenDesk]:
    async with open_desk(tmp_path / "desk", world, clock) as opened:
        yield opened
