"""`kiosk console keys`: whose keys may log in, read as the console's wrapper reads them; doubles are refused."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from tests.cli.harness import Kiosk


def key(number: int, kind: str = "ssh-ed25519") -> str:
    return f"{kind} {base64.b64encode(bytes([number]) * 51).decode()}"


def fingerprint(number: int) -> str:
    digest = hashlib.sha256(bytes([number]) * 51).digest()
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


@pytest.fixture
def keys(kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert not kiosk.data_dir.exists()
    monkeypatch.setenv("KIOSK_CONSOLE__KEYS_FILE", str(tmp_path / "authorized_keys"))
    monkeypatch.setenv("KIOSK_CONSOLE__ROLES", '{"ana": "admin", "Ana": "viewer", "ben": "operator"}')
    return tmp_path / "authorized_keys"


def test_each_key_is_listed_with_its_person_role_and_fingerprint(kiosk: Kiosk, keys: Path) -> None:
    keys.write_text(
        f"# {key(9)} nobody\n\nrestrict,pty {key(1)} ana\n"
        f'restrict,pty,from="192.0.2.0/24" {key(2, "ecdsa-sha2-nistp256")} laptop ben\n{key(3)}\n{key(4)} monitoring\n'
    )
    result = kiosk("console", "keys", "--json")
    assert result.code == 0
    assert result.json == {
        "keys": [
            {"name": "ana", "role": "admin", "keyType": "ssh-ed25519", "fingerprint": fingerprint(1), "line": 3},
            {
                "name": "ben",
                "role": "operator",
                "keyType": "ecdsa-sha2-nistp256",
                "fingerprint": fingerprint(2),
                "line": 4,
            },
            {"name": "", "role": None, "keyType": "ssh-ed25519", "fingerprint": fingerprint(3), "line": 5},
            {"name": "monitoring", "role": None, "keyType": "ssh-ed25519", "fingerprint": fingerprint(4), "line": 6},
        ],
        "errors": [],
    }
    text = kiosk("console", "keys")
    assert fingerprint(2) in text.out
    assert not kiosk.data_dir.exists(), "nothing is opened for it"


def test_a_key_on_two_lines_is_refused(kiosk: Kiosk, keys: Path) -> None:
    keys.write_text(f"restrict,pty {key(1)} ana\nrestrict {key(2)} ben\nrestrict {key(1)} ben\n")
    result = kiosk("console", "keys", "--json")
    assert result.code == 1
    (error,) = result.json["errors"]
    assert (error["code"], error["parameters"]["lines"]) == ("key_twice", ["1", "3"])
    assert "same key" in kiosk("console", "keys").err


def test_names_that_look_alike_and_have_other_roles_are_refused(kiosk: Kiosk, keys: Path) -> None:
    keys.write_text(f"{key(1)} ana\n{key(2)} Ana\n{key(3)} ben\n{key(4)} ben\n")
    result = kiosk("console", "keys", "--json")
    assert result.code == 1
    assert [error["code"] for error in result.json["errors"]] == ["names_alike"], "one person may have two keys"


def test_a_missing_file_is_said(kiosk: Kiosk, keys: Path) -> None:
    result = kiosk("console", "keys", "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "keys_unreadable")
    assert str(keys) in result.err
