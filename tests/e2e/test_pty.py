"""The kiosk as a process in a real terminal: typed at, photographed, killed, and compared with the service's truth."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from kiosk.simulator.server import Simulator
from tests.e2e.program import KIOSK, ROOT, kiosk
from tests.e2e.terminal import Terminal
from tests.simulator.line import ask

F10 = "\x1b[21~"
BARCODE = "1Z999AA10123456784"


def truth(folder: Path, number: str) -> list[dict[str, Any]]:
    """Ask the embedded service's own state, once its kiosk has ended or beside it."""
    with Simulator(folder / "kiosk" / "simulator") as simulator:
        state = ask(simulator.url, "GET", "/_simulator/state").value
    return [
        unit
        for bank in state["lockerBanks"]
        for unit in bank["lockerUnits"]
        if number in {parcel["trackingNumber"] for parcel in unit["parcelsReserved"] + unit["parcelsDeposited"]}
    ]


def to_put_in(terminal: Terminal) -> None:
    terminal.wait("Scan the parcel")
    terminal.type(f"{BARCODE}\r")
    terminal.wait(f"Parcel {BARCODE}", "Who is it for?")
    terminal.type("gergo f")
    terminal.press("\r")
    terminal.wait("for Gergő Farkas", "Reserve", "free lockers as of")
    terminal.press("\r")
    terminal.wait("Put it in locker")


def shows_the_code(terminal: Terminal, folder: Path) -> None:
    """Wait for the code and compare what a phone reads with what the service says."""
    terminal.wait("Pickup code", "until")
    terminal.settle()
    (unit,) = truth(folder, BARCODE)
    assert terminal.qr_codes() == [unit["pickupCode"]]
    assert unit["parcelsDeposited"]


@pytest.mark.parametrize(
    ("size", "environment"),
    [
        ((100, 30), {}),
        ((80, 24), {"NO_COLOR": "1"}),
        ((80, 24), {"TERM": "linux", "COLORTERM": ""}),
        ((80, 24), {"TERM": "screen-256color", "COLORTERM": ""}),
    ],
    ids=["truecolor", "no colour", "linux console", "screen"],
)
def test_a_whole_deposit_typed_into_a_terminal(
    tmp_path: Path, size: tuple[int, int], environment: dict[str, str]
) -> None:
    with kiosk(tmp_path, size=size, **environment) as terminal:
        to_put_in(terminal)
        terminal.press("\r")
        shows_the_code(terminal, tmp_path)
        terminal.press("\r")
        terminal.wait("Scan the parcel", f"Parcel {BARCODE} is in.", "Today: 1 parcel")
        terminal.press("\x11")
        terminal.wait("Leave the kiosk?")
        terminal.press(F10)
        assert terminal.end() == 0


def test_a_kiosk_killed_between_reserve_and_deposit_asks_about_that_parcel(tmp_path: Path) -> None:
    with kiosk(tmp_path) as terminal:
        to_put_in(terminal)
        terminal.kill()
    with kiosk(tmp_path) as terminal:
        terminal.wait("Put it in locker", "for Gergő Farkas", "The kiosk was restarted")
        terminal.press("\r")
        shows_the_code(terminal, tmp_path)
        terminal.kill()
    with kiosk(tmp_path) as terminal:
        terminal.wait("The kiosk was restarted")
        shows_the_code(terminal, tmp_path)
        terminal.press("\r")
        terminal.wait("Scan the parcel", "Today")


def test_what_is_scanned_before_the_first_frame_is_not_lost(tmp_path: Path) -> None:
    with kiosk(tmp_path) as terminal:
        terminal.type(f"{BARCODE}\r")
        terminal.wait(f"Parcel {BARCODE}", "Who is it for?")


def test_the_bell_tells_taken_look_and_refused_apart_and_can_be_switched_off(tmp_path: Path) -> None:
    scans = [(BARCODE, "Who is it for?", 1), ("PO 4711", "Is this an in-house number?", 2)]
    scans.append((BARCODE[:-1] + "5", "Scan it again", 3))
    for number, words, rings in scans:
        with kiosk(tmp_path / str(rings)) as terminal:
            terminal.wait("Scan the parcel", "online")
            terminal.type(f"{number}\r")
            terminal.wait(words)
            terminal.settle(0.6)
            assert terminal.bells == rings
    with kiosk(tmp_path / "silent", KIOSK_DESK__BELL="false") as terminal:
        terminal.wait("Scan the parcel", "online")
        terminal.type("PO 4711\r")
        terminal.wait("Is this an in-house number?")
        terminal.settle(0.6)
        assert terminal.bells == 0


def test_nothing_is_written_while_nothing_happens(tmp_path: Path) -> None:
    with kiosk(tmp_path) as terminal:
        terminal.wait("No parcels yet today", "online")
        terminal.settle(1.0)
        minute, before = time.time() // 60, terminal.written
        end = time.monotonic() + 2
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
        ticked = time.time() // 60 != minute
        # A full minute changes the five characters of the clock, and nothing else.
        assert terminal.written - before <= (200 if ticked else 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with kiosk(tmp_path) as terminal:
        to_put_in(terminal)
        terminal.process.send_signal(number)
        assert terminal.end() == 0
    with kiosk(tmp_path) as terminal:
        terminal.wait("Put it in locker", "Gergő Farkas")


def test_the_terminal_follows_a_resize(tmp_path: Path) -> None:
    with kiosk(tmp_path, size=(80, 24)) as terminal:
        terminal.wait("Scan the parcel", "online")
        for columns, rows, words in [(20, 5, "1/5 Scan"), (120, 40, "5 Code"), (100, 30, "Tasks")]:
            terminal.resize(columns, rows)
            terminal.wait(words, "DEMO")
            terminal.settle()
        assert "No parcels yet today" in terminal.wait("Scan the parcel", "Tasks", "DEMO")


def test_without_a_terminal_it_refuses_with_a_hint(tmp_path: Path) -> None:
    ended = subprocess.run(  # noqa: S603 - our own command
        KIOSK,
        cwd=ROOT,
        env=os.environ | {"KIOSK_STORAGE__DATA_DIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert not ended.stdout
    assert "terminal" in ended.stderr
    assert "Traceback" not in ended.stderr
