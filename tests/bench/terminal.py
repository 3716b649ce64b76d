"""A program in a pty, timed by the bytes it writes. No emulator in the timed path: a mark is a run of raw bytes."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COLUMNS, LINES = 80, 24
PATIENCE = 30.0
"""Seconds after which a mark is given up."""

KIOSK = (str(Path(sys.executable).with_name("kiosk")),)
BARE = (sys.executable, "-P", str(Path(__file__).with_name("bare_app.py")))
"""`-P`, for the files beside it are no modules of its own."""


class Terminal:
    """A running program and what it wrote."""

    def __init__(self, command: tuple[str, ...], environment: dict[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (LINES, COLUMNS))
        self.started = time.perf_counter()
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        self.written = bytearray()
        self.last = self.started
        """When the latest bytes came."""

    def write(self, keys: bytes) -> float:
        """Type, and return when."""
        at = time.perf_counter()
        os.write(self._ours, keys)
        return at

    def forget(self) -> None:
        """Count and search only what comes from now on."""
        self.written.clear()

    def until(self, mark: bytes) -> float:
        """Read until the mark was written, and return when; raise TimeoutError with what came instead."""
        deadline = time.perf_counter() + PATIENCE
        while mark not in self.written:
            if not self._read(deadline):
                raise TimeoutError(f"{mark!r} never came, but {bytes(self.written[-2000:])!r}")
        return self.last

    def quiet(self, seconds: float) -> float:
        """Read until nothing came for so long, and return when the last bytes came."""
        deadline = time.perf_counter() + seconds
        while self._read(deadline):
            deadline = time.perf_counter() + seconds
        return self.last

    def listen(self, seconds: float) -> None:
        """Read for so long."""
        deadline = time.perf_counter() + seconds
        while self._read(deadline):
            pass

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def _read(self, deadline: float) -> bool:
        left = deadline - time.perf_counter()
        if left <= 0 or not select.select([self._ours], [], [], left)[0]:
            return False
        try:
            self.written += os.read(self._ours, 65536)
        except OSError:  # the program has ended
            return False
        self.last = time.perf_counter()
        return True


@contextmanager
def running(command: tuple[str, ...], settings: dict[str, str] | None = None) -> Iterator[Terminal]:
    """Run a program in a pty with a data folder of its own, fresh, and no settings but these."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-", ignore_cleanup_errors=True) as folder:
        terminal = Terminal(command, environment(Path(folder)) | (settings or {}))
        try:
            yield terminal
        finally:
            terminal.close()


def environment(folder: Path) -> dict[str, str]:
    """Return the whole environment of a measured program."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "KIOSK_STORAGE__DATA_DIR": str(folder / "data"),
    }
