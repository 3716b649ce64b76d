"""`kiosk recipients`: fill the directory from a file, search it, forget a person. Needs no network."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.identity import owner
from kiosk.cli.output import Fields, Output
from kiosk.clock import SystemClock
from kiosk.desk.privacy import Forgotten, Privacy
from kiosk.desk.trusted_time import TrustedTime
from kiosk.desk.visits import Visits
from kiosk.parcels.contacts import Contact, Matches
from kiosk.parcels.states import Command
from kiosk.recipients.directory import Directory
from kiosk.recipients.importing import Summary, import_rows
from kiosk.recipients.reading import read_rows
from kiosk.recipients.refused import NoUsableRowError, Refused
from kiosk.settings import Settings, load_settings
from kiosk.wiring import open_journal
from kiosk.words.language import _, ngettext
from kiosk.words.recipients import why_left_out

COLUMNS = ("contactId", "name", "department", "room", "email")


def import_file(options: argparse.Namespace, output: Output) -> int:
    """Import a file, or with --dry-run say what an import would do; rows that are left out are listed."""
    settings = load_settings(options.config)
    try:
        with _progress(output) as (reading, indexing):
            rows, now = read_rows(options.file, reading), SystemClock().now()
            if not options.dry_run:
                asyncio.run(_record_import(settings))
            summary = import_rows(settings.data_dir, rows, now, dry_run=options.dry_run, progress=indexing)
    except NoUsableRowError as error:
        _say_left_out(error.refused, error.count, output)
        output.fail(error, _left_out_fields(error.refused, error.count))
        return FAILED
    if output.as_json:
        output.json(_summary_fields(summary))
        return DONE
    if options.dry_run:
        output.line(_("This was a dry run: nothing has changed. An import would give:"))
    output.line(_counts(summary))
    _say_left_out(summary.refused, summary.refused_count, output)
    return DONE


def _counts(summary: Summary) -> str:
    text = ngettext(
        "{new} new, {changed} changed, {unchanged} unchanged, {made_inactive} made inactive, {left_out} row left out.",
        "{new} new, {changed} changed, {unchanged} unchanged, {made_inactive} made inactive, {left_out} rows left out.",
        summary.refused_count,
    )
    return text.format(**summary._asdict(), left_out=summary.refused_count)


def _say_left_out(refused: Sequence[Refused], count: int, output: Output) -> None:
    """Print why rows were left out, and how many of them are not listed."""
    for each in refused:
        output.progress(why_left_out(each))
    if more := count - len(refused):
        text = ngettext("One more row was left out.", "{more} more rows were left out.", more)
        output.progress(text.format(more=more))


def search(options: argparse.Namespace, output: Output) -> int:
    """Print the people whom a text finds, best first; exit code 1 where it finds nobody."""
    found = asyncio.run(_search(load_settings(options.config), options.text))
    output.records([_contact_fields(contact) for contact in found.contacts], COLUMNS)
    if found.is_guess:
        output.progress(_("Nobody has exactly this name; these names differ by one letter."))
    if not found.contacts:
        output.progress(_("Nobody was found for “{text}”.").format(text=options.text))
    return DONE if found.contacts else FAILED


def forget(options: argparse.Namespace, output: Output) -> int:
    """Remove a person from the directory and blank their fields in the journal."""
    forgotten = asyncio.run(_forget(load_settings(options.config), options.contact))
    if output.as_json:
        output.json(forgotten._asdict() | {"contactId": options.contact})
    else:
        text = ngettext(
            "The person was forgotten, in {count} past parcel too. The journal's chain is still intact.",
            "The person was forgotten, in {count} past parcels too. The journal's chain is still intact.",
            forgotten.parcels,
        )
        output.line(text.format(count=forgotten.parcels))
        output.words(_("If the person is still in your list of recipients, the next import brings them back."))
    return DONE


async def _search(settings: Settings, text: str) -> Matches:
    async with Directory(settings.data_dir) as directory:
        return await directory.search(text)


async def _record_import(settings: Settings) -> None:
    async with open_journal(settings) as journal:
        await Visits(journal).command_run(Command.RECIPIENTS_IMPORT, owner(settings, os.environ))


async def _forget(settings: Settings, contact_id: str) -> Forgotten:
    person = owner(settings, os.environ)
    async with open_journal(settings) as journal, Directory(settings.data_dir) as directory:
        await Visits(journal).command_run(Command.RECIPIENTS_FORGET, person)
        privacy = Privacy(journal, directory, TrustedTime(SystemClock()), days=settings.storage.personal_days)
        return await privacy.forget(contact_id, person)


def _contact_fields(contact: Contact) -> Fields:
    fields = contact.model_dump(mode="json", by_alias=True)
    return {name: value for name, value in fields.items() if value != ""}


def _summary_fields(summary: Summary) -> Fields:
    return {
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "madeInactive": summary.made_inactive,
        **_left_out_fields(summary.refused, summary.refused_count),
    }


def _left_out_fields(refused: Sequence[Refused], count: int) -> Fields:
    return {"refusedCount": count, "refused": [each._asdict() for each in refused]}


@contextmanager
def _progress(output: Output) -> Iterator[tuple[Callable[[float], None], Callable[[float], None]]]:
    """Draw a bar on stderr for reading and one for indexing; programs that read JSON are spared them."""
    from rich import console, progress  # noqa: PLC0415 - the other commands do without

    stderr = console.Console(stderr=True)
    bar = progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        console=stderr,
        disable=output.as_json or not stderr.is_terminal,
        transient=True,
    )
    with bar:
        tasks = [bar.add_task(words, total=1.0) for words in (_("Reading the file"), _("Building the index"))]
        reading, indexing = tasks
        yield (
            lambda share: bar.update(reading, completed=share),
            lambda share: bar.update(indexing, completed=share),
        )
