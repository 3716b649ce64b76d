"""`kiosk scan`: what a barcode means, for people and for programs."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from kiosk.cli.command import run

if TYPE_CHECKING:
    import pytest

UPS = "1Z5R89390357567127"


def test_a_code_is_explained_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", UPS]) == 0
    said = capsys.readouterr().out
    assert UPS in said
    assert "ups" in said
    assert "check digit right" in said


def test_a_code_is_explained_as_json_best_candidate_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", f"]C0{UPS.lower()}", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "raw": f"]C0{UPS.lower()}",
        "trackingNumber": UPS,
        "takenOff": ["aim"],
        "candidates": [{"carrier": "ups", "format": "1Z", "trackingNumber": UPS, "check": "ok"}],
    }


def test_every_line_of_the_input_gives_one_line_of_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [UPS, "", "box 12", "\x1b[31m", "x" * 101, "42022153\x1d9400136895232395100054"]
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{code}\n" for code in codes)))
    assert run(["scan", "-", "--json"]) == 0
    out = capsys.readouterr().out
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["raw"] for answer in answers] == codes
    assert [answer["trackingNumber"] for answer in answers] == [
        UPS,
        None,
        "box 12",
        "[31m",
        None,
        "9400136895232395100054",
    ]
    assert "\x1b" not in out


def test_a_number_of_no_carrier_is_called_in_house(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "box 12"]) == 0
    assert "in-house" in capsys.readouterr().out


def test_an_empty_code_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "  "]) == 1
    assert "no parcel number" in capsys.readouterr().err
