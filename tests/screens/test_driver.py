"""The size that the screens take a terminal for."""

from __future__ import annotations

import os
import pty
import sys
import termios

import pytest

from screens.driver import MOST_COLUMNS, MOST_LINES, terminal_size


@pytest.mark.parametrize(
    ("says", "taken_for"),
    [
        ((100, 30), (100, 30)),
        ((0, 0), (80, 24)),
        ((0, 40), (80, 40)),
        ((132, 0), (132, 24)),
        ((65535, 65535), (MOST_COLUMNS, MOST_LINES)),
    ],
)
def test_a_terminal_is_taken_for_one_that_can_be_drawn_on(
    says: tuple[int, int], taken_for: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stdout:
        termios.tcsetwinsize(theirs, (says[1], says[0]))
        monkeypatch.setattr(sys, "__stdout__", stdout)
        monkeypatch.delenv("COLUMNS", raising=False)
        monkeypatch.delenv("LINES", raising=False)
        assert terminal_size() == taken_for
    os.close(ours)
