"""Queues of CUPS, by programs that succeed, fail and hang in the place of `lp`."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kiosk.errors import MaybePrintedError, PrinterError
from kiosk.printing import cups
from kiosk.printing.job import Job
from kiosk.settings.printer import PrinterLanguage, Queue
from tests.printing.programs import HANGS, TAKES_ALL, Programs

DATA = b"\x89PNG" + b"picture" * 50_000
FRONT = Queue("front")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    return Programs(tmp_path / "bin", monkeypatch)


def job(seconds: float = 20.0) -> Job:
    return Job("cups:front", DATA, time.monotonic() + seconds)


def error_of(seconds: float = 20.0) -> PrinterError:
    with pytest.raises(PrinterError) as caught:
        cups.send(FRONT, job(seconds), PrinterLanguage.PNG)
    return caught.value


@pytest.mark.parametrize(
    ("language", "option"),
    [(PrinterLanguage.PNG, "fit-to-page"), (PrinterLanguage.ZPL, "raw"), (PrinterLanguage.ESC_POS, "raw")],
)
def test_lp_gets_the_job_on_its_standard_input(programs: Programs, language: PrinterLanguage, option: str) -> None:
    programs.put("lp", TAKES_ALL)
    cups.send(FRONT, job(), language)
    assert (programs.folder / "job").read_bytes() == DATA
    assert (programs.folder / "arguments").read_text() == f"-d front -o {option} -\n"
    assert (programs.folder / "language").read_text() == "C\n"


def test_without_lp_the_error_says_what_is_missing(programs: Programs) -> None:
    assert programs.folder.is_dir()
    error = error_of()
    assert (type(error), error.code, error.parameters) == (PrinterError, "printer_not_installed", {"missing": "lp"})


def test_a_queue_that_is_not_there_is_named(programs: Programs) -> None:
    programs.put("lp", 'echo "lp: The printer or class does not exist." >&2; exit 1')
    error = error_of()
    assert (type(error), error.code) == (PrinterError, "printer_unknown_queue")


def test_what_lp_says_is_kept_as_plain_text(programs: Programs) -> None:
    programs.put("lp", r'printf "lp: Error - \033[31mthe scheduler\n is not running.\n" >&2; exit 1')
    error = error_of()
    assert error.code == "printer_queue_refused"
    assert error.parameters["text"] == "lp: Error - [31mthe scheduler; is not running"
    programs.put("lp", "exit 1")
    assert error_of().parameters["text"] == "?"


def test_lp_that_hangs_is_ended_with_all_that_it_started(programs: Programs) -> None:
    programs.put("lp", f'echo $$ > "{programs.folder}/pid"; {HANGS}')
    began = time.monotonic()
    error = error_of(seconds=0.5)
    assert (type(error), error.code) == (MaybePrintedError, "printer_stuck")
    assert time.monotonic() - began < 10
    group = (programs.folder / "pid").read_text().strip()
    left = [path.parent.name for path in Path("/proc").glob("[0-9]*/stat") if _group(path) == group]
    assert not left


def _group(stat: Path) -> str:
    try:
        state, _, group, *_ = stat.read_text().rpartition(")")[2].split()
    except OSError:  # ended meanwhile
        return ""
    return "" if state == "Z" else group


def test_lp_that_reads_nothing_and_says_yes_is_believed(programs: Programs) -> None:
    programs.put("lp", "exit 0")
    cups.send(FRONT, job(), PrinterLanguage.PNG)


def test_a_look_asks_whether_the_queue_is_there(programs: Programs) -> None:
    programs.put("lpstat", f'[ "$*" = "-a front" ] && {{ {TAKES_ALL}; }}')
    cups.look(FRONT, Job("cups:front", b"", time.monotonic() + 20))
    programs.put("lpstat", """echo 'lpstat: Invalid destination name in list "front".' >&2; exit 1""")
    with pytest.raises(PrinterError) as caught:
        cups.look(FRONT, Job("cups:front", b"", time.monotonic() + 20))
    assert caught.value.code == "printer_unknown_queue"
