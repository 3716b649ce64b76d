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
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.session import existing_journal
from kiosk.clock import SystemClock
from kiosk.errors import BackupError, FleetError
from kiosk.parcels.records import Head
from kiosk.settings import Settings, load_settings
from kiosk.words.errors import explain
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
    person, clock = owner(settings, os.environ), SystemClock()
    back = asyncio.run(
        restored(
            options.file,
            settings,
            person,
            clock,
            reason=options.reason,
            private_key=options.key,
            known=_heads_at_centre(settings),
        )
    )
    if not output.as_json:
        _say(back, output)
        _say_centre(settings, output)
        return DONE
    output.json(
        {
            "events": back.head.sequence,
            "head": str(back.head),
            "madeTime": back.manifest.made_at,
            "missing": back.missing,
            "aside": str(back.aside) if back.aside else None,
            **_centre_fields(settings),
        }
    )
    return DONE


def _heads_at_centre(settings: Settings) -> tuple[Head, ...]:
    """Return what a centre of several desks has of this one; nothing without one, or if it can't be asked now."""
    if not settings.fleet.server:
        return ()
    try:
        from kiosk.cli.fleet_beyond import newest_head  # noqa: PLC0415 - a desk on its own loads no driver

        return (asyncio.run(newest_head(settings)),)
    except FleetError:  # it is asked once more behind the restore, and said then
        return ()


def _say_centre(settings: Settings, output: Output) -> None:
    """Say what a centre knows beyond the backup."""
    if not settings.fleet.server:
        return
    try:
        from kiosk.cli.fleet_beyond import beyond, say_beyond  # noqa: PLC0415 - the same

        known = asyncio.run(beyond(settings))
    except FleetError as error:
        output.line(_("What the centre knows beyond that is not known: {why}").format(why=explain(error).sentence))
        return
    say_beyond(known, output)
    if known.events:
        output.line(_("Let an administrator run: kiosk fleet rejoin. Until then the centre takes nothing."))


def _centre_fields(settings: Settings) -> Fields:
    if not settings.fleet.server:
        return {}
    try:
        from kiosk.cli.fleet_beyond import beyond, beyond_fields  # noqa: PLC0415 - the same

        return {"centre": beyond_fields(asyncio.run(beyond(settings)))}
    except FleetError as error:
        return {"centre": {"error": error_fields(error)}}


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
