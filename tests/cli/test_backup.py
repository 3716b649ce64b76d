"""`kiosk backup` and `kiosk restore`: a desk comes back as it was, and nothing else does."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.backup import archive
from kiosk.journal.owners import Owner
from tests.cli.harness import PERSON, Kiosk

AGE_KEYGEN = shutil.which("age-keygen")
needs_age = pytest.mark.skipif(AGE_KEYGEN is None, reason="needs age (apt-get install age)")
FILES = ("journal.sqlite", "recipients.sqlite")


@pytest.fixture(name="folder")
def a_folder(kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert kiosk.data_dir.parent == tmp_path
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setenv("KIOSK_BACKUP__FOLDER", str(folder))
    return folder


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = new_key(tmp_path / "key")
    public = next(line for line in file.read_text().splitlines() if "public key" in line).rpartition(" ")[2]
    monkeypatch.setenv("KIOSK_BACKUP__PUBLIC_KEY", public)
    return file


def new_key(file: Path) -> Path:
    subprocess.run([AGE_KEYGEN or "", "-o", str(file)], check=True, capture_output=True)  # noqa: S603 - installed
    return file


def backed_up(kiosk: Kiosk) -> Any:
    result = kiosk("backup", "--json")
    assert result.code == 0, result.err
    return result.json


def refused(kiosk: Kiosk, *arguments: str) -> str:
    before = {path: path.read_bytes() for path in kiosk.data_dir.rglob("*.sqlite")}
    result = kiosk("restore", *arguments, "--json")
    assert result.code == 1
    assert {path: path.read_bytes() for path in kiosk.data_dir.rglob("*.sqlite")} == before
    code: str = result.json["error"]["code"]
    return code


def test_a_desk_comes_back_as_it_was_and_says_so(kiosk: Kiosk, folder: Path) -> None:
    kiosk.deposited("T1")
    made = backed_up(kiosk)
    file = Path(made["file"])
    assert (file.parent, file.stat().st_mode & 0o777) == (folder, 0o600)
    assert (made["events"], made["encrypted"]) == (8, False)
    before = kiosk("journal", "export", "--json").json[: made["events"]]
    kiosk.deposited("T2")

    back = kiosk("restore", str(file), "--json").json
    assert (back["events"], back["head"], back["missing"]) == (8, made["head"], 9)
    assert kiosk("find", "T1", "--json").json["state"] == "in_locker"
    assert kiosk("find", "T2", "--json").json["state"] == "in_locker", "asked of the service, which knows more"
    assert kiosk("recipients", "search", "abboud", "--json").json
    events = kiosk("journal", "export", "--json").json
    assert events[:8] == before
    assert events[8]["type"] == "journal_restored"
    assert events[8]["body"]["missing"] == 9
    assert kiosk("journal", "verify").code == 0
    assert {path.name for path in Path(back["aside"]).iterdir()} >= set(FILES)


def test_it_comes_back_on_a_new_machine(kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.deposited("T1")
    made = backed_up(kiosk)
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(folder.parent / "new"))
    back = kiosk("restore", made["file"], "--json").json
    assert (back["missing"], back["aside"]) == (0, None)
    assert kiosk("journal", "verify").code == 0


def test_the_files_folder_is_named_or_set(kiosk: Kiosk, tmp_path: Path) -> None:
    kiosk.deposited("T1")
    assert kiosk("backup", "--json").json["error"]["code"] == "no_backup_folder"
    assert kiosk("backup", str(tmp_path / "nowhere"), "--json").json["error"]["code"] == "backup_not_written"
    result = kiosk("backup", str(tmp_path))
    assert result.code == 0
    assert "Not encrypted" in result.out


def test_no_pickup_code_is_in_a_backup_or_comes_back(kiosk: Kiosk, folder: Path) -> None:
    code = kiosk.deposited("T1")["pickupCode"]
    assert kiosk("deposit", "T2", "--contact", PERSON, "--no-show-code").code == 0
    with closing(sqlite3.connect(kiosk.data_dir / "journal.sqlite")) as database:
        (waiting,) = database.execute("SELECT code FROM codes").fetchone()
        database.execute("INSERT INTO kept_codes SELECT parcel_id, intent_id, 'KEPT1234', '', '' FROM codes")
        database.commit()
    file = Path(backed_up(kiosk)["file"])
    with tarfile.open(file) as tar:
        journal = tar.extractfile("journal.sqlite")
        assert journal is not None
        content = journal.read()
    assert not [each for each in (code, waiting, "KEPT1234") if each.encode() in content]
    assert not [path for path in folder.iterdir() if path != file]

    assert kiosk("restore", str(file)).code == 0
    with closing(sqlite3.connect(kiosk.data_dir / "journal.sqlite")) as database:
        for table in ("codes", "kept_codes", "notice_codes"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - our own names
    assert kiosk("journal", "verify").code == 0, "the event says why a code that waits is not there"


@needs_age
def test_an_encrypted_backup_is_read_by_who_has_the_key_alone(kiosk: Kiosk, folder: Path, key: Path) -> None:
    kiosk.deposited("T1")
    made = backed_up(kiosk)
    file = Path(made["file"])
    assert made["encrypted"]
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    other = new_key(folder.parent / "other")
    assert refused(kiosk, str(file)) == "backup_is_encrypted"
    assert refused(kiosk, str(file), "--key", str(other)) == "backup_not_decrypted"
    half = folder.parent / "half.age"
    half.write_bytes(file.read_bytes()[:-1])
    assert refused(kiosk, str(half), "--key", str(key)) == "backup_not_decrypted"
    assert kiosk("restore", str(file), "--key", str(key), "--json").json["head"] == made["head"]


def test_where_age_is_not_installed_nothing_is_written_in_the_clear(
    kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.deposited("T1")
    monkeypatch.setenv("KIOSK_BACKUP__PUBLIC_KEY", "age1" + "q" * 58)
    monkeypatch.setenv("PATH", str(folder))
    result = kiosk("backup", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "backup_without_age")
    assert not list(folder.iterdir())
    assert {path.name for path in kiosk.data_dir.iterdir()} >= set(FILES)
    assert not (kiosk.data_dir / "new-backup").exists()


@needs_age
def test_a_key_that_age_does_not_take_is_said(kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.deposited("T1")
    monkeypatch.setenv("KIOSK_BACKUP__PUBLIC_KEY", "age1" + "q" * 58)  # no such point: its check sum is wrong
    result = kiosk("backup", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "backup_not_encrypted")
    assert not list(folder.iterdir())


def test_a_private_key_never_stands_in_the_settings(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_BACKUP__PUBLIC_KEY", "AGE-SECRET-KEY-1QQQQQQQQQQQQQQ")
    result = kiosk("backup", "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "no_public_key")
    assert "SECRET" not in result.out + result.err


def test_beside_a_kiosk_a_backup_is_made_and_none_is_restored(kiosk: Kiosk, folder: Path) -> None:
    kiosk.deposited("T1")
    other = Owner(kiosk.data_dir / "owners")
    file = backed_up(kiosk)["file"]
    assert refused(kiosk, file) == "kiosk_is_open"
    other.close(in_use=False)
    assert kiosk("restore", file).code == 0
    assert [str(path) for path in folder.iterdir()] == [file]


@pytest.mark.parametrize("damage", ["half", "foreign", "other environment", "damaged journal"])
def test_what_is_not_a_sound_backup_of_this_desk_is_refused(
    kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    kiosk.deposited("T1")
    file = Path(backed_up(kiosk)["file"])
    wanted = {"half": "backup_damaged", "foreign": "not_a_backup", "other environment": "journal_of_other_environment"}
    match damage:
        case "half":
            file.write_bytes(file.read_bytes()[:-9])
        case "foreign":
            file.write_text("a text")
        case "other environment":
            monkeypatch.setenv("KIOSK_ENVIRONMENT", "sandbox")
            for name, value in (("LOCKERS__CLIENT_ID", "a"), ("LOCKERS__CLIENT_SECRET", "b"), ("DESK__USER_ID", "c")):
                monkeypatch.setenv(f"KIOSK_{name}", value)
        case _:
            spoil(file, folder.parent)
    assert refused(kiosk, str(file)) == wanted.get(damage, "event_changed")
    assert not (kiosk.data_dir / "new-restore").exists()


def spoil(file: Path, folder: Path) -> None:
    """Put a journal with a forged event into a backup, with fitting sums."""
    place = folder / "place"
    place.mkdir()
    with file.open("rb") as source:
        manifest = archive.read(source, place)
    with closing(sqlite3.connect(place / "journal.sqlite")) as database:
        database.execute("DROP TRIGGER events_are_not_updated")
        database.execute("UPDATE events SET person = 'nobody' WHERE sequence = 3")
        database.commit()
    contents = tuple(archive.content_of(place / each.name) for each in manifest.files)
    with file.open("wb") as target:
        archive.write(target, manifest.model_copy(update={"files": contents}), place)


def test_a_damaged_journal_makes_no_backup_and_deletes_none(
    kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.deposited("T1")
    monkeypatch.setenv("KIOSK_BACKUP__KEEP", "1")
    kept = backed_up(kiosk)["file"]
    with closing(sqlite3.connect(kiosk.data_dir / "journal.sqlite")) as database:
        database.execute("DROP TRIGGER events_are_not_updated")
        database.execute("UPDATE events SET person = 'nobody' WHERE sequence = 3")
        database.commit()
    result = kiosk("backup", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "event_changed")
    assert [str(path) for path in folder.iterdir()] == [kept]


def test_the_latest_are_kept_and_nothing_else_is_touched(
    kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.deposited("T1")
    desk = kiosk("journal", "verify", "--json").json["head"].partition(":")[0]
    mine = [f"parcel-kiosk-{desk}-2099010{day}T020000Z.tar.gz" for day in range(1, 5)]
    others = ["notes.txt", "parcel-kiosk-0000000000000000-20200101T020000Z.tar.gz", f"parcel-kiosk-{desk}-x.tar.gz"]
    for name in (*mine, *others, f"parcel-kiosk-{desk}-20200101T020000Z.tar.gz.age.part"):
        (folder / name).touch()
    monkeypatch.setenv("KIOSK_BACKUP__KEEP", "3")
    made = backed_up(kiosk)
    assert made["removed"] == 2
    left = {path.name for path in folder.iterdir()}
    assert left == {*others, *mine[2:], Path(made["file"]).name}, "the one just made stays, whatever the clock says"


def test_a_full_disk_is_said_before_the_desk_has_no_room(
    kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.deposited("T1")
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=1_000_000))
    result = kiosk("backup", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "no_room_for_backup")
    assert not list(folder.iterdir())


def test_heads_that_were_kept_tell_what_is_missing(kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.deposited("T1")
    file = backed_up(kiosk)["file"]
    kiosk.deposited("T2")
    heads = folder.parent / "heads"
    heads.write_text(f"journal-head {kiosk('journal', 'verify', '--json').json['head']}\n")
    monkeypatch.setenv("KIOSK_STORAGE__HEADS_FILE", str(heads))
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(folder.parent / "new"))
    assert kiosk("restore", file, "--json").json["missing"] == 9
    result = kiosk("journal", "verify", "--json", "--against", str(heads))
    assert (result.code, result.json["problem"]) == (1, "head_missing")
    with closing(sqlite3.connect(folder.parent / "new" / "journal.sqlite")) as database:
        told = database.execute("SELECT body FROM events WHERE type = 'journal_restored'").fetchall()
    assert [json.loads(body)["missing"] for (body,) in told] == [9]
