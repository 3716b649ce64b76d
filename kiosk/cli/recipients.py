"""`kiosk recipients`: fill the directory from a file, search it, forget a person. Needs no network."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.cli.exits import DONE, FAILED, UNFINISHED
from kiosk.cli.identity import owner
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.session import begins
from kiosk.cli.standard_input import STANDARD_INPUT, is_standard_input, standard_input
from kiosk.clock import SystemClock
from kiosk.desk.privacy import Forgotten, Privacy
from kiosk.desk.trusted_time import TrustedTime
from kiosk.desk.visits import Visits
from kiosk.errors import SettingsError
from kiosk.notify.wording import languages
from kiosk.parcels.contacts import Contact, Matches
from kiosk.recipients.cells import Row
from kiosk.recipients.directory import Directory
from kiosk.recipients.importing import Summary, import_rows
from kiosk.recipients.reading import Reading, Speakers, read_rows
from kiosk.recipients.refused import NoUsableRowError, Refused
from kiosk.settings import Column, Settings, load_settings
from kiosk.wiring import open_journal
from kiosk.words.errors import explain
from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain
from kiosk.words.recipients import unknown_language_words, why_left_out

_USUAL = {"utf-8", "utf-8-sig"}
"""Encodings that are not worth a word."""

COLUMNS = ("contactId", "name", "department", "room", "email")
_OF_A_ROW = ("language", "aliases", "active")
"""What is shown beside of a row that was read."""


def import_file(options: argparse.Namespace, output: Output) -> int:
    """Import a file, or with --dry-run say what an import would do; rows that are left out are listed.

    Exit code 3 where it would make too many people inactive, and so has changed nothing.
    """
    settings = load_settings(options.config)
    own = settings.directory.columns | _mapped(options.map)
    try:
        with _progress(output) as (reading, indexing):
            rows = read_rows(_path(options.file), reading, own=own, encoding=options.encoding or "")
            now = SystemClock().now()
            if not options.dry_run:
                asyncio.run(_record_import(options, settings))
            summary = import_rows(
                settings.data_dir,
                rows,
                now,
                dry_run=options.dry_run,
                most_removed=100 if options.force else settings.directory.most_removed,
                progress=indexing,
            )
    except NoUsableRowError as error:
        _say_left_out(error.refused, error.count, output)
        output.fail(error, _left_out_fields(error.refused, error.count))
        return FAILED
    known = languages(settings.notices.templates)
    unknown = {said: speakers for said, speakers in rows.languages.items() if said not in known}
    _tell(summary, rows, unknown, output, dry_run=options.dry_run)
    return DONE if summary.stopped is None else UNFINISHED


def _path(file: Path) -> Path:
    """Return which file to read, `-` for standard input; raises InputError if that is closed."""
    if not is_standard_input(file):
        return file
    standard_input()
    return STANDARD_INPUT


def _mapped(mapped: Sequence[tuple[str, str]]) -> dict[Column, str]:
    """Return what --map says; raises SettingsError, since it says for once what the settings may say for ever."""
    if unknown := tuple(column for column, _name in mapped if column not in set(Column)):
        raise SettingsError("map_unknown", unknown=unknown, allowed=tuple(Column))
    return {Column(column): name for column, name in mapped}


def _tell(
    summary: Summary, rows: Reading, unknown_languages: Mapping[str, Speakers], output: Output, *, dry_run: bool
) -> None:
    """Print what an import did, or would do, and what it made of the file."""
    stopped = summary.stopped
    if output.as_json:
        unknown = [{"language": said, **each._asdict()} for said, each in unknown_languages.items()]
        fields = _summary_fields(summary) | _reading_fields(rows) | {"unknownLanguages": unknown}
        people = {"people": [_row_fields(row) for row in rows.first]} if dry_run else {}
        output.json(fields | people | ({"error": error_fields(stopped)} if stopped else {}))
    else:
        if dry_run or stopped:
            output.line(_("Nothing has changed. An import would give:"))
        output.line(_counts(summary))
        if dry_run:
            _say_what_was_read(rows, output)
        _say_left_out(summary.refused, summary.refused_count, output)
        for said, each in unknown_languages.items():
            output.progress(unknown_language_words(said, *each))
        if dry_run or rows.encoding not in _USUAL or rows.unreadable_lines:
            _say_encoding(rows, output)
    if stopped:
        output.words(explain(stopped).line)
        output.words(explain(stopped).hint)


def _say_what_was_read(rows: Reading, output: Output) -> None:
    """Print which columns were understood, and the first people as they would be in the directory."""
    named = [{_("Column"): column.value, _("In the file"): name} for column, name in rows.columns.items()]
    output.rows(named)
    if rows.ignored:
        output.line(_("Not read: {names}").format(names=plain(", ".join(rows.ignored))))
    output.records([_row_fields(row) for row in rows.first], (*COLUMNS, *_OF_A_ROW))


def _say_encoding(rows: Reading, output: Output) -> None:
    output.progress(_("The text was read as {encoding}.").format(encoding=rows.encoding))
    if rows.unreadable_lines:
        text = ngettext(
            "{count} line has characters that could not be read.",
            "{count} lines have characters that could not be read.",
            rows.unreadable_lines,
        )
        output.progress(text.format(count=rows.unreadable_lines))


def _row_fields(row: Row) -> Fields:
    fields = row._asdict()
    return {"contactId": row.contact_id} | {name: fields[name] for name in (*COLUMNS[1:], *_OF_A_ROW)}


def _reading_fields(rows: Reading) -> Fields:
    return {
        "encoding": rows.encoding,
        "unreadableLines": rows.unreadable_lines,
        "columns": {column.value: name for column, name in rows.columns.items()},
        "ignoredColumns": rows.ignored,
    }


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
    forgotten = asyncio.run(_forget(options))
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


async def _record_import(options: argparse.Namespace, settings: Settings) -> None:
    async with open_journal(settings) as journal:
        await begins(options, Visits(journal), owner(settings, os.environ))


async def _forget(options: argparse.Namespace) -> Forgotten:
    settings = load_settings(options.config)
    person = owner(settings, os.environ)
    async with open_journal(settings) as journal, Directory(settings.data_dir) as directory:
        await begins(options, Visits(journal), person)
        privacy = Privacy(journal, directory, TrustedTime(SystemClock()), days=settings.storage.personal_days)
        return await privacy.forget(options.contact, person)


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
    rows = [{"line": each.line, "reason": each.reason, "parameters": each.parameters} for each in refused]
    return {"refusedCount": count, "refused": rows}


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
