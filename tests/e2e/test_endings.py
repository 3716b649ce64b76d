"""Every process ends: in each way, while it draws, at sizes that are none, unread, and where its event loop hangs."""

from __future__ import annotations

import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from kiosk.desk.health import LOG_FILE
from kiosk.journal.store import FILE_NAME
from screens.seen import SEEN_SECONDS
from tests.e2e.endings import MOST_SECONDS, Ending, Running, Way, end, left_behind
from tests.e2e.program import environment, kiosk
from tests.e2e.terminal import PATIENCE

BARCODE = "1Z999AA10123456784"
F12 = b"\x1b[24~"
FIRST_FRAME, BUSY = 3_000, 60_000
"""Bytes by which it has begun to draw, and is at work."""
PATIENT_PING = 0.4
"""Seconds within which systemd wants to hear something."""

MOMENTS = [
    Ending("kiosk", Way.CLOSED, after_bytes=BUSY),
    Ending("kiosk", Way.CLOSED, (0, 0), after_bytes=FIRST_FRAME, is_controlling=True),
    Ending("kiosk", Way.HUP, (200, 60), after_bytes=BUSY),
    Ending("kiosk", Way.TERM, (80, 0), after_bytes=1),
    Ending("kiosk", Way.INT, after_bytes=FIRST_FRAME),
    Ending("kiosk", Way.UNREAD, (200, 60), after_bytes=BUSY),
    Ending("console", Way.CLOSED, after_bytes=FIRST_FRAME),
    Ending("console", Way.CLOSED, (200, 60), after_bytes=BUSY, is_controlling=True),
    Ending("console", Way.TERM, (80, 0), after_bytes=FIRST_FRAME),
    Ending("console", Way.INT, (1, 1), after_bytes=1),
    Ending("console", Way.SUSPENDED, after_bytes=BUSY),
    Ending("console", Way.QUIT, after_bytes=BUSY),
    Ending("console", Way.UNREAD, (200, 60), after_bytes=BUSY),
]
EXIT_CODES = {Way.HUP: 0, Way.TERM: 0, Way.UNREAD: 0, Way.CLOSED: 0, Way.SUSPENDED: 0, Way.INT: 130, Way.QUIT: 130}


def test_both_apps_end_in_every_way_while_they_draw(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(len(MOMENTS))]
    with ThreadPoolExecutor(4) as hands:
        ends = [*hands.map(end, MOMENTS, folders)]
    wrong = [
        (moment, came)
        for moment, came in zip(MOMENTS, ends, strict=True)
        if came.wrong or came.exit_code != EXIT_CODES[moment.way]
    ]
    assert not wrong, "\n".join(map(repr, wrong))


def taken_in(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "kiosk" / FILE_NAME, timeout=10)) as database:
        (count,) = database.execute("SELECT count(*) FROM parcels WHERE tracking_number = ?", (BARCODE,)).fetchone()
    return int(count)


def test_a_kiosk_whose_terminal_is_not_read_works_on_and_is_whole_again_once_it_is(tmp_path: Path) -> None:
    with kiosk(tmp_path, size=(200, 60)) as terminal:
        terminal.wait("Scan the parcel", "online")
        terminal.settle()
        before = terminal.written
        for turn in range(20):
            terminal.resize(200 - turn % 2, 60 - turn % 2)
            terminal.process.send_signal(signal.SIGWINCH)
            terminal.leave_unread(0.06)
        terminal.resize(200, 60)
        terminal.type(f"{BARCODE}\r")
        patience = time.monotonic() + PATIENCE
        while not taken_in(tmp_path) and time.monotonic() < patience:
            terminal.leave_unread(0.05)
        assert taken_in(tmp_path) == 1
        terminal.wait(f"Parcel {BARCODE}", "Who is it for?", "DEMO")
        terminal.settle()
        assert terminal.written - before < 500_000
        shown, _, _ = terminal.text.rpartition(" ")  # without the clock at its end
        terminal.resize(100, 30)
        terminal.settle()
        terminal.resize(200, 60)  # drawn from nothing: the same picture
        terminal.settle()
        assert terminal.text.rpartition(" ")[0] == shown


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(PATIENCE)
        yield listening


def falls_silent(systemd: socket.socket) -> bool:
    """Tell whether it hears nothing for longer than it waits."""
    systemd.settimeout(2 * PATIENT_PING)
    with suppress(TimeoutError):
        return not all(systemd.recv(100) for _ in range(100))
    return True


def test_a_hanging_event_loop_is_heard_by_systemd_and_ended_by_the_watchdog(
    tmp_path: Path, systemd: socket.socket
) -> None:
    variables = {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": str(int(PATIENT_PING * 1e6))}
    ending = Ending("", Way.TERM, is_controlling=True)
    command = (sys.executable, "-m", "tests.e2e.hanging")
    with Running(ending, command, environment(tmp_path) | variables, tmp_path / "kiosk") as running:
        assert systemd.recv(100) == b"READY=1\nWATCHDOG=1"
        while b"online" not in running.terminal.written:
            assert running.terminal.read(PATIENCE)
        until = time.monotonic() + 2 * SEEN_SECONDS
        while time.monotonic() < until:
            assert systemd.recv(100) == b"WATCHDOG=1"
            running.terminal.read(0)
        running.terminal.type(F12)
        assert falls_silent(systemd)
        began = time.monotonic()
        running.be_ended(Way.TERM)
        assert systemd.recv(100) == b"STOPPING=1"
        while not running.has_ended and time.monotonic() < began + MOST_SECONDS:
            running.terminal.read(0.02)
        assert running.started.poll() == 1
        assert running.terminal.unrestored() == []
    log = tmp_path / "kiosk" / LOG_FILE
    assert "in hang" in log.read_text("utf-8")
    log.unlink()
    assert left_behind(tmp_path / "kiosk") == []
