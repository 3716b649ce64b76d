"""What mends what a stock-take shows: each time a step of `kiosk/parcels/steps.py`, taken as anywhere else."""

from __future__ import annotations

from kiosk.desk.desk import Desk
from kiosk.desk.findings import not_found
from kiosk.errors import ParcelElsewhereError, WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import StocktakeOutcome
from kiosk.parcels.steps import Step, asks_why, offers
from kiosk.parcels.stocktake import Row
from kiosk.tracking.scan import spellings


def mending_step(row: Row, person: Person) -> Step | None:
    """Return the step that mends a row, None where the person can take none."""
    offered = offers(row.parcel, person.role) if row.parcel is not None else ()
    return next((step for step in row.mended_by if step in offered), None)


def can_be_taken_in(row: Row) -> bool:
    """Tell whether a row is about a box that nobody knows."""
    return row.outcome is StocktakeOutcome.EXTRA


async def mend(desk: Desk, row: Row, person: Person, *, reason: str = "") -> Parcel:
    """Take the step that mends a row, and take in a box that nobody knows; return the parcel as it stands then.

    A missing parcel is asked for at the service: as a rule it was collected meanwhile, and one that the service still
    has there becomes an attention item. Raises WrongStateError where no step is offered, NoReasonError where it needs
    a reason, and what the step raises; for a box that nobody knows ApiError while the service can't be asked either,
    and ParcelElsewhereError where another desk has it in a locker by now.
    """
    step, code = mending_step(row, person), next(iter(row.codes), row.number)
    if can_be_taken_in(row):
        await _check_nobody_has(desk, code)
    if can_be_taken_in(row) or step is Step.TAKE_IN_AGAIN:
        return (await desk.scans.take_in(code, person, ask=True)).parcel
    if row.parcel is None or step is None:
        raise WrongStateError("nothing_mends_it")
    if step is Step.CHECK:
        return await _ask_for(desk, row.parcel, person)
    if asks_why(step, person.role):
        return await _correct(desk, step, row.parcel, reason, person)
    return await _take(desk, step, row.parcel, person)


async def _take(desk: Desk, step: Step, parcel: Parcel, person: Person) -> Parcel:
    match step:
        case Step.CLEAR:
            return await desk.leaving.clear(parcel, person)
        case Step.RELEASE:
            return await desk.intake.release(parcel, person)
        case Step.DEPOSIT:
            return await desk.intake.deposit(parcel, person)
        case Step.TAKE_OFF_SHELF:
            return await desk.shelf.take_off(parcel, person)
        case Step.TAKE_BACK:
            return await desk.unrecorded.take_back(parcel, person)
        case Step.NOTE_COLLECTED:
            return await desk.unrecorded.note_collected(parcel, person)
        case _:
            raise WrongStateError("nothing_mends_it")


async def _correct(desk: Desk, step: Step, parcel: Parcel, reason: str, person: Person) -> Parcel:
    match step:
        case Step.CLEAR:
            return await desk.corrections.clear(parcel, reason, person)
        case Step.TAKE_OFF_SHELF:
            return await desk.corrections.take_off_shelf(parcel, reason, person)
        case Step.TAKE_BACK:
            return await desk.corrections.take_back(parcel, reason, person)
        case Step.NOTE_COLLECTED:
            return await desk.corrections.note_collected(parcel, reason, person)
        case _:
            raise WrongStateError("nothing_mends_it")


async def _check_nobody_has(desk: Desk, code: str) -> None:
    """Ask the service whether another desk has the box: it may have come after the bank was read."""
    held = await desk.lockers.at_server(*spellings(code))
    if held is not None:
        lies = held.unit.has_deposited(held.tracking_number)
        raise ParcelElsewhereError(
            "number_lies_in_locker" if lies else "number_holds_locker",
            tracking_number=held.tracking_number,
            locker_unit_id=held.place.locker_unit_id,
        )


async def _ask_for(desk: Desk, parcel: Parcel, person: Person) -> Parcel:
    """Ask the service for a parcel that is not in its unit, and note it where the service still has it there."""
    place = parcel.place
    parcel = await desk.look(parcel, person)
    if place is None or parcel.place != place or not parcel.is_in_locker or parcel.is_in_doubt:
        return parcel
    return await desk.findings.raise_attention(parcel, not_found(place), person)
