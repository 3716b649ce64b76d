"""What the locker service says of a number or of a contact, beside what the journal says, and where they differ.

For somebody who looks for a parcel. The service is asked each time.
"""

from __future__ import annotations

from typing import NamedTuple

from kiosk.desk.lockers import Lockers
from kiosk.desk.reservations import Held
from kiosk.desk.scanning import Scans
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Mismatch
from kiosk.tracking.scan import Scan

LOOKS_BACK = 100
"""So many of a contact's parcels are looked at; more are not here at once."""


class Compared(NamedTuple):
    """One number, by both."""

    tracking_number: str
    parcel: Parcel | None
    """As the journal has it now; None where it never had it."""
    held: Held | None
    """The unit that holds it; None where none does."""
    mismatch: Mismatch | None
    """Where the two differed when the service was asked; what that showed is recorded by now."""


class Comparing:
    """Asks the service in every bank of the location."""

    def __init__(self, journal: Journal, scans: Scans, lockers: Lockers) -> None:
        self._journal = journal
        self._scans = scans
        self._lockers = lockers

    async def known(self, scan: Scan) -> Parcel | None:
        """Return the parcel of a number that is here, else the last one that bore it; asks the journal only."""
        here = await self._scans.known(scan)
        if here is not None:
            return here
        # Whoever asks for a collected one is told that it was collected.
        ever = [parcel for number in scan.known_as for parcel in await self._journal.find(number)]
        return next(iter(ever), None)

    async def number(self, scan: Scan, person: Person) -> Compared:
        """Ask for one number, and record what becomes known of a parcel that is no longer held; raises ApiError."""
        parcel = await self.known(scan)
        # The service knows it by its own number, whichever code of its box was given.
        own = (parcel.tracking_number,) if parcel is not None else ()
        held = await self._lockers.at_server(*dict.fromkeys((*own, *scan.known_as)))
        mismatch = mismatch_of(parcel, held)
        if parcel is not None and held is None:
            parcel = await self._lockers.refresh(parcel, person)
        return Compared(held.tracking_number if held else scan.known_as[0], parcel, held, mismatch)

    async def here_for(self, contact_id: str) -> tuple[Parcel, ...]:
        """Return what is here for a contact by the journal, the latest change first."""
        every = await self._journal.of_contact(contact_id, LOOKS_BACK)
        return tuple(parcel for parcel in every if parcel.present)

    async def contact(self, contact_id: str) -> tuple[Compared, ...]:
        """Ask for everything that is held for a contact; beside it stands what is here for them. Raises ApiError."""
        here = {parcel.tracking_number: parcel for parcel in await self.here_for(contact_id)}
        by_code = {code: parcel for parcel in here.values() for code in (*parcel.other_codes, parcel.tracking_number)}
        found: list[Compared] = []
        for unit in await self._lockers.reservations_of(contact_id):
            place = UnitPlace(locker_bank_id=unit.locker_bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)
            for number in unit.numbers:
                parcel, held = by_code.get(number), Held(place, unit, number)
                if parcel is not None:
                    here.pop(parcel.tracking_number, None)
                found.append(Compared(number, parcel, held, mismatch_of(parcel, held)))
        left = (Compared(number, parcel, None, mismatch_of(parcel, None)) for number, parcel in here.items())
        return (*found, *left)


def mismatch_of(parcel: Parcel | None, held: Held | None) -> Mismatch | None:
    """Return where the two differ; while a request of ours is open, nothing is known to differ."""
    if parcel is not None and parcel.is_in_doubt:
        return None
    if held is None:
        return Mismatch.NOT_AT_SERVICE if parcel is not None and parcel.has_unit else None
    if parcel is None or parcel.is_gone:
        return Mismatch.NOT_HERE
    place = parcel.place
    if place is None or not place.is_same_unit(held.place):
        return Mismatch.IN_ANOTHER_UNIT
    theirs = held.unit.contact_id
    if parcel.contact is not None and theirs and theirs != parcel.contact.contact_id:
        return Mismatch.FOR_ANOTHER_CONTACT
    return None
