"""`kiosk check --scanner`: what is drawn can be scanned, and what is scanned is read as it arrives."""

from __future__ import annotations

import os
import pty
import re
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp

from kiosk.cli.answers import Answer
from kiosk.cli.scanner import pictures, read_scan
from kiosk.scanner.doctor import Diagnosis, End
from kiosk.scanner.tokens import Key, Sign, token_of_sign
from kiosk.tracking.testcode import TEST_CODE
from tests.cli.harness import PROGRAM
from tests.e2e.terminal import Terminal

_CELL = re.compile(r"\x1b\[38;5;(\d+);48;5;(\d+)m(.)")
_LIGHT = {"16": 0, "231": 255}
SCALE = 4


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Give both ends of a raw terminal: the scanner's and the program's."""
    scanner, program = pty.openpty()
    tty.setraw(program)
    yield scanner, program
    os.close(scanner)
    os.close(program)


def pixels(lines: list[str]) -> list[bytes]:
    """Return the rows of a picture, two by two modules a cell."""
    rows: list[bytes] = []
    for line in lines:
        cells = [(_LIGHT[ink], _LIGHT[ground], half) for ink, ground, half in _CELL.findall(line)]
        upper = [level for ink, ground, half in cells for level in ((ink, ink if half == "▀" else ground))]
        lower = [level for ink, ground, half in cells for level in ((ink if half == "▌" else ground, ground))]
        rows += [bytes(level for level in row for _ in range(SCALE // 2)) for row in (upper, lower)]
    return [row for row in rows for _ in range(SCALE)]


def decoded(lines: list[str]) -> set[tuple[str, str]]:
    rows = pixels(lines)
    width = max(map(len, rows))
    picture = b"".join(row.ljust(width, b"\xff") for row in rows)
    found = zxingcpp.read_barcodes(memoryview(picture).cast("B", shape=[len(rows), width]))
    return {(str(code.format), code.text) for code in found}


def test_both_codes_are_read_off_the_terminal() -> None:
    assert decoded(pictures(80)) == {("QR Code", TEST_CODE), ("Code 128", TEST_CODE)}


def test_a_narrow_terminal_shows_the_qr_code_and_says_why() -> None:
    assert decoded(pictures(76)) == {("QR Code", TEST_CODE)}
    assert "77 columns" in pictures(76)[-1]


def test_all_of_it_fits_the_smallest_terminal() -> None:
    assert len(pictures(80)) <= 23
    assert all(len(_CELL.findall(line)) <= 80 for line in pictures(80))


def test_a_scan_is_read_with_its_end(terminal: tuple[int, int]) -> None:
    scanner, program = terminal
    os.write(scanner, f"~{TEST_CODE}\r\n".encode())
    diagnosis = read_scan(program)
    assert isinstance(diagnosis, Diagnosis)
    assert diagnosis.end is End.ENTER_AND_LINE_FEED
    assert diagnosis.prefix == "~"


def test_signs_of_another_layout_arrive_whole(terminal: tuple[int, int]) -> None:
    scanner, program = terminal
    os.write(scanner, "\x02AYß06§ öM\x03\r".encode())
    diagnosis = read_scan(program)
    assert isinstance(diagnosis, Diagnosis)
    assert diagnosis.found is not None
    assert diagnosis.found.layout.name == "German"
    assert diagnosis.controls == ("\x02", "\x03")


@pytest.mark.parametrize(("key", "answer"), [("\x1b", Answer.NONE), ("\x03", Answer.NONE), ("n", Answer.NO)])
def test_a_key_says_that_no_scan_comes(terminal: tuple[int, int], key: str, answer: Answer) -> None:
    scanner, program = terminal
    os.write(scanner, key.encode())
    assert read_scan(program) is answer


def test_nobody_is_waited_for_for_ever(terminal: tuple[int, int]) -> None:
    _, program = terminal
    assert read_scan(program, wait_seconds=0.1) is Answer.NONE


def test_a_dropped_line_ends_the_test() -> None:
    scanner, program = pty.openpty()
    tty.setraw(program)
    os.close(scanner)
    assert read_scan(program) is Answer.NONE
    os.close(program)


def test_signs_are_what_the_screens_take_them_for() -> None:
    assert token_of_sign("A") == Sign("A")
    assert token_of_sign("\x1d") == Sign("\x1d")
    assert token_of_sign("\r") == Key("enter", "\r")
    assert token_of_sign("\x02") == Key("ctrl+b", "\x02")


def test_the_command_asks_says_what_is_wrong_and_fails(tmp_path: Path) -> None:
    environment = dict(os.environ) | {"KIOSK_STORAGE__DATA_DIR": str(tmp_path / "data"), "TERM": "xterm-256color"}
    command = (*PROGRAM, "check", "--scanner")
    with Terminal(command, environment=environment, folder=Path.cwd(), size=(100, 60)) as terminal:
        terminal.wait("Scan either of these codes once")
        assert terminal.qr_codes() == [TEST_CODE]
        terminal.type("AYß06§ öM\r")
        said = terminal.wait("failed scanner", "German on this computer", "Prefix: none.")
        assert "Set the scanner to a German keyboard" in said
        assert terminal.end() == 1
