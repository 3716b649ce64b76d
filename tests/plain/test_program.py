"""`kiosk --plain` as a program of its own: behind pipes, on a terminal that draws nothing, under `script`."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import termios
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from fcntl import ioctl
from pathlib import Path

import pytest

from tests.cli.harness import PROGRAM, start
from tests.plain.teletype import HOME, Teletype

UPS = "1Z5R89390357567127"
GONE = 60.0
PAUSE = 0.4
"""Seconds: a busy machine hears a shorter pause as none."""


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KIOSK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@contextmanager
def behind_pipes() -> Iterator[tuple[subprocess.Popen[str], Teletype]]:
    with start("--plain", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        tty = Teletype(process.stdin.fileno(), process.stdout.fileno(), lambda: process.poll() is not None)
        try:
            yield process, tty
        finally:
            process.kill()


class HandAtTerminal(Teletype):
    """A person at a terminal: signs come one by one, and a carriage return ends a line."""

    def __init__(self, line: int, process: subprocess.Popen[str]) -> None:
        super().__init__(line, line, lambda: process.poll() is not None)
        self.line, self.process = line, process

    async def types(self, line: str) -> None:
        self._take()
        self._since = len(self.printed)
        os.write(self.line, line.encode())
        await self.presses("\r")

    def scans(self, code: str) -> None:
        self._take()
        self._since = len(self.printed)
        os.write(self.line, f"{code}\r".encode())

    async def presses(self, sign: str) -> None:
        """Press a key with a pause before it and behind it, which no scanner makes."""
        await asyncio.sleep(PAUSE)
        os.write(self.line, sign.encode())
        await asyncio.sleep(PAUSE)


@asynccontextmanager
async def at_terminal(*command: str, term: str = "dumb", columns: int = 0) -> AsyncIterator[HandAtTerminal]:
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 0, columns, 0, 0))
    environment = {**os.environ, "TERM": term}
    process = subprocess.Popen(  # noqa: S603, ASYNC220 - our own program, and it does not wait
        command or (*PROGRAM, "--plain"),
        stdin=theirs, stdout=theirs, stderr=theirs, text=True, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield HandAtTerminal(ours, process)
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):
            os.close(ours)


async def ended(process: subprocess.Popen[str]) -> int:
    return await asyncio.to_thread(process.wait, GONE)


async def test_the_end_of_the_input_ends_it_well_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM", raising=False)
    with behind_pipes() as (process, tty):
        await tty.reads(HOME)
        await tty.says(UPS, "For whom is it?")
        assert process.stdin is not None
        process.stdin.close()
        assert await ended(process) == 0
    with behind_pipes() as (_process, tty):
        await tty.reads(HOME)
        await tty.says(UPS, "Already here since", "For whom is it?")


async def test_only_printable_signs_and_line_feeds_are_printed() -> None:
    with behind_pipes() as (_process, tty):
        await tty.reads(HOME)
        await tty.says("]C1\x1d0042\x1b[31m", HOME)
        await tty.says("?", "leave: ends the program", HOME)
        assert not re.search(r"[^\n\x20-\x7e\xa1-\uffff]", tty.printed)


async def test_an_encoding_without_the_signs_gets_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with behind_pipes() as (_process, tty):
        await tty.reads(HOME)
        await tty.says(UPS, "For whom is it?")
        await tty.says("gergo", "Gergo Farkas")
        assert tty.printed.isascii()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
async def test_a_signal_ends_it_well(number: signal.Signals) -> None:
    with behind_pipes() as (process, tty):
        await tty.reads(HOME)
        process.send_signal(number)
        assert await ended(process) == 0


async def test_a_hand_at_a_terminal_types_corrects_and_leaves() -> None:
    async with at_terminal() as hand:
        await hand.reads(HOME)
        os.write(hand.line, b"bax")
        await hand.presses("\x7f")
        await hand.says("r", "Nothing here matches bar.", HOME)
        assert "> bax\r\n> bar\r\n" in hand.printed  # no sign is taken back, the line is said again
        await hand.presses("\x03")
        await hand.reads("Type yes to leave.")
        await hand.says("no", HOME)
        await hand.presses("\x03")
        await hand.reads("Type yes to leave.")
        await hand.types("yes")
        assert await ended(hand.process) == 0
        assert not re.search(r"\r(?!\n)|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", hand.printed)
        assert max(map(len, hand.printed.split("\r\n"))) <= 80


async def test_control_signs_of_a_scan_are_no_keys() -> None:
    async with at_terminal() as hand:
        await hand.reads(HOME)
        hand.scans(f"\x03\x04\x1a\x13{UPS}")
        await hand.reads(f"Parcel {UPS}", "For whom is it?")
        hand.scans("]C10100012345678905\x1d2142\x04")
        await hand.reads("For whom is it?")
        assert hand.process.poll() is None


async def test_several_fast_scans_are_taken_in_their_order() -> None:
    async with at_terminal() as hand:
        await hand.reads(HOME)
        hand.scans(f"{UPS}\r9205590164917312751089")
        said = await hand.reads("Parcel 9205590164917312751089", "For whom is it? Type part of the name. >")
        assert f"Parcel {UPS} stays under Unfinished." in said or f"Parcel {UPS}" in said


async def test_a_terminal_that_is_gone_ends_it() -> None:
    async with at_terminal() as hand:
        await hand.reads(HOME)
        os.close(hand.line)
        assert await ended(hand.process) == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["interrupt", "close"])
async def test_a_locked_kiosk_is_left_by_no_key(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_LOCKDOWN__ON", "true")
    async with at_terminal() as hand:
        await hand.reads(HOME)
        await hand.presses(key)
        await hand.reads("No administrator has a PIN.", HOME)
        assert hand.process.poll() is None


@pytest.mark.skipif(shutil.which("script") is None, reason="needs `script` (package util-linux or bsdutils)")
async def test_it_works_under_script() -> None:
    words = ("script", "-qec", " ".join((*PROGRAM, "--plain")), "/dev/null")
    async with at_terminal(*words) as hand:
        await hand.reads(HOME)
        hand.scans(UPS)
        await hand.reads(f"Parcel {UPS}", "For whom is it?")
        await hand.says("back", "stays under Unfinished.", HOME)


async def test_a_terminal_that_can_not_draw_screens_is_told_of_it() -> None:
    async with at_terminal(*PROGRAM) as hand:
        await hand.reads("kiosk --plain")
        assert await ended(hand.process) == 1
