"""What is said about a terminal, and the name of whoever sits at it."""

from __future__ import annotations

import getpass
from collections.abc import Callable

import pytest

from kiosk.cli.session import login_name
from kiosk.cli.terminal import Terminal, read_terminal

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


def test_closed_streams_are_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setattr("sys.stdout", None)
    assert read_terminal().problem


def raising(error: type[Exception]) -> Callable[[], str]:
    def getuser() -> str:
        raise error

    return getuser


def test_the_login_name_is_plain_short_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ca\x1bsey" + "y" * 100)
    name = login_name()
    assert name
    assert "\x1b" not in name
    assert len(name) <= 64
    for error in (KeyError, OSError):
        monkeypatch.setattr(getpass, "getuser", raising(error))
        assert login_name() is None
