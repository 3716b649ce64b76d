"""Ends a kiosk or a console while it draws, in some way, and says what is not as it must be afterwards."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from itertools import count
from math import inf
from pathlib import Path
from subprocess import Popen
from typing import NamedTuple, Self

from kiosk.desk.health import LOG_FILE
from kiosk.journal.store import FILE_NAME
from tests.e2e.program import KIOSK, ROOT, environment

MOST_SECONDS = 5.0
"""Within this a process has to have ended."""
GIVEN_UP_SECONDS = 20.0
STOPS_WITHIN_SECONDS = 2.0
MOST_DRAWN_AT_SIZE_0 = 500_000
UNREAD_SECONDS = 1.5
"""So long nobody reads before the signal: as much is drawn meanwhile as a pty keeps, and more."""

_MODE = re.compile(rb"\x1b\[\?([0-9]+)([hl])")
_AT_THE_END = {b"25"}
"""Modes that a terminal has to be in afterwards: the cursor is shown. Those that were set besides must be reset."""


class Way(Enum):
    """What happens to a process or to its terminal."""

    CLOSED = "the terminal is closed"
    HUP = "SIGHUP"
    TERM = "SIGTERM"
    INT = "SIGINT"
    QUIT = "SIGQUIT"
    SUSPENDED = "SIGTSTP, SIGCONT, SIGTERM"
    UNREAD = "nobody reads the terminal, then SIGTERM"

    @property
    def signal(self) -> signal.Signals | None:
        """What is sent; None where the terminal is closed."""
        name = self.value.split()[-1]
        return signal.Signals[name] if name in signal.Signals.__members__ else None


@dataclass(frozen=True)
class Ending:
    """One ending: of what, how, and when."""

    command: str
    """`kiosk`, or a command of it."""
    way: Way
    size: tuple[int, int] = (80, 24)
    """Columns and lines."""
    after_bytes: int = 0
    """It comes once so much was drawn, """
    latest_seconds: float = GIVEN_UP_SECONDS
    """or at the latest after so long."""
    is_controlling: bool = False
    """Whether the terminal is the process's own, as one of a login is, so that the system sends SIGHUP."""


class Ended(NamedTuple):
    """What came of it."""

    seconds: float
    exit_code: int | None
    drawn: int
    """Bytes by the moment of the ending."""
    wrong: tuple[str, ...]


class Pty:
    """A terminal that can be read, left unread, or closed."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.ours, self.theirs = pty.openpty()
        termios.tcsetwinsize(self.theirs, (size[1], size[0]))
        self.before = termios.tcgetattr(self.theirs)
        self.written = bytearray()
        self.is_open = True

    def start(self, command: Sequence[str], variables: Mapping[str, str], *, is_controlling: bool) -> Popen[bytes]:
        """Start a program in it, as its own one or not; once."""
        process = Popen(  # noqa: S603 - our own command
            _on_its_own_terminal(command) if is_controlling else command,
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=self.theirs,
            env=dict(variables),
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(self.theirs)
        return process

    def read(self, seconds: float) -> bool:
        """Read for at most so long; False where nobody is on the other side any more."""
        if not select.select([self.ours], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.ours, 65536)
        except OSError:
            return False
        self.written += data
        return bool(data)

    def type(self, text: bytes) -> None:
        """Type, unless so much is typed already that it would block."""
        if select.select([], [self.ours], [], 0)[1]:
            os.write(self.ours, text)

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            os.close(self.ours)

    def unrestored(self) -> list[str]:
        """Return what a process left behind that has ended."""
        while self.read(0) and select.select([self.ours], [], [], 0)[0]:
            pass
        modes: dict[bytes, bool] = {}
        for found in _MODE.finditer(self.written):
            modes[found[1]] = found[2] == b"h"
        modes.pop(b"7", None)  # is on before and afterwards
        wrong = [f"mode {mode.decode()} is {is_on}" for mode, is_on in modes.items() if is_on != (mode in _AT_THE_END)]
        return wrong + (["the terminal's attributes"] if termios.tcgetattr(self.ours) != self.before else [])


class Running:
    """A process in its terminal."""

    def __init__(self, ending: Ending, command: Sequence[str], variables: Mapping[str, str], data_dir: Path) -> None:
        self.terminal = Pty(ending.size)
        self.data_dir = data_dir
        self.started = self.terminal.start(command, variables, is_controlling=ending.is_controlling)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.terminal.close()
        if self.started.poll() is None:
            self.started.kill()
            self.started.wait()

    @property
    def is_there(self) -> bool:
        """Whether what is to be ended has begun."""
        return True

    @property
    def has_ended(self) -> bool:
        return self.started.poll() is not None

    def be_ended(self, way: Way) -> None:
        """Begin the end."""
        if way is Way.SUSPENDED:
            self._suspend()
        if way.signal is None:
            self.terminal.close()
        else:
            self.started.send_signal(way.signal)

    def _suspend(self) -> None:
        """Stop it, as far as it can be stopped by now, and let it go on."""
        self.started.send_signal(signal.SIGTSTP)
        end = time.monotonic() + STOPS_WITHIN_SECONDS
        while time.monotonic() < end and not self.has_ended and not self._has_stopped():
            self.terminal.read(0.02)
        self.started.send_signal(signal.SIGCONT)
        self.terminal.read(0.2)

    def _has_stopped(self) -> bool:
        return os.waitid(os.P_PID, self.started.pid, os.WSTOPPED | os.WNOHANG) is not None


def end(ending: Ending, folder: Path) -> Ended:
    """Start it on a fresh folder, make it draw, end it, and look what is left."""
    command = [*KIOSK, *([] if ending.command == "kiosk" else [ending.command])]
    with Running(ending, command, environment(folder), folder / "kiosk") as running:
        return ended(running, ending)


def ended(running: Running, ending: Ending) -> Ended:
    """Make it draw until the moment has come, end it, and look what is left."""
    terminal = running.terminal
    until_the_moment(running, ending)
    drawn = len(terminal.written)
    wrong = ["it had ended already"] if running.has_ended else []
    running.be_ended(ending.way)
    began = time.monotonic()
    while not running.has_ended and time.monotonic() < began + GIVEN_UP_SECONDS:
        if ending.way in {Way.CLOSED, Way.UNREAD}:
            select.select([], [], [], 0.02)
        else:
            terminal.read(0.02)
    seconds = time.monotonic() - began
    wrong += left_behind(running.data_dir)
    if not running.has_ended:
        wrong.append("still runs")
    elif seconds > MOST_SECONDS:
        wrong.append(f"took {seconds:.1f} s")
    if terminal.is_open:
        # What still lies between it and this terminal; a process that goes on drawing must not hold this up for ever.
        end = time.monotonic() + GIVEN_UP_SECONDS
        while running.started.poll() is None and time.monotonic() < end and terminal.read(1.0):
            pass
        wrong += terminal.unrestored()
    if not all(ending.size) and len(terminal.written) > MOST_DRAWN_AT_SIZE_0:
        wrong.append(f"drew {len(terminal.written)} bytes")
    if b"Traceback" in terminal.written:
        wrong.append(f"a traceback: {bytes(terminal.written[-1500:])!r}")
    return Ended(seconds, running.started.poll(), drawn, tuple(wrong))


def _on_its_own_terminal(command: Sequence[str]) -> list[str]:
    taking = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
    return [sys.executable, "-c", taking, shutil.which(command[0]) or command[0], *command[1:]]


def until_the_moment(running: Running, ending: Ending) -> None:
    """Let it draw until the moment has come; unread, a while longer."""
    terminal, began = running.terminal, time.monotonic()
    unread_since = inf
    for turn in count():
        now = time.monotonic()
        if not running.is_there:
            began = now
        if running.has_ended or now > began + GIVEN_UP_SECONDS or now - unread_since > UNREAD_SECONDS:
            return
        is_due = len(terminal.written) >= ending.after_bytes or now - began >= ending.latest_seconds
        if is_due and running.is_there:
            if ending.way is not Way.UNREAD:
                return
            unread_since = min(unread_since, now)
        if unread_since < inf:
            select.select([], [], [], 0.02)
        else:
            terminal.read(0.02)
        if terminal.written:
            _make_it_draw(running, ending, turn)


def _make_it_draw(running: Running, ending: Ending, turn: int) -> None:
    """Type, and change the size of the window, unless its size is what is tried."""
    running.terminal.type(b"a?"[turn % 2 : turn % 2 + 1] if turn % 7 else b"\x1b[24~")
    columns, lines = ending.size
    if columns and lines and turn % 3 == 0:
        termios.tcsetwinsize(running.terminal.ours, (lines + turn % 2, columns + turn % 2))
        running.started.send_signal(signal.SIGWINCH)


def left_behind(data_dir: Path) -> list[str]:
    """Return what is half done in a data folder that nobody has open any more."""
    wrong = []
    log = data_dir / LOG_FILE
    if log.exists() and (said := log.read_text("utf-8")):
        wrong.append(f"the log says {said!r}")
    journal = data_dir / FILE_NAME
    if not journal.exists():
        return wrong
    undone = journal.with_name(f"{FILE_NAME}-journal")
    if undone.exists() and undone.stat().st_size:
        wrong.append("a transaction is left")
    with closing(sqlite3.connect(journal)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            wrong.append("the journal is damaged")
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_schema")}
        if "events" in tables:
            types = [kind for (kind,) in database.execute("SELECT type FROM events")]
            if types.count("operator_logged_in") != types.count("operator_logged_out"):
                wrong.append("the logout is not recorded")
    return wrong + [
        f"{path.name} is locked" for path in (data_dir, *data_dir.glob("owners/*.lock")) if _is_locked(path)
    ]


def _is_locked(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
