"""`kiosk notices`: what has not gone out, and what reached nobody; sent again, or sent now."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress
from datetime import datetime

from kiosk.background.notices import summed
from kiosk.cli.command import exit_code
from kiosk.cli.exits import DONE, UNFINISHED
from kiosk.cli.fields import cause_fields, parcel_fields
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.prose import Prose
from kiosk.cli.session import Session, open_session
from kiosk.errors import ApiError, KioskError
from kiosk.journal.notices import Owed
from kiosk.parcels.parcel import Parcel
from kiosk.wiring import Services
from kiosk.words.errors import explain, explain_cause
from kiosk.words.language import _, ngettext
from kiosk.words.notices import channel_word, notice_word
from kiosk.words.people import recipient
from kiosk.words.times import day_and_time

_SHOWN_SIGNS = 4
"""How much of a number a table tells."""


def list_notices(options: argparse.Namespace, output: Output) -> int:
    """Print what is owed, the oldest first, and behind it the parcels of which no notice reached anybody."""
    return asyncio.run(_list(options, output))


def retry(options: argparse.Namespace, output: Output) -> int:
    """Send again what reached nobody, and let all that waits be due; what is refused of one holds no other back."""
    return asyncio.run(_retry(options, output))


def send(options: argparse.Namespace, output: Output) -> int:
    """Send and print what may go out, once; exit code 3 while something is still owed."""
    return asyncio.run(_send(options, output))


async def name_banks(services: Services) -> None:
    """Let letters and slips call banks as people do; without the service they have their ids."""
    with suppress(ApiError):
        await services.queries.lockers.banks()


async def _list(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as (services, _person):
        owed, unreached = await services.desk.notices.owed(), await services.desk.notices.unreached()
        now = services.clock.now()
    if output.as_json:
        output.records([*map(_owed_fields, owed), *map(_unreached_fields, unreached)], ())
    else:
        output.rows([*(_owed_row(each, now) for each in owed), *(_unreached_row(each, now) for each in unreached)])
    if not owed and not unreached:
        output.progress(_("Everything has gone out, and nothing is to be printed."))
    return DONE


async def _retry(options: argparse.Namespace, output: Output) -> int:
    records: list[Fields] = []
    codes: list[int] = []
    async with open_session(options.config) as session:
        parcels, only = await _asked_for(session, options.number)
        for parcel in parcels:
            try:
                await session.services.desk.corrections.send_again(parcel, options.reason, session.person)
            except KioskError as error:
                said = explain(error)
                output.words(_("{number}: {said}").format(number=parcel.tracking_number, said=said.line))
                output.words(said.hint)
                records.append({"trackingNumber": parcel.tracking_number, "error": error_fields(error)})
                codes.append(exit_code(error))
            else:
                records.append({"trackingNumber": parcel.tracking_number})
        await session.services.desk.notices.hurry(session.services.clock.now(), only)
        count = len([each for each in await session.services.desk.notices.owed() if _is_of(each, only)])
    if output.as_json:
        output.records(records, ())
    text = ngettext(
        "{count} notice goes out as soon as its channel works and the hours allow it.",
        "{count} notices go out as soon as their channels work and the hours allow it.",
        count,
    )
    output.progress(text.format(count=count))
    return min(codes, default=DONE)


async def _asked_for(session: Session, number: str | None) -> tuple[tuple[Parcel, ...], Parcel | None]:
    """Return what is sent again, and the only parcel that is asked for, where it is one."""
    services = session.services
    if number is None:
        return _one_a_contact(await services.desk.notices.unreached()), None
    parcel = await services.desk.lockers.known_or_found(number, session.person)
    # What waits is only hurried: sent again, it would go out twice.
    waits = await services.desk.notices.owed_of(parcel)
    return (parcel,) if parcel.is_undeliverable or not waits else (), parcel


def _one_a_contact(parcels: tuple[Parcel, ...]) -> tuple[Parcel, ...]:
    """Return one parcel of each recipient: with it all others of theirs are sent again."""
    firsts = {parcel.contact.contact_id: parcel for parcel in reversed(parcels) if parcel.contact is not None}
    return tuple(parcel for parcel in parcels if parcel in firsts.values())


def _is_of(owed: Owed, parcel: Parcel | None) -> bool:
    return parcel is None or owed.parcel.parcel_id == parcel.parcel_id


async def _send(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as session:
        services = session.services
        await session.begins(options)
        await name_banks(services)
        done = summed(await services.notices.run(), await services.paper.run())
        owed = len(await services.desk.notices.owed())
    output.record({"sent": done.sent, "delayed": done.delayed, "givenUp": done.given_up, "owed": owed})
    return UNFINISHED if owed else DONE


def _owed_fields(owed: Owed) -> Fields:
    return {
        **_about(owed.parcel),
        "notice": owed.kind,
        "channel": owed.channel,
        "dueTime": owed.due_at,
        "attempts": owed.attempts,
        "cause": cause_fields(owed.cause),
    }


def _unreached_fields(parcel: Parcel) -> Fields:
    return {
        **_about(parcel),
        "undeliverableSince": parcel.unreached_at,
        "cause": cause_fields(parcel.unreached_cause),
    }


def _about(parcel: Parcel) -> Fields:
    fields = parcel_fields(parcel)
    return {name: fields[name] for name in ("trackingNumber", "contactId", "contactName")}


def _owed_row(owed: Owed, now: datetime) -> Fields:
    why = explain_cause(owed.cause) if owed.cause is not None else None
    due = day_and_time(owed.due_at, now)
    return _row(owed.parcel, notice_word(owed.kind), channel_word(owed.channel), due, owed.attempts, why)


def _unreached_row(parcel: Parcel, now: datetime) -> Fields:
    why = explain_cause(parcel.unreached_cause) if parcel.unreached_cause is not None else None
    since = day_and_time(parcel.unreached_at, now) if parcel.unreached_at is not None else ""
    return _row(parcel, _("undeliverable since {time}").format(time=since), None, None, None, why)


def _row(
    parcel: Parcel, notice: str, channel: str | None, due: str | None, attempts: int | None, why: str | None
) -> Fields:
    return {
        _("Number"): f"…{parcel.tracking_number[-_SHOWN_SIGNS:]}",
        _("Recipient"): Prose(recipient(parcel)),
        _("Notice"): notice,
        _("Channel"): channel,
        _("Due"): due,
        _("Attempts"): attempts,
        _("Why"): why,
    }
