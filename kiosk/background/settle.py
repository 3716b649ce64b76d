"""Finds out in the background what became of writes without a known outcome; lets old codes and names go.

What only a person can know (is the parcel in locker 7?) is not decided here: such a parcel stays unfinished.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.desk.attention import refused_late, somebody_else
from kiosk.errors import KioskError, ParcelElsewhereError, RefusedError, StorageError
from kiosk.parcels.events import PickupCodeExpired
from kiosk.parcels.parcel import Operation, ParcelState

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.desk.activity import Activity
    from kiosk.desk.attention import Oversight
    from kiosk.desk.kept_codes import KeptCodes
    from kiosk.desk.privacy import Privacy
    from kiosk.desk.requests import WritePath
    from kiosk.journal.store import Actor, Journal
    from kiosk.parcels.parcel import Parcel

AGAIN_AFTER_SECONDS = 60.0
"""How often open writes and kept codes are looked into; far under the smallest plan's calls a day."""


class Recovery:
    """Settles open writes at start, when the connection returns, and every minute while there are some."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is looked into, and with what
        self,
        journal: Journal,
        write_path: WritePath,
        oversight: Oversight,
        activity: Activity,
        privacy: Privacy,
        kept_codes: KeptCodes,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._oversight = oversight
        self._privacy = privacy
        self._kept_codes = kept_codes
        self._clock = clock
        self._write_path = write_path
        self._activity = activity
        self._wake = asyncio.Event()
        activity.watch(self._look)

    async def settle_all(self, actor: Actor, *, only_own: bool = False) -> tuple[Parcel, ...]:
        """Try each open write once and return the parcels that were settled; raises StorageError only.

        With `only_own` those that this process asked for: an operator's console leaves the desk's to the desk.
        """
        settled: list[Parcel] = []
        waiting = [parcel for parcel in await self._journal.unfinished() if self._is_ours(parcel, only_own=only_own)]
        self._activity.wait_for(len(waiting))
        for parcel in waiting:
            try:
                done = await self._write_path.settle(parcel.parcel_id, actor)
            except StorageError:
                raise
            except (ParcelElsewhereError, RefusedError) as error:
                await self._point_out(parcel, error, actor)
            except KioskError:
                continue  # still in doubt, or another process is at it
            else:
                settled.append(await self._oversight.check(done, actor))
        if not only_own:
            await self._drop_expired_codes(actor)
        return tuple(settled)

    def _is_ours(self, parcel: Parcel, *, only_own: bool) -> bool:
        write = parcel.open_write
        return write is not None and (not only_own or write.owner == self._journal.owner.name)

    async def _point_out(self, parcel: Parcel, error: ParcelElsewhereError | RefusedError, actor: Actor) -> None:
        """Tell the operator what nobody sees who settles in the background."""
        write = parcel.open_write
        if isinstance(error, ParcelElsewhereError):
            await self._oversight.raise_attention(parcel, somebody_else(str(error)), actor)
        elif write is not None and write.operation is Operation.DEPOSIT and parcel.state is not ParcelState.DEPOSITED:
            await self._oversight.raise_attention(parcel, refused_late(write.place, str(error)), actor)

    async def _drop_expired_codes(self, actor: Actor) -> None:
        now = self._clock.now()
        for parcel in await self._journal.unfinished():
            if parcel.code_waiting and parcel.deposit_expiry is not None and parcel.deposit_expiry < now:
                await self._journal.append(parcel.parcel_id, PickupCodeExpired(), actor)

    async def settle(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Try one open write now; raises InDoubtError while it stays unknown."""
        return await self._write_path.settle(parcel.parcel_id, actor)

    async def run(self, actor: Actor, *, only_own: bool = False) -> None:
        """Go on until cancelled."""
        while True:
            await self._kept_codes.drop_due()
            await self.settle_all(actor, only_own=only_own)
            await self._privacy.keep_to_the_time(actor)
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), AGAIN_AFTER_SECONDS)
            except TimeoutError:
                continue

    def _look(self) -> None:
        if self._activity.online and self._activity.waiting:
            self._wake.set()
