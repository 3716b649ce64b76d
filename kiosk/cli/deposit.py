"""`kiosk deposit`: a whole intake without a screen.

What can't work is refused before anything is recorded; what is refused later is given up again, if this call took it
in. So exit code 1 leaves nothing behind, and 3 a parcel that the same call, or the kiosk, goes on with.
"""

from __future__ import annotations

import argparse
import asyncio
from datetime import timedelta

from kiosk.cli.exits import FAILED, UNFINISHED
from kiosk.cli.fields import parcel_fields
from kiosk.cli.output import Output
from kiosk.cli.pickup_code import print_with_code
from kiosk.cli.session import Session, open_session
from kiosk.desk.dialogue import Dialogue, LockerAnswer, NewLocker, ThisLocker
from kiosk.desk.questions import (
    ChooseLocker,
    ChooseRecipient,
    NothingToAsk,
    PutIn,
    Question,
    SettleNumber,
    TakeCode,
    WriteNumber,
    question_about,
)
from kiosk.errors import (
    ApiError,
    KioskError,
    NoFreeUnitError,
    ParcelElsewhereError,
    RefusedError,
    StorageError,
    UnitTakenError,
    UnknownBankError,
)
from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.parcels.choosing import BankView, has_room
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize, size_order
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType
from kiosk.parcels.steps import Step
from kiosk.tracking.scan import Check, read_scan
from kiosk.words.errors import explain_cause
from kiosk.words.language import _
from kiosk.words.other_desks import already_words
from kiosk.words.progress import progress_words
from kiosk.words.times import local_time

_REFUSALS = (RefusedError, UnitTakenError, ParcelElsewhereError, UnknownBankError)


def run(options: argparse.Namespace, output: Output) -> int:
    """Take a parcel in, reserve a unit, record the deposit, print where it is and its pickup code."""
    return asyncio.run(_deposit(options, output))


async def _deposit(options: argparse.Namespace, output: Output) -> int:
    scan = read_scan(options.number)
    second = read_scan(options.secondary) if options.secondary else None
    if scan.candidates and scan.candidates[0].check is Check.BAD:
        carrier = CARRIER_NAMES[scan.candidates[0].carrier]
        output.words(
            _("The check digit of this {carrier} number is wrong; it is taken as given.").format(carrier=carrier)
        )
    async with open_session(options.config) as session:
        contact = await _contact(session, options)
        known = await _still_here(session, await session.services.desk.scans.known(scan))
        # Before anything is recorded: a mistyped bank, size or locker must not leave a parcel behind.
        if known is None:
            await _bank(session, options)
        else:
            _refuse_what_is_done(known, contact)
        if second is not None:
            await session.services.desk.scans.check_second(scan, second, known, session.person)
        await session.begins(options)
        parcel = known
        if parcel is None:
            other = await session.services.queries.others.with_number(scan.known_as)
            if other is not None:  # a script acts for somebody who has the box; both desks are told that it is at both
                label, now = session.services.queries.lockers.label, session.services.clock.now()
                output.words(already_words(other, label, now))
            ((parcel, _known),) = await session.services.desk.scans.take_in_all([scan], session.person)
        try:
            if second is not None:
                parcel = await session.services.desk.scans.add_second(parcel, second, session.person)
            parcel = await _finish(session, parcel, contact, options, output)
        except KioskError as error:
            return await _stop(session, parcel, error, output, is_new=known is None)
        return await print_with_code(session, parcel, output, show_code=options.show_code)


async def _contact(session: Session, options: argparse.Namespace) -> Contact:
    """Return for whom the parcel is: as the directory knows them, or as the arguments say."""
    listed = await session.services.queries.directory.by_id(options.contact)
    contact = listed or Contact(contact_id=options.contact, name="")
    if options.accessible:
        contact = contact.model_copy(update={"accessible": True})
    if options.contact_type is None:
        return contact
    return contact.model_copy(update={"contact_type": ContactType(options.contact_type)})


async def _still_here(session: Session, parcel: Parcel | None) -> Parcel | None:
    """Return the parcel unless the server says that it was collected: carriers use numbers again."""
    if parcel is None or parcel.unfinished:
        return parcel
    try:
        parcel = await session.services.desk.lockers.refresh(parcel, session.person)
    except ApiError:
        # Nobody can say, so it counts as still here: a refused deposit is safer than a second one.
        return parcel
    return parcel if parcel.present else None


def _refuse_what_is_done(parcel: Parcel, contact: Contact) -> None:
    place = parcel.place
    if place is None:
        return
    unit = {"locker_unit_id": place.locker_unit_id, "locker_bank_id": place.locker_bank_id}
    if not parcel.unfinished:
        since = local_time(parcel.deposited_at) if parcel.deposited_at else ""
        raise ParcelElsewhereError("deposited_before", tracking_number=parcel.tracking_number, since=since, **unit)
    if parcel.contact is not None and parcel.contact.contact_id != contact.contact_id:
        raise ParcelElsewhereError("held_for_another", tracking_number=parcel.tracking_number, **unit)


async def _bank(session: Session, options: argparse.Namespace) -> BankView:
    """Return the bank that is meant, and check that it has the size or the unit that was asked for."""
    lockers = session.services.queries.lockers
    bank_id = options.bank or session.services.settings.desk.default_bank
    if not bank_id:
        banks = await lockers.banks()
        if not banks:
            raise UnknownBankError("no_bank_here")
        bank_id = banks[0].locker_bank_id
    view = await lockers.bank(bank_id)
    units = {unit.locker_unit_id for unit in view.details.locker_units}
    about = {"bank": view.details.label, "locker_bank_id": bank_id}
    if options.unit and units and options.unit not in units:
        raise UnknownBankError("no_such_unit", locker_unit_id=options.unit, **about)
    sizes = {availability.size for availability in view.sizes}
    if options.size and sizes and options.size not in sizes:
        raise UnknownBankError("no_such_size", size=options.size, **about)
    return view


async def _finish(
    session: Session, parcel: Parcel, contact: Contact, options: argparse.Namespace, output: Output
) -> Parcel:
    """Answer the questions of the intake until there is none, from wherever the parcel stands."""
    desk, person = session.services.desk, session.person
    if parcel.is_in_doubt:
        output.progress(_("Finding out what became of the last request"))
        parcel = await desk.look(parcel, person)
    dialogue, question = Dialogue(desk, person), question_about(parcel)
    while not isinstance(question, NothingToAsk | TakeCode):
        question = await _answer(session, dialogue, question, contact, options, output)
    return question.parcel


async def _answer(
    session: Session,
    dialogue: Dialogue,
    question: SettleNumber | WriteNumber | ChooseRecipient | ChooseLocker | PutIn,
    contact: Contact,
    options: argparse.Namespace,
    output: Output,
) -> Question:
    match question:
        case SettleNumber() | WriteNumber():  # whoever names it to a script has decided
            return await dialogue.number_is(question)
        case ChooseRecipient():
            return await dialogue.is_for(question, contact)
        case ChooseLocker() if question.parcel.contact != contact:
            # An earlier call may have left it half done for somebody else; what is said last counts.
            return await dialogue.is_for(question, contact)
        case ChooseLocker():
            view = await _bank(session, options)
            answer = _locker(view, contact, options)
            return await dialogue.take(question, answer, lambda progress: output.progress(progress_words(progress)))
        case PutIn():
            output.progress(_("Recording the deposit"))
            return await dialogue.is_in(question)


def _locker(view: BankView, contact: Contact, options: argparse.Namespace) -> LockerAnswer:
    bank_id = view.details.locker_bank_id
    hold_for = timedelta(hours=options.hours) if options.hours else None
    if options.unit:
        return ThisLocker(bank_id, options.unit, hold_for)
    size = LockerSize(options.size) if options.size else _smallest_free(view, contact)
    return NewLocker(bank_id, size, hold_for=hold_for)


def _smallest_free(view: BankView, contact: Contact) -> LockerSize:
    """Return the first size, in the API's order, that has a free unit for this contact as far as the bank tells."""
    sizes = sorted(view.sizes, key=lambda availability: size_order(availability.size))
    for availability in sizes:
        if has_room(view, availability, contact):
            return availability.size
    # No number and no units: the service may have a free one, so it is asked rather than taken for full.
    untold = [each.size for each in sizes if each.free is None and each.some_free is None]
    if untold and not view.details.locker_units:
        return untold[0]
    code = "bank_full_within_reach" if contact.accessible else "bank_full"
    raise NoFreeUnitError(code, bank=view.details.label)


async def _stop(session: Session, parcel: Parcel, error: KioskError, output: Output, *, is_new: bool) -> int:
    """Say what went wrong and where the parcel stands; give up what this call took in for nothing."""
    desk, person = session.services.desk, session.person
    # A journal that just failed can't be asked how the parcel stands.
    if not isinstance(error, StorageError):
        parcel = await session.services.queries.parcel(parcel.parcel_id) or parcel
    is_refused = isinstance(error, _REFUSALS) and not error.retryable
    if is_new and is_refused and parcel.is_in_hand and Step.CANCEL in desk.offers(parcel, person):
        parcel = await desk.intake.cancel(parcel, person)
    output.fail(error, parcel_fields(parcel))
    if parcel.open_write is not None and parcel.open_write.cause is not None:
        output.progress(explain_cause(parcel.open_write.cause))
    return UNFINISHED if parcel.unfinished else FAILED
