"""What is said about a terminal."""

from __future__ import annotations

import io
import os
import pty
import sys
import termios

import pytest

from kiosk.cli.terminal import Terminal, read_terminal
from screens.driver import terminal_size

GOOD = Terminal(is_terminal=True, name="xterm-256color", columns=80, lines=24, colours=256, encoding="utf8")


def test_the_smallest_good_terminal_has_no_problem() -> None:
    assert GOOD.problem is None
    assert GOOD.shortcoming is None


@pytest.mark.parametrize("change", [{"is_terminal": False}, {"name": "dumb"}, {"name": ""}])
def test_what_can_not_be_drawn_on_is_a_problem(change: dict[str, object]) -> None:
    assert Terminal(**{**GOOD._asdict(), **change}).problem


@pytest.mark.parametrize("change", [{"columns": 79}, {"lines": 23}, {"encoding": "iso88591"}])
def test_what_would_look_wrong_is_a_shortcoming(change: dict[str, object]) -> None:
    terminal = Terminal(**{**GOOD._asdict(), **change})
    assert terminal.problem is None
    assert terminal.shortcoming


def test_a_terminal_that_says_0_is_taken_for_what_the_screens_take_it_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r+b", buffering=0) as raw, io.TextIOWrapper(raw, "utf-8") as stream:
        termios.tcsetwinsize(theirs, (0, 0))
        for name in ("stdin", "stdout", "__stdout__"):
            monkeypatch.setattr(sys, name, stream)
        for name in ("COLUMNS", "LINES"):
            monkeypatch.delenv(name, raising=False)
        terminal = read_terminal()
        assert (terminal.columns, terminal.lines) == terminal_size()
        assert terminal.shortcoming is None
    os.close(ours)


def test_closed_streams_are_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setattr("sys.stdout", None)
    assert read_terminal().problem
