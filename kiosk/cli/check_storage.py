"""The steps of `kiosk check` about files: what the kiosk opens when it starts, and who else can open it."""

from __future__ import annotations

from pathlib import Path

from kiosk import demo
from kiosk.background.heads import opened_heads
from kiosk.cli.output import Fields
from kiosk.cli.private_files import refuse_links, refuse_open_secrets, refuse_others
from kiosk.cli.steps import Step, failed, found
from kiosk.clock import SystemClock
from kiosk.errors import KioskError, StorageError
from kiosk.journal import audit
from kiosk.journal.store import FILE_NAME
from kiosk.recipients.directory import Directory
from kiosk.settings import Settings, files_with_secrets
from kiosk.wiring import open_journal
from kiosk.words.journal import damage


def check_secrets(config: Path | None) -> Step:
    """Look who can read the files with secrets."""
    values: Fields = {}
    try:
        files = files_with_secrets(config)
        values = {"files": " ".join(str(path) for path in files)} if files else {}
        refuse_open_secrets(files)
    except KioskError as error:
        return failed("secrets", error, values)
    return found("secrets", "secrets_private" if files else "no_secret_files", values=values)


async def check_storage(settings: Settings) -> Step:
    """Open the journal, which makes one where there is none, as the first start would."""
    folder = settings.data_dir
    values: Fields = {"folder": str(folder), "environment": settings.environment.value}
    try:
        refuse_links(folder)
        async with open_journal(settings) as journal:
            verdict = await audit.verify(journal.connection)
            values["unfinishedParcels"] = len(await journal.unfinished())
            values["sqliteVersion"] = await journal.connection.read(
                lambda database: str(database.execute("SELECT sqlite_version()").fetchone()[0])
            )
        values |= {"folderMode": _mode(folder), "fileMode": _mode(folder / FILE_NAME), "events": verdict.events}
        if not verdict.sound:
            return failed("storage", damage(verdict), values)
        await _open_world(settings)
        refuse_others(folder)
        _try_heads_file(settings.storage.heads_file)
    except KioskError as error:
        return failed("storage", error, values)
    return found("storage", "journal_sound", values=values)


def _try_heads_file(path: Path | None) -> None:
    """Raise StorageError where the end of the journal's chain can't be kept in the file that is set for it."""
    if path is None:
        return
    try:
        with opened_heads(path):
            pass
    except OSError as error:
        raise StorageError("heads_not_kept", path=str(path), text=error.strerror or str(error)) from error


async def _open_world(settings: Settings) -> None:
    """Open the demo's world, without which it does not start."""
    if settings.embeds_simulator:
        async with demo.simulator(settings.data_dir, SystemClock(), Directory(settings.data_dir)):
            pass


async def check_directory(settings: Settings) -> Step:
    """Open the directory, which makes an empty one where there is none, and read all of it."""
    values: Fields = {}
    try:
        refuse_links(settings.data_dir)
        async with Directory(settings.data_dir) as directory:
            await directory.check()
            values = {"contacts": directory.size, "importedAt": directory.imported_at}
    except KioskError as error:
        return failed("directory", error, values)
    return found("directory", "directory_sound", values={name: value for name, value in values.items() if value})


def _mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:04o}"
