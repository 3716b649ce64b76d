"""`kiosk journal`: prove the chain of events, hand the events out, bring them back. Needs no network."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.cli.exits import DONE, FAILED
from kiosk.clock import SystemClock
from kiosk.errors import StorageDamagedError, StorageError
from kiosk.journal import audit
from kiosk.journal.restore import restore as restore_events
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.settings import load_settings
from kiosk.wiring import open_journal

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from kiosk.cli.output import Output


def verify(options: argparse.Namespace, output: Output) -> int:
    """Recompute the chain; exit code 1 and the first bad row if it is broken."""
    verdict = asyncio.run(_verify(options.config))
    fields = verdict.model_dump(by_alias=True)
    if not verdict.sound:
        output.fail(damage(verdict), fields)
        return FAILED
    if output.as_json:
        output.json(fields)
    else:
        output.line(f"{verdict.events} events, the chain holds.")
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


def restore(options: argparse.Namespace, output: Output) -> int:
    """Bring an export back into an empty data folder, and prove its chain."""
    verdict = asyncio.run(_restore(options.config, options.file))
    if output.as_json:
        output.json(verdict.model_dump(by_alias=True))
    else:
        output.line(f"{verdict.events} events restored, the chain holds.")
    return DONE


def damage(verdict: audit.Verdict) -> StorageDamagedError:
    """Return what is wrong with a chain that does not hold."""
    return StorageDamagedError(
        f"Row {verdict.first_bad} is the first bad one: {verdict.problem}.",
        hint="Keep the file as it is, and call the operator.",
    )


def _renamed(event: dict[str, object]) -> dict[str, object]:
    return {"parcelId" if name == "parcel_id" else name: value for name, value in event.items()}


async def _verify(config: Path | None) -> audit.Verdict:
    async with _open(config) as journal:
        return await audit.verify(journal.connection)


async def _export(config: Path | None) -> list[dict[str, object]]:
    async with _open(config) as journal:
        return await audit.export(journal.connection)


async def _restore(config: Path | None, file: Path) -> audit.Verdict:
    settings = load_settings(config)
    try:
        lines = file.read_text("utf-8").splitlines()  # noqa: ASYNC240 - nothing else waits
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(
            f"The export {file} can't be read: {error}.", hint="Give the file that export wrote."
        ) from error
    async with open_journal(settings) as journal:
        return await restore_events(journal.connection, lines, SystemClock().now())


def _open(config: Path | None) -> Journal:
    """Return the journal, to be opened; one that isn't there is not made."""
    settings = load_settings(config)
    path = settings.data_dir / FILE_NAME
    if not path.exists():
        raise StorageError(
            f"There is no journal in {path.parent}.",
            hint="It begins with the first start of the kiosk; storage.data_dir names another folder.",
        )
    return open_journal(settings)
