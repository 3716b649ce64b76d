"""`kiosk journal new-desk`: a way out for two desks that go by one id."""

from __future__ import annotations

import argparse
import asyncio
import os

from kiosk.cli.exits import DONE
from kiosk.cli.identity import owner
from kiosk.cli.output import Output
from kiosk.cli.session import begins, existing_journal
from kiosk.desk.visits import Visits
from kiosk.journal.new_desk import NewId, change_id
from kiosk.settings import load_settings
from kiosk.storage import translated
from kiosk.words.language import _, ngettext


def run(options: argparse.Namespace, output: Output) -> int:
    """Give the desk another id and say both; it keeps its parcels, and its chain is proved under either."""
    new = asyncio.run(_change(options))
    if output.as_json:
        output.json({"before": str(new.before), "head": str(new.head)})
        return DONE
    text = ngettext(
        "This desk is {desk} from now on. {count} event was chained anew.",
        "This desk is {desk} from now on. {count} events were chained anew.",
        new.before.sequence,
    )
    output.line(text.format(desk=new.head.desk, count=new.before.sequence))
    output.line(_("Head before: {head}").format(head=new.before))
    output.line(_("Head: {head}").format(head=new.head))
    return DONE


async def _change(options: argparse.Namespace) -> NewId:
    settings = load_settings(options.config)
    async with existing_journal(settings) as journal:
        person = owner(settings, os.environ)
        new = await change_id(journal, person)
        # Behind the change: where the chain does not hold, nothing is written.
        await begins(options, Visits(journal), person)
    if settings.fleet.server:
        from kiosk.fleet.logins import LoginKind  # noqa: PLC0415 - a desk on its own loads no driver

        # What was copied along is the other desk's.
        with translated(settings.data_dir / LoginKind.DESK.value):
            (settings.data_dir / LoginKind.DESK.value).unlink(missing_ok=True)
    return new
