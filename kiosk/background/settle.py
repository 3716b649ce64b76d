"""Finds out what became of writes without a known outcome: at the start, when the line returns, and every minute.

What only a person can know (is the parcel in locker 7?) is not decided here: such a parcel stays unfinished.
"""

from __future__ import annotations

from kiosk.desk.activity import Activity
from kiosk.desk.findings import Findings, refused_late, still_held, unit_of_somebody_else
from kiosk.desk.requests import WritePath
from kiosk.desk.writes.sending import cause_of
from kiosk.errors import KioskError, ParcelElsewhereError, RefusedError, StorageError
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation


class Settle:
    """Settles open writes. With `only_own` those that this process asked for: a console leaves the desk's alone."""

    def __init__(
        self,
        journal: Journal,
        write_path: WritePath,
        findings: Findings,
        activity: Activity,
        person: Person,
        *,
        only_own: bool,
    ) -> None:
        self._journal = journal
        self._write_path = write_path
        self._findings = findings
        self._activity = activity
        self._person = person
        self._only_own = only_own

    @property
    def is_worth_it(self) -> bool:
        """Tell whether the line works and something was left open: then nobody needs to wait for the next minute."""
        return self._activity.online and self._activity.left_open

    async def run(self) -> None:
        """Try each open write once; raises StorageError only."""
        await self.settle_all()

    async def settle_all(self) -> tuple[Parcel, ...]:
        """Try each open write once and return the parcels that were settled; raises StorageError only."""
        settled: list[Parcel] = []
        waiting = [parcel for parcel in await self._journal.unfinished() if self._is_ours(parcel)]
        self._activity.count(len(waiting))
        for parcel in waiting:
            try:
                done = await self._write_path.settle(parcel.parcel_id, self._person)
            except StorageError:
                # It is a KioskError as well, but about the disk and no single parcel: the others would fail too.
                raise
            except (ParcelElsewhereError, RefusedError) as error:
                await self._point_out(parcel, error)
            except KioskError:
                continue  # still in doubt, or another process is at it
            else:
                settled.append(await self._findings.check(done, self._person))
        return tuple(settled)

    def _is_ours(self, parcel: Parcel) -> bool:
        write = parcel.open_write
        return write is not None and (not self._only_own or write.owner == self._journal.owner.name)

    async def _point_out(self, parcel: Parcel, error: ParcelElsewhereError | RefusedError) -> None:
        """Tell the operator what nobody sees who settles in the background."""
        write, cause = parcel.open_write, cause_of(error)
        if isinstance(error, ParcelElsewhereError):
            await self._findings.raise_attention(parcel, unit_of_somebody_else(cause), self._person)
        elif write is not None and parcel.has_left_unit:
            await self._findings.raise_attention(parcel, still_held(write.place), self._person)
        # In a locker, the deposit was only repeated for a fresh code: its refusal leaves nothing to look into.
        elif write is not None and write.operation is Operation.DEPOSIT and not parcel.is_in_locker:
            await self._findings.raise_attention(parcel, refused_late(write.place, cause), self._person)
