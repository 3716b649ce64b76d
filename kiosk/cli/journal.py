"""`kiosk journal`: prove the journal, hand its events out, bring them back. Needs no network."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TextIO

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.identity import owner
from kiosk.cli.output import Output, error_fields
from kiosk.cli.session import begins, existing_journal
from kiosk.cli.standard_input import is_standard_input, standard_input
from kiosk.clock import SystemClock
from kiosk.desk.visits import Visits
from kiosk.errors import StorageError
from kiosk.journal import audit
from kiosk.journal.exporting import export as exported
from kiosk.journal.heads import heads_in
from kiosk.journal.rebuild import Rebuilt, rebuild
from kiosk.journal.restore import Imported, restore
from kiosk.parcels.records import Head, Verdict
from kiosk.settings import load_settings
from kiosk.wiring import open_journal
from kiosk.words.journal import damage, damage_of
from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain


def verify(options: argparse.Namespace, output: Output) -> int:
    """Prove the journal, against heads kept elsewhere if a file of them is named; exit code 1 if it is not sound."""
    against = _heads(options.against) if options.against else ()
    verdict = asyncio.run(_verify(options.config, against))
    fields = verdict.model_dump(by_alias=True)
    if not verdict.sound:
        output.fail(damage(verdict), fields)
        return FAILED
    if output.as_json:
        output.json(fields)
        return DONE
    text = ngettext("{count} event; the journal is sound.", "{count} events; the journal is sound.", verdict.events)
    output.line(text.format(count=verdict.events))
    if against:
        output.line(_("Every head of this desk that was kept is in its chain."))
    output.line(_("Head: {head}").format(head=verdict.head))
    return DONE


def rebuild_rows(options: argparse.Namespace, output: Output) -> int:
    """Make rows anew that are not as the events say, and say which; exit code 1 if something is lost for good."""
    rebuilt = asyncio.run(_rebuild(options))
    lost = [damage_of(each.problem, each.event, str(each)) for each in rebuilt.left]
    if output.as_json:
        output.json({"changed": [str(each) for each in rebuilt.changed], "left": [error_fields(each) for each in lost]})
        return FAILED if lost else DONE
    count = len(rebuilt.changed)
    text = ngettext("{count} row was made anew.", "{count} rows were made anew.", count)
    output.line(text.format(count=count))
    for each in rebuilt.changed:
        output.line(plain(str(each)))
    for error in lost:
        output.fail(error)
    return FAILED if lost else DONE


def export(options: argparse.Namespace, output: Output) -> int:
    """Print every event in order, a line of JSON each, or all as one array."""
    asyncio.run(_export(options.config, output))
    return DONE


def import_file(options: argparse.Namespace, output: Output) -> int:
    """Bring an export into an empty data folder and prove its chain; say how many events came in, and from where."""
    imported = asyncio.run(_import(options))
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


def _renamed(event: dict[str, object]) -> dict[str, object]:
    return {"parcelId" if name == "parcel_id" else name: value for name, value in event.items()}


async def _verify(config: Path | None, against: tuple[Head, ...]) -> Verdict:
    async with existing_journal(load_settings(config)) as journal:
        return await audit.verify(journal.connection, against=against)


async def _rebuild(options: argparse.Namespace) -> Rebuilt:
    settings = load_settings(options.config)
    async with existing_journal(settings) as journal:
        rebuilt = await rebuild(journal.connection)
        # Behind the repair: where the chain does not hold, nothing is written.
        await begins(options, Visits(journal), owner(settings, os.environ))
    return rebuilt


async def _export(config: Path | None, output: Output) -> None:
    async with existing_journal(load_settings(config)) as journal:
        await output.stream(_renamed(event) async for event in exported(journal.connection))


async def _import(options: argparse.Namespace) -> Imported:
    settings = load_settings(options.config)
    async with open_journal(settings) as journal:
        imported = await restore(journal.connection, _lines(options.file), SystemClock().now())
        # Behind the events: the journal that they come into must be empty.
        await begins(options, Visits(journal), owner(settings, os.environ))
    return imported


def _heads(file: Path) -> tuple[Head, ...]:
    heads = tuple(heads_in(_lines(file)))
    if not heads:
        raise StorageError("no_heads", path=str(file))
    return heads


def _lines(file: Path) -> Iterator[str]:
    """Read a file line by line, `-` for standard input; raises StorageError, and InputError where that is closed."""
    try:
        with _opened(file) as lines:
            yield from lines
    except OSError as error:
        raise StorageError("export_unreadable", path=str(file), text=error.strerror) from error
    except UnicodeDecodeError as error:
        raise StorageError("export_not_utf_8", path=str(file)) from error


def _opened(file: Path) -> AbstractContextManager[TextIO]:
    return nullcontext(standard_input()) if is_standard_input(file) else file.open(encoding="utf-8")
