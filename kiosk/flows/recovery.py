"""Finds out in the background what became of writes without a known outcome.

What only a person can know (is the parcel in locker 7?) is not decided here: such a parcel stays unfinished.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, StorageError

if TYPE_CHECKING:
    from kiosk.flows.activity import Activity
    from kiosk.flows.command import WritePath
    from kiosk.journal.store import Actor, Journal
    from kiosk.models.parcels import Parcel

AGAIN_AFTER_SECONDS = 60.0
"""How often open writes are looked into; far under the smallest plan's calls a day."""


class Recovery:
    """Settles open writes at start, when the connection returns, and every minute while there are some."""

    def __init__(self, journal: Journal, write_path: WritePath, activity: Activity) -> None:
        self._journal = journal
        self._write_path = write_path
        self._activity = activity
        self._wake = asyncio.Event()
        activity.watch(self._look)

    async def settle_all(self, actor: Actor) -> tuple[Parcel, ...]:
        """Try each open write once and return the parcels that were settled; raises StorageError only."""
        settled: list[Parcel] = []
        waiting = [parcel for parcel in await self._journal.unfinished() if parcel.open_write is not None]
        self._activity.wait_for(len(waiting))
        for parcel in waiting:
            try:
                settled.append(await self._write_path.settle(parcel.parcel_id, actor))
            except StorageError:
                raise
            except KioskError:
                continue  # still in doubt, refused (recorded as such), or another process is at it
        return tuple(settled)

    async def settle(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Try one open write now; raises InDoubtError while it stays unknown."""
        return await self._write_path.settle(parcel.parcel_id, actor)

    async def run(self, actor: Actor) -> None:
        """Go on until cancelled."""
        while True:
            await self.settle_all(actor)
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), AGAIN_AFTER_SECONDS if self._activity.waiting else None)
            except TimeoutError:
                continue

    def _look(self) -> None:
        if self._activity.online and self._activity.waiting:
            self._wake.set()
