"""A backup as a file: it comes back as it went in, and nothing else is taken for one."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backup import archive
from kiosk.backup.archive import FILES, Manifest, content_of
from kiosk.errors import RestoreError

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("place")
    for number, name in enumerate(FILES):
        (folder / name).write_bytes(bytes(range(256)) * (1 + number))
    return pack(folder)


def manifest(folder: Path, **changes: Any) -> Manifest:
    contents = tuple(content_of(folder / name) for name in FILES)
    said = Manifest(
        format=1, version="1", made_at=WHEN, kiosk="Mailroom", environment="demo", head="x:1:0", files=contents
    )
    return said.model_copy(update=changes)


def pack(folder: Path, **changes: Any) -> bytes:
    target = io.BytesIO()
    archive.write(target, manifest(folder, **changes), folder)
    return target.getvalue()


def read(content: bytes, folder: Path) -> Manifest:
    return archive.read(io.BufferedReader(io.BytesIO(content)), folder)


def refused(content: bytes, folder: Path) -> str:
    with pytest.raises(RestoreError) as caught:
        read(content, folder)
    return caught.value.code


def tarred(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as tar:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target.getvalue()


def test_files_come_back_as_they_went_in_and_for_their_owner_only(packed: bytes, tmp_path: Path) -> None:
    said = read(packed, tmp_path)
    assert said.made_at == WHEN
    assert [each.name for each in said.files] == list(FILES)
    for number, name in enumerate(FILES):
        assert (tmp_path / name).read_bytes() == bytes(range(256)) * (1 + number)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_it_can_be_opened_without_this_program(packed: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        assert tar.getnames() == ["manifest.json", *FILES]


@given(st.data())
def test_a_backup_that_was_cut_off_is_never_taken_for_a_whole_one(
    packed: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    length = data.draw(st.integers(0, len(packed) - 1))
    code = refused(packed[:length], tmp_path_factory.mktemp("half"))
    assert code in ({"backup_damaged"} if length >= 2 else {"not_a_backup"})


@given(st.data())
def test_a_changed_byte_is_noticed(
    packed: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(packed) - 1))
    changed = bytearray(packed)
    changed[place] ^= data.draw(st.integers(1, 255))
    folder = tmp_path_factory.mktemp("changed")
    try:
        read(bytes(changed), folder)
    except RestoreError:
        return
    # What was changed is none of the content: gzip's header has fields that nobody reads.
    for number, name in enumerate(FILES):
        assert (folder / name).read_bytes() == bytes(range(256)) * (1 + number)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_backup"),
        (b"SQLite format 3\0" + bytes(100), "not_a_backup"),
        (gzip.compress(b"a text"), "backup_damaged"),
        (tarred(("photo.jpg", b"...")), "not_a_backup"),
        (tarred(("manifest.json", b"no json")), "backup_damaged"),
        (tarred(("manifest.json", json.dumps({"format": 2, "parts": []}).encode())), "backup_is_newer"),
    ],
    ids=["empty", "a database", "a text", "a picture", "a manifest that is none", "a later format"],
)
def test_what_is_no_backup_of_this_version_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    assert refused(content, tmp_path) == code


def test_a_file_that_is_not_as_the_manifest_says_is_refused(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(b"before")
    said = manifest(tmp_path)
    (tmp_path / FILES[0]).write_bytes(b"behind")
    target = io.BytesIO()
    archive.write(target, said, tmp_path)
    (tmp_path / "out").mkdir()
    assert refused(target.getvalue(), tmp_path / "out") == "backup_damaged"


def test_no_name_in_a_backup_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    said = {"format": 1, "version": "1", "madeAt": "2026-03-02T09:00:00Z", "kiosk": "k", "environment": "demo"}
    files = [{"name": "../escaped", "size": 1, "sha256": "0" * 64}]
    body = json.dumps({**said, "head": "x:1:0", "files": files}).encode()
    assert refused(tarred(("manifest.json", body), ("../escaped", b"x")), tmp_path / "in") == "backup_damaged"
    assert not (tmp_path / "escaped").exists()
