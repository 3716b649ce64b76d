"""`kiosk recipients`: import, search and forget, for people and for programs."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bidi import get_display

from kiosk.cli.output import Output
from tests.cli.harness import ME, PERSON, WHY, Kiosk, start

TABLE = """Contact ID;Name;Department;Mailstop;Shoe size
1;Maria Smith;Legal;H1;39
2;Søren Åkesson;Finance;H2;44
;Nobody;;;
"""


@pytest.fixture
def people(tmp_path: Path) -> str:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, "cp1252")
    return str(path)


def test_an_import_tells_what_it_did_and_lists_what_it_could_not_use(kiosk: Kiosk, people: str) -> None:
    result = kiosk("recipients", "import", people)
    assert (result.code, result.out) == (0, "2 new, 0 changed, 0 unchanged, 0 made inactive, 1 row left out.\n")
    assert "Line 4 has no contact ID." in result.err


def test_an_import_and_a_person_forgotten_are_recorded_with_who_and_from_where(kiosk: Kiosk, people: str) -> None:
    kiosk("recipients", "import", people, "--dry-run")
    assert kiosk.events() == []
    kiosk("recipients", "import", people)
    kiosk("recipients", "forget", "1")
    events = kiosk("journal", "export", "--json").json
    assert [(event["person"], event["body"]) for event in events] == [
        (ME, {"command": "recipients_import", "origin": "local", "reason": "asked for"}),
        (ME, {"command": "recipients_forget", "origin": "local", "reason": "asked for"}),
        (ME, {"parcels": 0}),
    ]


def test_an_import_answers_programs_in_json(kiosk: Kiosk, people: str) -> None:
    result = kiosk("recipients", "import", people, "--json")
    assert result.json == {
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "madeInactive": 0,
        "refusedCount": 1,
        "refused": [{"line": 4, "reason": "no_contact_id", "parameters": {}}],
        "encoding": "cp1252",
        "unreadableLines": 0,
        "columns": {"contact_id": "Contact ID", "name": "Name", "department": "Department", "room": "Mailstop"},
        "ignoredColumns": ["Shoe size"],
        "unknownLanguages": [],
    }
    assert result.err == ""


class Screen(io.StringIO):
    """A terminal, as a command sees it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "marks"), [(Screen(), True), (io.StringIO(), False)], ids=["terminal", "program"])
def test_on_a_terminal_nothing_is_drawn_into_a_name_from_right_to_left(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, marks: bool
) -> None:
    monkeypatch.setattr(sys, "stdout", stream)
    Output(as_json=False).records([{"contactId": "12", "name": "דוד"}], ("name", "contactId"))
    row = stream.getvalue().splitlines()[1]
    assert ("\u200e" in row) is marks
    assert get_display(row, base_dir="L").translate({0x200E: None, 0x200F: None}).split() == (
        ["דוד"[::-1], "12"] if marks else ["12", "דוד"[::-1]]
    )


def test_languages_without_notices_are_told_and_leave_nobody_out(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,lang\n1,Ann,de-AT\n2,Ben,Klingon\n3,Cem,Dutch\n4,Dee,nl\n5,Eve,nl\n")
    told = kiosk("recipients", "import", str(path), "--dry-run")
    assert "5 new, 0 changed, 0 unchanged, 0 made inactive, 0 rows left out." in told.out
    assert re.findall("“(.*?)”.*?line", told.err) == ["nl"]
    assert re.findall("Line (.) has the language “(.*?)”", told.err) == [("3", "Klingon"), ("4", "Dutch")]
    (tmp_path / "nl.toml").write_text('greeting = "Dag $name,"')
    monkeypatch.setenv("KIOSK_NOTICES__TEMPLATES", str(tmp_path))
    result = kiosk("recipients", "import", str(path), "--json")
    assert result.json["unknownLanguages"] == [
        {"language": "Klingon", "line": 3, "people": 1},
        {"language": "Dutch", "line": 4, "people": 1},
    ]
    assert kiosk("recipients", "search", "ann", "--json").json[0]["language"] == "de"


def test_a_dry_run_leaves_everything_as_it_is(kiosk: Kiosk, people: str) -> None:
    told = kiosk("recipients", "import", people, "--dry-run")
    assert [line.rstrip() for line in told.out.splitlines()] == [
        "Nothing has changed. An import would give:",
        "2 new, 0 changed, 0 unchanged, 0 made inactive, 1 row left out.",
        "Column      In the file",
        "contact_id  Contact ID",
        "name        Name",
        "department  Department",
        "room        Mailstop",
        "Not read: Shoe size",
        "Contact id  Name           Department  Room  E-mail  Language  Other names  Active",
        "1           Maria Smith    Legal       H1                                   yes",
        "2           Søren Åkesson  Finance     H2                                   yes",
    ]
    assert told.err.splitlines() == ["Line 4 has no contact ID.", "The text was read as cp1252."]
    assert kiosk("recipients", "search", "maria").code == 1


def list_of(folder: Path, *numbers: int) -> str:
    path = folder / "list.csv"
    path.write_text("".join(["id,name\n", *(f"{number},Person {number}\n" for number in numbers)]))
    return str(path)


def test_a_list_that_was_cut_off_takes_nobody_out_unless_it_is_forced(kiosk: Kiosk, tmp_path: Path) -> None:
    kiosk("recipients", "import", list_of(tmp_path, *range(50)))
    cut = list_of(tmp_path, *range(10))
    stopped = kiosk("recipients", "import", cut)
    assert (stopped.code, stopped.out.splitlines()[:2]) == (
        3,
        [
            "Nothing has changed. An import would give:",
            "0 new, 0 changed, 10 unchanged, 40 made inactive, 0 rows left out.",
        ],
    )
    assert "40 of 50" in stopped.err
    assert "--force" in stopped.err
    told = kiosk("recipients", "import", cut, "--dry-run", "--json")
    assert (told.code, told.json["madeInactive"]) == (3, 40)
    assert told.json["error"] == {
        "code": "too_many_removed",
        "parameters": {"removed": 40, "active": 50, "most": "20 %"},
        "retryable": False,
    }
    assert kiosk("recipients", "search", "person 49").code == 0
    forced = kiosk("recipients", "import", cut, "--force")
    assert (forced.code, forced.out) == (0, "0 new, 0 changed, 10 unchanged, 40 made inactive, 0 rows left out.\n")
    assert kiosk("recipients", "search", "person 49").code == 1


def test_the_share_that_may_go_is_a_setting(kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk("recipients", "import", list_of(tmp_path, *range(50)))
    monkeypatch.setenv("KIOSK_DIRECTORY__MOST_REMOVED", "80")
    assert kiosk("recipients", "import", list_of(tmp_path, *range(10))).code == 0


def test_columns_have_the_names_that_were_said(kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Badge,Wer,Wo\n1,Maria Smith,H1\n")
    monkeypatch.setenv("KIOSK_DIRECTORY__COLUMNS", '{"contact_id": "Badge", "name": "Badge"}')
    told = kiosk("recipients", "import", str(path), "--map", "name=Wer", "--map", "room=wo", "--dry-run", "--json")
    assert told.json["columns"] == {"contact_id": "Badge", "name": "Wer", "room": "Wo"}
    for wrong in ("contct=Badge", "Badge"):
        assert kiosk("recipients", "import", str(path), "--map", wrong).code == 2
    assert kiosk("recipients", "import", str(path), "--map", "name=Who").code == 1


def test_an_encoding_can_be_said(kiosk: Kiosk, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id,name\n1,Мария Иванова\n".encode("cp1251"))
    assert kiosk("recipients", "import", str(path)).code == 1
    assert kiosk("recipients", "import", str(path), "--encoding", "cp1521").code == 2
    done = kiosk("recipients", "import", str(path), "--encoding", "cp1251")
    assert (done.code, done.err) == (0, "The text was read as cp1251.\n")
    assert kiosk("recipients", "search", "мария").code == 0


@pytest.mark.parametrize("file", ["-", "/dev/stdin"])
def test_a_list_comes_through_a_pipe(kiosk: Kiosk, people: str, file: str) -> None:
    process = start("recipients", "import", file, stdin=subprocess.PIPE, encoding="cp1252")
    out, _ = process.communicate(Path(people).read_text("cp1252"), timeout=60)
    assert (process.returncode, out[:6]) == (0, "2 new,")
    assert kiosk("recipients", "search", "soren").code == 0


def test_a_closed_standard_input_is_not_taken_for_another_file(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    result = kiosk("recipients", "import", "-", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "input_failed")


def test_a_file_that_is_no_list_is_refused_in_words(kiosk: Kiosk, tmp_path: Path) -> None:
    path = tmp_path / "shoes.csv"
    path.write_text("size,colour\n39,red\n")
    result = kiosk("recipients", "import", str(path), "--json")
    assert result.code == 1
    assert "The file was not imported" in result.err
    assert kiosk("recipients", "import", str(tmp_path / "nowhere.csv")).code == 1


def test_a_file_without_a_usable_row_is_refused_with_each_reason(kiosk: Kiosk, tmp_path: Path) -> None:
    path = tmp_path / "nobody.csv"
    path.write_text("id,name\n,Ann\n2,\n")
    result = kiosk("recipients", "import", str(path))
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines()[:3] == [
        "Line 2 has no contact ID.",
        "Line 3 has no name.",
        "The file was not imported: None of the rows in the file can be used. Left out: 2.",
    ]
    told = kiosk("recipients", "import", str(path), "--json").json
    assert told["error"] == {"code": "no_usable_row", "parameters": {"rows": 2}, "retryable": False}
    assert [row["reason"] for row in told["refused"]] == ["no_contact_id", "no_name"]


def test_a_search_finds_people_under_the_apis_names(kiosk: Kiosk, people: str) -> None:
    kiosk("recipients", "import", people)
    text = kiosk("recipients", "search", "soren")
    assert (text.code, "Søren Åkesson" in text.out, "H2" in text.out) == (0, True, True)
    assert kiosk("recipients", "search", "smiht", "--json").json == [
        {
            "contactId": "1",
            "contactType": "recipient",
            "name": "Maria Smith",
            "department": "Legal",
            "room": "H1",
            "accessible": False,
        }
    ]
    nobody = kiosk("recipients", "search", "qqq", "--json")
    assert (nobody.code, nobody.json) == (1, [])


def test_outside_names_reach_no_terminal_as_they_are(kiosk: Kiosk, tmp_path: Path) -> None:
    path = tmp_path / "evil.csv"
    path.write_text("id,name\n1,Eve [red]\u202e\x9b31m\n2\x1b[2J,\n")
    result = kiosk("recipients", "import", str(path))
    listed = kiosk("recipients", "search", "eve")
    assert not set(result.out + result.err + listed.out) & {"\x1b", "\x9b", "\u202e"}
    assert "Eve [red]" in listed.out


def test_a_person_is_forgotten_once_no_parcel_is_here(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    refused = kiosk("recipients", "forget", PERSON)
    assert (refused.code, "T1" in refused.err) == (1, True)
    assert kiosk("free", "T1", *WHY).code == 0
    forgotten = kiosk("recipients", "forget", PERSON, "--json")
    assert (forgotten.code, forgotten.json) == (0, {"contactId": PERSON, "listed": True, "parcels": 1})
    assert kiosk("journal", "verify").code == 0
    assert PERSON not in kiosk("journal", "export").out
    assert kiosk.events()[-1] == "person_forgotten"
    assert kiosk("recipients", "forget", PERSON).code == 1
    assert kiosk("deposit", "T2", "--contact", "9aa8ee2fc0e51cf60264348a").code == 0  # the demo's others are all there
