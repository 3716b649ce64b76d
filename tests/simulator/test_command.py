"""The simulator as a program of its own: it starts, says where, outlives nothing but its data, and leaves quietly."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.simulator.line import ask
from tests.simulator.world import BANKS, PERSON

PROGRAM = """
import sys
from pathlib import Path
from kiosk.simulator.command import serve
serve(0, Path(sys.argv[1]), 1, sys.argv[2], 0, announce=lambda url: print(url, flush=True))
"""


@contextmanager
def running(folder: Path, faults: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-c", PROGRAM, str(folder), faults]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_quietly(tmp_path: Path, ending: signal.Signals) -> None:
    with running(tmp_path) as (process, url):
        assert ask(url, "GET", BANKS).status == 200
        process.send_signal(ending)
        assert process.communicate(timeout=10) == ("", "")
        assert process.returncode == 0


def test_what_was_reserved_outlives_a_killed_process(tmp_path: Path) -> None:
    body = {
        "userId": "clerk",
        "size": "small",
        "contactId": PERSON,
        "contactType": "recipient",
        "trackingNumber": "T1",
    }
    with running(tmp_path) as (process, url):
        unit = ask(url, "POST", f"{BANKS}/AOne/lockers/reserve", body).value["lockerUnitId"]
        process.kill()
        process.wait(timeout=10)
    with running(tmp_path) as (_, url):
        assert ask(url, "GET", f"{BANKS}/AOne/lockers/reserved/T1").value["lockerUnitId"] == unit


def test_a_killed_process_leaves_a_world_without_half_work(tmp_path: Path) -> None:
    for round_ in range(3):
        with running(tmp_path, "late=1,late-seconds=60") as (process, url):
            for number in range(4):
                with pytest.raises(TimeoutError):
                    ask(url, "POST", f"{BANKS}/BTwo/lockers/reserve", _reservation(f"T{round_}-{number}"), timeout=0.2)
            while ask(url, "GET", "/_simulator/state").value["requests"] < 4 * (round_ + 1):
                pass
            process.kill()
            process.wait(timeout=10)
    with running(tmp_path) as (_, url):
        for round_ in range(3):
            for number in range(4):
                found = ask(url, "GET", f"{BANKS}/BTwo/lockers/reserved/T{round_}-{number}").value
                assert found["contactId"] == PERSON
                assert found["parcelsReserved"] == [{"trackingNumber": f"T{round_}-{number}"}]


def _reservation(number: str) -> dict[str, str]:
    fields = {"userId": "clerk", "contactId": PERSON, "contactType": "recipient"}
    return fields | {"size": "small" if int(number[-1]) % 2 else "medium", "trackingNumber": number}


def test_a_wrong_fault_is_said_before_anything_starts(tmp_path: Path) -> None:
    with running(tmp_path / "data", "lots=1") as (process, url):
        assert url == ""
        assert "SettingsError" in process.communicate(timeout=10)[1]
    assert not (tmp_path / "data").exists()


def test_importing_it_brings_neither_the_screens_nor_the_client() -> None:
    code = "import sys, kiosk.simulator.command; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {"textual", "rich", "httpx", "pydantic", "asyncio"}
    assert not {name for name in run.stdout.split() if name.startswith(("kiosk.api", "kiosk.parcels"))}
