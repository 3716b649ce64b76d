"""`kiosk check --walk`: it draws, asks, and says yes, no or not tested for each."""

from __future__ import annotations

import json
import os
import pty
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli.answers import Answer, Cell, read_answer, read_tap
from kiosk.cli.walk import QR_TEXT, WALKED, _beside
from tests.cli.harness import PROGRAM, Kiosk
from tests.e2e.terminal import Terminal

SIZE = (100, 40)
FIRST_TARGET, LAST_TARGET = (7, 5), (92, 34)


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """Give both ends of a raw terminal: the person's and the program's."""
    person, program = pty.openpty()
    tty.setraw(program)
    yield person, program
    os.close(person)
    os.close(program)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("y", Answer.YES), ("Y", Answer.YES), ("n", Answer.NO), ("\x1b", Answer.NONE), ("\x03", Answer.NONE)],
)
def test_a_key_answers(line: tuple[int, int], typed: str, answer: Answer) -> None:
    person, program = line
    os.write(person, typed.encode())
    assert read_answer(program, wait_seconds=5) is answer


@pytest.mark.parametrize("typed", ["1Z999y\r", "yes", "\x1b[A", "x"])
def test_a_scan_or_another_key_answers_nothing(line: tuple[int, int], typed: str) -> None:
    person, program = line
    os.write(person, typed.encode())
    assert read_answer(program, wait_seconds=0.3) is Answer.NONE


def test_nobody_is_waited_for_for_ever(line: tuple[int, int]) -> None:
    assert read_answer(line[1], wait_seconds=0.05) is Answer.NONE
    assert read_tap(line[1], wait_seconds=0.05) is Answer.NONE


def test_a_dropped_line_ends_it() -> None:
    person, program = pty.openpty()
    tty.setraw(program)
    os.close(person)
    assert read_answer(program) is Answer.NONE
    assert read_tap(program) is Answer.NONE
    os.close(program)


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ("\x1b[<0;12;7M\x1b[<0;12;7m", Cell(12, 7)),
        ("\x1b[<64;12;7M\x1b[<0;3;4M", Cell(3, 4)),
        ("n", Answer.NO),
        ("\x1b", Answer.NONE),
    ],
)
def test_a_tap_is_a_place(line: tuple[int, int], sent: str, heard: Cell | Answer) -> None:
    person, program = line
    os.write(person, sent.encode())
    assert read_tap(program, wait_seconds=5) == heard


def test_how_far_beside_a_box_a_tap_came() -> None:
    assert [_beside(at, 4, 8) for at in (1, 3, 4, 11, 12, 20)] == [-3, -1, 0, 0, 1, 9]


def tap(column: int, row: int) -> str:
    return f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"


def checking(tmp_path: Path, option: str = "--walk") -> Terminal:
    environment = dict(os.environ) | {"KIOSK_STORAGE__DATA_DIR": str(tmp_path / "data"), "TERM": "xterm-256color"}
    return Terminal((*PROGRAM, "check", option), environment=environment, folder=Path.cwd(), size=SIZE)


def past_the_scanner(terminal: Terminal) -> None:
    terminal.wait("Scan either of these codes once")
    terminal.type("\x1b")
    terminal.wait("Tap the box once")


def test_a_desk_in_which_all_is_well(tmp_path: Path) -> None:
    with checking(tmp_path) as terminal:
        past_the_scanner(terminal)
        terminal.type(tap(*FIRST_TARGET))
        terminal.settle(0.3)
        terminal.type(tap(*LAST_TARGET))
        terminal.wait("Taps arrive where they are made.", "green, yellow, red and blue")
        terminal.type("y")
        terminal.wait("Is each of these signs drawn")
        terminal.type("y")
        terminal.wait(f"Does a phone that scans this show {QR_TEXT}?")
        assert QR_TEXT in terminal.qr_codes()
        rings = terminal.bells
        terminal.type("y")
        terminal.wait("Did you hear it?")
        assert terminal.bells == rings + 1
        terminal.type("y")
        terminal.wait("no test page was printed", "no test mail left")
        assert terminal.end() == 0


def test_a_no_is_a_failure_with_what_to_do_and_a_skip_is_none(tmp_path: Path) -> None:
    with checking(tmp_path) as terminal:
        past_the_scanner(terminal)
        terminal.type("\x1b")
        terminal.wait("green, yellow, red and blue")
        terminal.type("n")
        said = terminal.wait("Is each of these signs drawn")
        assert "failed colours The colours can't be told apart. Choose another theme" in said
        assert "skipped touch Not tested: the question was skipped." in said
        for words in ("Does a phone", "Did you hear it?"):
            terminal.type("y")
            terminal.wait(words)
        terminal.type("y")
        assert terminal.end() == 1


def test_a_scanner_of_which_nothing_comes_fails(tmp_path: Path) -> None:
    with checking(tmp_path, "--scanner") as terminal:
        terminal.wait("Scan either of these codes once")
        terminal.settle(0.3)
        terminal.type("n")
        terminal.wait("failed scanner Nothing arrives from the scanner.")
        assert terminal.end() == 1


def test_taps_that_come_elsewhere_fail(tmp_path: Path) -> None:
    with checking(tmp_path) as terminal:
        past_the_scanner(terminal)
        terminal.type(tap(*FIRST_TARGET))
        terminal.settle(0.3)
        terminal.type(tap(*FIRST_TARGET))  # the axes are mirrored
        terminal.wait("failed touch", "did not arrive where it was made", "turned with the picture")


def test_without_a_terminal_nothing_is_asked(kiosk: Kiosk) -> None:
    result = kiosk("check", "--walk", "--json")
    assert result.code == 0
    told = {step["name"]: (step["ok"], step["code"]) for step in json.loads(result.out)["steps"]}
    assert {name: told[name] for name in WALKED} == dict.fromkeys(WALKED, (None, "walk_without_terminal"))


def test_without_the_option_nothing_is_asked(kiosk: Kiosk) -> None:
    told = {step["name"]: (step["ok"], step["code"]) for step in kiosk("check", "--json").json["steps"]}
    assert {name: told[name] for name in WALKED} == dict.fromkeys(WALKED, (None, "not_walked"))
