"""Without colours and with few signs, as the terminal gets it: not one colour in the bytes, and codes can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.program import kiosk
from tests.e2e.terminal import Terminal
from tests.e2e.test_pty import truth

NUMBER = "1Z999AA10123456784"
SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
COLOURS = {*range(30, 50), *range(90, 108)}


def to_code(terminal: Terminal) -> None:
    terminal.wait("Scan the parcel", "No parcels yet today.")
    terminal.type(f"{NUMBER}\r")
    terminal.wait("Who is it for?")
    terminal.type("gergo f")
    for words in ("free lockers as of", "Put it in locker", "Pickup code"):
        terminal.press("\r")
        terminal.wait(words)
    terminal.settle()


def attributes(terminal: Terminal) -> set[int]:
    """Return the numbers of all attributes that were set."""
    found = SGR.findall(bytes(terminal.heard))
    return {int(number) for each in found for number in re.split(rb"[;:]", each) if number}


@pytest.mark.parametrize("is_dark", [True, False], ids=["dark terminal", "light terminal"])
def test_no_colour_is_sent_and_a_scanner_reads_the_code(tmp_path: Path, *, is_dark: bool) -> None:
    theme = "dark" if is_dark else "light"
    with kiosk(tmp_path, size=(80, 24), NO_COLOR="1", KIOSK_DESK__THEME=theme) as terminal:
        to_code(terminal)
        (unit,) = truth(tmp_path, NUMBER)
        assert terminal.qr_codes(is_dark=is_dark, inverts=False) == [unit["pickupCode"]]
        # What reads inverted codes too, as phones do, reads it in the wrong kind of terminal as well.
        assert terminal.qr_codes(is_dark=not is_dark) == [unit["pickupCode"]]
        bold, underlined, reverse = 1, 4, 7
        assert {bold, underlined, reverse} <= attributes(terminal)
        assert not attributes(terminal) & COLOURS


def test_an_empty_variable_asks_for_nothing(tmp_path: Path) -> None:
    with kiosk(tmp_path, size=(80, 24), NO_COLOR="") as terminal:
        terminal.wait("Scan the parcel", "No parcels yet today.")
        assert attributes(terminal) >= {38, 48}


@pytest.mark.parametrize("signs", ["wide", "ascii"])
@pytest.mark.parametrize("no_colour", ["", "1"], ids=["coloured", "colourless"])
def test_where_half_blocks_lack_a_large_window_shows_the_code_in_blanks(
    tmp_path: Path, signs: str, no_colour: str
) -> None:
    with kiosk(tmp_path, size=(120, 50), NO_COLOR=no_colour, KIOSK_DESK__SIGNS=signs) as terminal:
        to_code(terminal)
        (unit,) = truth(tmp_path, NUMBER)
        assert terminal.qr_codes(inverts=False) == [unit["pickupCode"]]
        terminal.resize(80, 24)
        terminal.wait("Enlarge the window", unit["pickupCode"][0])


def test_an_encoding_without_our_signs_gets_ascii_by_itself(tmp_path: Path) -> None:
    with kiosk(tmp_path, size=(80, 24), PYTHONIOENCODING="latin-1") as terminal:
        terminal.wait("Scan the parcel", "No parcels yet today.")
        assert bytes(terminal.heard).isascii()
