"""`kiosk find`: where a parcel is, by journal and server; which parcels a text fits. Takes nothing in."""

from __future__ import annotations

import argparse
import asyncio

from kiosk.cli.exits import DONE
from kiosk.cli.fields import held_fields, other_fields, parcel_fields
from kiosk.cli.output import Fields, Output
from kiosk.cli.session import Session, open_session
from kiosk.desk.comparing import Compared
from kiosk.errors import ApiError, UnknownParcelError
from kiosk.tracking.scan import read_scan
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.mismatches import mismatch_words
from kiosk.words.other_desks import age_words, already_words
from kiosk.words.states import state_word
from kiosk.words.times import is_day_first

_COLUMNS = ("trackingNumber", "state", "lockerBankId", "lockerUnitId", "size", "depositTime", "reservationExpiryTime")
_COLUMNS_OF_TEXT = ("trackingNumber", "state", "contactName", "lockerBankId", "lockerUnitId", "shelf", "takenInTime")
_DESK = "desk"
"""One more column where other desks have something too."""


def run(options: argparse.Namespace, output: Output) -> int:
    """Print one parcel, all that is held for a contact, or what fits a text; raises UnknownParcelError for nothing."""
    return asyncio.run(_find(options, output))


async def _find(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as session:
        if options.contact:
            _print(await _of_contact(session, options.contact, output), _COLUMNS, output)
        elif options.text:
            _print(await _by_text(session, options.text, output), _COLUMNS_OF_TEXT, output)
        else:
            output.record(await _parcel(session, options.number, output))
    return DONE


def _print(records: list[Fields], columns: tuple[str, ...], output: Output) -> None:
    output.records(records, (*columns, _DESK) if any(_DESK in record for record in records) else columns)


async def _by_text(session: Session, text: str, output: Output) -> list[Fields]:
    """Return the parcels that a text fits, as the clerk's search finds them."""
    fits = await session.services.queries.searching.find(text, day_first=is_day_first())
    if not fits.found:
        raise UnknownParcelError("nothing_found", text=text)
    if fits.is_full:
        output.words(_("These are the first {count}; there may be more.").format(count=len(fits.parcels)))
    others = [other_fields(other, fits.heard_at) for other in fits.others]
    return [*(parcel_fields(parcel) for parcel in fits.parcels), *others]


async def _parcel(session: Session, scanned: str, output: Output) -> Fields:
    """Return what is known of a number: what the journal says, and whether a unit holds it according to the server."""
    services, person = session
    scan = read_scan(scanned)
    known, others = await services.desk.comparing.known(scan), services.queries.others
    other = await others.with_number(scan.known_as)
    heard_at = await others.heard_at() if other is not None else None
    try:
        compared = await services.desk.comparing.number(scan, person)
    except ApiError as error:
        if known is None and other is None:
            raise
        output.words(_only_journal(error))
        fields = parcel_fields(known) if known is not None else {}
    else:
        if compared.parcel is None and compared.held is None and other is None:
            raise UnknownParcelError("parcel_unknown_everywhere", tracking_number=compared.tracking_number)
        fields = _fields(session, compared, output)
    if other is None:
        return fields
    if output.as_json:
        return {**fields, "atOtherDesk": other_fields(other, heard_at)}
    label, now = services.queries.lockers.label, services.clock.now()
    age = age_words(heard_at, now)
    said = already_words(other, label, now)
    return {**fields, "atOtherDesk": f"{said} ({age})" if age else said}


def _fields(session: Session, compared: Compared, output: Output) -> Fields:
    """Return one number by both, the journal first; what differs as its code for programs, in words for people."""
    held, label = compared.held, session.services.queries.lockers.label
    at_server = held_fields(held.tracking_number, held.place.locker_bank_id, held.unit) if held else None
    fields = parcel_fields(compared.parcel) if compared.parcel else dict(at_server or {})
    if compared.mismatch is not None:
        fields["difference"] = compared.mismatch if output.as_json else mismatch_words(compared, label)
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


async def _of_contact(session: Session, contact_id: str, output: Output) -> list[Fields]:
    """Return what the server holds for a contact, and what else is here for them by the journal."""
    services, others = session.services, session.services.queries.others
    heard_at = await others.heard_at()
    elsewhere = [other_fields(other, heard_at) for other in await others.of_contact(contact_id)]
    try:
        found = await services.desk.comparing.contact(contact_id)
    except ApiError as error:
        here = await services.desk.comparing.here_for(contact_id)
        if not here and not elsewhere:
            raise
        output.words(_only_journal(error))
        return [*(parcel_fields(parcel) for parcel in here), *elsewhere]
    if not found and not elsewhere:
        raise UnknownParcelError("nothing_held_for_contact", contact_id=contact_id)
    for each in found:
        if each.mismatch is not None:  # for people a table has no column for it
            output.progress(mismatch_words(each, services.queries.lockers.label))
    return [*(_fields(session, each, output) for each in found), *elsewhere]
