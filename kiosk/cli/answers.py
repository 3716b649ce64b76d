"""What a person at this terminal answers: a key, or a tap. Draws nothing but the question.

The terminal is raw meanwhile. What comes at scanner speed is a scan that went astray, and answers nothing.
"""

from __future__ import annotations

import os
import re
import selectors
import sys
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import NamedTuple

from kiosk.scanner.tokens import SCANNER_GAP_SECONDS
from kiosk.words.language import N_, _

WAIT_SECONDS = 60.0
"""How long to wait for a person: nothing that runs by itself is held up for ever."""

KEYS = N_("y yes, n no, Esc skip")

_TAP = re.compile(r"\x1b\[<0;(\d+);(\d+)M")
"""A finger that came down, or a mouse's button, in the reports of SGR."""


class Answer(Enum):
    """What somebody said."""

    YES = True
    NO = False
    NONE = None
    """It was skipped, or nobody was there."""


# Esc and Ctrl+C: on a raw terminal that one is a byte, and interrupts nothing.
NO_SCAN = {"n": Answer.NO, "N": Answer.NO, "\x1b": Answer.NONE, "\x03": Answer.NONE}
"""What a person presses in the place of a scan or a tap that does not come."""

_MEANS = {"y": Answer.YES, "Y": Answer.YES, **NO_SCAN}


class Cell(NamedTuple):
    """A place on the terminal, counted from 1."""

    column: int
    row: int


def can_ask() -> bool:
    """Tell whether a person at a terminal sees what is drawn and can answer there."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr))


def show(text: str) -> None:
    """Draw on the terminal, beside what the command prints."""
    sys.stderr.write(text)
    sys.stderr.flush()


def ask(question: str) -> Answer:
    """Ask a question and return the answer."""
    with raw(sys.stdin.fileno()) as terminal:
        show(f"{question} [{_(KEYS)}] ")
        answer = read_answer(terminal)
    show("\n")
    return answer


def read_answer(terminal: int, *, wait_seconds: float = WAIT_SECONDS) -> Answer:
    """Read keys from a raw terminal until one is an answer."""
    end = time.monotonic() + wait_seconds
    while time.monotonic() < end and (text := read(terminal, end - time.monotonic())):
        while more := read(terminal, SCANNER_GAP_SECONDS):
            text += more
        if (answer := _MEANS.get(text)) is not None:
            return answer
    return Answer.NONE


def read_tap(terminal: int, *, wait_seconds: float = WAIT_SECONDS) -> Cell | Answer:
    """Read from a raw terminal until a tap comes, or the answer that none does."""
    end, text = time.monotonic() + wait_seconds, ""
    while time.monotonic() < end and (more := read(terminal, end - time.monotonic())):
        text += more
        if found := _TAP.search(text):
            return Cell(int(found[1]), int(found[2]))
        # The escape sign of a report is no key.
        if (answer := NO_SCAN.get(text[-1:])) is not None and not read_ahead(terminal):
            return answer
    return Answer.NONE


def read_ahead(terminal: int) -> bool:
    """Tell whether something follows at scanner speed."""
    with selectors.DefaultSelector() as selector:
        selector.register(terminal, selectors.EVENT_READ)
        return bool(selector.select(SCANNER_GAP_SECONDS))


def read(terminal: int, seconds: float) -> str:
    """Return what comes within so many seconds; empty where nothing does, and where the line was dropped."""
    with selectors.DefaultSelector() as selector:
        selector.register(terminal, selectors.EVENT_READ)
        return read_waiting(terminal).decode(errors="replace") if selector.select(max(seconds, 0.0)) else ""


def read_waiting(terminal: int) -> bytes:
    """Return the bytes that wait."""
    try:
        # A terminal that was hung up raises an error instead of reading as ended.
        return os.read(terminal, 4096)
    except OSError:
        return b""


@contextmanager
def raw(terminal: int) -> Iterator[int]:
    """Let every byte through as it comes; what came before is dropped."""
    before = termios.tcgetattr(terminal)
    tty.setraw(terminal, termios.TCSAFLUSH)
    try:
        yield terminal
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
