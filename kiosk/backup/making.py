"""Makes a backup beside a working desk: copies in short readings, proves the copy, packs it, reads it back.

Nothing of it keeps the desk from recording. Pickup codes stay behind: see `kiosk/journal/backup.py`.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from kiosk import __version__
from kiosk.backup import age, archive
from kiosk.backup.archive import DIRECTORY, FILES, JOURNAL, Content, Manifest
from kiosk.backup.workplace import workplace
from kiosk.errors import BackupError
from kiosk.journal.backup import back_up as copy_journal
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import BackupMade
from kiosk.parcels.people import Person
from kiosk.parcels.records import Head
from kiosk.recipients.backup import back_up as copy_directory
from kiosk.settings import Settings
from kiosk.storage import GoOn, in_thread, translated

_WORKPLACE: Final = "new-backup"
_UNFINISHED: Final = ".part"
_SPARE: Final = 200 * 1024 * 1024
"""Bytes that stay free on the data folder's disk beside the copy: the desk goes on recording."""


class Made(NamedTuple):
    """A backup that was made."""

    path: Path
    head: Head
    is_encrypted: bool
    removed: int
    """How many older ones were deleted."""


async def back_up(journal: Journal, settings: Settings, folder: Path, person: Person, now: datetime) -> Made:
    """Write a backup into a folder (0600), delete the oldest of those beyond `backup.keep`, and record it.

    Raises BackupError, StorageError, DirectoryError. A backup that did not turn out well leaves nothing behind, and
    deletes no other.
    """
    data = settings.data_dir
    with workplace(data / _WORKPLACE) as place:
        _want_room(data)
        head = await copy_journal(journal.connection, place / JOURNAL)
        if (data / DIRECTORY).exists():
            await copy_directory(data, place / DIRECTORY)
        public_key = settings.backup.public_key
        path = folder / _name(head.desk, now, is_encrypted=bool(public_key))

        def write(go_on: GoOn) -> int:
            manifest = Manifest(
                format=archive.FORMAT,
                version=__version__,
                made_at=now,
                kiosk=settings.desk.name,
                environment=settings.environment.value,
                head=str(head),
                files=tuple(_contents(place)),
            )
            with _as_backup(path):
                _write(path, manifest, place, public_key, go_on)
                return _remove_oldest(path, head.desk, settings.backup.keep)

        removed = await in_thread(write)
    made = BackupMade(events=head.sequence, head=head.hash, encrypted=bool(public_key), origin=person.origin)
    await journal.record(made, person)
    return Made(path, head, bool(public_key), removed)


def _want_room(data: Path) -> None:
    """Refuse where the copy would leave the desk no room to record."""
    with translated(data):
        wanted = sum((data / name).stat().st_size for name in FILES if (data / name).exists()) + _SPARE
        if shutil.disk_usage(data).free < wanted:
            raise BackupError("no_room_for_backup", folder=str(data), megabytes=wanted // 1_000_000)


def _contents(place: Path) -> Iterator[Content]:
    with translated(place):
        for name in FILES:
            if (place / name).exists():
                yield archive.content_of(place / name)


def _name(desk: str, now: datetime, *, is_encrypted: bool) -> str:
    ending = archive.SUFFIX + (age.SUFFIX if is_encrypted else "")
    return f"parcel-kiosk-{desk}-{now:%Y%m%dT%H%M%SZ}{ending}"


@contextmanager
def _as_backup(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError("backup_not_written", path=str(path), text=error.strerror or str(error)) from error


def _write(path: Path, manifest: Manifest, place: Path, public_key: str, go_on: GoOn) -> None:
    """Write the file under another name, and give it its own once it reads as it was written."""
    part = path.with_name(path.name + _UNFINISHED)
    if path.exists():
        raise BackupError("backup_is_there", path=str(path))
    try:
        with archive.private_file(part) as file:
            out = _Hashing(file, go_on)
            with age.encrypted(out, public_key) if public_key else nullcontext(out) as target:
                archive.write(target, manifest, place)
            file.flush()
            os.fsync(file.fileno())
            if sys.platform == "linux":  # what is read back is to come from the disk
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        _want_digest(part, out.digest)
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _want_digest(path: Path, digest: str) -> None:
    if archive.digest_of(path) != digest:
        raise BackupError("backup_reads_differently", path=str(path))


def _remove_oldest(made: Path, desk: str, keep: int) -> int:
    """Delete this desk's oldest backups, and what an earlier one left unfinished; return how many were whole.

    The one just made stays, also where the clock once ran ahead and others are named for a later time.
    """
    own = re.compile(rf"parcel-kiosk-{desk}-\d{{8}}T\d{{6}}Z{re.escape(archive.SUFFIX)}({re.escape(age.SUFFIX)})?")
    others = [path for path in made.parent.iterdir() if path != made]
    for path in others:
        if path.name.endswith(_UNFINISHED) and own.fullmatch(path.name.removesuffix(_UNFINISHED)):
            path.unlink(missing_ok=True)
    whole = sorted((path for path in others if own.fullmatch(path.name)), reverse=True)
    for path in whole[keep - 1 :]:
        path.unlink(missing_ok=True)
    return len(whole[keep - 1 :])


class _Hashing:
    """What a file is written through: it knows what must be on the disk at the end."""

    def __init__(self, file: BinaryIO, go_on: GoOn) -> None:
        self._file = file
        self._go_on = go_on
        self._sha256 = hashlib.sha256()
        self.flush = file.flush

    def write(self, data: bytes, /) -> int:
        """Write the bytes, and remember their sum."""
        self._go_on()
        self._sha256.update(data)
        return self._file.write(data)

    @property
    def digest(self) -> str:
        """Of what was written so far, in hexadecimal digits."""
        return self._sha256.hexdigest()
