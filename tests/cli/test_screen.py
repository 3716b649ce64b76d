"""The bare `kiosk` in a terminal of its own: it starts, and what ends it early is said once the terminal is back."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fcntl import ioctl

import pytest

from kiosk.cli.screen import open_desk
from kiosk.watchdog import Watchdog
from tests.cli.harness import Kiosk, start


@contextmanager
def terminal(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    with start(*arguments, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        try:
            yield process, ours
        finally:
            process.kill()
            os.close(ours)


def read(terminal_end: int, until: str, seconds: float = 30) -> str:
    """Read what is drawn until a word comes or the program has ended."""
    drawn, end = "", time.monotonic() + seconds
    while until not in drawn and time.monotonic() < end:
        if select.select([terminal_end], [], [], 0.2)[0]:
            try:
                piece = os.read(terminal_end, 65536)
            except OSError:
                break
            drawn += piece.decode("utf-8", "replace")
    return drawn


def test_the_kiosk_starts_and_a_signal_ends_it(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    with terminal() as (process, screen):
        assert "DEMO" in read(screen, "DEMO")
        process.send_signal(signal.SIGTERM)
        read(screen, "never drawn", 10)
        assert process.wait(timeout=20) == 0
    assert (kiosk.data_dir / "journal.sqlite").exists()


def test_wrong_settings_end_it_with_2_and_the_sentence(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("KIOSK_DESK__THEME", "pink")
    with terminal() as (process, screen):
        drawn = read(screen, "kiosk check")
        assert process.wait(timeout=20) == 2
    after = drawn.rpartition("\x1b[?1049l")[2]
    assert "desk.theme" in after
    assert not kiosk.data_dir.exists()


def test_a_terminal_that_can_not_draw_is_refused(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with terminal() as (process, screen):
        assert "TERM is dumb" in read(screen, "--help")
        assert process.wait(timeout=20) == 1
    assert not kiosk.data_dir.exists()


def test_check_measures_the_terminal(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("COLUMNS", "LINES"):  # they count before the terminal, here as for the screens
        monkeypatch.delenv(name, raising=False)
    with terminal("check") as (process, screen):
        drawn = read(screen, "never printed", 20)
        assert process.wait(timeout=20) == 0
    assert re.search(r"Columns +100\b", drawn)
    assert re.search(r"Lines +30\b", drawn)
    assert "The screens can be drawn here." in drawn
    assert kiosk.events() == []


async def test_the_desk_runs_everything_that_goes_on_by_itself(kiosk: Kiosk) -> None:
    with ExitStack() as logs:
        async with open_desk(None, logs, Watchdog()) as services:
            services.background.start()
            names = {task.get_name() for task in asyncio.all_tasks()}
            assert {"settle", "clock", "seen codes", "unseen codes", "names", "room"} <= names
            assert services.settings.data_dir == kiosk.data_dir
