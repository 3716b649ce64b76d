"""`kiosk check`: every step, and how far it gets when one fails."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kiosk.cli.check import NEED_SETTINGS
from kiosk.cli.check_lockdown import check_lockdown
from kiosk.cli.check_network import check_clock
from kiosk.cli.check_people import check_people
from kiosk.cli.walk import WALKED
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.settings import load_settings
from kiosk.wiring import open_services
from tests.api.proxies import CONNECTED, ProxyServer, certificate, context_of, running
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
        ("language", True),
        ("secrets", True),
        ("storage", True),
        ("directory", True),
        ("people", None),
        ("lockdown", None),
        ("proxy", True),
        ("certificates", True),
        ("network", True),
        ("credentials", True),
        ("clock", None),
        ("finder", True),
        ("templates", True),
        ("mail", True),
        ("webhook", None),
        ("fleet", None),
        ("printer", None),
        ("devices", None),
        ("speech", None),
        ("terminal", True),
        ("scanner", None),
        *((name, None) for name in WALKED),
    ]
    storage, network, account = (steps(result)[name]["values"] for name in ("storage", "network", "credentials"))
    assert (storage["folderMode"], storage["fileMode"], storage["environment"]) == ("0700", "0600", "demo")
    assert storage["sqliteVersion"] == sqlite3.sqlite_version
    assert account["lockerBanks"] == "AOne BTwo CThree"
    assert network["seconds"] > 0


def test_in_words_each_step_has_its_line_and_no_secret(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_LOCKERS__TOKEN", "sesame-open")
    result = kiosk("check")
    assert result.code == 0
    assert [line.split()[:2] for line in result.out.splitlines() if line.startswith("ok ")] == [
        ["ok", name]
        for name in (
            "settings",
            "language",
            "secrets",
            "storage",
            "directory",
            "proxy",
            "certificates",
            "network",
            "credentials",
            "finder",
            "templates",
            "mail",
            "terminal",
        )
    ]
    assert "lockers.token " in result.out
    assert "sesame-open" not in result.out + result.err + kiosk("check", "--json").out


def test_wrong_settings_fail_and_the_rest_goes_on(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DESK__THEME", "pink")
    result = kiosk("check", "--json")
    assert result.code == 1
    found = {step["name"]: step["ok"] for step in result.json["steps"]}
    untested = dict.fromkeys((*NEED_SETTINGS, "scanner", *WALKED))
    assert found == untested | {"settings": False, "terminal": True}
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


@pytest.mark.parametrize("name", ["journal.sqlite", "recipients.sqlite", "kiosk.log", "owners/note"])
def test_a_file_that_others_may_read_fails_whatever_is_around_it(kiosk: Kiosk, name: str) -> None:
    kiosk.deposited("T1")
    kiosk.data_dir.chmod(0o755)
    assert kiosk("check").code == 0
    kiosk.data_dir.chmod(0o700)
    (kiosk.data_dir / name).touch()
    (kiosk.data_dir / name).chmod(0o644)
    result = kiosk("check", "--json")
    assert result.code == 1
    assert steps(result)["storage"]["error"]["code"] == "files_open_to_others"
    assert steps(result)["storage"]["error"]["parameters"]["paths"] == [str(kiosk.data_dir / name)]
    assert f"chmod -R go= '{kiosk.data_dir}'" in kiosk("check").out


@pytest.mark.parametrize("folder", [".", "owners"])
def test_a_folder_that_others_may_write_to_fails(kiosk: Kiosk, folder: str) -> None:
    kiosk.deposited("T1")
    (kiosk.data_dir / folder).chmod(0o777)
    result = kiosk("check", "--json")
    assert result.code == 1
    assert steps(result)["storage"]["code"] == "folder_open_to_others"


@pytest.mark.parametrize("name", ["journal.sqlite", "recipients.sqlite"])
def test_a_link_in_the_place_of_a_file_fails_and_is_not_followed(kiosk: Kiosk, tmp_path: Path, name: str) -> None:
    kiosk.data_dir.mkdir(mode=0o700)
    elsewhere = tmp_path / "elsewhere.sqlite"
    elsewhere.touch()
    (kiosk.data_dir / name).symlink_to(elsewhere)
    result = kiosk("check", "--json")
    assert result.code == 1
    for step in ("storage", "directory"):
        assert steps(result)[step]["error"]["parameters"] == {"path": str(kiosk.data_dir / name)}
    assert elsewhere.read_bytes() == b""


def test_a_file_for_heads_that_nothing_can_be_added_to_fails(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "nobody-reads")
    for name in ("nowhere/heads", ".", "nobody-reads"):
        monkeypatch.setenv("KIOSK_STORAGE__HEADS_FILE", str(tmp_path / name))
        result = kiosk("check", "--json")
        assert result.code == 1
        assert steps(result)["storage"]["code"] == "heads_not_kept"
    (tmp_path / "heads").write_text("earlier")
    monkeypatch.setenv("KIOSK_STORAGE__HEADS_FILE", str(tmp_path / "heads"))
    assert kiosk("check").code == 0
    assert (tmp_path / "heads").read_text() == "earlier"


@pytest.mark.parametrize("at", [0, 4096 * 3])
def test_a_damaged_directory_fails(kiosk: Kiosk, at: int) -> None:
    kiosk.deposited("T1")
    with (kiosk.data_dir / "recipients.sqlite").open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 4096)
    result = kiosk("check", "--json")
    assert result.code == 1
    assert (steps(result)["directory"]["ok"], steps(result)["directory"]["code"]) == (False, "file_damaged")
    assert steps(result)["storage"]["ok"] is True


def test_a_damaged_world_fails_the_demo(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    (kiosk.data_dir / "simulator" / "simulator.sqlite").write_bytes(b"nonsense" * 1000)
    assert steps(kiosk("check", "--json"))["storage"]["code"] == "simulator_file_unreadable"


def test_secrets_that_everybody_reads_or_replaces_fail(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert steps(kiosk("check", "--json"))["secrets"]["code"] == "no_secret_files"
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    secret = folder / "lockers__client_secret"
    secret.write_text("sesame")
    secret.chmod(0o440)
    monkeypatch.setenv("KIOSK_SECRETS_DIR", str(folder))
    assert steps(kiosk("check", "--json"))["secrets"]["values"] == {"files": str(secret)}
    for mode, of_folder, code in ((0o644, 0o700, "secret_open_to_others"), (0o600, 0o777, "secret_replaceable")):
        secret.chmod(mode)
        folder.chmod(of_folder)
        result = kiosk("check", "--json")
        assert result.code == 1
        assert (steps(result)["secrets"]["ok"], steps(result)["secrets"]["code"]) == (False, code)
        assert "sesame" not in result.out


def test_a_proxy_and_certificates_that_can_not_be_read_fail_their_steps(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_LOCKERS__URL", "https://lockers.example/parcelpoint")
    monkeypatch.setenv("HTTPS_PROXY", "http://desk:Top#secret@proxy.example:3128")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/secret-place.pem")
    result = kiosk("check", "--json")
    assert result.code == 1
    assert steps(result)["proxy"]["error"]["parameters"] == {"setting": "HTTPS_PROXY"}
    assert steps(result)["certificates"]["error"]["parameters"] == {"setting": "SSL_CERT_FILE"}
    assert steps(result)["network"]["ok"] is False
    said = result.out + kiosk("check").out
    assert not [part for part in ("Top", "secret@", "secret-place") if part in said]


def test_a_proxy_is_shown_for_each_address_without_its_password(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(ProxyServer(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) as proxy:
        monkeypatch.setenv("KIOSK_LOCKERS__URL", "https://lockers.example/parcelpoint")
        monkeypatch.setenv("KIOSK_FACILITIES__URL", "https://facilities.example")
        monkeypatch.setenv("ALL_PROXY", f"http://desk:sesame@127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", "facilities.example")
        result = kiosk("check", "--json")
    by_proxy = f"http://127.0.0.1:{proxy.port} (ALL_PROXY)"
    assert steps(result)["proxy"]["values"] == {
        "lockersUrl": by_proxy,
        "tokenUrl": by_proxy,
        "facilitiesUrl": "direct",
    }
    assert steps(result)["network"]["code"] == "proxy_failed"
    assert steps(result)["clock"]["code"] == "clock_not_told"
    assert "sesame" not in result.out


@pytest.mark.parametrize(
    ("behind", "code"),
    [
        (timedelta(seconds=-300), "clock_right"),
        (timedelta(seconds=301), "clock_behind"),
        (timedelta(days=-1), "clock_ahead"),
        (None, "clock_not_told"),
    ],
)
def test_the_clock_is_compared_with_the_services(behind: timedelta | None, code: str) -> None:
    settings = load_settings(environ={"KIOSK_LOCKERS__URL": "https://lockers.example"})
    assert check_clock(settings, behind).code == code


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl")
def test_the_clock_is_compared_through_a_proxy_and_by_the_desks_own_authority(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = ProxyServer(CONNECTED, context_of(certificate(tmp_path)), date=datetime.now(UTC) + timedelta(hours=2))
    with running(behind) as proxy:
        monkeypatch.setenv("KIOSK_LOCKERS__URL", "https://lockers.example")
        monkeypatch.setenv("KIOSK_LOCKERS__AUTH", "bearer")
        monkeypatch.setenv("KIOSK_NETWORK__PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("KIOSK_NETWORK__CA_FILE", str(tmp_path / "public.pem"))
        monkeypatch.setenv("KIOSK_FACILITIES__API_KEY", "")
        result = kiosk("check", "--json")
    assert steps(result)["credentials"]["values"]["lockerBanks"] == "A"
    assert steps(result)["certificates"]["values"] == {"source": "network.ca_file"}
    assert steps(result)["clock"]["error"]["parameters"] == {"minutes": pytest.approx(120, abs=1)}


def test_an_unreachable_service_fails_the_network(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_LOCKERS__URL", "http://127.0.0.1:9/parcelpoint")
    monkeypatch.setenv("KIOSK_LOCKERS__AUTH", "bearer")
    result = kiosk("check", "--json")
    assert result.code == 1
    # The demo's finder is on the same host.
    assert [step["name"] for step in result.json["steps"] if step["ok"] is False] == ["network", "finder"]
    assert steps(result)["credentials"]["code"] == "credentials_not_asked"
    assert steps(result)["network"]["values"]["lockersUrl"] == "http://127.0.0.1:9/parcelpoint"


def test_wrong_credentials_and_a_wrong_bank_are_no_fault_of_the_network(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.url
    monkeypatch.setenv("KIOSK_DESK__DEFAULT_BANK", "ZNine")
    result = kiosk("check", "--json")
    assert result.code == 1
    assert steps(result)["credentials"]["error"] == {
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
    assert (steps(result)["network"]["ok"], steps(result)["credentials"]["ok"]) == (True, False)
    assert steps(result)["credentials"]["code"] == "token_refused_with_text"
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


@pytest.mark.parametrize(
    ("role", "keys", "code"),
    [
        (Role.ADMIN, {"pin": SecretStr("84739261")}, "locked_down"),
        (Role.ADMIN, {"badge": SecretStr("badge-0001")}, "no_way_out"),
        (Role.CLERK, {"pin": SecretStr("84739261")}, "no_way_out"),
    ],
)
async def test_a_locked_kiosk_needs_an_administrator_with_a_pin(
    kiosk: Kiosk, role: Role, keys: dict[str, SecretStr], code: str
) -> None:
    settings = load_settings(environ={"KIOSK_STORAGE__DATA_DIR": str(kiosk.data_dir), "KIOSK_LOCKDOWN__ON": "true"})
    async with open_services(settings) as services:
        owner = Person(name="owner", role=Role.OWNER)
        await services.desk.people.add("Ida Berg", role, owner, pin=keys.get("pin"), badge=keys.get("badge"))
    step = await check_lockdown(settings)
    assert (step.code, step.ok) == (code, code == "locked_down")
    assert "84739261" not in str(step)


async def test_a_desk_at_which_people_sign_in_needs_somebody(kiosk: Kiosk) -> None:
    settings = load_settings(environ={"KIOSK_STORAGE__DATA_DIR": str(kiosk.data_dir), "KIOSK_PEOPLE__SIGN_IN": "true"})
    step = await check_people(settings)
    assert (step.code, step.ok) == ("nobody_listed", False)
    async with open_services(settings) as services:
        owner = Person(name="owner", role=Role.OWNER)
        await services.desk.people.add("Ida Berg", Role.CLERK, owner, badge=SecretStr("badge-0001"))
    step = await check_people(settings)
    assert (step.code, step.ok, step.values) == ("people_listed", True, {"people": 1})
