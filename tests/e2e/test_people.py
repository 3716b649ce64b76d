"""People in a real terminal: the PIN is asked for and never shown, and then signs in at the desk."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.program import KIOSK, ROOT, environment, kiosk
from tests.e2e.terminal import Terminal

PIN, OTHER_PIN, BADGE = "730518", "264091", "BADGE-77031"
ADD = (*KIOSK, "people", "add", "Ida Berg", "--reason", "new colleague")


def add(folder: Path, *typed: str) -> tuple[int, str]:
    """Add somebody at a terminal, and return the exit code and all that the terminal showed."""
    with Terminal(ADD, environment=environment(folder), folder=ROOT) as terminal:
        for asked, text in zip(("PIN (Enter", "same PIN", "Scan the badge"), typed, strict=False):
            terminal.wait(asked)
            terminal.type(f"{text}\r")
        return terminal.end(), terminal.text


def test_a_pin_is_asked_for_twice_and_neither_it_nor_the_badge_is_shown(tmp_path: Path) -> None:
    code, text = add(tmp_path, PIN, OTHER_PIN)
    assert (code, "were not the same" in text) == (1, True)
    assert not {PIN, OTHER_PIN} & set(text.split())
    code, text = add(tmp_path, PIN, PIN, BADGE)
    assert (code, "Ida Berg" in text) == (0, True)
    assert not {PIN, BADGE} & set(text.split())


def test_it_signs_in_at_the_desk_and_the_badge_does_too(tmp_path: Path) -> None:
    assert add(tmp_path, PIN, PIN, BADGE)[0] == 0
    with kiosk(tmp_path, KIOSK_PEOPLE__SIGN_IN="true") as terminal:
        terminal.wait("Who works at the desk?", "Ida Berg")
        terminal.press("\r")
        terminal.wait("PIN of Ida Berg")
        terminal.type_by_hand(PIN)
        terminal.press("\r")
        terminal.wait("Scan the parcel", "Ida Berg")
        terminal.press("\x0f")
        terminal.wait("Who takes over?")
        terminal.press("\x1b[21~")
        terminal.wait("Who works at the desk?")
        terminal.type(f"{BADGE}\r")
        terminal.wait("Scan the parcel", "Ida Berg")
        assert PIN not in terminal.text
