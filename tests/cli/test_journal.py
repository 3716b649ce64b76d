"""`kiosk journal verify` and `export`."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from kiosk.cli.command import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.harness import Kiosk


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
    assert kiosk("journal", "verify").out == "7 events; the chain is intact.\n"
    result = kiosk("journal", "verify", "--json")
    assert result.code == 0
    assert (result.json["sound"], result.json["events"]) == (True, 7)


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE events SET person = 'nobody' WHERE sequence = 3", 3),
        ("DELETE FROM events WHERE sequence = 5", 6),
        ("DELETE FROM events WHERE sequence = 7", 7),
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
    assert [event["sequence"] for event in events] == list(range(1, 14))
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
    assert "made for demo" in result.err


def test_one_of_the_two_must_be_named(kiosk: Kiosk) -> None:
    assert kiosk("journal").code == 2


def test_an_export_is_brought_back_into_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "old"))
    assert run(["deposit", "T1", "--contact", "684a6b7bbc85e1bce7392b9e", "--json"]) == 0
    capsys.readouterr()
    assert run(["journal", "export"]) == 0
    backup = tmp_path / "backup.jsonl"
    backup.write_text(capsys.readouterr().out, "utf-8")

    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "new"))
    assert run(["journal", "import", str(backup)]) == 0
    assert "the chain is intact" in capsys.readouterr().out
    assert run(["journal", "import", str(backup)]) == 1
    assert "already holds events" in capsys.readouterr().err
    assert run(["journal", "import", str(tmp_path / "missing")]) == 1
    assert "can't be read" in capsys.readouterr().err
