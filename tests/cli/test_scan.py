"""`kiosk scan`: what a barcode means, for people and for programs."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Iterator

import pytest

from kiosk.cli.command import run

UPS = "1Z5R89390357567127"


def test_a_code_is_explained_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", UPS]) == 0
    said = capsys.readouterr().out
    assert UPS in said
    assert "UPS" in said
    assert "check digit correct" in said


def test_a_code_is_explained_as_json_best_candidate_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", f"]C0{UPS.lower()}", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "raw": f"]C0{UPS.lower()}",
        "trackingNumber": UPS,
        "takenOff": ["aim"],
        "candidates": [{"carrier": "ups", "format": "1Z", "trackingNumber": UPS, "check": "ok"}],
        "asks": None,
        "kind": None,
        "fault": None,
        "halfOf": None,
        "layouts": [],
        "split": [],
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
        "BOX 12",
        "[31M",
        None,
        "9400136895232395100054",
    ]
    assert "\x1b" not in out


def test_a_number_of_no_carrier_is_called_in_house(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "box 12"]) == 0
    assert "in-house" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("036000100037", {"asks": "look_alike", "kind": "gtin"}),
        ("036000291452", {"asks": "in_house", "kind": "gtin", "candidates": []}),
        ("00340434299017001234", {"asks": None, "kind": "sscc", "candidates": []}),
        ("PKG000123456", {"asks": "guess", "kind": None}),
        ("1Z999AA1012", {"asks": "fault", "fault": "half_a_number", "halfOf": "ups"}),
        ("IH\u00df7K2M9P", {"fault": "keyboard_layout", "layouts": ["German"], "trackingNumber": "IH-7K2M9P"}),
    ],
)
def test_codes_say_what_is_open_and_what_it_is_instead(
    code: str, expected: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out).items() >= expected.items()


def test_what_is_no_number_is_named_in_json_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "2LUS22901+42000000", "--json"]) == 1
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert (answer["kind"], answer["raw"]) == ("routing", "2LUS22901+42000000")
    assert "trackingNumber" not in answer
    assert "routing code" in err


class _Broken:
    def __iter__(self) -> Iterator[str]:
        raise OSError(errno.EBADF, "Bad file descriptor")


@pytest.mark.parametrize("given", [None, io.StringIO(), _Broken()])
def test_a_standard_input_that_gives_nothing_is_a_sentence(
    given: io.StringIO | _Broken | None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", given)
    assert run(["scan", "-", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["code"] == "input_failed"
    assert err.startswith("Nothing was read: Standard input ")


def test_two_labels_in_one_line_are_both_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{UPS}9400136895232395100054\n"))
    assert run(["scan", "-", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["trackingNumber"], answer["fault"]) == (None, "two_labels")
    assert answer["split"] == [UPS, "9400136895232395100054"]


@pytest.mark.parametrize("options", [["--json"], []])
def test_a_wi_fi_password_is_printed_nowhere(
    options: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "WIFI:T:WPA;S:Guest;P:correct horse 1Z999AA10123456784;;"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{code}\n"))
    assert run(["scan", "-", *options]) == 0
    assert run(["scan", code, *options]) == 1
    said = "".join(capsys.readouterr())
    assert "horse" not in said
    assert "1Z999" not in said
    assert "Wi-Fi" in said


def test_words_say_what_a_code_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "1Y5R89390357567127"]) == 0
    said = capsys.readouterr().out
    assert "US keyboard" in said
    assert "German" in said
    assert UPS in said


def test_an_empty_code_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "  "]) == 1
    assert "not a tracking number" in capsys.readouterr().err
