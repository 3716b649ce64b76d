"""How a clerk sees a pickup code and confirms it: without a screen, as the journal hands it out."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Protocol

from kiosk.parcels.parcel import Parcel
from kiosk.wiring import Services, person_at_desk
from tests.chaos.case import Place, Shown
from tests.chaos.notes import Notes

LONGEST_LOOK_SECONDS = 0.1
"""Between seeing a code and confirming it."""


class Showing(Protocol):
    """A way to see codes."""

    async def show(self, parcel: Parcel) -> Parcel:
        """See the code of a parcel, note it, confirm it, and return the parcel after it; raises KioskError."""
        ...

    async def show_again(self, parcel: Parcel) -> None:
        """See a code that was confirmed before, if it is still kept; raises KioskError."""
        ...


class WithoutScreen:
    """Asks the desk for the code."""

    def __init__(self, services: Services, notes: Notes, rng: random.Random) -> None:
        self._desk = services.desk
        self._person = person_at_desk(services.settings)
        self._notes = notes
        self._rng = rng

    async def show(self, parcel: Parcel) -> Parcel:
        at = time.time()
        code = await self._desk.pickup_codes.waiting(parcel)
        if code is not None:
            self._notes.shown(seen(parcel, code.secret.get_secret_value(), at))
        await asyncio.sleep(self._rng.uniform(0, LONGEST_LOOK_SECONDS))
        return await self._desk.pickup_codes.confirm(parcel, code, self._person)

    async def show_again(self, parcel: Parcel) -> None:
        at = time.time()
        code = await self._desk.pickup_codes.show_again(parcel, self._person)
        if code is not None:
            self._notes.shown(seen(parcel, code.secret.get_secret_value(), at))


def seen(parcel: Parcel, code: str, at: float) -> Shown:
    """Return what was seen at the parcel's unit."""
    place = parcel.place
    assert place is not None, parcel
    return Shown(parcel.tracking_number, Place(place.locker_bank_id, place.locker_unit_id), code, at)
