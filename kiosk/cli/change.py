"""`kiosk free` and `kiosk extend`: change what is held for a parcel, also for one that only the server knows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.cli.exits import DONE
from kiosk.cli.fields import parcel_fields
from kiosk.cli.session import open_session
from kiosk.errors import NotFoundError, ParcelElsewhereError, WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.output import Output
    from kiosk.wiring import Services

_GONE = {ParcelState.COLLECTED, ParcelState.CANCELLED}


def free(options: argparse.Namespace, output: Output) -> int:
    """Take a parcel off its unit and give its intake up; exit code 3 while that is in doubt."""
    return asyncio.run(_free(options, output))


def extend(options: argparse.Namespace, output: Output) -> int:
    """Move the end of a reservation; exit code 3 while that is in doubt."""
    return asyncio.run(_extend(options, output))


async def _free(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as services:
        parcel = await _standing(services, options.number)
        place = parcel.place
        if options.bank and (place is None or place.locker_bank_id != options.bank):
            where = f"in {place.locker_bank_id}" if place else "in no locker"
            raise ParcelElsewhereError(f"Parcel {parcel.tracking_number} is not in {options.bank}, but {where}.")
        parcel = await services.intake.free(parcel, services.person)
        if parcel.state is ParcelState.COLLECTED:
            raise WrongStateError(f"Parcel {parcel.tracking_number} was gone from its locker already.")
        output.record(parcel_fields(parcel))
        if place is not None:
            output.progress(f"Locker {place.locker_unit_id} of {place.locker_bank_id} no longer holds the parcel.")
    return DONE


async def _extend(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as services:
        parcel = await _standing(services, options.number)
        try:
            parcel = await services.intake.extend(parcel, options.hours, services.person)
        except NotFoundError:
            current = await services.journal.parcel(parcel.parcel_id) or parcel
            await services.lookup.refresh(current, services.person)
            raise
        output.record(parcel_fields(parcel))
    return DONE


async def _standing(services: Services, scanned: str) -> Parcel:
    """Return the parcel of that number as it stands, with nothing in doubt; refuse one that is no longer here."""
    parcel = await services.lookup.known_or_found(scanned, services.person)
    if parcel.open_write is not None:
        parcel = await services.recovery.settle(parcel, services.person)
    if parcel.state in _GONE:
        raise WrongStateError(
            f"Parcel {parcel.tracking_number} is {parcel.state.value}; it holds no locker.",
            hint="`kiosk find` shows what is known about it.",
        )
    return parcel
