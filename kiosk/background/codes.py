"""Lets pickup codes go that nobody saw before the deposit's time was over; each becomes an item for the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.desk.lockers import Lockers
from kiosk.desk.trusted_time import TrustedTime
from kiosk.errors import ApiError, WrongStateError
from kiosk.journal.code_store import CodeStore
from kiosk.journal.store import Journal
from kiosk.parcels.events import DepositExtended
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person

GRACE = timedelta(days=1)
"""How long a code still waits after the deposit's end: kept too long it opens nothing, deleted too early it is lost."""


class ExpireCodes:
    """Deletes codes whose time is over, once the service has no later time for the deposit."""

    def __init__(self, journal: Journal, codes: CodeStore, lockers: Lockers, time: TrustedTime, person: Person) -> None:
        self._journal = journal
        self._codes = codes
        self._lockers = lockers
        self._time = time
        self._person = person

    async def run(self) -> None:
        """Look once; raises StorageError only. What the service can't be asked about stays."""
        now = self._time.now()
        for parcel in await self._journal.unfinished():
            if _is_over(parcel, now):
                try:
                    await self._let_go(parcel, now)
                except (ApiError, WrongStateError):
                    continue

    async def _let_go(self, parcel: Parcel, now: datetime) -> None:
        parcel = await self._followed(parcel)

        def is_still_over(known: Parcel) -> None:
            # The operator may have asked for a new code while the service was asked.
            if not _is_over(known, now):
                raise WrongStateError("changed_meanwhile")

        if _is_over(parcel, now):
            await self._codes.expired(parcel.parcel_id, self._person, allowed=is_still_over)

    async def _followed(self, parcel: Parcel) -> Parcel:
        """Return the parcel after what the service says: the deposit may last longer, or the parcel be collected."""
        if parcel.place is None:
            return parcel
        unit = await self._lockers.reservation(parcel.place.locker_bank_id, parcel.tracking_number)
        if unit is None:
            return await self._lockers.refresh(parcel, self._person)
        expiry, known = unit.deposit_expiry_time, parcel.deposit_expiry
        if unit.locker_unit_id != parcel.place.locker_unit_id or expiry is None or known is None or expiry <= known:
            return parcel

        def is_unchanged(now: Parcel) -> None:
            if now != parcel:
                raise WrongStateError("changed_meanwhile")

        return await self._journal.append(
            parcel.parcel_id, DepositExtended(expiry=expiry), self._person, allowed=is_unchanged
        )


def _is_over(parcel: Parcel, now: datetime) -> bool:
    """Tell whether a code still waits although its time is over; not while a new one may be on its way."""
    if not parcel.code_waiting or parcel.is_in_doubt or parcel.deposit_expiry is None:
        return False
    # An extension moves the reservation's end, also of what lies in the unit already.
    return max(parcel.deposit_expiry, parcel.reservation_expiry or parcel.deposit_expiry) + GRACE < now
