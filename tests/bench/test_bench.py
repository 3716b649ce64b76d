"""The figures can be taken: what the measurements wait for is still what the screens show."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from screens.clerk.home import OPENING
from screens.clerk_actions import DETAILS, RECIPIENT_KEYS
from tests.bench import __main__, console, first_frame, journal, next_screen, recovery
from tests.bench.__main__ import SUBJECTS, table
from tests.bench.figure import Figure, ratio, take_turns
from tests.bench.terminal import KIOSK


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_can_be_measured(subject: str) -> None:
    assert callable(import_module(f"tests.bench.{subject}").measure)


def test_every_module_that_measures_is_a_subject() -> None:
    modules = Path(__file__).parent.glob("*.py")
    assert sorted(path.stem for path in modules if "\ndef measure(" in path.read_text("utf-8")) == sorted(SUBJECTS)


def test_the_marks_are_words_of_the_screens() -> None:
    assert first_frame.KIOSK_MARK.decode() in OPENING
    assert next_screen.SIDES[KIOSK][1].decode() == DETAILS.label
    assert RECIPIENT_KEYS.row[-1] is DETAILS


def test_a_bound_that_is_missed_is_told() -> None:
    figures = [ratio("slow", 3.0, 1.0, 2), ratio("quick", 2.0, 1.0, 2), Figure("plain", "7 ms")]
    assert [line.split()[-1] for line in table(figures).splitlines()[2:5]] == ["no", "yes", "ms"]


def test_sides_take_turns_and_the_first_turn_does_not_count() -> None:
    left, right = iter((100.0, 1.0, 2.0, 9.0)), iter((100.0, 5.0, 5.0, 5.0))
    assert take_turns(3, lambda: (next(left),), lambda: (next(right),)) == [(2.0,), (5.0,)]


def test_without_an_sshd_the_console_is_named_and_the_rest_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "console", "journal"])
    monkeypatch.setattr(console, "SSHD", None)
    monkeypatch.setattr(journal, "measure", lambda: [Figure("plain", "7 ms")])
    __main__.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["plain", "7", "ms"]
    assert lines[-1] == "Not measured here: console (no sshd: install openssh-server)"


def test_a_subject_that_fails_is_named_and_the_rest_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> list[Figure]:
        raise TimeoutError("the mark never came")

    monkeypatch.setattr(sys, "argv", ["bench", "recovery", "journal"])
    monkeypatch.setattr(journal, "measure", lambda: [Figure("plain", "7 ms")])
    monkeypatch.setattr(recovery, "measure", fail)
    with pytest.raises(SystemExit, match="1"):
        __main__.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["plain", "7", "ms"]
    assert lines[-1] == "FAILED: recovery (the mark never came)"
