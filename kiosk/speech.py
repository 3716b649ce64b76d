"""Says sentences aloud through `spd-say`, where that is installed. What is said, and when, is others' business.

The text goes to the program's standard input: arguments are seen by every user of the machine. Nobody ever waits for
the program: a thread of its own starts it, ends it when it hangs, and says only the newest sentence.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

PROGRAM = "spd-say"

SETTLE_SECONDS = 0.15
"""A sentence that another one follows within this time is not said: a screen that only comes and goes."""
LONGEST_SECONDS = 5.0
"""How long the program may take to hand a sentence on; it does not wait until that is said."""

_COMMAND = "!-!"
"""A line that begins like this is a command to the program and no text."""

_log = logging.getLogger("kiosk")


class Trouble(StrEnum):
    """Why nothing can be heard; the value is the code."""

    MISSING = "speech_missing"
    HANGS = "speech_hangs"
    FAILED = "speech_failed"


class Speech:
    """One voice: whatever it says ends when the next sentence comes."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._wanted: tuple[str, str] | None = None
        self._is_open = True
        self._has_warned = False
        self._running: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._run, name="speech", daemon=True).start()

    def say(self, text: str, language: str) -> None:
        """Say a text in a language, given by its code, instead of whatever is being said; returns at once."""
        with self._changed:
            self._wanted = text, language
            self._changed.notify()

    def close(self) -> None:
        """Say nothing more, and leave no program behind."""
        with self._changed:
            self._is_open, self._wanted = False, None
            self._changed.notify()
            if self._running is not None:
                _kill(self._running)

    def _run(self) -> None:
        while (wanted := self._next()) is not None:
            trouble = hand_on(*wanted, begun=self._note)
            if trouble is not None and not self._has_warned:
                self._has_warned = True
                _log.warning("Nothing is said aloud (%s). `kiosk check` tells more.", trouble.value)

    def _note(self, process: subprocess.Popen[bytes]) -> None:
        with self._changed:
            self._running = process
            if not self._is_open:
                _kill(process)

    def _next(self) -> tuple[str, str] | None:
        """Return the newest sentence once no other has come for a moment; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._wanted is not None or not self._is_open)
            wanted = self._wanted
            while self._changed.wait_for(lambda: self._wanted is not wanted, SETTLE_SECONDS):  # noqa: B023 - on purpose
                wanted = self._wanted
            self._wanted = None
            return wanted if self._is_open else None


def hand_on(
    text: str, language: str, *, begun: Callable[[subprocess.Popen[bytes]], object] = lambda _: None
) -> Trouble | None:
    """Cancel what is being said and say a text; without one only look whether that works.

    Returns what went wrong. `begun` is told of the program, which may be killed.
    """
    path = shutil.which(PROGRAM)
    if path is None:
        return Trouble.MISSING
    line = " ".join(text.split())
    while line.startswith(_COMMAND):
        line = line.removeprefix(_COMMAND)
    arguments = ["--cancel", "--pipe-mode", "--priority", "text", "--application-name", "parcel-kiosk"]
    try:
        process = subprocess.Popen(  # noqa: S603 - no shell; all that comes from outside goes to its input
            [path, *arguments, "--language", language],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return Trouble.FAILED
    begun(process)
    with process:
        try:
            process.communicate(f"{line}\n".encode() if line else b"", LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            _kill(process)
            return Trouble.HANGS
    return Trouble.FAILED if process.returncode else None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program that may hang, and whatever it started."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
