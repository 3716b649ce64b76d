"""`kiosk fleet status`: what this desk and the centre know of each other. Changes nothing, here or there."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.fields import cause_fields
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.session import existing_journal
from kiosk.clock import SystemClock
from kiosk.errors import FleetError, FleetRefusedError
from kiosk.fleet.centre import Centre, server_named
from kiosk.fleet.joining import PROTOCOL
from kiosk.fleet.logins import LoginKind, read_login
from kiosk.fleet.refusals import refusal
from kiosk.journal.heads import head_of, problem_with
from kiosk.journal.shipped import state_of
from kiosk.parcels.fleet import FleetState
from kiosk.parcels.records import Head, JournalProblem
from kiosk.settings import Settings, load_settings
from kiosk.words.errors import explain
from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain
from kiosk.words.times import local_time

_CLOCK_OFF: Final = timedelta(minutes=2)
"""From where on a difference between two clocks is pointed out."""


def run(options: argparse.Namespace, output: Output) -> int:
    """Say how things are; exit code 1 where the centre can't be asked, does not take this desk, or has an alarm."""
    settings = load_settings(options.config)
    server, login = server_named(settings.fleet), read_login(settings.data_dir, LoginKind.DESK)
    head, state = asyncio.run(_here(settings))
    fields: Fields = {
        "server": f"{server.host}:{server.port}/{server.database}",
        "role": login.role,
        "desk": head.desk,
        "events": head.sequence,
        "toldTime": state.told_at,
        "awaySince": state.away_since,
        "cause": cause_fields(state.cause),
    }
    try:
        answer, problem = asyncio.run(_ask(Centre(settings.fleet, login), settings, head.desk))
    except FleetError as error:
        _say_of_the_kiosk(state, output)
        output.fail(error, {**fields, "eventsWaiting": state.waiting})
        return FAILED
    offset = SystemClock().now() - datetime.fromisoformat(answer["now"])
    if not output.as_json:
        for sentence in _sentences(answer, head, offset):
            output.line(sentence)
        _say_of_the_kiosk(state, output)
        for alarm in answer["alarms"]:
            sentence = explain(refusal(alarm["kind"], alarm["sequence"])).sentence
            output.line(_("Alarm at the centre: {sentence}").format(sentence=sentence))
    known = {**fields, **_centre_fields(answer, head, offset), "alarms": _alarms(answer)}
    if problem is not None:
        output.fail(problem, known)
    elif output.as_json:
        output.json({name: value for name, value in known.items() if value is not None})
    return FAILED if problem or answer["alarms"] else DONE


def _say_of_the_kiosk(state: FleetState, output: Output) -> None:
    """Say since when the kiosk itself has not got through, and why, as it wrote down last."""
    if state.away_since is None or output.as_json:
        return
    text = _("The kiosk has not got through since {time}; events that wait here: {count}.")
    output.line(text.format(time=local_time(state.away_since), count=state.waiting))
    if state.cause is not None:
        why = explain(FleetError(state.cause.code, **state.cause.parameters)).sentence
        output.line(_("It says why: {sentence}").format(sentence=why))


async def _here(settings: Settings) -> tuple[Head, FleetState]:
    async with existing_journal(settings) as journal:
        return await head_of(journal.connection), await state_of(journal.connection)


async def _ask(centre: Centre, settings: Settings, desk: str) -> tuple[Any, FleetRefusedError | None]:
    """Return what the centre knows, and why the journal does not go on from that; raises FleetError."""
    try:
        answer = await centre.call("status", desk, PROTOCOL)
    finally:
        await centre.close()
    if answer["outcome"] != "fits":
        raise refusal(answer["outcome"])
    known = Head(desk, answer["head"]["sequence"], answer["head"]["hash"])
    # Read behind the answer, so that what a kiosk sent meanwhile is there.
    async with existing_journal(settings) as journal:
        found = await journal.connection.read(lambda database: problem_with(database, [known]))
    if found is None:
        return answer, None
    is_behind = found[0] is JournalProblem.HEAD_MISSING
    return answer, refusal("older_copy" if is_behind else "another_journal", known.sequence)


def _centre_fields(answer: Any, head: Head, offset: timedelta) -> Fields:
    return {
        "site": answer["site"],
        "name": answer["name"],
        "schema": answer["schema"],
        "joinedTime": _moment(answer["joined_at"]),
        "seenTime": _moment(answer["seen_at"]),
        "eventsAtCentre": answer["head"]["sequence"],
        "eventsWaiting": max(head.sequence - answer["head"]["sequence"], 0),
        "eventsParked": answer["parked"],
        "clockOffsetSeconds": round(offset.total_seconds()),
        "personalMonths": answer["personal_months"],
        "desks": answer["desks"],
        "desksOfSite": answer["desks_of_site"],
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _alarms(answer: Any) -> list[Fields]:
    return [
        {"raisedTime": _moment(alarm["raised_at"]), "sequence": alarm["sequence"]}
        | {"error": error_fields(refusal(alarm["kind"], alarm["sequence"]))}
        for alarm in answer["alarms"]
    ]


def _sentences(answer: Any, head: Head, offset: timedelta) -> Iterator[str]:
    text = _("The centre answers. It knows this desk as {name}, site {site}, since {time}.")
    joined = local_time(datetime.fromisoformat(answer["joined_at"]))
    yield text.format(name=plain(answer["name"]), site=plain(answer["site"]), time=joined)
    if answer["seen_at"] is None:
        yield _("The kiosk of this desk has not come there yet.")
    else:
        seen = local_time(datetime.fromisoformat(answer["seen_at"]))
        yield _("The kiosk of this desk was there last at {time}.").format(time=seen)
    yield _events(answer, head)
    if parked := answer["parked"]:
        text = ngettext(
            "{count} event is there, but can't be read: its parcel is shown as it was before.",
            "{count} events are there, but can't be read: their parcels are shown as they were before.",
            parked,
        )
        yield text.format(count=parked)
    if abs(offset) > _CLOCK_OFF:
        yield _clock(offset)
    text = ngettext(
        "No other desk has joined yet.",
        "{count} desks have joined, {here} of them at this site.",
        answer["desks"],
    )
    yield text.format(count=answer["desks"], here=answer["desks_of_site"])


def _events(answer: Any, head: Head) -> str:
    known = answer["head"]["sequence"]
    waiting = max(head.sequence - known, 0)
    if not waiting:
        return _("It has every event of this desk, {count} in all.").format(count=known)
    text = ngettext(
        "It has {known} events of this desk; {count} waits here.",
        "It has {known} events of this desk; {count} wait here.",
        waiting,
    )
    return text.format(known=known, count=waiting)


def _clock(offset: timedelta) -> str:
    minutes = round(abs(offset).total_seconds() / 60)
    if offset > timedelta():
        text = ngettext(
            "The clock of this desk is {count} minute ahead of the centre's.",
            "The clock of this desk is {count} minutes ahead of the centre's.",
            minutes,
        )
    else:
        text = ngettext(
            "The clock of this desk is {count} minute behind the centre's.",
            "The clock of this desk is {count} minutes behind the centre's.",
            minutes,
        )
    return text.format(count=minutes)
