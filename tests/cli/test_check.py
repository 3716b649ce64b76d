"""`kiosk check`: every step, and how far it gets when one fails."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Service
from tests.cli.harness import Kiosk


def steps(result: Any) -> dict[str, Any]:
    return {step["name"]: step for step in result.json["steps"]}


def test_a_sound_demo_passes_every_step(kiosk: Kiosk) -> None:
    result = kiosk("check", "--json")
    assert result.code == 0
    assert result.json["ok"] is True
    assert [(step["name"], step["ok"]) for step in result.json["steps"]] == [
        ("settings", True),
        ("storage", True),
        ("network", True),
        ("finder", True),
        ("terminal", True),
        ("scanner", None),
    ]
    storage, network = steps(result)["storage"]["values"], steps(result)["network"]["values"]
    assert (storage["folderMode"], storage["fileMode"], storage["environment"]) == ("0700", "0600", "demo")
    assert storage["sqliteVersion"] == sqlite3.sqlite_version
    assert network["lockerBanks"] == "AOne BTwo CThree"
    assert network["seconds"] > 0


def test_in_words_each_step_has_its_line_and_no_secret(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_LOCKERS__TOKEN", "sesame-open")
    result = kiosk("check")
    assert result.code == 0
    assert [line.split()[:2] for line in result.out.splitlines() if line.startswith("ok ")] == [
        ["ok", "settings"],
        ["ok", "storage"],
        ["ok", "network"],
        ["ok", "finder"],
        ["ok", "terminal"],
    ]
    assert "lockers.token " in result.out
    assert "sesame-open" not in result.out + result.err + kiosk("check", "--json").out


def test_wrong_settings_fail_and_the_rest_goes_on(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DESK__THEME", "pink")
    result = kiosk("check", "--json")
    assert result.code == 1
    found = {step["name"]: step["ok"] for step in result.json["steps"]}
    assert found == {
        "settings": False,
        "storage": None,
        "network": None,
        "finder": None,
        "terminal": True,
        "scanner": None,
    }
    assert steps(result)["settings"]["error"]["parameters"]["key"] == "desk.theme"
    assert steps(result)["settings"]["error"] == {
        "code": "setting_not_one_of",
        "parameters": {"key": "desk.theme", "source": "KIOSK_DESK__THEME", "allowed": ["dark", "light", "contrast"]},
        "retryable": False,
    }
    assert "skipped" in kiosk("check").out


def test_a_folder_that_can_not_be_used_fails_and_the_network_is_still_tested(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "file" / "data"))
    result = kiosk("check", "--json")
    assert result.code == 1
    assert steps(result)["storage"]["ok"] is False
    assert steps(result)["storage"]["error"]["code"] == steps(result)["storage"]["code"]
    assert steps(result)["network"]["ok"] is True


def test_a_damaged_journal_fails_with_its_row(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    database = sqlite3.connect(kiosk.data_dir / "journal.sqlite")
    database.execute("DROP TRIGGER events_are_not_updated")
    database.execute("UPDATE events SET kiosk = 'x' WHERE sequence = 2")
    database.commit()
    database.close()
    result = kiosk("check", "--json")
    assert result.code == 1
    assert steps(result)["storage"]["error"]["parameters"] == {"event": 2}


def test_a_journal_that_others_may_read_fails(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    kiosk.data_dir.chmod(0o755)
    assert kiosk("check").code == 0
    (kiosk.data_dir / "journal.sqlite").chmod(0o644)
    result = kiosk("check", "--json")
    assert result.code == 1
    assert steps(result)["storage"]["code"] == "journal_open_to_others"
    assert f"chmod -R go= '{kiosk.data_dir}'" in kiosk("check").out


def test_an_unreachable_service_fails_the_network(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_LOCKERS__URL", "http://127.0.0.1:9/parcelpoint")
    monkeypatch.setenv("KIOSK_LOCKERS__AUTH", "bearer")
    result = kiosk("check", "--json")
    assert result.code == 1
    # The demo's finder is on the same host.
    assert [step["name"] for step in result.json["steps"] if step["ok"] is False] == ["network", "finder"]
    assert steps(result)["network"]["values"]["lockersUrl"] == "http://127.0.0.1:9/parcelpoint"


def test_wrong_credentials_and_a_wrong_bank_fail_the_network(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.url
    monkeypatch.setenv("KIOSK_DESK__DEFAULT_BANK", "ZNine")
    result = kiosk("check", "--json")
    assert result.code == 1
    assert steps(result)["network"]["error"] == {
        "code": "default_bank_unknown",
        "parameters": {"locker_bank_id": "ZNine"},
        "retryable": False,
    }
    said = kiosk("check").out
    assert "This account has no locker bank ZNine at this location." in said
    assert "Check desk.default_bank" in said
    monkeypatch.setenv("KIOSK_LOCKERS__CLIENT_SECRET", "wrong")
    result = kiosk("check", "--json")
    assert result.code == 1
    assert (steps(result)["network"]["ok"], steps(result)["network"]["code"]) == (False, "token_refused_with_text")
    assert "rejected this kiosk's credentials" in kiosk("check").out


def test_a_finder_without_account_or_address_is_skipped_and_a_wrong_one_fails(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.url
    monkeypatch.setenv("KIOSK_FACILITIES__API_SECRET", "wrong")
    result = kiosk("check", "--json")
    assert result.code == 1
    assert [step["name"] for step in result.json["steps"] if step["ok"] is False] == ["finder"]
    assert "wrong" not in result.out
    monkeypatch.setenv("KIOSK_FACILITIES__API_KEY", "")
    result = kiosk("check", "--json")
    assert result.code == 0
    assert (steps(result)["finder"]["ok"], steps(result)["finder"]["code"]) == (None, "finder_not_set_up")
    assert "Not tested: facilities.api_key is not set." in kiosk("check").out
    monkeypatch.setenv("KIOSK_FACILITIES__API_KEY", "demo")
    monkeypatch.setenv("KIOSK_DESK__ADDRESS__CITY", "Roanoke")
    assert steps(kiosk("check", "--json"))["finder"]["ok"] is False


def test_the_scanner_is_asked_for_only_by_name_and_at_a_terminal(kiosk: Kiosk) -> None:
    assert steps(kiosk("check", "--json"))["scanner"]["code"] == "scanner_not_asked_for"
    assert "kiosk check --scanner" in kiosk("check").out
    result = kiosk("check", "--json", "--scanner")
    assert result.code == 0
    assert (steps(result)["scanner"]["ok"], steps(result)["scanner"]["code"]) == (None, "scanner_without_terminal")
