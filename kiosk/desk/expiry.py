"""What lies in lockers and was not collected in its time, or soon will not have been. Records nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from kiosk.clock import Clock
from kiosk.desk.lockers import Lockers
from kiosk.desk.presence import Presence
from kiosk.parcels.listing import Uncollected, uncollected

WARNED_BEFORE = timedelta(days=1)
"""How long before a parcel's time is over it is pointed out."""


class Expiry:
    """The parcels that nobody collected."""

    def __init__(self, presence: Presence, lockers: Lockers, clock: Clock) -> None:
        self._presence = presence
        self._lockers = lockers
        self._clock = clock

    async def uncollected(self, within: timedelta = WARNED_BEFORE) -> tuple[Uncollected, ...]:
        """Return the parcels whose time is over or ends within that time, by bank and locker; asks nobody."""
        return uncollected((await self._presence.inside()).parcels, self._clock.now(), within)

    async def look(self, listed: Iterable[Uncollected]) -> None:
        """Read the banks of these anew, so that what was collected meanwhile is listed no more; raises ApiError."""
        for bank_id in {each.parcel.place.locker_bank_id for each in listed if each.parcel.place}:
            await self._lockers.bank(bank_id, fresh=True)
