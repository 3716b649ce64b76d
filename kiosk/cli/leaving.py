"""`kiosk handover`, `kiosk expired` and `kiosk outgoing`: parcels that leave otherwise than at the locker."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from kiosk.cli.command import exit_code
from kiosk.cli.exits import DONE, UNFINISHED
from kiosk.cli.fields import parcel_fields
from kiosk.cli.leaving_arguments import CHECKS
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.session import Session, open_session
from kiosk.errors import ApiError, KioskError
from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.parcels.listing import Uncollected
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import IdentityCheck
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.expiry import time_over
from kiosk.words.language import _
from kiosk.words.people import recipient, where_to_find
from kiosk.words.states import outgoing_word, size_word

_HANDED_OVER = ("trackingNumber", "state", "handedTo", "inDoubt")


def hand_over(options: argparse.Namespace, output: Output) -> int:
    """Record that parcels were given out, one after the other: what is refused of one holds no other back.

    Exit code 3 while a locker has still to be given back, which the kiosk does.
    """
    return asyncio.run(_hand_over(options, output))


def expired(options: argparse.Namespace, output: Output) -> int:
    """Print what was not collected in time, or soon will not have been, as somebody walks past the doors."""
    return asyncio.run(_expired(options, output))


def outgoing(options: argparse.Namespace, output: Output) -> int:
    """Print what leaves with a carrier, by where it goes, and behind it what left today."""
    return asyncio.run(_outgoing(options, output))


async def _hand_over(options: argparse.Namespace, output: Output) -> int:
    records: list[Fields] = []
    codes: list[int] = []
    async with open_session(options.config) as session:
        for number in options.numbers:
            try:
                parcel = await _given_out(session, number, options)
            except KioskError as error:
                said = explain(error)
                output.words(_("{number}: {said}").format(number=number, said=said.line))
                output.words(said.hint)
                records.append({"trackingNumber": number, "error": error_fields(error)})
                codes.append(exit_code(error))
                continue
            records.append(parcel_fields(parcel))
            if (write := parcel.open_write) is not None:
                text = _("{number}: locker {unit} is given back later, by the kiosk.")
                output.progress(text.format(number=number, unit=write.place.locker_unit_id))
                codes.append(UNFINISHED)
    output.records(records, _HANDED_OVER)
    # What was refused outweighs what only takes longer.
    return min(codes, default=DONE)


async def _given_out(session: Session, number: str, options: argparse.Namespace) -> Parcel:
    desk, person = session.services.desk, session.person
    parcel = await desk.lockers.known_or_found(number, person)
    if parcel.is_in_doubt and not parcel.is_gone:
        parcel = await desk.look(parcel, person)
    checked = IdentityCheck(CHECKS[options.checked])
    return await desk.corrections.hand_over(
        parcel, options.to, checked, options.reason, person, signature=options.signature
    )


async def _expired(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as (services, _person):
        listed = await _uncollected(services, options)
        # Whoever walks by this list is not to be sent to lockers that were emptied; without a network it still helps.
        with suppress(ApiError):
            await services.queries.lockers.banks()
            await services.queries.expiry.look(listed)
            listed = await _uncollected(services, options)
        now, label = services.clock.now(), services.queries.lockers.label
        if output.as_json:
            output.records([{**parcel_fields(each.parcel), "expired": each.is_expired} for each in listed], ())
        else:
            output.rows([_row_of_walk(each, label(_bank_of(each)), now) for each in listed])
    if not listed:
        output.progress(_("Nothing has to be taken out."))
    return DONE


async def _uncollected(services: Services, options: argparse.Namespace) -> list[Uncollected]:
    listed = await services.queries.expiry.uncollected(timedelta(days=options.days))
    return [each for each in listed if options.bank in {None, _bank_of(each)}]


def _bank_of(each: Uncollected) -> str:
    return each.parcel.place.locker_bank_id if each.parcel.place else ""


def _row_of_walk(each: Uncollected, bank: str, now: datetime) -> Fields:
    parcel = each.parcel
    return {
        _("Bank"): bank,
        _("Locker"): parcel.place.locker_unit_id if parcel.place else None,
        _("Size"): size_word(parcel.place.size) if parcel.place else None,
        _("Time"): time_over(each, now),
        _("Tracking number"): parcel.tracking_number,
        _("Recipient"): recipient(parcel),
        _("Where to find them"): where_to_find(parcel.contact),
    }


async def _outgoing(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as (services, _person):
        today = await services.queries.outgoing.today()
    parcels = (*today.waiting, *today.sent)
    if output.as_json:
        output.records([_outgoing_fields(each) for each in parcels], ())
    else:
        output.rows([_outgoing_row(each) for each in parcels])
    if not parcels:
        output.progress(_("Nothing waits for a carrier, and nothing has left today."))
    return DONE


def _outgoing_fields(parcel: Parcel) -> Fields:
    return {**parcel_fields(parcel), "carrier": parcel.carrier, "outgoingReason": parcel.outgoing_reason}


def _outgoing_row(parcel: Parcel) -> Fields:
    return {
        _("Goes to"): parcel.destination,
        _("Carrier"): CARRIER_NAMES[parcel.carrier] if parcel.carrier is not None else None,
        _("Tracking number"): parcel.tracking_number,
        _("Why"): outgoing_word(parcel.outgoing_reason) if parcel.outgoing_reason is not None else None,
        _("Recipient"): recipient(parcel),
        _("State"): parcel.state,
    }
