"""`kiosk fleet rejoin`: let a desk go on whose journal was replaced by an older copy."""

from __future__ import annotations

import argparse
import asyncio
import os

from kiosk.cli.exits import DONE
from kiosk.cli.fleet_admin import as_admin
from kiosk.cli.fleet_beyond import beyond, beyond_fields, common_head, own_way, say_beyond
from kiosk.cli.identity import owner
from kiosk.cli.output import Output
from kiosk.cli.session import begins, existing_journal
from kiosk.clock import SystemClock
from kiosk.desk.visits import Visits
from kiosk.fleet.centre import Centre
from kiosk.fleet.rejoining import begin_branch
from kiosk.fleet.shipping import Shipping
from kiosk.parcels.records import Head
from kiosk.settings import Settings, load_settings
from kiosk.words.language import _


def run(options: argparse.Namespace, output: Output) -> int:
    """Let the desk go on behind the last event that the centre has of it too; list what only the centre knows."""
    settings = load_settings(options.config)
    head = asyncio.run(common_head(settings))
    known = asyncio.run(beyond(settings, head))
    if known.events:
        as_admin(settings.fleet, options.admin, lambda admin: _rejoin(admin, options, settings, head))
    if output.as_json:
        output.json({"head": str(head), **beyond_fields(known)})
        return DONE
    if not known.events:
        output.line(_("There is nothing to do: the journal of this desk goes on from what the centre has of it."))
        return DONE
    say_beyond(known, output)
    output.line(_("The desk goes on behind event {event}. Look where these parcels are.").format(event=head.sequence))
    return DONE


async def _rejoin(admin: Centre, options: argparse.Namespace, settings: Settings, head: Head) -> None:
    async with own_way(settings) as own, existing_journal(settings) as journal:
        again = await begin_branch(admin, head, options.reason)
        await begins(options, Visits(journal), owner(settings, os.environ))
        # What came later the kiosk tells; what both knew before, the centre hears once more from here.
        await Shipping(journal, own, SystemClock(), lambda: ()).tell_again(again, head.sequence)
