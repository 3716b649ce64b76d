"""Who else can get at the files of a desk: links, folders that others write to, files that others open."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kiosk.errors import SettingsError, StorageError
from kiosk.storage import refuse_link, translated

_SHOWN = 5
_WRITABLE = stat.S_IWGRP | stat.S_IWOTH


def refuse_links(folder: Path) -> None:
    """Raise StorageError where a link lies anywhere in the data folder."""
    for path, _mode in _below(folder):
        refuse_link(path)


def refuse_others(folder: Path) -> None:
    """Raise StorageError where others can write to the data folder or open one of its files.

    Each file is looked at by itself: a copy of it, or a folder opened one day, has no closed folder around it.
    """
    with translated(folder):
        mode = folder.stat().st_mode
    modes = {folder: mode, **dict(_below(folder))}
    writable = [path for path, mode in modes.items() if stat.S_ISDIR(mode) and mode & _WRITABLE]
    if writable:
        raise StorageError("folder_open_to_others", paths=_named(writable), folder=str(folder))
    readable = [path for path, mode in modes.items() if stat.S_ISREG(mode) and mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if readable:
        raise StorageError("files_open_to_others", paths=_named(readable), folder=str(folder))


def refuse_open_secrets(files: Sequence[Path]) -> None:
    """Raise SettingsError where every user of the machine can open one of these files, or put another in its place."""
    for path in files:
        try:
            if path.stat().st_mode & stat.S_IRWXO:
                raise SettingsError("secret_open_to_others", path=str(path))
            above = path.parent.stat().st_mode
        except OSError as error:
            raise SettingsError("settings_unreadable", path=str(path), text=error.strerror or str(error)) from error
        if above & stat.S_IWOTH and not above & stat.S_ISVTX:
            raise SettingsError("secret_replaceable", path=str(path), folder=str(path.parent))


def _below(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield what lies in a folder, with its mode; links are not followed. Raises StorageError."""
    with translated(folder):
        for above, folders, files in os.walk(folder):
            for name in sorted((*folders, *files)):
                path = Path(above, name)
                with suppress(FileNotFoundError):  # other processes come and go
                    yield path, path.lstat().st_mode


def _named(paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(path) for path in paths[:_SHOWN])
