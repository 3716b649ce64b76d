"""A locked kiosk in a real terminal: no key and no signal of the terminal leads out; it comes back after a crash."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.desk.health import LOG_FILE
from kiosk.journal.store import FILE_NAME
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.settings import Settings
from kiosk.wiring import open_services
from screens.seen import SEEN_SECONDS
from tests.e2e.crashing import SECRETS
from tests.e2e.endings import MOST_SECONDS, Ending, Running, Way
from tests.e2e.program import KIOSK, ROOT, environment
from tests.e2e.terminal import PATIENCE, Terminal

BARCODE = "1Z999AA10123456784"
PIN = "84739261"
LOCKED = {"KIOSK_LOCKDOWN__ON": "true", "KIOSK_PEOPLE__SIGN_IN": "false"}
UNLOCKED = {"KIOSK_PEOPLE__SIGN_IN": "false"}
CRASHING = (sys.executable, "-m", "tests.e2e.crashing")
F12 = "\x1b[24~"
CTRL_Q = "\x11"
KEYS_OUT = ["\x03", "\x1a", "\x1c", "\x13", "\x04", "\x10", "\x1b", "\x1bOP", "\x1b[21~", "\x1b[200~\x03\x1b[201~"]
"""Ctrl+C, Ctrl+Z, Ctrl+backslash, Ctrl+S, Ctrl+D, Ctrl+P, Esc, F1, F10, and a paste."""
OF_THE_TERMINAL = [signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU]


@contextmanager
def program(folder: Path, variables: dict[str, str], command: Sequence[str] = KIOSK) -> Iterator[Terminal]:
    with Terminal(command, environment=environment(folder) | variables, folder=ROOT, size=(80, 24)) as terminal:
        yield terminal


async def add_people(folder: Path) -> None:
    """List a clerk and an administrator, as their commands would."""
    settings = Settings.model_validate({"storage": {"data_dir": folder / "kiosk"}})
    owner = Person(name="owner", role=Role.OWNER)
    async with open_services(settings) as services:
        for name, role in (("Ida Berg", Role.ADMIN), ("Kofi Mensah", Role.CLERK)):
            await services.desk.people.add(name, role, owner, pin=SecretStr(PIN))


def events(folder: Path, kind: str) -> list[str]:
    """Return in whose name each event of that kind is."""
    with closing(sqlite3.connect(folder / "kiosk" / FILE_NAME, timeout=10)) as database:
        return [person for (person,) in database.execute("SELECT person FROM events WHERE type = ?", (kind,))]


def is_stopped(terminal: Terminal) -> bool:
    return os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None


def test_no_key_and_no_signal_of_the_terminal_leads_out(tmp_path: Path) -> None:
    with program(tmp_path, LOCKED) as terminal:
        terminal.read(10)
        for number in OF_THE_TERMINAL:  # while it opens, and nobody knows yet that it is locked
            terminal.process.send_signal(number)
        terminal.wait("Scan the parcel", "online")
        for key in KEYS_OUT:
            terminal.press(key)
        for number in OF_THE_TERMINAL:
            terminal.process.send_signal(number)
        terminal.settle()
        assert not is_stopped(terminal)
        terminal.press("\x1b")
        terminal.settle()
        terminal.type(f"{BARCODE}\r")
        terminal.wait(f"Parcel {BARCODE}", "Who is it for?")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_what_a_key_sends_ends_an_unlocked_kiosk_once_that_is_known(tmp_path: Path, number: signal.Signals) -> None:
    with program(tmp_path, UNLOCKED) as terminal:
        terminal.read(10)
        terminal.process.send_signal(number)
        assert terminal.end() == 130


def test_only_the_pin_of_an_administrator_leads_out(tmp_path: Path) -> None:
    asyncio.run(add_people(tmp_path))
    with program(tmp_path, LOCKED) as terminal:
        terminal.wait("Scan the parcel", "online")
        terminal.press(CTRL_Q)
        shown = terminal.wait("An administrator can.", "Ida Berg")
        assert "Kofi Mensah" not in shown
        terminal.press("\r")
        terminal.wait("PIN of Ida Berg")
        terminal.settle()
        terminal.type_by_hand("1111")
        terminal.press("\r")
        terminal.wait("The PIN is wrong.")
        terminal.type_by_hand(PIN)
        terminal.press("\r")
        assert terminal.end() == 0
    assert events(tmp_path, "kiosk_left") == ["Ida Berg"]


def test_after_a_crash_it_comes_back_to_home_and_the_parcel_is_kept(tmp_path: Path) -> None:
    with program(tmp_path, UNLOCKED, CRASHING) as terminal:
        terminal.wait("Scan the parcel", "online")
        terminal.type(f"{BARCODE}\r")
        terminal.wait(f"Parcel {BARCODE}", "Who is it for?")
        terminal.press(F12)
        terminal.wait("Something went wrong.", "starts again by itself in 5 s", f"Parcel {BARCODE} is kept.")
        terminal.wait("in 2 s")
        terminal.wait("has started again by itself", f"Parcel {BARCODE} is kept", "1 waiting", "online")
        terminal.type(f"{BARCODE}\r")
        terminal.wait(f"Parcel {BARCODE}", "Who is it for?")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 0
    log = (tmp_path / "kiosk" / LOG_FILE).read_text("utf-8")
    assert "in crash" in log
    assert "ValueError" in log
    assert not any(secret in log for secret in SECRETS)
    with closing(sqlite3.connect(tmp_path / "kiosk" / FILE_NAME)) as database:
        parcels = database.execute("SELECT count(*) FROM parcels WHERE tracking_number = ?", (BARCODE,))
        assert parcels.fetchone() == (1,)


def stand(running: Running) -> None:
    """Let a screen stand for as long as it takes until a key counts."""
    until = time.monotonic() + SEEN_SECONDS + 0.3
    while time.monotonic() < until:
        running.terminal.read(0.1)


def wait(running: Running, words: bytes) -> None:
    """Read until the words were drawn, and the screen has stood; forget what was drawn."""
    end = time.monotonic() + PATIENCE
    while words not in running.terminal.written:
        assert time.monotonic() < end, bytes(running.terminal.written[-3000:])
        running.terminal.read(0.1)
    stand(running)


def test_the_third_crash_within_a_minute_waits_for_somebody(tmp_path: Path) -> None:
    ending = Ending("", Way.TERM, is_controlling=True)
    with Running(ending, CRASHING, environment(tmp_path) | LOCKED, tmp_path / "kiosk") as running:
        terminal = running.terminal
        for words in (b"Something went wrong.", b"Something went wrong.", b"Call the operator."):
            wait(running, b"online")
            terminal.written.clear()
            terminal.type(F12.encode())
            wait(running, words)
            if words == b"Call the operator.":
                assert b"For the operator" in terminal.written
            terminal.written.clear()
        for key in (b"\x03", b"\x1a", b"\x1c", CTRL_Q.encode()):
            terminal.type(key)
            stand(running)
        assert running.started.poll() is None
        terminal.type(b"\r")
        wait(running, b"online")
        running.be_ended(Way.TERM)
        end = time.monotonic() + MOST_SECONDS
        while not running.has_ended and time.monotonic() < end:
            terminal.read(0.05)
        assert running.started.poll() == 0
        assert terminal.unrestored() == []


def test_a_locked_kiosk_that_can_not_open_says_why_and_tries_again(tmp_path: Path) -> None:
    journal = tmp_path / "kiosk" / FILE_NAME
    asyncio.run(add_people(tmp_path))
    with closing(sqlite3.connect(journal)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        database.execute(f"PRAGMA user_version = {version + 1}")
    with program(tmp_path, LOCKED) as terminal:
        terminal.wait("can't open. Call the operator.", "newer", "Try again")
        with closing(sqlite3.connect(journal)) as database:
            database.execute(f"PRAGMA user_version = {version}")
        terminal.press("\r")
        terminal.wait("Scan the parcel", "online")
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.end() == 0


def test_an_unlocked_kiosk_that_can_not_open_ends_with_the_sentence(tmp_path: Path) -> None:
    asyncio.run(add_people(tmp_path))
    with closing(sqlite3.connect(tmp_path / "kiosk" / FILE_NAME)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        database.execute(f"PRAGMA user_version = {version + 1}")
    with program(tmp_path, UNLOCKED) as terminal:
        assert terminal.end() == 1
        assert "The journal was written by a" in terminal.text


def waiting(systemd: socket.socket) -> list[bytes]:
    """Return all that was said to systemd and not read yet."""
    said = []
    while select.select([systemd], [], [], 0)[0]:
        said.append(systemd.recv(100))
    return said


def test_systemd_hears_of_no_end_while_it_comes_back(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(PATIENCE)
        watched = {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "10000000"}
        with program(tmp_path, LOCKED | watched, CRASHING) as terminal:
            terminal.wait("Scan the parcel", "online")
            assert systemd.recv(100) == b"READY=1\nWATCHDOG=1"
            terminal.press(F12)
            terminal.wait("Something went wrong.")
            before = waiting(systemd)
            terminal.wait("has started again by itself", "online")
            between = waiting(systemd)
            terminal.process.send_signal(signal.SIGTERM)
            assert terminal.end() == 0
        assert between, "it lives between the two apps, too"
        assert set(before + between) == {b"WATCHDOG=1"}
        assert waiting(systemd)[-1] == b"STOPPING=1"
