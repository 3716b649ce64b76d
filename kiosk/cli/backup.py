"""`kiosk backup` and `kiosk restore`: the desk's data as one file, and back. Needs no network."""

from __future__ import annotations

import argparse
import asyncio
import os

from kiosk.backup.making import Made
from kiosk.backup.making import back_up as made
from kiosk.backup.restoring import Restored
from kiosk.backup.restoring import restore as restored
from kiosk.cli.exits import DONE
from kiosk.cli.identity import owner
from kiosk.cli.output import Output
from kiosk.cli.session import existing_journal
from kiosk.clock import SystemClock
from kiosk.errors import BackupError
from kiosk.settings import load_settings
from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain
from kiosk.words.times import local_time


def back_up(options: argparse.Namespace, output: Output) -> int:
    """Make a backup; say where it is, how far it reaches, and how many older ones were deleted."""
    settings = load_settings(options.config)
    folder = options.folder or settings.backup.folder
    if folder is None:
        raise BackupError("no_backup_folder")

    async def make() -> Made:
        async with existing_journal(settings) as journal:
            return await made(journal, settings, folder, owner(settings, os.environ), SystemClock().now())

    backup = asyncio.run(make())
    head = backup.head
    if output.as_json:
        output.json(
            {
                "file": str(backup.path),
                "events": head.sequence,
                "head": str(head),
                "encrypted": backup.is_encrypted,
                "removed": backup.removed,
            }
        )
        return DONE
    text = ngettext("{file}: {count} event.", "{file}: {count} events.", head.sequence)
    output.line(text.format(file=plain(str(backup.path)), count=head.sequence))
    if backup.removed:
        text = ngettext("{count} older backup was deleted.", "{count} older backups were deleted.", backup.removed)
        output.line(text.format(count=backup.removed))
    if not backup.is_encrypted:
        output.line(_("Not encrypted: backup.public_key is not set."))
    output.line(_("Head: {head}").format(head=head))
    return DONE


def restore(options: argparse.Namespace, output: Output) -> int:
    """Restore a backup; say how far it reaches, what is known to be missing, and where the old data lies."""
    settings = load_settings(options.config)
    back = asyncio.run(
        restored(options.file, settings, owner(settings, os.environ), SystemClock(), private_key=options.key)
    )
    if output.as_json:
        output.json(
            {
                "events": back.head.sequence,
                "head": str(back.head),
                "madeTime": back.manifest.made_at,
                "missing": back.missing,
                "aside": str(back.aside) if back.aside else None,
            }
        )
        return DONE
    _say(back, output)
    return DONE


def _say(back: Restored, output: Output) -> None:
    text = ngettext(
        "Restored as it was {time}: {count} event.", "Restored as it was {time}: {count} events.", back.head.sequence
    )
    output.line(text.format(time=local_time(back.manifest.made_at), count=back.head.sequence))
    if back.missing:
        text = ngettext(
            "{count} later event is missing: what it told of is not known any more.",
            "{count} later events are missing: what they told of is not known any more.",
            back.missing,
        )
        output.line(text.format(count=back.missing))
    if back.aside:
        output.line(_("The old data is in {folder}.").format(folder=plain(str(back.aside))))
    output.line(_("Head: {head}").format(head=back.head))
