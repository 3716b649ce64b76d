"""`kiosk deposit`: a whole intake without a screen.

What can't work is refused before anything is recorded; what is refused later is given up again, if this call took it
in. So exit code 1 leaves nothing behind, and 3 a parcel that the same call, or the kiosk, goes on with.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.cli.exits import DONE, FAILED, UNFINISHED
from kiosk.cli.fields import parcel_fields
from kiosk.cli.output import OutputError, local_time
from kiosk.cli.session import open_session
from kiosk.errors import (
    ApiError,
    DeskError,
    KioskError,
    NoFreeUnitError,
    ParcelElsewhereError,
    RefusedError,
    StorageError,
    UnitTakenError,
    UnknownBankError,
)
from kiosk.parcels.choosing import has_room
from kiosk.parcels.contacts import Contact, ContactType
from kiosk.parcels.lockers import LockerSize, size_order
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState
from kiosk.tracking.scan import Check, read_scan

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.output import Output
    from kiosk.parcels.choosing import BankView
    from kiosk.wiring import Services

_REFUSALS = (RefusedError, UnitTakenError, ParcelElsewhereError, UnknownBankError)


def run(options: argparse.Namespace, output: Output) -> int:
    """Take a parcel in, reserve a unit, record the deposit, print where it is and its pickup code."""
    return asyncio.run(_deposit(options, output))


async def _deposit(options: argparse.Namespace, output: Output) -> int:
    candidates = read_scan(options.number).candidates
    if candidates and candidates[0].check is Check.BAD:
        output.words(f"The check digit of this {candidates[0].carrier.value} number is wrong; it is taken as given.")
    async with open_session(options.config) as services:
        contact = await _contact(services, options)
        known = await _still_here(services, await services.scans.known(options.number))
        if known is None:
            await _bank(services, options)
            parcel = (await services.scans.take_in(options.number, services.person)).parcel
        else:
            _refuse_what_is_done(known, contact)
            parcel = known
        try:
            parcel = await _finish(services, parcel, contact, options, output)
        except KioskError as error:
            return await _stop(services, parcel, error, output, is_new=known is None)
        return await _hand_over(services, parcel, output, show_code=options.show_code)


async def _contact(services: Services, options: argparse.Namespace) -> Contact:
    """Return for whom the parcel is: as the directory knows them, or as the arguments say."""
    listed = await services.directory.by_id(options.contact)
    contact = listed or Contact(contact_id=options.contact, name="")
    if options.contact_type is None:
        return contact
    return contact.model_copy(update={"contact_type": ContactType(options.contact_type)})


async def _still_here(services: Services, parcel: Parcel | None) -> Parcel | None:
    """Return the parcel unless the server says that it was collected: carriers use numbers again."""
    if parcel is None or parcel.unfinished:
        return parcel
    try:
        parcel = await services.lookup.refresh(parcel, services.person)
    except ApiError:
        return parcel
    return parcel if parcel.state is ParcelState.IN_LOCKER else None


def _refuse_what_is_done(parcel: Parcel, contact: Contact) -> None:
    place = parcel.place
    if place is None:
        return
    where = f"locker {place.locker_unit_id} of {place.locker_bank_id}"
    if not parcel.unfinished:
        since = f" since {local_time(parcel.deposited_at)}" if parcel.deposited_at else ""
        raise ParcelElsewhereError(f"Parcel {parcel.tracking_number} already lies in {where}{since}.")
    if parcel.contact is not None and parcel.contact.contact_id != contact.contact_id:
        raise ParcelElsewhereError(f"Parcel {parcel.tracking_number} holds {where} for another recipient.")


async def _bank(services: Services, options: argparse.Namespace) -> BankView:
    """Return the bank that is meant, and check that it has the size or the unit that was asked for."""
    bank_id = options.bank or services.settings.desk.default_bank
    if not bank_id:
        banks = await services.lookup.banks()
        if not banks:
            raise UnknownBankError("This account has no locker bank here.")
        bank_id = banks[0].locker_bank_id
    view = await services.lookup.bank(bank_id)
    units = {unit.locker_unit_id for unit in view.details.locker_units}
    hint = f"`kiosk bank {bank_id}` lists its lockers and sizes."
    if options.unit and units and options.unit not in units:
        raise DeskError(f"{view.details.label} has no locker {options.unit}.", hint=hint)
    sizes = {availability.size for availability in view.sizes}
    if options.size and sizes and options.size not in sizes:
        raise DeskError(f"{view.details.label} has no lockers of size {options.size}.", hint=hint)
    return view


async def _finish(
    services: Services, parcel: Parcel, contact: Contact, options: argparse.Namespace, output: Output
) -> Parcel:
    """Go on from where the parcel stands until it is in its locker."""
    intake, actor = services.intake, services.person
    if parcel.open_write is not None:
        output.progress("Finding out what became of the last request")
        parcel = await services.recovery.settle(parcel, actor)
    if parcel.question is not None:
        parcel = await services.scans.choose_number(parcel, actor)  # whoever names it to a script has decided
    if parcel.state is ParcelState.TAKEN_IN:
        if parcel.contact != contact:
            parcel = await intake.choose_recipient(parcel, contact, actor)
        view = await _bank(services, options)
        bank_id = view.details.locker_bank_id
        if options.unit:
            parcel = await intake.reserve_unit(parcel, bank_id, options.unit, actor)
        else:
            size = LockerSize(options.size) if options.size else _smallest_free(view, contact)
            parcel = await intake.reserve(parcel, bank_id, size, actor, output.progress)
    if parcel.state is ParcelState.RESERVED:
        output.progress("Recording the deposit")
        parcel = await intake.deposit(parcel, actor)
    return parcel


def _smallest_free(view: BankView, contact: Contact) -> LockerSize:
    """Return the first size, in the API's order, that has a free unit for this contact as far as the bank tells."""
    sizes = sorted(view.sizes, key=lambda availability: size_order(availability.size))
    for availability in sizes:
        if has_room(view, availability, contact):
            return availability.size
    untold = [each.size for each in sizes if each.free is None and each.some_free is None]
    if untold and not view.details.locker_units:
        return untold[0]
    reach = " within reach" if contact.accessible else ""
    raise NoFreeUnitError(f"{view.details.label} has no free locker{reach}.")


async def _stop(services: Services, parcel: Parcel, error: KioskError, output: Output, *, is_new: bool) -> int:
    """Say what went wrong and where the parcel stands; give up what this call took in for nothing."""
    if not isinstance(error, StorageError):
        parcel = await services.journal.parcel(parcel.parcel_id) or parcel
    is_refused = isinstance(error, _REFUSALS) and not error.retryable
    if is_new and is_refused and parcel.state is ParcelState.TAKEN_IN and parcel.open_write is None:
        parcel = await services.intake.cancel(parcel, services.person)
    output.fail(error, parcel_fields(parcel))
    return UNFINISHED if parcel.unfinished else FAILED


async def _hand_over(services: Services, parcel: Parcel, output: Output, *, show_code: bool) -> int:
    """Print the parcel with its code; only a code that was printed counts as seen."""
    code = await services.intake.pickup_code(parcel) if show_code else None
    fields = parcel_fields(parcel) | {"pickupCode": code.get_secret_value() if code else None}
    try:
        output.record(fields)
    except (BrokenPipeError, OutputError):
        output.words("The parcel is in, but the answer could not be printed. A pickup code waits in the kiosk.")
        return UNFINISHED if parcel.code_waiting else FAILED
    if code is not None:
        await services.intake.confirm_code(parcel, services.person)
    elif parcel.code_waiting:
        output.words("The pickup code waits in the kiosk.")
    return DONE
