"""What `kiosk check` says of the voice of the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import speech
from kiosk.cli.check_speech import check_speech
from kiosk.settings import Settings
from tests.voices import FAILS, HANGS, WRITES, Voice


@pytest.mark.parametrize(
    ("program", "ok", "code"),
    [
        pytest.param(WRITES, True, "speech_ready", id="works"),
        pytest.param(None, False, "speech_missing", id="missing"),
        pytest.param(HANGS, False, "speech_hangs", id="hangs"),
        pytest.param(FAILS, False, "speech_failed", id="fails"),
    ],
)
def test_a_desk_that_is_to_speak_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, *, ok: bool, code: str
) -> None:
    monkeypatch.setattr(speech, "LONGEST_SECONDS", 0.5)
    voice = Voice(tmp_path, monkeypatch, program)
    step = check_speech(Settings.model_validate({"desk": {"speech": True}}))
    assert (step.ok, step.code) == (ok, code)
    assert bool(step.hint) is not ok
    assert voice.texts == []  # nobody hears a check


def test_a_desk_that_is_silent_is_not_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Voice(tmp_path, monkeypatch, WRITES)
    step = check_speech(Settings())
    assert (step.ok, step.code) == (None, "speech_not_set")
    assert voice.said == []
