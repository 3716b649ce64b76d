"""Somebody who takes stock of banks: looks into lockers, scans what lies there, and puts right what does not fit."""

from __future__ import annotations

import random

from kiosk.desk.mending import can_be_taken_in, mend, mending_step
from kiosk.errors import ApiError, ParcelElsewhereError, WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import StocktakeOutcome
from kiosk.parcels.steps import Step
from kiosk.parcels.stocktake import Row, Stocktake, home_of
from kiosk.tracking.scan import read_scan
from kiosk.wiring import Services, person_at_desk
from tests.chaos.boxes import Boxes
from tests.chaos.case import Place, Where
from tests.chaos.notes import Notes

ENDS_EARLY = 0.1
PUTS_BACK = 0.5


class Counting:
    """One clerk who counts."""

    def __init__(self, services: Services, boxes: Boxes, notes: Notes) -> None:
        self._desk, self._queries = services.desk, services.queries
        self._person = person_at_desk(services.settings)
        self._boxes = boxes
        self._notes = notes

    async def some(self, bank: str, units: int, rng: random.Random) -> tuple[Row, ...]:
        """Go on with a bank's stock-take for some units, and return what does not fit by then."""
        stocktake = await self._desk.stocktakes.begin(bank, self._person)
        for _ in range(units):
            if stocktake.next_unit is None:
                break
            stocktake = await self._count(stocktake, stocktake.next_unit)
        if stocktake.next_unit is None or rng.random() < ENDS_EARLY:
            stocktake = await self._desk.stocktakes.end(bank, self._person)
        return (await self._queries.stocktakes.of(stocktake)).open_rows

    async def all(self, bank: str) -> tuple[Row, ...]:
        """Count a whole bank, whatever was counted before, and return what does not fit."""
        stocktake = await self._desk.stocktakes.begin(bank, self._person)
        for unit in stocktake.locker_unit_ids:
            stocktake = await self._count(stocktake, unit)
        ended = await self._desk.stocktakes.end(bank, self._person)
        return (await self._queries.stocktakes.of(ended)).open_rows

    async def put_right(self, bank: str, row: Row, rng: random.Random) -> Parcel | None:
        """Do about a row what somebody would who stands there with the box; None where that is nothing."""
        step = mending_step(row, self._person)
        if step is None and not can_be_taken_in(row):
            return None
        if step is Step.NOTE_COLLECTED and self._boxes.where(row.number).where is not Where.RECIPIENT:
            return None  # it is not in its locker, and nobody can say that it was collected
        if row.outcome is StocktakeOutcome.MISSING or step is Step.DEPOSIT:
            return await mend(self._desk, row, self._person)
        if not self._boxes.take(row.number, out_of=Place(bank, row.locker_unit_id)):
            return None  # it is not there any more
        if rng.random() < PUTS_BACK and await self._put_back(bank, row):
            return None
        if can_be_taken_in(row):
            return await self._take_in(bank, row)
        if step is Step.TAKE_IN_AGAIN:
            self._boxes.came(row.number)
        return await mend(self._desk, row, self._person)

    async def _take_in(self, bank: str, row: Row) -> Parcel:
        """Take in a box that nobody knows; it stays in its locker where another desk does by now."""
        try:
            return await mend(self._desk, row, self._person)
        except (ApiError, ParcelElsewhereError):
            self._boxes.put_in(row.number, Place(bank, row.locker_unit_id))
            raise

    async def _put_back(self, bank: str, row: Row) -> bool:
        """Put a box where it belongs, if that is in this bank."""
        result = await self._queries.stocktakes.latest(bank)
        home = home_of(row, result.stocktake) if result is not None and result.stocktake.is_open else None
        if result is None or home is None or not self._boxes.put_in(row.number, Place(bank, home)):
            return False
        await self._desk.stocktakes.put_back(result.stocktake, row, self._person)
        return True

    async def _count(self, stocktake: Stocktake, unit: str) -> Stocktake:
        place = Place(stocktake.locker_bank_id, unit)
        found = self._boxes.in_unit(place)
        try:
            counted = await self._desk.stocktakes.count(place.bank, unit, map(read_scan, found), self._person)
        except WrongStateError:  # another process has ended it
            return await self._desk.stocktakes.begin(place.bank, self._person)
        self._notes.write("counted unit", bank=place.bank, unit=unit, codes=list(found))
        return counted
