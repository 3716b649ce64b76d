"""`kiosk recipients`: fill the directory from a file, search it, forget a person. Needs no network."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.session import login_name
from kiosk.clock import SystemClock
from kiosk.desk.privacy import Privacy
from kiosk.journal.store import Actor, Journal
from kiosk.recipients.directory import Directory
from kiosk.recipients.importing import import_rows
from kiosk.recipients.reading import read_rows
from kiosk.settings import load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from kiosk.cli.output import Fields, Output
    from kiosk.desk.privacy import Forgotten
    from kiosk.parcels.contacts import Contact, Found
    from kiosk.recipients.importing import Summary
    from kiosk.settings import Settings

COLUMNS = ("contactId", "name", "department", "room", "email")


def import_file(options: argparse.Namespace, output: Output) -> int:
    """Import a file, or with --dry-run say what an import would do; what is refused is listed, the rest is taken."""
    settings = load_settings(options.config)
    with _progress(output) as (reading, indexing):
        rows = read_rows(options.file, reading)
        summary = import_rows(settings.data_dir, rows, SystemClock().now(), dry_run=options.dry_run, progress=indexing)
    if output.as_json:
        output.json(_summary_fields(summary))
    else:
        counts = (
            f"{summary.new} new, {summary.changed} changed, {summary.unchanged} unchanged,"
            f" {summary.made_inactive} made inactive, {summary.refused_count} rows refused."
        )
        output.line(f"Dry run, nothing was changed: {counts}" if options.dry_run else counts)
        for refused in summary.refused:
            output.words(f"Line {refused.line}: {refused.reason}.")
        if summary.refused_count > len(summary.refused):
            output.words(f"... and {summary.refused_count - len(summary.refused)} more.")
    return DONE


def search(options: argparse.Namespace, output: Output) -> int:
    """Print the people whom a text finds, best first; exit code 1 where it finds nobody."""
    found = asyncio.run(_search(load_settings(options.config), options.text))
    output.records([_contact_fields(contact) for contact in found.contacts], COLUMNS)
    if found.is_guess:
        output.progress("Nobody fits exactly; these do with one letter put right.")
    if not found.contacts:
        output.progress(f"Nobody fits “{options.text}”.")
    return DONE if found.contacts else FAILED


def forget(options: argparse.Namespace, output: Output) -> int:
    """Remove a person from the directory and blank their fields in the journal."""
    forgotten = asyncio.run(_forget(load_settings(options.config), options.contact))
    if output.as_json:
        output.json(forgotten._asdict() | {"contactId": options.contact})
    else:
        output.line(f"Forgotten, also in {forgotten.parcels} past parcels. The chain of events holds.")
        output.words("The next import brings back who still stands in the file.")
    return DONE


async def _search(settings: Settings, text: str) -> Found:
    async with Directory(settings.data_dir) as directory:
        return await directory.search(text)


async def _forget(settings: Settings, contact_id: str) -> Forgotten:
    clock = SystemClock()
    actor = Actor(name=login_name() or settings.user_id, kiosk=settings.desk.name)
    async with (
        Journal(settings.data_dir, environment=settings.environment.value, clock=clock) as journal,
        Directory(settings.data_dir) as directory,
    ):
        privacy = Privacy(journal, directory, clock, days=settings.storage.personal_days)
        return await privacy.forget(contact_id, actor)


def _contact_fields(contact: Contact) -> Fields:
    fields = contact.model_dump(mode="json", by_alias=True)
    return {name: value for name, value in fields.items() if value != ""}


def _summary_fields(summary: Summary) -> Fields:
    return {
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "madeInactive": summary.made_inactive,
        "refusedCount": summary.refused_count,
        "refused": [refused._asdict() for refused in summary.refused],
    }


@contextmanager
def _progress(output: Output) -> Iterator[tuple[Callable[[float], None], Callable[[float], None]]]:
    """Draw a bar on stderr for reading and one for indexing; programs that read JSON are spared them."""
    from rich.console import Console  # noqa: PLC0415 - the other commands do without
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415 - the same

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=console,
        disable=output.as_json or not console.is_terminal,
        transient=True,
    )
    with bar:
        tasks = [bar.add_task(words, total=1.0) for words in ("Reading the file   ", "Building the index")]
        reading, indexing = tasks
        yield (
            lambda share: bar.update(reading, completed=share),
            lambda share: bar.update(indexing, completed=share),
        )
