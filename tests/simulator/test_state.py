"""The file: it outlives the process, several simulators share it, and nobody else can read it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.errors import SettingsError, StorageDamagedError, StorageForeignError
from kiosk.simulator.core import Setup
from kiosk.simulator.server import Simulator
from kiosk.simulator.state import FILE_NAME
from tests.simulator.line import ask
from tests.simulator.world import BANKS, PERSON, START, World

BASIC = {"authorization": "Basic ZGVtbzpkZW1v"}


def test_the_world_is_the_same_after_a_restart(tmp_path: Path) -> None:
    first = World(tmp_path)
    unit = first.reserved_unit("T1")
    code = first.deposit(unit, "T1").value["pickupCode"]
    token = first.ask("POST", "/auth/api/v1/token", headers=BASIC).value["access_token"]
    before = first.ask("GET", "/_simulator/state").value
    first.core.close()

    second = World(tmp_path, Setup(seed=99))
    assert second.ask("GET", "/_simulator/state").value == before
    assert second.unit(unit)["pickupCode"] == code
    assert second.ask("GET", BANKS, headers={"authorization": f"Bearer {token}"}).status == 200
    assert second.deposit(unit, "T1").value["pickupCode"] != code
    second.core.close()


def test_two_simulators_on_one_folder_see_one_truth(tmp_path: Path) -> None:
    clock = ManualClock(START)
    first, second = World(tmp_path, clock=clock), World(tmp_path, clock=clock)
    unit = first.reserved_unit("T1")
    assert second.find("T1").value["lockerUnitId"] == unit
    assert second.reserve("T2", lockerUnitId=unit).status == 400
    token = first.ask("POST", "/auth/api/v1/token", headers=BASIC).value["access_token"]
    assert second.ask("GET", BANKS, headers={"authorization": f"Bearer {token}"}).status == 200
    assert second.free(unit).status == 200
    assert first.find("T1").status == 404
    assert first.deposit(first.reserved_unit("T3"), "T3").value["pickupCode"]
    first.core.close()
    second.core.close()


def test_faults_belong_to_one_process(tmp_path: Path) -> None:
    first, second = World(tmp_path), World(tmp_path)
    first.ask("POST", "/_simulator/faults", {"fault": "503"})
    assert second.ask("GET", BANKS).status == 200
    assert first.ask("GET", BANKS).status == 503
    first.core.close()
    second.core.close()


def race(urls: list[str], bodies: list[dict[str, object]]) -> list[int]:
    """Send one reservation to each address at the same moment; return the statuses."""
    start = threading.Barrier(len(urls))
    statuses: list[int] = []

    def run(url: str, body: dict[str, object]) -> None:
        start.wait()
        statuses.append(ask(url, "POST", f"{BANKS}/AOne/lockers/reserve", body).status)

    threads = [threading.Thread(target=run, args=pair) for pair in zip(urls, bodies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def reservation(number: str, unit: str | None = None) -> dict[str, object]:
    return {
        "userId": "clerk",
        "contactId": PERSON,
        "contactType": "recipient",
        "trackingNumber": number,
        "size": "small",
        "lockerUnitId": unit,
    }


def test_of_many_who_want_the_same_unit_exactly_one_wins(tmp_path: Path) -> None:
    with Simulator(tmp_path) as first, Simulator(tmp_path) as second:
        state = ask(first.url, "GET", "/_simulator/state").value
        free = [unit["lockerUnitId"] for unit in state["lockerBanks"][0]["lockerUnits"] if not unit["unitReserved"]]
        for number, unit in enumerate(free[:5]):
            bodies = [reservation(f"T{number}-{rival}", unit) for rival in range(4)]
            assert race([first.url, second.url] * 2, bodies) == [200, 400, 400, 400]


def test_a_number_sent_twice_at_once_gets_one_unit(tmp_path: Path) -> None:
    with Simulator(tmp_path) as first, Simulator(tmp_path) as second:
        for number in range(5):
            assert race([first.url, second.url], [reservation(f"T{number}")] * 2) == [200, 400]


def test_simulators_that_begin_a_folder_together_make_one_world(tmp_path: Path) -> None:
    clock = ManualClock(START)
    start = threading.Barrier(4)
    worlds: list[World] = []

    def begin(seed: int) -> None:
        start.wait()
        worlds.append(World(tmp_path / "new", Setup(seed=seed), clock))

    threads = [threading.Thread(target=begin, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, *others = [world.ask("GET", "/_simulator/state").value for world in worlds]
    assert len(others) == 3
    assert all(other == first for other in others)
    for world in worlds:
        world.core.close()


def test_folder_and_file_are_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    world = World(folder)
    world.reserved_unit()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}.items() >= {(FILE_NAME, 0o600)}
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    world.core.close()


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingsError, match="simulator_folder_unusable"):
            World(folder)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, " * 100)
    with pytest.raises(StorageDamagedError, match=FILE_NAME):
        World(tmp_path)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    World(tmp_path).core.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageForeignError, match="simulator_of_other_version"):
        World(tmp_path)
