"""What a count shows, over random worlds: whatever is mixed up is found, and nothing else is said."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.desk_events import StocktakeBegan, StocktakeEnded, UnitCounted
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.states import ParcelState, StocktakeOutcome
from kiosk.parcels.stocktake import (
    Known,
    Listed,
    Sighting,
    Stocktake,
    StocktakeEvent,
    fold,
    home_of,
    walking_order,
    work_out,
)
from tests.house.desk import START

BANK, OTHER_BANK = "AOne", "BTwo"
UNITS = ("1", "2", "3", "4")
HERE = {ParcelState.IN_LOCKER, ParcelState.RESERVED, ParcelState.UNRECORDED}
GONE = {ParcelState.COLLECTED, ParcelState.CANCELLED, ParcelState.HANDED_OVER, ParcelState.SENT}


@dataclass(frozen=True)
class Box:
    """A box as it is: where the journal and the service have it, and where it truly lies."""

    number: str
    state: ParcelState | None
    """None: the journal does not know it."""
    unit: str
    bank: str
    lies_in: str | None
    listed_in: str | None
    """The unit in which the service has it, where the journal does not."""

    @property
    def known(self) -> Known | None:
        if self.state is None:
            return None
        place = UnitPlace(locker_bank_id=self.bank, locker_unit_id=self.unit)
        parcel = Parcel(
            parcel_id=f"id of {self.number}",
            tracking_number=self.number,
            scanned=self.number,
            taken_in_at=START,
            state=self.state,
            place=place if self.state in {*HERE, ParcelState.COLLECTED} else None,
        )
        return Known(parcel, 0)

    @property
    def outcome(self) -> StocktakeOutcome | None:
        """What is to be said of it once every unit was counted; None where there is nothing to say."""
        is_here = self.bank == BANK and self.state in {ParcelState.IN_LOCKER, ParcelState.UNRECORDED}
        is_anothers = self.listed_in is not None and (self.state is None or self.state in GONE)
        if self.lies_in is None:
            return StocktakeOutcome.MISSING if is_here or is_anothers else None
        if is_anothers and self.listed_in == self.lies_in:
            return StocktakeOutcome.RIGHT
        if self.state is ParcelState.IN_LOCKER and is_here and self.unit == self.lies_in:
            return StocktakeOutcome.RIGHT
        if self.state is None and self.listed_in is None:
            return StocktakeOutcome.EXTRA
        return StocktakeOutcome.MISPLACED


@st.composite
def boxes(draw: st.DrawFn) -> list[Box]:
    made = []
    for at in range(draw(st.integers(0, 8))):
        state = draw(st.sampled_from([None, *ParcelState]))
        may_be_listed = state is None or state in GONE
        made.append(
            Box(
                number=f"T{at}",
                state=state,
                unit=draw(st.sampled_from(UNITS)),
                bank=draw(st.sampled_from([BANK, BANK, OTHER_BANK])),
                lies_in=draw(st.sampled_from([None, *UNITS])),
                listed_in=draw(st.sampled_from([None, *UNITS])) if may_be_listed else None,
            )
        )
    return made


def counted(found: list[Box], order: list[str]) -> tuple[Stocktake, list[Sighting], list[Listed]]:
    """Count the units in an order; one that comes twice is counted twice."""
    events: list[StocktakeEvent] = [StocktakeBegan(locker_bank_id=BANK, locker_unit_ids=UNITS)]
    events += [
        UnitCounted(
            locker_bank_id=BANK,
            locker_unit_id=unit,
            found=tuple(box.number for box in found if box.lies_in == unit),
        )
        for unit in order
    ]
    stocktake: Stocktake | None = None
    for sequence, event in enumerate(events, 1):
        stocktake = fold(stocktake, event, at=START, sequence=sequence)
    assert stocktake is not None
    by_number = {box.number: box for box in found}
    listed = [Listed(box.number, box.listed_in) for box in found if box.listed_in is not None]
    at_service = {each.number: each for each in listed}
    sightings = [
        Sighting(number, each.locker_unit_id, each.sequence, by_number[number].known, at_service.get(number))
        for each in stocktake.counted.values()
        for number in each.found
    ]
    return stocktake, sightings, listed


def inside(found: list[Box]) -> list[Known]:
    of_bank = [box.known for box in found if box.bank == BANK]
    return [known for known in of_bank if known is not None and known.is_inside]


@given(boxes(), st.permutations(UNITS), st.lists(st.sampled_from(UNITS), max_size=3))
def test_each_box_gets_what_is_to_be_said_of_it(found: list[Box], order: list[str], again: list[str]) -> None:
    stocktake, sightings, listed = counted(found, [*order, *again])
    rows = work_out(stocktake, inside(found), sightings, listed)
    assert {row.number: row.outcome for row in rows} == {box.number: box.outcome for box in found if box.outcome}
    assert len(rows) == len({row.number for row in rows})
    assert not any(row.mended_by for row in rows if row.outcome is StocktakeOutcome.RIGHT)
    assert stocktake.next_unit is None
    units = [row.locker_unit_id for row in rows]
    assert units == sorted(units)


@given(boxes(), st.sets(st.sampled_from(UNITS)))
def test_nothing_is_missing_in_a_unit_that_was_not_counted(found: list[Box], some: set[str]) -> None:
    stocktake, sightings, listed = counted(found, sorted(some))
    rows = work_out(stocktake, inside(found), sightings, listed)
    assert {row.locker_unit_id for row in rows} <= some
    assert (stocktake.next_unit is None) is (some == set(UNITS))


@given(boxes())
def test_what_has_moved_since_it_was_counted_is_left_alone(found: list[Box]) -> None:
    stocktake, sightings, listed = counted(found, list(UNITS))
    later = [each._replace(known=each.known._replace(moved_at=99) if each.known else None) for each in sightings]
    rows = work_out(stocktake, [each._replace(moved_at=99) for each in inside(found)], later, listed)
    assert all(row.parcel is None for row in rows)


@given(boxes())
def test_a_box_is_put_back_only_where_it_is_recorded_in_the_bank(found: list[Box]) -> None:
    stocktake, sightings, listed = counted(found, list(UNITS))
    for row in work_out(stocktake, inside(found), sightings, listed):
        home = home_of(row, stocktake)
        box = next(box for box in found if box.number == row.number)
        in_bank = box.bank == BANK and box.state is ParcelState.IN_LOCKER
        belongs = box.unit if in_bank else box.listed_in
        is_known = box.state is None or in_bank
        assert home == (belongs if row.outcome is StocktakeOutcome.MISPLACED and is_known else None)


@pytest.mark.parametrize(
    ("ids", "order"),
    [
        (("10", "9", "1"), ("1", "9", "10")),
        (("B1", "A10", "A9"), ("A9", "A10", "B1")),
        (("2", "²", "a-2", "A-10"), ("2", "a-2", "A-10", "²")),
    ],
)
def test_units_are_walked_in_the_order_of_their_numbers(ids: tuple[str, ...], order: tuple[str, ...]) -> None:
    assert walking_order(ids) == order


def test_it_goes_on_behind_the_unit_that_was_counted_last_and_comes_back_to_what_was_left_out() -> None:
    stocktake, _, _ = counted([], ["2"])
    assert stocktake.next_unit == "3"
    stocktake, _, _ = counted([], ["2", "3", "4"])
    assert stocktake.next_unit == "1"
    ended = fold(stocktake, StocktakeEnded(locker_bank_id=BANK), at=START, sequence=9)
    assert ended is not None
    assert not ended.is_open


def test_what_belongs_to_no_stock_take_changes_nothing() -> None:
    stray = UnitCounted(locker_bank_id=BANK, locker_unit_id="9", found=())
    assert fold(None, stray, at=START, sequence=1) is None
    stocktake, _, _ = counted([], [])
    assert fold(stocktake, stray, at=START, sequence=2) == stocktake


@pytest.mark.parametrize(("waits", "outcome"), [(False, StocktakeOutcome.RIGHT), (True, StocktakeOutcome.MISPLACED)])
def test_a_box_that_is_gone_from_here_is_another_desks_once_that_has_put_it_in(
    *, waits: bool, outcome: StocktakeOutcome
) -> None:
    stocktake, (sighting,), (listed,) = counted([Box("T1", ParcelState.CANCELLED, "1", BANK, "1", "1")], ["1"])
    listed = listed._replace(waits=waits)
    (row,) = work_out(stocktake, [], [sighting._replace(listed=listed)], [listed])
    assert row.outcome is outcome


def test_a_box_that_was_carried_on_counts_where_it_was_found_last() -> None:
    stocktake: Stocktake | None = None
    found = {"1": ("T1",), "2": ("T1",)}
    events: list[StocktakeEvent] = [StocktakeBegan(locker_bank_id=BANK, locker_unit_ids=UNITS)]
    events += [UnitCounted(locker_bank_id=BANK, locker_unit_id=unit, found=codes) for unit, codes in found.items()]
    for sequence, event in enumerate(events, 1):
        stocktake = fold(stocktake, event, at=START, sequence=sequence)
    assert stocktake is not None
    known = Box("T1", ParcelState.IN_LOCKER, "2", BANK, None, None).known
    sightings = [Sighting("T1", unit, each.sequence, known) for unit, each in stocktake.counted.items()]
    (row,) = work_out(stocktake, [known] if known else [], sightings, [])
    assert (row.outcome, row.locker_unit_id) == (StocktakeOutcome.RIGHT, "2")
