"""What a backup is: a gzipped tar of a manifest and the desk's files, so that also without this program it can be read.

Written and read as a stream, whatever its size. Knows neither encryption nor what the files hold.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from datetime import datetime
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Final, Literal, Protocol

from pydantic import ValidationError

from kiosk.errors import RestoreError
from kiosk.journal import store
from kiosk.parcels.base import Value
from kiosk.recipients import file as directory

JOURNAL: Final = store.FILE_NAME
DIRECTORY: Final = directory.FILE_NAME
FILES: Final = (JOURNAL, DIRECTORY)
"""What can't be made anew from elsewhere. A desk that never imported anybody has no directory."""

FORMAT: Final = 1
SUFFIX: Final = ".tar.gz"
CHUNK: Final = 256 * 1024
"""Bytes that are held at once."""

_MANIFEST: Final = "manifest.json"
_LONGEST_MANIFEST: Final = 64 * 1024
_QUICKLY: Final = 1
"""Of gzip's levels: half as large again as the best one, in a quarter of its time."""
_GZIP: Final = b"\x1f\x8b"
_BROKEN: Final = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile)


class Sink(Protocol):
    """What a backup is written to."""

    def write(self, data: bytes, /) -> int:
        """Take the bytes."""

    def flush(self) -> object:
        """Let nothing wait."""


class Content(Value):
    """One file of a backup."""

    name: Literal["journal.sqlite", "recipients.sqlite"]
    size: int
    sha256: str


class Manifest(Value):
    """What a backup says of itself; it stands at its beginning."""

    format: int
    version: str
    """Of the program that made it."""
    made_at: datetime
    kiosk: str
    environment: str
    head: str
    """The end of the journal's chain that is in it."""
    files: tuple[Content, ...]


def content_of(path: Path) -> Content:
    """Read a file through and return what the manifest says of it; raises OSError."""
    return Content.model_validate({"name": path.name, "size": path.stat().st_size, "sha256": digest_of(path)})


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; raises OSError."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Sink, manifest: Manifest, folder: Path) -> None:
    """Write a backup of the files in a folder; raises OSError."""
    body = manifest.model_dump_json(by_alias=True).encode()
    with (
        gzip.GzipFile(filename="", fileobj=target, mode="wb", compresslevel=_QUICKLY) as packed,
        tarfile.open(fileobj=packed, mode="w|", bufsize=CHUNK) as tar,
    ):
        tar.addfile(_member(_MANIFEST, len(body), manifest), io.BytesIO(body))
        for content in manifest.files:
            with (folder / content.name).open("rb") as file:
                tar.addfile(_member(content.name, content.size, manifest), file)


def read(source: BufferedReader, folder: Path) -> Manifest:
    """Write the files of a backup into a folder (0600), each as its manifest says, and return that.

    Raises RestoreError for what is damaged, cut off, too new or no backup, and OSError.
    """
    if source.peek(len(_GZIP))[: len(_GZIP)] != _GZIP:
        raise RestoreError("not_a_backup")
    try:
        with (
            gzip.GzipFile(fileobj=source) as unpacked,
            tarfile.open(fileobj=unpacked, mode="r|", bufsize=CHUNK) as tar,
        ):
            manifest = _manifest(tar)
            for content in manifest.files:
                _take_out(tar, content, folder)
            while unpacked.read(CHUNK):  # to the end, where gzip has its own sum
                pass
    except _BROKEN as error:
        raise RestoreError("backup_damaged") from error
    return manifest


def _manifest(tar: tarfile.TarFile) -> Manifest:
    member = tar.next()
    file = tar.extractfile(member) if member is not None and member.name == _MANIFEST else None
    if file is None:
        raise RestoreError("not_a_backup")
    body = file.read(_LONGEST_MANIFEST)
    try:
        manifest = Manifest.model_validate_json(body)
    except ValidationError as error:
        # A later format may say more, or name other files.
        raise RestoreError("backup_is_newer" if _format_of(body) > FORMAT else "backup_damaged") from error
    if manifest.format > FORMAT:
        raise RestoreError("backup_is_newer")
    return manifest


def _take_out(tar: tarfile.TarFile, content: Content, folder: Path) -> None:
    member = tar.next()
    # The name is the manifest's, which knows only ours: nothing is ever written elsewhere.
    if member is None or (member.name, member.size) != (content.name, content.size):
        raise RestoreError("backup_damaged")
    file = tar.extractfile(member)
    if file is None:
        raise RestoreError("backup_damaged")
    digest = hashlib.sha256()
    with private_file(folder / content.name) as out:
        for chunk in iter(partial(file.read, CHUNK), b""):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != content.sha256:
        raise RestoreError("backup_damaged")


def private_file(path: Path) -> BinaryIO:
    """Make a file that only its owner reads; raises OSError, also where there is one."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _format_of(body: bytes) -> int:
    try:
        return int(json.loads(body)["format"])
    except (ValueError, KeyError, TypeError):
        return 0


def _member(name: str, size: int, manifest: Manifest) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(manifest.made_at.timestamp())
    return member
