"""What is said aloud: as input and never as an argument, the newest alone; nobody waits for a program that hangs."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kiosk import speech
from kiosk.speech import Speech, Trouble, hand_on
from tests.voices import FAILS, HANGS, WRITES, Voice


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_text_is_handed_on_as_input_in_its_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Voice(tmp_path, monkeypatch, WRITES)
    assert hand_on("Für wen ist es?\n100 % für Ida", "de") is None
    assert voice.texts == ["Für wen ist es? 100 % für Ida"]
    (arguments,) = voice.arguments
    assert "Ida" not in arguments
    assert "--language de" in arguments
    assert "--cancel" in arguments


def test_no_text_is_a_command_to_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Voice(tmp_path, monkeypatch, WRITES)
    assert hand_on("!-!!-!STOP ALL", "en") is None
    assert voice.texts == ["STOP ALL"]


def test_a_look_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Voice(tmp_path, monkeypatch, WRITES)
    assert hand_on("", "en") is None
    assert voice.texts == []
    assert voice.arguments


@pytest.mark.parametrize(
    ("program", "trouble"),
    [(None, Trouble.MISSING), (HANGS, Trouble.HANGS), (FAILS, Trouble.FAILED), ("no program", Trouble.FAILED)],
    ids=["missing", "hangs", "fails", "no program"],
)
def test_what_goes_wrong_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, trouble: Trouble
) -> None:
    monkeypatch.setattr(speech, "LONGEST_SECONDS", 0.5)
    voice = Voice(tmp_path, monkeypatch, program)
    assert hand_on("Scan the parcel", "en") is trouble
    voice.until(lambda: not any(map(lives, voice.hanging)))


def test_of_sentences_that_follow_at_once_only_the_last_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = Voice(tmp_path, monkeypatch, WRITES)
    said = Speech()
    for text in ("one", "two", "three"):
        said.say(text, "en")
    voice.until(lambda: "end" in voice.said)
    assert voice.texts == ["three"]
    said.say("four", "fr")
    voice.until(lambda: voice.texts == ["three", "four"])
    assert "--language fr" in voice.arguments[-1]
    said.close()


def test_a_program_that_hangs_holds_nobody_up_and_is_left_behind_by_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(speech, "LONGEST_SECONDS", 0.3)
    voice = Voice(tmp_path, monkeypatch, HANGS)
    said = Speech()
    for count in (1, 2, 3):
        began = time.monotonic()
        said.say(f"sentence {count}", "en")
        assert time.monotonic() - began < 0.1
        voice.until(lambda count=count: len(voice.hanging) == count)  # type: ignore[misc]
    said.close()
    voice.until(lambda: not any(map(lives, voice.hanging)))
    assert [record.levelname for record in caplog.records] == ["WARNING"]  # once, not with each sentence
