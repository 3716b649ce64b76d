"""`kiosk people`: who may sign in, with PIN and badge from standard input, and never as an argument."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from tests.cli.harness import ME, Kiosk, Result

PIN, BADGE = "730518", "BADGE-77031"


@pytest.fixture
def answers(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command with lines on its standard input."""

    def run(*arguments: str, lines: tuple[str, ...] = ()) -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return kiosk(*arguments)

    return run


def events(kiosk: Kiosk) -> list[tuple[str, Any]]:
    return [(each["type"], each["body"]) for each in kiosk("journal", "export", "--json").json]


def test_somebody_is_listed_changed_and_removed_and_each_says_why(kiosk: Kiosk, answers: Any) -> None:
    added = answers("people", "add", "Ida Berg", "--user", "ida@example.com", "--json", lines=(PIN, BADGE)).json
    assert {name: value for name, value in added.items() if name != "personId"} == {
        "name": "Ida Berg",
        "role": "clerk",
        "userId": "ida@example.com",
        "language": "",
        "hasPin": True,
        "hasBadge": True,
    }
    assert kiosk("people", "list", "--json").json == [added]
    changed = answers("people", "change", "ida berg", "--role", "admin", "--pin", "--json", lines=("264091",)).json
    assert changed == added | {"role": "admin"}
    assert kiosk("people", "remove", "Ida Berg", "--reason", "left the company").code == 0
    assert kiosk("people", "list", "--json").json == []
    told = events(kiosk)
    ends = ["person_added", "person_changed", "person_removed"]
    assert [kind for kind, _ in told] == [kind for end in ends for kind in ("command_run", end)]
    assert told[4][1] == {"command": "people_remove", "origin": "local", "reason": "left the company"}
    assert told[3][1]["changed"] == ["role", "pin"]


def test_no_pin_and_no_badge_is_printed_or_kept(kiosk: Kiosk, answers: Any) -> None:
    said = answers("people", "add", "Ida Berg", lines=(PIN, BADGE))
    files = b"".join(path.read_bytes() for path in kiosk.data_dir.rglob("*") if path.is_file())
    for secret in (PIN, BADGE):
        assert secret not in said.out + said.err
        assert secret.encode() not in files


@pytest.mark.parametrize(
    ("lines", "code"),
    [((), "no_key"), (("12",), "pin_unusable"), (("", "x"), "badge_unusable"), ((BADGE,), "pin_unusable")],
)
def test_what_can_not_be_listed_is_told_and_nobody_is(
    kiosk: Kiosk, answers: Any, lines: tuple[str, ...], code: str
) -> None:
    result = answers("people", "add", "Ida Berg", "--json", lines=lines)
    assert (result.code, result.json["error"]["code"]) == (1, code)
    assert kiosk("people", "list", "--json").json == []


def test_the_name_of_an_account_is_refused(kiosk: Kiosk, answers: Any) -> None:
    result = answers("people", "add", ME, "--json", lines=(PIN,))
    assert (result.code, result.json["error"]["code"]) == (1, "name_of_account")
    assert kiosk.events() == []


def test_nobody_of_that_name_is_told(kiosk: Kiosk) -> None:
    for command in (("remove", "Ida Berg"), ("change", "Ida Berg", "--role", "admin")):
        result = kiosk("people", *command, "--json")
        assert (result.code, result.json["error"]["code"]) == (1, "not_listed")


def test_a_closed_standard_input_is_a_sentence(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert kiosk("people", "add", "Ida Berg").code == 1
