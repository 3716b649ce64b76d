"""Stock-takes as they are recorded: begun, unit by unit, ended. No step opens a door.

What a count shows is worked out in `stocktake_results.py`, and mended in `mending.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from kiosk.desk.lockers import Lockers
from kiosk.errors import ApiError, KioskError, WrongStateError
from kiosk.journal import stocktakes
from kiosk.journal.store import Journal
from kiosk.parcels.choosing import BankView
from kiosk.parcels.desk_events import StocktakeBegan, StocktakeEnded, UnitCounted
from kiosk.parcels.people import Person
from kiosk.parcels.stocktake import Row, Stocktake, StocktakeEvent, home_of, walking_order
from kiosk.tracking.scan import Scan


class Stocktakes:
    """Records what is counted."""

    def __init__(self, journal: Journal, lockers: Lockers) -> None:
        self._journal = journal
        self._lockers = lockers

    async def begin(self, locker_bank_id: str, person: Person) -> Stocktake:
        """Begin to count a bank, or take up the count that is open.

        A bank that can't be read now is counted by its last reading. Raises ApiError and UnknownBankError where it was
        never read, and WrongStateError for one without units.
        """
        known = await stocktakes.latest(self._journal.connection, locker_bank_id)
        try:
            # Also for one that is taken up: what other desks have there is known from a reading only.
            details = (await self._view(locker_bank_id)).details
        except ApiError:
            if known is None or not known.is_open:
                raise
            return known
        units = walking_order(unit.locker_unit_id for unit in details.locker_units)
        if not units and (known is None or not known.is_open):
            raise WrongStateError("bank_without_units", bank=details.label)
        began = StocktakeBegan(locker_bank_id=locker_bank_id, locker_unit_ids=units)

        def events(known: Stocktake | None) -> tuple[StocktakeEvent, ...]:
            # Another desk's process may have begun meanwhile.
            return () if known is not None and known.is_open else (began,)

        return await self._record(locker_bank_id, person, events)

    async def count(self, locker_bank_id: str, locker_unit_id: str, found: Iterable[Scan], person: Person) -> Stocktake:
        """Record what is in a unit, each box by its code; raises WrongStateError where no count is open."""
        return await self._count(
            locker_bank_id, {locker_unit_id: tuple(dict.fromkeys(each.storable for each in found))}, person
        )

    async def put_back(self, stocktake: Stocktake, row: Row, person: Person) -> Stocktake:
        """Note that a misplaced box was put into the unit of this bank in which it is recorded.

        If that unit was counted, the box is in its count from now on; else it will be scanned there. Raises
        WrongStateError for a box that is recorded in none.
        """
        to = home_of(row, stocktake)
        if to is None:
            raise WrongStateError("no_unit_to_put_back")
        left = tuple(code for code in _found(stocktake, row.locker_unit_id) if code not in row.codes)
        counts = {row.locker_unit_id: left}
        if to in stocktake.counted:
            counts[to] = (*_found(stocktake, to), *row.codes)
        return await self._count(stocktake.locker_bank_id, counts, person)

    async def end(self, locker_bank_id: str, person: Person) -> Stocktake:
        """End the count, whether or not every unit was counted; raises WrongStateError where none is open.

        The bank is read anew, if it can be, so that it is compared as it is by then.
        """

        def events(known: Stocktake | None) -> tuple[StocktakeEvent, ...]:
            _open(known)
            return (StocktakeEnded(locker_bank_id=locker_bank_id),)

        ended = await self._record(locker_bank_id, person, events)
        with suppress(KioskError):
            await self._lockers.bank(locker_bank_id, fresh=True)
        return ended

    async def _count(self, locker_bank_id: str, counts: Mapping[str, tuple[str, ...]], person: Person) -> Stocktake:
        def events(known: Stocktake | None) -> tuple[StocktakeEvent, ...]:
            units = _open(known).locker_unit_ids
            for unit_id in counts:
                if unit_id not in units:
                    raise WrongStateError("unit_not_counted", locker_unit_id=unit_id)
            return tuple(
                UnitCounted(locker_bank_id=locker_bank_id, locker_unit_id=unit_id, found=found)
                for unit_id, found in counts.items()
            )

        return await self._record(locker_bank_id, person, events)

    async def _record(self, locker_bank_id: str, person: Person, events: stocktakes.Decides) -> Stocktake:
        return _known(await stocktakes.record(self._journal, locker_bank_id, person, events))

    async def _view(self, locker_bank_id: str) -> BankView:
        try:
            return await self._lockers.bank(locker_bank_id)
        except ApiError:
            seen = self._lockers.seen(locker_bank_id)
            if seen is None:
                raise
            return seen


def _known(stocktake: Stocktake | None) -> Stocktake:
    if stocktake is None:
        raise WrongStateError("no_stocktake")
    return stocktake


def _open(stocktake: Stocktake | None) -> Stocktake:
    if stocktake is None or not stocktake.is_open:
        raise WrongStateError("no_stocktake")
    return stocktake


def _found(stocktake: Stocktake, locker_unit_id: str) -> Sequence[str]:
    counted = stocktake.counted.get(locker_unit_id)
    return counted.found if counted is not None else ()
