"""The simulator's file behind its back: the lives of codes, and what a restored copy has forgotten."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.simulator.server import Simulator
from tests.chaos import service_file
from tests.chaos.case import Place
from tests.house.desk import BANK, PERSON, START, World


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "simulator"
    with Simulator(folder, clock=ManualClock(START)) as simulator:
        service_file.keep_history(folder)
        world = World(simulator.url)
        unit = world.free_units()[0]
        world.reserve("T1", unit, PERSON)
        world.deposit("T1", unit)
        service_file.copy(folder, tmp_path / "copy.sqlite")
        world.deposit("T1", unit)
        world.reserve("T2", world.free_units()[0], PERSON)
    return folder


def test_a_code_lives_until_the_next_one_comes(folder: Path) -> None:
    first, second = service_file.lives(folder)
    assert first.place == second.place == Place(BANK, first.place.unit)
    assert first.code != second.code
    assert first.began < (first.ended or 0) <= second.began <= time.time()
    assert second.ended is None


def test_a_restored_copy_knows_nothing_of_what_came_after_it(folder: Path) -> None:
    assert service_file.put_back(folder, folder.parent / "copy.sqlite") == {"T1", "T2"}
    first, second = service_file.lives(folder)
    assert first.ended is None
    assert second.ended is not None
    with Simulator(folder, clock=ManualClock(START)) as simulator:
        world = World(simulator.url)
        assert not world.holding("T2")
        (unit,) = world.holding("T1")
        world.deposit("T1", unit["lockerUnitId"])
    assert len({life.code for life in service_file.lives(folder)}) == 3
