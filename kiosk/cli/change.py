"""`kiosk free`, `extend` and `change-user`: change what is held for parcels, also for those that only the server knows.

They are the console's corrections, recorded in the same way: with the account, where it came from, and a reason.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.cli.exits import DONE
from kiosk.cli.fields import parcel_fields
from kiosk.cli.output import Output
from kiosk.cli.pickup_code import print_with_code, tell_of_code
from kiosk.cli.session import Session, open_session
from kiosk.errors import ParcelElsewhereError, UnknownBankError, WrongStateError
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.words.language import _

if TYPE_CHECKING:
    import argparse


def free(options: argparse.Namespace, output: Output) -> int:
    """Take a parcel off its unit, or all of them off one, and give up the intakes; exit code 3 while in doubt."""
    return asyncio.run(_free_unit(options, output) if options.unit else _free(options, output))


def extend(options: argparse.Namespace, output: Output) -> int:
    """Move the end of a reservation, or record a deposit again; exit code 3 while that is in doubt."""
    return asyncio.run(_extend(options, output))


def change_user(options: argparse.Namespace, output: Output) -> int:
    """Record a deposit again as another user's; exit code 3 while that is in doubt."""
    return asyncio.run(_change_user(options, output))


async def _free(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as session:
        parcel = await session.services.desk.lockers.known_or_found(options.number, session.person)
        place, write = parcel.place, parcel.open_write
        parcel = await _settled(session, parcel)
        if options.bank and (place is None or place.locker_bank_id != options.bank):
            code, bank_id = ("in_no_locker", "") if place is None else ("in_another_bank", place.locker_bank_id)
            raise ParcelElsewhereError(
                code, tracking_number=parcel.tracking_number, wanted=options.bank, locker_bank_id=bank_id
            )
        # What an earlier command asked for, and this one found done, is done.
        if not (parcel.is_cancelled and write is not None and write.ends_intake):
            parcel = await _taken_out(session, _here(parcel), options.reason)
        output.record(parcel_fields(parcel))
        if place is not None:
            text = _("Locker {unit} of {bank} no longer holds the parcel.")
            output.progress(text.format(unit=place.locker_unit_id, bank=place.locker_bank_id))
    return DONE


async def _free_unit(options: argparse.Namespace, output: Output) -> int:
    if not options.bank:
        raise UnknownBankError("bank_not_named", locker_unit_id=options.unit)
    async with open_session(options.config) as session:
        services, place = session.services, UnitPlace(locker_bank_id=options.bank, locker_unit_id=options.unit)
        view = await services.queries.lockers.bank(options.bank, fresh=True)
        contents = await services.queries.console.contents(view)
        content = next((each for each in contents if each.unit.locker_unit_id == options.unit), None)
        if content is None:
            about = {"bank": view.details.label, "locker_bank_id": options.bank}
            raise UnknownBankError("no_such_unit", locker_unit_id=options.unit, **about)
        if not content.numbers:
            raise WrongStateError("unit_holds_nothing", locker_unit_id=options.unit)
        freed = await services.desk.corrections.free_unit(place, content.numbers, options.reason, session.person)
        output.records([parcel_fields(parcel) for parcel in freed], ("trackingNumber", "state", "contactName"))
    return DONE


async def _extend(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as session:
        parcel = await session.services.desk.lockers.known_or_found(options.number, session.person)
        parcel = _here(await _settled(session, parcel))
        was_in = parcel.is_in_locker
        if was_in and options.hours is not None:
            output.progress(
                _("The parcel is in its locker: the locker service decides how long, whatever --hours says.")
            )
        hours = options.hours or session.services.settings.desk.reservation_hours
        corrections = session.services.desk.corrections
        parcel = await corrections.extend(parcel, hours, options.reason, session.person)
        if was_in and parcel.is_in_locker:
            return await print_with_code(session, parcel, output, show_code=options.show_code)
        output.record(parcel_fields(parcel))
    return DONE


async def _change_user(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as session:
        parcel = await session.services.desk.lockers.known_or_found(options.number, session.person)
        parcel = _here(await _settled(session, parcel))
        corrections = session.services.desk.corrections
        parcel = await corrections.change_user(parcel, options.user, options.reason, session.person)
        output.record(parcel_fields(parcel))
    return tell_of_code(parcel, output)


async def _taken_out(session: Session, parcel: Parcel, reason: str) -> Parcel:
    was_in = parcel.is_in_locker
    parcel = await session.services.desk.corrections.take_out(parcel, reason, session.person)
    if was_in and not parcel.is_cancelled:
        raise WrongStateError("gone_already", tracking_number=parcel.tracking_number)
    return parcel


async def _settled(session: Session, parcel: Parcel) -> Parcel:
    """Return the parcel as it is, with nothing in doubt."""
    return await session.services.desk.look(parcel, session.person) if parcel.is_in_doubt else parcel


def _here(parcel: Parcel) -> Parcel:
    """Refuse one that is no longer here."""
    if parcel.is_gone:
        raise WrongStateError("holds_no_locker", tracking_number=parcel.tracking_number, state=parcel.state.value)
    return parcel
