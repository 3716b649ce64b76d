"""What leaves with a carrier today: what waits for that, by destination, and what has left. Reads only."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.clock import Clock
from kiosk.folding import sort_key
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel


class LeavingToday(NamedTuple):
    """What leaves today."""

    waiting: tuple[Parcel, ...]
    """By destination, and the oldest first of each, whenever it was dropped off."""
    sent: tuple[Parcel, ...]
    """What has left since local midnight, the latest first."""


class Outgoing:
    """The parcels that leave with a carrier."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock

    async def today(self) -> LeavingToday:
        """Return what leaves today."""
        midnight = self._clock.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        waiting = [parcel for parcel in await self._journal.unfinished() if parcel.is_outgoing]
        return LeavingToday(
            tuple(sorted(waiting, key=lambda parcel: (sort_key(parcel.destination)[0], parcel.taken_in_at))),
            await self._journal.sent_since(midnight),
        )
