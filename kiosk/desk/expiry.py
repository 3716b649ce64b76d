"""What lies in lockers and was not collected in its time, or soon will not have been. Reads only, asks nobody."""

from __future__ import annotations

from datetime import timedelta

from kiosk.clock import Clock
from kiosk.desk.presence import Presence
from kiosk.parcels.listing import Uncollected, uncollected

WARNED_BEFORE = timedelta(days=1)
"""How long before a parcel's time is over it is pointed out."""


class Expiry:
    """The parcels that nobody collected."""

    def __init__(self, presence: Presence, clock: Clock) -> None:
        self._presence = presence
        self._clock = clock

    async def uncollected(self, within: timedelta = WARNED_BEFORE) -> tuple[Uncollected, ...]:
        """Return the parcels whose time is over or ends within that time, by bank and locker."""
        return uncollected((await self._presence.inside()).parcels, self._clock.now(), within)
