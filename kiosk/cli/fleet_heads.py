"""`kiosk fleet heads` and `verify`: what the centre keeps of chains, to be compared with what desks have."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.output import Output, error_fields
from kiosk.cli.session import existing_journal
from kiosk.fleet.centre import Centre
from kiosk.fleet.logins import LoginKind, read_login
from kiosk.fleet.verifying import OwnRecord, Proof, heads_of
from kiosk.fleet.verifying import verify as proved
from kiosk.fleet.witness import own_heads, root_made_of
from kiosk.journal.desks import own_desk
from kiosk.journal.shipped import shipped
from kiosk.journal.store import FILE_NAME
from kiosk.journal.witnessed import witnessed
from kiosk.parcels.fleet import Shipped
from kiosk.parcels.records import Head
from kiosk.settings import Settings, load_settings
from kiosk.words.errors import explain
from kiosk.words.language import _, ngettext

Result = TypeVar("Result")
_MARK = "journal-head"
"""Before a head, as in the system's log."""


def heads(options: argparse.Namespace, output: Output) -> int:
    """Print what the centre has of this desk, a line a day and the newest; with --day what all desks had that day."""
    settings = load_settings(options.config)
    if options.day is not None:
        of_day = asyncio.run(_ask(settings, LoginKind.CONSOLE, lambda centre: heads_of(centre, options.day)))
        if output.as_json:
            output.json({"heads": [str(each) for each in of_day], "root": root_made_of(of_day)})
            return DONE
        for each in of_day:
            output.line(f"{_MARK} {each}")
        output.words(_("Together they come to {root}.").format(root=root_made_of(of_day)))
        return DONE
    own = asyncio.run(_ask(settings, LoginKind.DESK, own_heads))
    if output.as_json:
        days = [{"day": day.isoformat(), "head": str(head)} for day, head in own.days]
        output.json({"head": str(own.newest), "days": days})
        return DONE
    for day, head in own.days:
        output.line(f"{day.isoformat()} {_MARK} {head}")
    output.line(f"{_MARK} {own.newest}")
    return DONE


def verify(options: argparse.Namespace, output: Output) -> int:
    """Prove what the centre keeps and say what differs; exit code 1 if anything does."""
    settings = load_settings(options.config)
    proof = asyncio.run(_verify(settings))
    if output.as_json:
        output.json(
            {
                "sound": not proof.differences,
                "desks": proof.desks,
                "events": proof.events,
                "days": proof.days,
                "differences": [error_fields(each) for each in proof.differences],
            }
        )
        return FAILED if proof.differences else DONE
    for difference in proof.differences:
        output.words(explain(difference).sentence)
    for hint in dict.fromkeys(explain(each).hint for each in proof.differences):
        output.words(hint)
    if proof.differences:
        return FAILED
    text = ngettext(
        "Nothing differs in the chain of {desks} desk: {events} events, {days} days.",
        "Nothing differs in the chains of {desks} desks: {events} events, {days} days.",
        proof.desks,
    )
    output.line(text.format(desks=proof.desks, events=proof.events, days=proof.days))
    return DONE


async def _verify(settings: Settings) -> Proof:
    own = await _own_record(settings)
    return await _ask(settings, LoginKind.CONSOLE, lambda centre: proved(centre, own))


async def _own_record(settings: Settings) -> OwnRecord | None:
    """Return what this machine's desk has kept; None where there is none."""
    if not (settings.data_dir / FILE_NAME).exists():
        return None
    async with existing_journal(settings) as journal:
        kept = await shipped(journal.connection) or Shipped()
        desk = await journal.connection.read(own_desk)
        return OwnRecord(await witnessed(journal.connection), Head(desk, kept.sequence, kept.hash), kept.signature)


async def _ask(settings: Settings, kind: LoginKind, work: Callable[[Centre], Awaitable[Result]]) -> Result:
    centre = Centre(settings.fleet, read_login(settings.data_dir, kind))
    try:
        return await work(centre)
    finally:
        await centre.close()
