"""Parcels of other desks, and a cache with them in it: what a desk hears, without a centre."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from kiosk.fleet.other_desks import Asked, HeardOfOthers, Told, UnitReport
from kiosk.parcels.contacts import Contact
from kiosk.parcels.other_desks import OtherParcel
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.states import ParcelState, UnitProblem
from tests.house.desk import START

NORTH = "00112233445566aa"
ANNA = Contact(contact_id="1001", name="Anna-Maria Ødegård")


def other(
    number: str = "1Z999AA10123456784",
    *,
    unit: str = "",
    bank: str = "Lobby",
    shelf: str = "",
    contact: Contact | None = ANNA,
    since: datetime = START,
    numbers: tuple[str, ...] = (),
) -> OtherParcel:
    """Return a parcel of desk North: in a locker, on the shelf, or in the clerk's hands."""
    place = UnitPlace(locker_bank_id=bank, locker_unit_id=unit) if unit else None
    state = ParcelState.IN_LOCKER if unit else ParcelState.ON_SHELF if shelf else ParcelState.TAKEN_IN
    return OtherParcel(
        desk=NORTH,
        desk_name="North",
        site="Campus",
        parcel_id=f"p{number}",
        tracking_number=number,
        numbers=(number, *numbers),
        state=state,
        contact=contact,
        place=place,
        shelf=shelf or None,
        since=since,
        taken_in_at=since - timedelta(minutes=1),
    )


def report(unit: str, problem: UnitProblem | None, at: datetime = START, *, desk: str = NORTH) -> UnitReport:
    """Return what a desk says of a unit of the lobby."""
    return UnitReport(desk=desk, bank="Lobby", unit=unit, problem=problem, at=at)


async def hear(folder: Path, *parcels: OtherParcel, heard_at: datetime = START, told: Told | None = None) -> None:
    """Let the desk of that folder have heard exactly this."""
    async with HeardOfOthers(folder) as others:
        number = await others.passes() + 1
        await others.apply(told or Told(parcels=parcels), number=number)
        await others.end(Asked(since=heard_at.isoformat(), heard_at=heard_at), number=number)
