"""Brings a backup back into the data folder: everything is proved beside the old data before it takes its place.

The old data is put aside and never deleted. The journal says that it was restored, and how much is known to be missing.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from kiosk.backup import age, archive
from kiosk.backup.archive import DIRECTORY, FILES, JOURNAL, Manifest
from kiosk.backup.workplace import workplace
from kiosk.clock import Clock
from kiosk.errors import DirectoryError, RestoreError, StorageError
from kiosk.journal.backup import prove
from kiosk.journal.heads import head_at, heads_in
from kiosk.journal.store import Journal
from kiosk.long_work import in_thread
from kiosk.parcels.desk_events import JournalRestored
from kiosk.parcels.people import Person
from kiosk.parcels.records import Head
from kiosk.recipients.directory import Directory
from kiosk.settings import Settings
from kiosk.storage import translated

_WORKPLACE: Final = "new-restore"
_ASIDE: Final = "before-restore-"
_OF_SQLITE: Final = "-journal"
"""What SQLite adds to a file's name for what it needs to undo; beside another file it would spoil that."""


class Restored(NamedTuple):
    """A backup that was brought back."""

    manifest: Manifest
    head: Head
    """As it is in the backup."""
    missing: int
    """So many later events of this desk are known to be lost."""
    aside: Path | None
    """Where the old data lies; None where there was none."""


async def restore(
    file: Path,
    settings: Settings,
    person: Person,
    clock: Clock,
    *,
    reason: str,
    private_key: Path | None = None,
    known: Sequence[Head] = (),
) -> Restored:
    """Put a backup in the place of the data folder's journal and directory.

    `known` are heads that were kept elsewhere. Raises RestoreError, and StorageError where the disk does not do its
    part; the data folder is as it was then.
    """
    data = settings.data_dir
    with translated(data):
        data.mkdir(parents=True, mode=0o700, exist_ok=True)
    with _alone(data), workplace(data / _WORKPLACE) as place:
        with _as_restoring():
            manifest = await in_thread(lambda _: _unpack(file, private_key, place))
            async with _journal(place, settings, clock) as journal:
                head = await prove(journal.connection)
                if str(head) != manifest.head:
                    raise RestoreError("backup_damaged")
                missing = _missing(head, data, settings.storage.heads_file, known)
                told = JournalRestored(
                    events=head.sequence,
                    head=head.hash,
                    made_at=manifest.made_at,
                    missing=missing,
                    reason=reason,
                    origin=person.origin,
                )
                await journal.record(told, person)
            if (place / DIRECTORY).exists():
                async with Directory(place) as directory:
                    await directory.check()
        with translated(data):
            aside = _put_in_place(place, data, clock.now())
    return Restored(manifest, head, missing, aside)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the data folder against every other process; raises RestoreError where one has its journal open."""
    with translated(data):
        lock = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            # Each process with the journal open shares this lock (`kiosk/journal/owners.py`).
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RestoreError("kiosk_is_open", folder=str(data)) from error
        yield
    finally:
        os.close(lock)


@contextmanager
def _as_restoring() -> Iterator[None]:
    """Say of what is wrong with a backup's content that nothing was restored: the desk's own data is sound."""
    try:
        yield
    except (StorageError, DirectoryError) as error:
        raise RestoreError(error.code, **error.parameters) from error


def _unpack(file: Path, private_key: Path | None, place: Path) -> Manifest:
    try:
        with age.readable(file, private_key) as source:
            manifest = archive.read(source, place)
    except OSError as error:
        raise RestoreError("backup_unreadable", path=str(file), text=error.strerror or str(error)) from error
    if not (place / JOURNAL).exists():
        raise RestoreError("backup_damaged")
    return manifest


def _journal(place: Path, settings: Settings, clock: Clock) -> Journal:
    return Journal(place, environment=settings.environment.value, desk_name=settings.desk.name, clock=clock)


def _missing(head: Head, data: Path, heads_file: Path | None, elsewhere: Sequence[Head]) -> int:
    """Return how many events came after the backup, as far as the old journal and the heads that were kept tell."""
    known = [head_at(data / JOURNAL), *elsewhere]
    if heads_file is not None and heads_file.is_file():
        with translated(heads_file), heads_file.open(encoding="utf-8", errors="replace") as lines:
            known += heads_in(lines)
    return max((each.sequence - head.sequence for each in known if each and each.desk == head.desk), default=0)


def _put_in_place(place: Path, data: Path, now: datetime) -> Path | None:
    """Keep the old files under another name too, then put the new ones over them: never is there none."""
    old = [data / f"{name}{ending}" for name in FILES for ending in ("", _OF_SQLITE)]
    old = [path for path in old if path.exists()]
    aside = data / f"{_ASIDE}{now:%Y%m%dT%H%M%SZ}"
    if old:
        aside.mkdir(mode=0o700)
        _give_to_owner(aside, data)
    for path in old:
        os.link(path, aside / path.name)
    for name in FILES:
        if (place / name).exists():
            _give_to_owner(place / name, data)
            (data / f"{name}{_OF_SQLITE}").unlink(missing_ok=True)
            (place / name).replace(data / name)
    folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return aside if old else None


def _give_to_owner(path: Path, data: Path) -> None:
    """Let what root restored belong to the desk's account, which could not open it otherwise."""
    owner = data.stat()
    if os.geteuid() == 0:
        os.chown(path, owner.st_uid, owner.st_gid)
