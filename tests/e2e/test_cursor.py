"""The terminal's own cursor, as a terminal has it after each frame: in its place, shown where text appears."""

from __future__ import annotations

import re
from pathlib import Path

from tests.e2e.program import kiosk
from tests.e2e.terminal import Terminal

DOWN, F9, CTRL_F = "\x1b[B", "\x1b[20~", "\x06"


def stands(terminal: Terminal, before: str, behind: str, *, is_shown: bool) -> None:
    assert (terminal.before_cursor.strip(" ▌"), terminal.shows_cursor) == (before, is_shown)
    assert terminal.behind_cursor.startswith(behind), terminal.behind_cursor


def test_it_goes_through_the_kiosk_with_whoever_uses_it(tmp_path: Path) -> None:
    with kiosk(tmp_path, size=(80, 24)) as terminal:
        terminal.wait("Scan the parcel", "No parcels yet today.")
        terminal.settle()
        stands(terminal, "", " or type its number", is_shown=True)
        terminal.type_by_hand("smith")
        terminal.settle()
        stands(terminal, "smith", " ", is_shown=True)
        terminal.press("\x1b")
        terminal.press(F9)
        terminal.wait("What is to be done?")
        terminal.settle()
        stands(terminal, "", " ► Hand over", is_shown=False)
        terminal.press(DOWN)
        terminal.settle()
        stands(terminal, "", " ► ", is_shown=False)
        terminal.press("\x1b")
        terminal.wait("Scan the parcel")
        terminal.settle()
        stands(terminal, "", " or type its number", is_shown=True)
        runs = re.findall(rb"\x1b\[\?25h(.*?)\x1b\[\?25l", bytes(terminal.heard), re.DOTALL)
        assert len(runs) > 3
        # While it is shown nothing is drawn: nobody sees it run through a frame.
        assert {run.replace(b"\x07", b"") for run in runs} == {b""}
