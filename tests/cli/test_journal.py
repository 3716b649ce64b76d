"""`kiosk journal verify`, `export` and `import`."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.journal.migrations import SCHEMA_VERSION
from kiosk.parcels.registry import EVENTS
from kiosk.recipients.file import SCHEMA_VERSION as DIRECTORY_VERSION
from tests.cli.harness import Kiosk

VERSION_0_1 = Path(__file__).parents[1] / "journal" / "version_0_1"


def tamper(kiosk: Kiosk, *statements: str) -> None:
    database = sqlite3.connect(kiosk.data_dir / "journal.sqlite")
    for name in ("events_are_not_updated", "events_are_not_deleted"):
        database.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def test_a_sound_chain_is_proved(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    first, head = kiosk("journal", "verify").out.splitlines()
    assert first == "8 events; the journal is sound."
    assert re.fullmatch(r"Head: [0-9a-f]{16}:8:[0-9a-f]{64}", head)
    result = kiosk("journal", "verify", "--json")
    assert result.code == 0
    assert (result.json["sound"], result.json["events"]) == (True, 8)


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE events SET person = 'nobody' WHERE sequence = 3", 3),
        ("DELETE FROM events WHERE sequence = 5", 5),
        ("DELETE FROM events WHERE sequence = 8", 8),
    ],
)
def test_a_broken_chain_names_its_first_bad_row(kiosk: Kiosk, statement: str, row: int) -> None:
    kiosk.deposited("T1")
    tamper(kiosk, statement)
    result = kiosk("journal", "verify", "--json")
    assert result.code == 1
    assert (result.json["sound"], result.json["firstBad"]) == (False, row)
    assert "The journal is damaged" in result.err
    assert result.json["error"]["parameters"] == {"event": row}


def test_the_export_is_a_line_of_json_an_event_and_never_a_code(kiosk: Kiosk) -> None:
    fields = kiosk.deposited("T1")
    assert kiosk("deposit", "T2", "--contact", fields["contactId"], "--no-show-code").code == 0
    database = sqlite3.connect(kiosk.data_dir / "journal.sqlite")
    waiting = database.execute("SELECT code FROM codes").fetchone()[0]
    database.close()
    result = kiosk("journal", "export")
    events = [json.loads(line) for line in result.out.splitlines()]
    assert [event["sequence"] for event in events] == list(range(1, 16))
    assert {"parcelId", "at", "desk", "person", "type", "body", "hash"} <= set(events[0])
    assert fields["pickupCode"] not in result.out
    assert waiting not in result.out
    assert kiosk("journal", "export", "--json").json == events


def test_without_a_journal_nothing_is_made(kiosk: Kiosk) -> None:
    for command in ("verify", "export"):
        result = kiosk("journal", command, "--json")
        assert result.code == 1
        assert "There is no journal" in result.err
    assert not kiosk.data_dir.exists()


def test_what_is_no_journal_is_refused(kiosk: Kiosk) -> None:
    kiosk.data_dir.mkdir()
    (kiosk.data_dir / "journal.sqlite").write_bytes(b"no database at all, but long enough" * 100)
    result = kiosk("journal", "verify")
    assert result.code == 1
    assert "damaged" in result.err


def test_a_journal_of_another_environment_is_refused(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.deposited("T1")
    monkeypatch.setenv("KIOSK_ENVIRONMENT", "sandbox")
    for name, value in (("LOCKERS__CLIENT_ID", "a"), ("LOCKERS__CLIENT_SECRET", "b"), ("DESK__USER_ID", "c")):
        monkeypatch.setenv(f"KIOSK_{name}", value)
    result = kiosk("journal", "verify")
    assert result.code == 1
    assert "belongs to the environment demo" in result.err


def test_one_of_the_two_must_be_named(kiosk: Kiosk) -> None:
    assert kiosk("journal").code == 2


@pytest.mark.parametrize("command", ["import", "restore"])
def test_an_export_is_brought_back_into_an_empty_folder(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    kiosk.deposited("T1")
    backup = tmp_path / "backup.jsonl"
    backup.write_text(kiosk("journal", "export").out, "utf-8")

    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "new"))
    assert kiosk("journal", command, str(backup)).out == "8 events were imported; the chain is intact.\n"
    again = kiosk("journal", command, str(backup), "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "journal_not_empty")
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "another"))
    assert kiosk("journal", command, str(backup), "--json").json == {"events": 8, "version": None}


def test_an_export_of_version_0_1_is_brought_in_under_todays_codes(kiosk: Kiosk) -> None:
    result = kiosk("journal", "import", str(VERSION_0_1 / "export.jsonl"))
    lines = len((VERSION_0_1 / "export.jsonl").read_text("utf-8").splitlines())
    assert (result.code, result.out) == (0, f"{lines} events of version 0.1 were imported; the chain is intact.\n")
    assert set(kiosk.events()) <= set(EVENTS)
    assert kiosk.events()[-2:] == ["journal_imported", "command_run"]
    assert kiosk("journal", "verify").code == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "export_unreadable"), (b"\xff\xfe", "export_not_utf_8"), (b"no json\n", "export_line_unreadable")],
)
def test_what_is_no_export_is_refused_and_imports_nothing(
    kiosk: Kiosk, tmp_path: Path, content: bytes | None, code: str
) -> None:
    file = tmp_path / "export.jsonl"
    if content is not None:
        file.write_bytes(content)
    result = kiosk("journal", "import", str(file), "--json")
    assert (result.code, result.json["error"]["code"]) == (1, code)
    assert "Nothing was imported." in result.err


def test_a_head_that_was_kept_tells_that_an_older_copy_was_put_back(kiosk: Kiosk, tmp_path: Path) -> None:
    kiosk.deposited("T1")
    journal, older, heads = kiosk.data_dir / "journal.sqlite", tmp_path / "older", tmp_path / "heads"
    copied = kiosk("journal", "verify", "--json").json
    shutil.copy(journal, older)
    kiosk.deposited("T2")
    newest = kiosk("journal", "verify", "--json").json["head"]
    heads.write_text(f"{copied['head']}\nNov 26 09:10:08 desk parcel-kiosk: journal-head {newest}\n")
    assert kiosk("journal", "verify", "--against", str(heads)).code == 0
    older.replace(journal)
    assert kiosk("journal", "verify").code == 0
    result = kiosk("journal", "verify", "--json", "--against", str(heads))
    assert (result.code, result.json["problem"], result.json["firstBad"]) == (1, "head_missing", 16)


def test_a_file_without_heads_is_refused(kiosk: Kiosk, tmp_path: Path) -> None:
    kiosk.deposited("T1")
    (tmp_path / "heads").write_text("nothing of the kind\n")
    result = kiosk("journal", "verify", "--json", "--against", str(tmp_path / "heads"))
    assert (result.code, result.json["error"]["code"]) == (1, "no_heads")


def test_a_closed_standard_input_is_named(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    for command in (("verify", "--against"), ("import",)):
        result = kiosk("journal", *command, "-", "--json")
        assert (result.code, result.json["error"]["code"]) == (1, "input_failed")


def test_rows_that_are_not_as_the_events_say_are_made_anew_and_named(kiosk: Kiosk) -> None:
    fields = kiosk.deposited("T1")
    assert kiosk("journal", "rebuild", "--json").json == {"changed": [], "left": []}
    tamper(kiosk, "UPDATE parcels SET body = json_set(body, '$.state', 'collected')", "DELETE FROM words_of_parcels")
    assert kiosk("find", "T1", "--json").json["state"] == "collected"
    result = kiosk("journal", "rebuild")
    assert result.code == 0
    assert result.out.startswith("5 rows were made anew.\n"), (
        "two rows, their index, and the triggers that were taken off"
    )
    assert kiosk("find", "T1", "--json").json["state"] == fields["state"]
    assert kiosk("journal", "verify").code == 0


def test_what_no_event_can_bring_back_is_said(kiosk: Kiosk) -> None:
    fields = kiosk.deposited("T1")
    assert kiosk("deposit", "T2", "--contact", fields["contactId"], "--no-show-code").code == 0
    tamper(kiosk, "DELETE FROM codes")
    result = kiosk("journal", "rebuild", "--json")
    assert result.code == 1
    assert {each["code"] for each in result.json["left"]} == {"waiting_code_missing", "codes_changed"}


def test_a_program_fits_the_files_that_it_made_and_changes_none_of_them(kiosk: Kiosk) -> None:
    assert kiosk("journal", "fits", "--json").json == {"journal": None, "directory": None}
    assert not kiosk.data_dir.exists()
    kiosk.deposited("T1")
    before = {path: path.read_bytes() for path in kiosk.data_dir.glob("*.sqlite")}
    result = kiosk("journal", "fits", "--json")
    assert (result.code, result.json) == (0, {"journal": SCHEMA_VERSION, "directory": DIRECTORY_VERSION})
    assert {path: path.read_bytes() for path in kiosk.data_dir.glob("*.sqlite")} == before


def test_an_older_journal_fits_and_is_not_brought_on(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    set_schema(kiosk.data_dir / "journal.sqlite", SCHEMA_VERSION - 1)
    assert kiosk("journal", "fits", "--json").json["journal"] == SCHEMA_VERSION - 1
    assert kiosk("journal", "fits", "--json").json["journal"] == SCHEMA_VERSION - 1


@pytest.mark.parametrize(("file", "code"), [("journal", "journal_is_newer"), ("recipients", "directory_is_newer")])
def test_a_file_of_a_newer_program_does_not_fit(kiosk: Kiosk, file: str, code: str) -> None:
    kiosk.deposited("T1")
    set_schema(kiosk.data_dir / f"{file}.sqlite", 99)
    result = kiosk("journal", "fits", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, code)


def set_schema(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {version}")
