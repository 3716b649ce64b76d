"""What a stock-take shows: the counted codes, the journal and the last reading of the bank, put together. Reads only.

What follows is worked out in `kiosk/parcels/stocktake.py`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from kiosk.desk.lockers import Lockers
from kiosk.errors import ApiError, UnreadableScanError
from kiosk.journal import stocktakes
from kiosk.journal.store import Journal
from kiosk.parcels.lockers import LockerBank, LockerUnit
from kiosk.parcels.states import StocktakeOutcome
from kiosk.parcels.stocktake import Counted, Known, Listed, Row, Sighting, Stocktake, work_out
from kiosk.tracking.scan import Scan, spellings


class Result(NamedTuple):
    """A stock-take with what it shows by now."""

    stocktake: Stocktake
    rows: tuple[Row, ...]
    """In walking order, the right ones among them."""
    expected: Mapping[str, tuple[str, ...]]
    """The numbers of what should lie in each unit, by its id; nothing for an empty one."""
    read_at: datetime | None
    """When the bank was read last; None where it was not read since the start, and only the journal counts."""

    def numbers(self) -> Mapping[StocktakeOutcome, int]:
        """Return how many boxes there are of each outcome."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in StocktakeOutcome}

    def of_unit(self, locker_unit_id: str) -> tuple[Row, ...]:
        """Return what the count of one unit shows."""
        return tuple(row for row in self.rows if row.locker_unit_id == locker_unit_id)

    @property
    def open_rows(self) -> tuple[Row, ...]:
        """What does not fit."""
        return tuple(row for row in self.rows if row.outcome is not StocktakeOutcome.RIGHT)


class StocktakeResults:
    """Questions about stock-takes."""

    def __init__(self, journal: Journal, lockers: Lockers) -> None:
        self._journal = journal
        self._lockers = lockers

    async def latest(self, locker_bank_id: str) -> Result | None:
        """Return the bank's stock-take that began last, ended or not, by the last reading of the bank."""
        known = await stocktakes.latest(self._journal.connection, locker_bank_id)
        return await self.of(known) if known is not None else None

    async def preview(self, stocktake: Stocktake, locker_unit_id: str, found: Sequence[Scan]) -> tuple[Row, ...]:
        """Return what the boxes scanned in a unit so far would show, before they are recorded."""
        # The end of all numbers: nothing has moved them since.
        counted = Counted(
            locker_unit_id, tuple(scan.storable for scan in found), stocktake.began_at, sequence=sys.maxsize
        )
        result = await self.of(stocktake._replace(counted={locker_unit_id: counted}))
        return tuple(row for row in result.rows if row.outcome is not StocktakeOutcome.MISSING)

    async def banks(self) -> tuple[tuple[LockerBank, Stocktake | None], ...]:
        """Return the banks, each with its latest stock-take; without a line those in which one was begun.

        Raises ApiError where nothing can be told.
        """
        connection = self._journal.connection
        begun = await stocktakes.banks(connection)
        try:
            banks = await self._lockers.banks()
        except ApiError:
            if not begun:
                raise
            banks = tuple(LockerBank(locker_bank_id=bank_id) for bank_id in begun)
        return tuple([(bank, await stocktakes.latest(connection, bank.locker_bank_id)) for bank in banks])

    async def of(self, stocktake: Stocktake) -> Result:
        """Return what a stock-take shows by now."""
        connection, bank_id = self._journal.connection, stocktake.locker_bank_id
        # With what this desk has done since it was read: what was given back here is nobody's there any more.
        view = next((view for view in await self._lockers.views() if view.details.locker_bank_id == bank_id), None)
        held = tuple(_listed(view.details.locker_units)) if view is not None else ()
        known = await stocktakes.by_number(connection, {number for each in held for number in _spelled(each.number)})
        others = tuple(each for each in held if not _is_ours(each, known))
        here = await stocktakes.of_bank(connection, bank_id)
        inside = tuple(each for each in here if each.is_inside)
        found = {code for counted in stocktake.counted.values() for code in counted.found}
        known_codes = await stocktakes.by_number(connection, {each for code in found for each in _spelled(code)})
        sightings = tuple(_sightings(stocktake, known_codes, others))
        rows = work_out(stocktake, inside, sightings, others)
        return Result(stocktake, rows, _expected(inside, others), view.read_at if view is not None else None)


def _listed(units: Iterable[LockerUnit]) -> Iterator[Listed]:
    """Yield what the service has in units, and for what it holds them."""
    for unit in units:
        for number in unit.numbers:
            yield Listed(number, unit.locker_unit_id, unit.deposit_time, waits=unit.waits_for(number))


def _is_ours(listed: Listed, known: Mapping[str, Known]) -> bool:
    """Tell whether a number at the service is a parcel that is here by this journal."""
    parcels = (known[number].parcel for number in _spelled(listed.number) if number in known)
    return any(not parcel.is_gone for parcel in parcels)


def _sightings(stocktake: Stocktake, known: Mapping[str, Known], others: Iterable[Listed]) -> Iterator[Sighting]:
    listed: dict[str, Listed] = {}
    for each in others:
        listed |= dict.fromkeys(_spelled(each.number), each)
    for counted in stocktake.counted.values():
        for code in counted.found:
            numbers = _spelled(code)
            parcels = sorted((known[each] for each in numbers if each in known), key=lambda each: each.parcel.is_gone)
            there = next((listed[each] for each in numbers if each in listed), None)
            yield Sighting(code, counted.locker_unit_id, counted.sequence, next(iter(parcels), None), there)


def _expected(inside: Iterable[Known], others: Iterable[Listed]) -> Mapping[str, tuple[str, ...]]:
    parcels = (each.parcel for each in inside)
    ours = [(parcel.place.locker_unit_id, parcel.tracking_number) for parcel in parcels if parcel.place is not None]
    found: dict[str, tuple[str, ...]] = {}
    theirs = [(each.locker_unit_id, each.number) for each in others if not each.waits]
    for unit_id, number in (*ours, *theirs):
        found[unit_id] = (*found.get(unit_id, ()), number)
    return found


@lru_cache(maxsize=4096)
def _spelled(code: str) -> tuple[str, ...]:
    """Return every number under which a code may be known; a count asks for each again and again."""
    try:
        return spellings(code)
    except UnreadableScanError:
        return (code,)
