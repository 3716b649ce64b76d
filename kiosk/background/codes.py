"""Lets pickup codes go: those that nobody saw before the deposit's time was over, and those shown long enough."""

from __future__ import annotations

from kiosk.clock import Clock
from kiosk.desk.kept_codes import KeptCodes
from kiosk.journal.store import Journal
from kiosk.parcels.events import PickupCodeExpired
from kiosk.parcels.people import Person


class ExpireCodes:
    """Deletes codes whose time is over."""

    def __init__(self, journal: Journal, kept_codes: KeptCodes, clock: Clock, person: Person) -> None:
        self._journal = journal
        self._kept_codes = kept_codes
        self._clock = clock
        self._person = person

    async def run(self) -> None:
        """Look once; raises StorageError only."""
        await self._kept_codes.drop_due()
        now = self._clock.now()
        for parcel in await self._journal.unfinished():
            if parcel.code_waiting and parcel.deposit_expiry is not None and parcel.deposit_expiry < now:
                await self._journal.append(parcel.parcel_id, PickupCodeExpired(), self._person)
