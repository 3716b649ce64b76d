"""What the journal tells of a stock-take: by the events of its bank, and what moved a parcel last."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from kiosk.journal import stocktakes
from kiosk.parcels import fold
from kiosk.parcels.desk_events import StocktakeBegan, StocktakeEnded, UnitCounted
from kiosk.parcels.events import ReservationExtended
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.registry import CODES
from kiosk.parcels.states import ParcelState
from tests.journal.book import (
    ASKED,
    ATTENTION,
    CHOSEN,
    CLERK,
    DEPOSITED,
    PLACE,
    RESERVED,
    SAMPLES,
    START,
    TAKEN_IN,
    journal,
)

BANK, OTHER = "AOne", "BTwo"


def test_every_event_that_moves_a_parcel_counts_as_moving_it() -> None:
    moving = {CODES[each] for each in get_args(fold.First)}
    for state in ParcelState:
        place = PLACE if state not in {ParcelState.TAKEN_IN, ParcelState.ON_SHELF} else None
        parcel = Parcel(
            parcel_id="p1",
            tracking_number="T1",
            scanned="T1",
            taken_in_at=START,
            state=state,
            place=place,
            attention=(ATTENTION,),
        )
        for event in SAMPLES:
            # A reservation is extended only of a parcel that has the unit.
            if isinstance(event, fold.Later) and not isinstance(event, ReservationExtended):
                after = fold.apply(parcel, event, at=START)
                if (after.state, after.place, after.shelf) != (parcel.state, parcel.place, parcel.shelf):
                    moving.add(CODES[type(event)])
    assert moving <= set(stocktakes.MOVES)
    assert set(stocktakes.MOVES) <= set(CODES.values())


async def test_each_bank_has_its_own_latest_stock_take(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        for bank in (BANK, OTHER):
            await book.record(StocktakeBegan(locker_bank_id=bank, locker_unit_ids=("1", "2")), CLERK)
        await book.record(UnitCounted(locker_bank_id=OTHER, locker_unit_id="1", found=("X",)), CLERK)
        await book.record(UnitCounted(locker_bank_id=BANK, locker_unit_id="2", found=("T1",)), CLERK)
        await book.record(StocktakeEnded(locker_bank_id=OTHER), CLERK)
        first, second = [await stocktakes.latest(book.connection, bank) for bank in (BANK, OTHER)]
        assert first is not None
        assert second is not None
        assert (first.is_open, {unit: each.found for unit, each in first.counted.items()}) == (True, {"2": ("T1",)})
        assert (second.is_open, {unit: each.found for unit, each in second.counted.items()}) == (False, {"1": ("X",)})
        await book.record(StocktakeBegan(locker_bank_id=OTHER, locker_unit_ids=("1",)), CLERK)
        again = await stocktakes.latest(book.connection, OTHER)
        assert again is not None
        assert (again.is_open, again.counted) == (True, {})
        assert await stocktakes.latest(book.connection, "none") is None
        assert await stocktakes.banks(book.connection) == (BANK, OTHER)


async def test_a_number_finds_the_parcel_that_is_here_and_what_moved_it_last(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        for event in (TAKEN_IN, CHOSEN, ASKED, RESERVED, DEPOSITED):
            await book.append("p1", event, CLERK)
        deposited = 5
        await book.append("p1", CHOSEN, CLERK)
        known = (await stocktakes.by_number(book.connection, ["T1", "T2"]))["T1"]
        assert (known.parcel.parcel_id, known.moved_at) == ("p1", deposited)
        assert await stocktakes.of_bank(book.connection, BANK) == (known,)
        assert await stocktakes.of_bank(book.connection, OTHER) == ()
        assert known.is_inside
