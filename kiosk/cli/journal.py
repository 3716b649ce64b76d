"""`kiosk journal`: prove the chain of events, hand the events out, bring them back. Needs no network."""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path
from typing import NamedTuple

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.identity import owner
from kiosk.cli.output import Output
from kiosk.clock import SystemClock
from kiosk.desk.visits import Visits
from kiosk.errors import StorageDamagedError, StorageError
from kiosk.journal import audit
from kiosk.journal.restore import older_version, restore
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.parcels.records import ChainProblem, Verdict
from kiosk.parcels.states import Command
from kiosk.settings import load_settings
from kiosk.wiring import open_journal
from kiosk.words.language import ngettext

_DAMAGES = {
    ChainProblem.MISSING: "event_missing",
    ChainProblem.NOT_FOLLOWING: "event_not_following",
    ChainProblem.CHANGED: "event_changed",
    ChainProblem.PERSONAL_CHANGED: "event_personal_changed",
    ChainProblem.END_MISSING: "events_cut_off",
}
"""The code of the error for each way in which a chain can be broken."""


class Imported(NamedTuple):
    """What an import brought in."""

    events: int
    version: str | None
    """The older version that wrote the export; None for an export as this version writes it."""


def verify(options: argparse.Namespace, output: Output) -> int:
    """Recompute the chain; exit code 1 and the first bad event if it is broken."""
    verdict = asyncio.run(_verify(options.config))
    fields = verdict.model_dump(by_alias=True)
    if not verdict.sound:
        output.fail(damage(verdict), fields)
        return FAILED
    if output.as_json:
        output.json(fields)
    else:
        text = ngettext("{count} event; the chain is intact.", "{count} events; the chain is intact.", verdict.events)
        output.line(text.format(count=verdict.events))
    return DONE


def export(options: argparse.Namespace, output: Output) -> int:
    """Print every event in order, a line of JSON each, or all as one array."""
    events = [_renamed(event) for event in asyncio.run(_export(options.config))]
    if output.as_json:
        output.json(events)
    else:
        for event in events:
            output.json(event)
    return DONE


def import_file(options: argparse.Namespace, output: Output) -> int:
    """Bring an export into an empty data folder and prove its chain; say how many events came in, and from where."""
    imported = asyncio.run(_import(options.config, options.file))
    if output.as_json:
        output.json(imported._asdict())
    else:
        output.line(_imported(imported))
    return DONE


def _imported(imported: Imported) -> str:
    if imported.version is None:
        text = ngettext(
            "{count} event was imported; the chain is intact.",
            "{count} events were imported; the chain is intact.",
            imported.events,
        )
    else:
        text = ngettext(
            "{count} event of version {version} was imported; the chain is intact.",
            "{count} events of version {version} were imported; the chain is intact.",
            imported.events,
        )
    return text.format(count=imported.events, version=imported.version)


def damage(verdict: Verdict) -> StorageDamagedError:
    """Return what is wrong with a chain that does not hold."""
    return StorageDamagedError(_DAMAGES[verdict.problem or ChainProblem.CHANGED], event=verdict.first_bad)


def _renamed(event: dict[str, object]) -> dict[str, object]:
    return {"parcelId" if name == "parcel_id" else name: value for name, value in event.items()}


async def _verify(config: Path | None) -> Verdict:
    async with _open(config) as journal:
        return await audit.verify(journal.connection)


async def _export(config: Path | None) -> list[dict[str, object]]:
    async with _open(config) as journal:
        return await audit.export(journal.connection)


async def _import(config: Path | None, file: Path) -> Imported:
    settings = load_settings(config)
    lines = _lines(file)
    async with open_journal(settings) as journal:
        await restore(journal.connection, lines, SystemClock().now())
        # Behind the events: the journal that they come into must be empty.
        await Visits(journal).command_run(Command.JOURNAL_IMPORT, owner(settings, os.environ))
    return Imported(len(lines), older_version(lines))


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise StorageError("export_unreadable", path=str(file), text=error.strerror) from error
    except UnicodeDecodeError as error:
        raise StorageError("export_not_utf_8", path=str(file), byte=error.start) from error


def _open(config: Path | None) -> Journal:
    """Return the journal, to be opened; one that isn't there is not made."""
    settings = load_settings(config)
    path = settings.data_dir / FILE_NAME
    if not path.exists():
        raise StorageError("no_journal", folder=str(path.parent))
    return open_journal(settings)
