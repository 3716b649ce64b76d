"""Parcels brought to where a test wants them, by what clerks do but behind the screen's back, which is much quicker."""

from __future__ import annotations

from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import OutgoingReason, ShelfReason
from kiosk.wiring import Services
from tests.house.desk import BANK, CLERK

SMALL = LockerSize("small")
ABDI = "mwangi abdi"
"""What is typed for the recipient of most of them."""
UPS = "1Z5R89390357567127"
USPS = "9205590164917312751089"


async def contact(services: Services, letters: str = ABDI) -> Contact:
    return (await services.queries.directory.search(letters)).contacts[0]


async def taken_in(services: Services, number: str, letters: str = ABDI, **about: str) -> Parcel:
    """Take a parcel in for the first person whom the letters find, with something else about that person."""
    taken = await services.desk.scans.take_in(number, CLERK)
    found = (await contact(services, letters)).model_copy(update=about)
    return await services.desk.intake.choose_recipient(taken.parcel, found, CLERK)


async def reserved(services: Services, parcel: Parcel) -> Parcel:
    return await services.desk.intake.reserve(parcel, BANK, SMALL, CLERK, lambda _: None)


async def put_in(services: Services, number: str, letters: str = ABDI, **about: str) -> Parcel:
    parcel = await reserved(services, await taken_in(services, number, letters, **about))
    return await services.desk.intake.deposit(parcel, CLERK)


async def seen(services: Services, parcel: Parcel) -> Parcel:
    codes = services.desk.pickup_codes
    return await codes.confirm(parcel, await codes.waiting(parcel), CLERK)


async def in_locker(services: Services, number: str = "T1", letters: str = ABDI) -> Parcel:
    """Put a parcel into a locker, its code seen."""
    return await seen(services, await put_in(services, number, letters))


async def lying(services: Services, number: str, place: str, letters: str = ABDI) -> Parcel:
    """Put a parcel on the shelf."""
    parcel = await taken_in(services, number, letters)
    return await services.desk.shelf.put_on(parcel, place, ShelfReason.PUT_ASIDE, CLERK)


async def out(services: Services, number: str, where: str) -> Parcel:
    """Make a parcel one that is to be sent."""
    parcel = (await services.desk.scans.take_in(number, CLERK)).parcel
    return await services.desk.leaving.make_outgoing(parcel, where, OutgoingReason.RETURN, CLERK)
