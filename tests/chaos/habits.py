"""What clerks do beside the straight way and how often, for whom parcels are, and where they go."""

from __future__ import annotations

import random
from dataclasses import dataclass

from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import SIZES, LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType
from kiosk.recipients.cells import Row
from kiosk.recipients.reading import read_rows
from kiosk.simulator.seeds import contacts_file

POPULAR = 25
"""So many recipients get half of the parcels, and so have a locker already when the next one comes."""
FOR_DEPARTMENTS = 0.12


@dataclass(frozen=True)
class Habits:
    """How often something else happens than the straight way, and where parcels go."""

    banks: tuple[str, ...] = ("AOne", "BTwo", "CThree")
    problems: float = 0.04
    """At the door: a larger locker is needed, as a rule, or another one."""
    blocked: float = 0.006
    """Doors reported as occupied or shut; the kiosk leaves such a unit alone for a day, so there are few."""
    cancels: float = 0.04
    extends: float = 0.12
    set_aside: float = 0.03
    adds: float = 0.5
    """A parcel goes into a locker that its recipient has, where there is one."""
    moves: float = 0.08
    """It turns out to lie in the wrong person's locker."""
    takes_in_again: float = 0.06
    """An earlier parcel's number comes again."""
    shows_again: float = 0.06
    called_away: float = 0.03
    """The clerk leaves a parcel before its locker, for about as long as the reservation holds."""
    helps_out: float = 0.2
    """The clerk goes on with what another one at this desk has left unfinished."""
    slips: float = 0.15
    """A recipient, a cancel or a shelf place was a slip, and is undone at once; so are two boxes taken for one."""
    errands: float = 0.9
    """Between two parcels the clerk does something else (`errands.py`)."""


USUAL = Habits()
FINISHING = Habits(
    problems=0,
    blocked=0,
    cancels=0,
    extends=0,
    set_aside=0,
    adds=0,
    moves=0,
    shows_again=0,
    called_away=0,
    helps_out=1,
    slips=0,
    errands=0,
)


class Contacts:
    """The people and departments that the simulated service knows."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        contacts = [
            Contact(
                contact_id=row.contact_id,
                contact_type=ContactType(row.contact_type),
                name=row.name,
                accessible=row.accessible,
            )
            for row in read_rows(contacts_file())
            if isinstance(row, Row)
        ]
        self._people = [each for each in contacts if each.contact_type is ContactType.RECIPIENT]
        self._departments = [each for each in contacts if each.contact_type is ContactType.DEPARTMENT]

    def of(self, parcel: Parcel) -> Contact:
        """Return for whom a parcel is: the same after a kill, another one after it was moved."""
        rng = random.Random(f"{self._seed}/{parcel.tracking_number}/{parcel.moved_from}")
        if rng.random() < FOR_DEPARTMENTS:
            return rng.choice(self._departments)
        return rng.choice(self._people[:POPULAR] if rng.random() < 0.5 else self._people)


def sizes_for(parcel: Parcel) -> tuple[LockerSize, ...]:
    """Return the sizes of lockers that will do."""
    return (parcel.wanted_size,) if parcel.wanted_size else SIZES
