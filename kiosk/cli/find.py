"""`kiosk find`: where a parcel is, by the journal and by the server. Takes nothing in."""

from __future__ import annotations

import argparse
import asyncio

from kiosk.cli.exits import DONE
from kiosk.cli.fields import held_fields, numbers_in, parcel_fields
from kiosk.cli.output import Fields, Output
from kiosk.cli.session import Session, open_session
from kiosk.errors import ApiError, UnknownParcelError
from kiosk.tracking.scan import read_scan
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.states import state_word

_COLUMNS = ("trackingNumber", "state", "lockerBankId", "lockerUnitId", "size", "depositTime", "reservationExpiryTime")


def run(options: argparse.Namespace, output: Output) -> int:
    """Print one parcel, or all that is held for a contact; raises UnknownParcelError if there is none."""
    return asyncio.run(_find(options, output))


async def _find(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as session:
        if options.contact:
            output.records(await _of_contact(session.services, options.contact, output), _COLUMNS)
        else:
            output.record(await _parcel(session, options.number, output))
    return DONE


async def _parcel(session: Session, scanned: str, output: Output) -> Fields:
    """Return what is known of a number: what the journal says, and whether a unit holds it according to the server."""
    services, person = session
    scan = read_scan(scanned)
    numbers = scan.known_as
    # Also parcels that are gone: who asks for a collected one is told that it was collected.
    ever = [parcel for number in numbers for parcel in await services.queries.journal.find(number)]
    known = await services.desk.scans.known(scan) or next(iter(ever), None)
    # The service knows it by its own number, whichever code of its box was given.
    own = (known.tracking_number,) if known else ()
    try:
        held = await services.queries.lockers.at_server(*dict.fromkeys((*own, *numbers)))
        if known is not None and held is None:
            known = await services.desk.lockers.refresh(known, person)
    except ApiError as error:
        if known is None:
            raise
        output.words(_only_journal(error))
        return parcel_fields(known)
    if known is None and held is None:
        raise UnknownParcelError("parcel_unknown_everywhere", tracking_number=numbers[0])
    at_server = held_fields(held.tracking_number, held.place.locker_bank_id, held.unit) if held else None
    fields = parcel_fields(known) if known else dict(at_server or {})
    return {**fields, "atServer": _told(at_server, output)}


def _told(at_server: Fields | None, output: Output) -> Fields | str | bool:
    """Return what the server holds: as an object or false for programs, in words for people."""
    if output.as_json:
        return at_server or False
    if at_server is None:
        return _("not in a locker")
    return _("{state}, locker {unit} of {bank}").format(
        state=state_word(at_server["state"]), unit=at_server["lockerUnitId"], bank=at_server["lockerBankId"]
    )


def _only_journal(error: ApiError) -> str:
    text = _("The locker service could not be asked, so this is only what the journal says: {sentence}")
    return text.format(sentence=explain(error).sentence)


async def _of_contact(services: Services, contact_id: str, output: Output) -> list[Fields]:
    """Return what the server holds for a contact, and what lies half done in the journal."""
    waiting = [
        parcel
        for parcel in await services.queries.journal.unfinished()
        if parcel.contact is not None and parcel.contact.contact_id == contact_id
    ]
    found: list[Fields] = []
    try:
        for unit in await services.queries.lockers.reservations_of(contact_id):
            found += [held_fields(number, unit.locker_bank_id, unit) for number in numbers_in(unit)]
    except ApiError as error:
        if not waiting:
            raise
        output.words(_only_journal(error))
    numbers = {fields["trackingNumber"] for fields in found}
    found += [parcel_fields(parcel) for parcel in waiting if parcel.tracking_number not in numbers]
    if not found:
        raise UnknownParcelError("nothing_held_for_contact", contact_id=contact_id)
    return found
