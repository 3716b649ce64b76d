"""The kiosk as a process, tapped by the bytes that foot sends: a parcel goes in without a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.program import kiosk
from tests.e2e.terminal import Terminal
from tests.e2e.test_pty import BARCODE, shows_the_code


def tap_letters(terminal: Terminal, text: str) -> None:
    for sign in text:
        terminal.tap(f"   {sign}   ")


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
def test_a_parcel_is_taken_in_by_taps_with_a_finger_that_slips(tmp_path: Path, size: tuple[int, int]) -> None:
    with kiosk(tmp_path, size=size, KIOSK_TOUCH__KEYBOARD="always") as terminal:
        terminal.wait("Scan the parcel", "online", "Hide")
        terminal.type(f"{BARCODE}\r")
        terminal.wait(f"Parcel {BARCODE}", "Who is it for?")
        tap_letters(terminal, "gergo")
        terminal.wait("Gergő Farkas")
        terminal.tap("This one", moved=(2, 1))
        terminal.wait("free lockers as of")
        terminal.tap("Reserve", moved=(-2, 2))
        terminal.wait("Put it in locker")
        terminal.tap("Parcel is in", moved=(0, 1))
        # The second tap of a hand that shakes confirms no code that nobody has read.
        terminal.tap("Parcel is in", at_once=True)
        shows_the_code(terminal, tmp_path)
