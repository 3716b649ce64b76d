"""A bank is counted unit by unit, and what does not fit is put right: by the desk's own steps, at the simulator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from kiosk.clock import ManualClock
from kiosk.desk.mending import can_be_taken_in, mend, mending_step
from kiosk.desk.stocktake_results import Result
from kiosk.errors import ApiError, NoReasonError, ParcelElsewhereError, WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Finding, ParcelState, ShelfReason, StocktakeOutcome
from kiosk.parcels.steps import Step
from kiosk.parcels.stocktake import Row, Stocktake, walking_order
from kiosk.tracking.scan import read_scan
from tests.desk.test_killed import kill_a_kiosk
from tests.house.desk import BANK, CLERK, OWNER, OpenDesk, World, open_desk, unit_of

MISSING, MISPLACED, EXTRA, RIGHT = (
    StocktakeOutcome.MISSING,
    StocktakeOutcome.MISPLACED,
    StocktakeOutcome.EXTRA,
    StocktakeOutcome.RIGHT,
)
Boxes = dict[str, list[str]]
"""What truly lies in the units, by its numbers."""


def boxes_of(world: World) -> Boxes:
    """Return what lies in the units if the service is right."""
    return {
        unit["lockerUnitId"]: [parcel["trackingNumber"] for parcel in unit["parcelsDeposited"]]
        for unit in world.units()
    }


async def walk(desk: OpenDesk, boxes: Mapping[str, list[str]], most: int | None = None) -> Stocktake:
    """Count the bank from where it stands, so many units at most."""
    stocktake = await desk.desk.stocktakes.begin(BANK, CLERK)
    while (unit := stocktake.next_unit) is not None and most != 0:
        most = None if most is None else most - 1
        found = [read_scan(number) for number in boxes[unit]]
        stocktake = await desk.desk.stocktakes.count(BANK, unit, found, CLERK)
    return stocktake


async def result_of(desk: OpenDesk) -> Result:
    result = await desk.queries.stocktakes.latest(BANK)
    assert result is not None
    return result


def outcomes(result: Result) -> dict[str, StocktakeOutcome]:
    return {row.number: row.outcome for row in result.open_rows}


def row_of(result: Result, number: str) -> Row:
    (row,) = (row for row in result.rows if row.number == number)
    return row


async def test_a_bank_that_is_as_it_should_be_shows_nothing(desk: OpenDesk, world: World) -> None:
    parcel = await desk.deposited("T1")
    stocktake = await walk(desk, boxes_of(world))
    result = await result_of(desk)
    assert stocktake.locker_unit_ids == walking_order(unit["lockerUnitId"] for unit in world.units())
    assert stocktake.next_unit is None
    assert result.open_rows == ()
    assert row_of(result, "T1").parcel == parcel
    # What another desk has there is expected by the service's list.
    assert result.numbers()[RIGHT] == sum(map(len, boxes_of(world).values())) > 1
    assert (await desk.now(parcel)) == parcel
    ended = await desk.desk.stocktakes.end(BANK, CLERK)
    assert not ended.is_open


async def test_swapped_missing_and_extra_boxes_are_put_right_by_the_walk(desk: OpenDesk, world: World) -> None:
    first, second, third, fourth, fifth = [await desk.deposited(f"T{number}") for number in range(1, 6)]
    untouched = {*await desk.events()}
    boxes = boxes_of(world)
    boxes[unit_of(first)], boxes[unit_of(second)] = ["T2"], ["T1"]
    boxes[unit_of(third)], boxes[unit_of(fourth)] = [], []
    boxes[unit_of(fifth)] = ["T5", "EXTRA-1"]
    world.collect(unit_of(fourth))
    await walk(desk, boxes)
    result = await result_of(desk)
    assert outcomes(result) == {
        "T1": MISPLACED,
        "T2": MISPLACED,
        "T3": MISSING,
        "T4": MISSING,
        "EXTRA-1": EXTRA,
    }
    assert {*await desk.events()} - untouched == {"stocktake_began", "unit_counted"}

    await desk.desk.stocktakes.put_back(result.stocktake, row_of(result, "T1"), CLERK)
    cleared = await mend(desk.desk, row_of(result, "T2"), CLERK)
    assert (cleared.state, cleared.place) == (ParcelState.TAKEN_IN, None)
    lost = await mend(desk.desk, row_of(result, "T3"), CLERK)
    assert [(item.finding, item.place) for item in lost.attention] == [(Finding.NOT_FOUND, third.place)]
    assert (await mend(desk.desk, row_of(result, "T4"), CLERK)).state is ParcelState.COLLECTED
    taken = await mend(desk.desk, row_of(result, "EXTRA-1"), CLERK)
    assert (taken.tracking_number, taken.state) == ("EXTRA-1", ParcelState.TAKEN_IN)

    after = await result_of(desk)
    assert outcomes(after) == {"T3": MISSING}
    assert row_of(after, "T1").outcome is RIGHT
    assert await desk.now(fifth) == fifth
    assert await desk.now(first) == first
    assert world.holding("T2") == []
    (noted,) = [entry.item for entry in (await desk.console.overview()).entries if entry.item]
    assert noted.finding is Finding.NOT_FOUND
    # Asked for once more it stays one item, and what clears the parcel mends it.
    again = await mend(desk.desk, row_of(after, "T3"), CLERK)
    assert len(again.attention) == 1
    assert (await desk.desk.leaving.clear(again, CLERK)).attention == ()


async def test_it_is_taken_up_again_where_it_was_left(tmp_path: Path, world: World, clock: ManualClock) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        await desk.deposited("T1")
        boxes = boxes_of(world)
        half = await walk(desk, boxes, most=5)
    clock.advance(timedelta(days=1))
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        again = await desk.desk.stocktakes.begin(BANK, CLERK)
        assert again == half
        assert again.next_unit == half.locker_unit_ids[5]
        assert (await walk(desk, boxes)).next_unit is None
        assert (await desk.events()).count("unit_counted") == len(boxes)
        assert (await result_of(desk)).open_rows == ()


async def test_a_kiosk_that_was_killed_in_the_middle_goes_on(tmp_path: Path, world: World, clock: ManualClock) -> None:
    await kill_a_kiosk(tmp_path / "desk", world, "unit counted")
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        stocktake = await desk.desk.stocktakes.begin(BANK, CLERK)
        assert len(stocktake.counted) == 1
        await walk(desk, boxes_of(world))
        assert (await result_of(desk)).open_rows == ()


async def test_without_a_line_it_goes_on_by_what_was_read_last(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    boxes = boxes_of(world)
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        await desk.deposited("T1")
        boxes = boxes_of(world)
        await walk(desk, boxes, most=1)
    dead = World("http://127.0.0.1:9")
    async with open_desk(tmp_path / "desk", dead, clock) as desk:
        await walk(desk, boxes)
        result = await result_of(desk)
        assert result.read_at is None
        assert row_of(result, "T1").outcome is RIGHT
        # Another desk's boxes are known from the service only.
        assert {row.outcome for row in result.rows if row.number != "T1"} == {EXTRA}
    async with open_desk(tmp_path / "new", dead, clock) as desk:
        with pytest.raises(ApiError):
            await desk.desk.stocktakes.begin(BANK, CLERK)


async def test_a_box_is_known_by_any_of_its_codes_and_spellings(desk: OpenDesk, world: World) -> None:
    number = "9400111899560334567893"
    parcel = await desk.taken_in(number)
    parcel = await desk.scans.add_code(parcel, read_scan("REF-77"), CLERK)
    parcel = await desk.intake.deposit(await desk.reserve(parcel), CLERK)
    boxes = boxes_of(world)
    boxes[unit_of(parcel)] = [f"42010001{number}", "REF-77"]
    await walk(desk, boxes)
    result = await result_of(desk)
    assert result.open_rows == ()
    assert row_of(result, number).codes == (f"42010001{number}", "REF-77")


async def test_what_is_recorded_elsewhere_or_as_gone_is_misplaced(desk: OpenDesk, world: World) -> None:
    held = await desk.shelf.put_on(await desk.taken_in("SHELF-1"), "S1", ShelfReason.PUT_ASIDE, CLERK)
    reserved = await desk.reserved("RESERVED-1")
    gone = await desk.deposited("GONE-1")
    world.collect(unit_of(gone))
    gone = await desk.desk.look(gone, CLERK)
    boxes = boxes_of(world)
    boxes[unit_of(reserved)] = ["RESERVED-1"]
    free = world.free_units("medium")
    boxes[free[0]], boxes[free[1]] = ["SHELF-1"], ["GONE-1"]
    await walk(desk, boxes)
    result = await result_of(desk)
    assert outcomes(result) == {"SHELF-1": MISPLACED, "RESERVED-1": MISPLACED, "GONE-1": MISPLACED}
    steps = {row.number: mending_step(row, CLERK) for row in result.open_rows}
    assert steps == {"SHELF-1": Step.TAKE_OFF_SHELF, "RESERVED-1": Step.DEPOSIT, "GONE-1": Step.TAKE_IN_AGAIN}
    for row in result.open_rows:
        await mend(desk.desk, row, CLERK)
    assert (await result_of(desk)).open_rows == ()
    assert (await desk.now(held)).state is ParcelState.TAKEN_IN
    assert (await desk.now(reserved)).state is ParcelState.IN_LOCKER


async def test_what_is_put_in_after_its_unit_was_counted_is_not_missing(desk: OpenDesk, world: World) -> None:
    reserved = await desk.reserved("T1")
    await walk(desk, boxes_of(world))
    await desk.intake.deposit(reserved, CLERK)
    assert (await result_of(desk)).open_rows == ()


async def test_another_desks_box_that_is_not_found_is_missing_and_nothing_here_mends_it(
    desk: OpenDesk, world: World
) -> None:
    boxes = boxes_of(world)
    unit = next(unit for unit, numbers in boxes.items() if numbers)
    (number,) = boxes[unit]
    boxes[unit] = []
    await walk(desk, boxes)
    (row,) = (await result_of(desk)).open_rows
    assert (row.outcome, row.number, row.listed_in, mending_step(row, CLERK)) == (MISSING, number, unit, None)
    assert not can_be_taken_in(row)
    with pytest.raises(WrongStateError, match="nothing_mends_it"):
        await mend(desk.desk, row, CLERK)


async def test_a_box_for_which_another_desk_has_the_locker_reserved_is_right_and_missed_by_nobody(
    desk: OpenDesk, world: World
) -> None:
    unit, other, empty = world.free_units()[:3]
    world.reserve("T1", unit)
    world.reserve("T2", other)
    boxes = boxes_of(world)
    await walk(desk, boxes | {unit: ["T1"]})
    result = await result_of(desk)
    assert result.open_rows == ()
    assert (unit in result.expected, len(result.of_unit(unit))) == (False, 1)

    await desk.desk.stocktakes.count(BANK, unit, [], CLERK)
    await desk.desk.stocktakes.count(BANK, empty, [read_scan("T1")], CLERK)
    (row,) = (await result_of(desk)).open_rows
    assert (row.outcome, row.number, row.listed_in) == (MISPLACED, "T1", unit)


@pytest.mark.parametrize("is_in", [True, False])
async def test_a_box_that_another_desk_put_in_after_the_bank_was_read_is_not_taken_in(
    desk: OpenDesk, world: World, *, is_in: bool
) -> None:
    unit = world.free_units()[0]
    await desk.desk.stocktakes.begin(BANK, CLERK)
    world.reserve("T1", unit)
    if is_in:
        world.deposit("T1", unit)
    await walk(desk, boxes_of(world) | {unit: ["T1"]})
    (row,) = (await result_of(desk)).open_rows
    assert row.outcome is EXTRA
    with pytest.raises(ParcelElsewhereError, match="number_lies_in_locker" if is_in else "number_holds_locker"):
        await mend(desk.desk, row, CLERK)
    assert await desk.journal.find("T1") == ()
    await desk.desk.stocktakes.end(BANK, CLERK)
    assert (await result_of(desk)).open_rows == ()


async def test_a_box_that_nobody_knows_is_not_taken_in_while_the_service_can_not_be_asked(
    desk: OpenDesk, world: World
) -> None:
    await walk(desk, boxes_of(world) | {world.free_units()[0]: ["T1"]})
    (row,) = (await result_of(desk)).open_rows
    world.fault("500", "getReservation", times=9)
    with pytest.raises(ApiError):
        await mend(desk.desk, row, CLERK)
    world.no_more_faults()
    assert (await mend(desk.desk, row, CLERK)).state is ParcelState.TAKEN_IN


async def test_a_missing_parcel_stays_open_where_the_service_can_not_be_asked(desk: OpenDesk, world: World) -> None:
    parcel = await desk.deposited("T1")
    boxes = boxes_of(world) | {unit_of(parcel): []}
    await walk(desk, boxes)
    world.fault("500", "getReservation", times=9)
    with pytest.raises(ApiError):
        await mend(desk.desk, row_of(await result_of(desk), "T1"), CLERK)
    assert await desk.now(parcel) == parcel
    assert outcomes(await result_of(desk)) == {"T1": MISSING}


async def test_an_owner_says_why(desk: OpenDesk, world: World) -> None:
    parcel = await desk.deposited("T1")
    boxes = boxes_of(world)
    boxes[unit_of(parcel)], boxes[world.free_units()[0]] = [], ["T1"]
    await walk(desk, boxes)
    row = row_of(await result_of(desk), "T1")
    with pytest.raises(NoReasonError):
        await mend(desk.desk, row, OWNER)
    assert (await mend(desk.desk, row, OWNER, reason="counted")).state is ParcelState.TAKEN_IN
    assert "correction_asked" in await desk.events()


async def test_nothing_is_counted_where_no_stock_take_is_open(desk: OpenDesk) -> None:
    with pytest.raises(WrongStateError, match="no_stocktake"):
        await desk.desk.stocktakes.count(BANK, "1", (), CLERK)
    stocktake = await desk.desk.stocktakes.begin(BANK, CLERK)
    with pytest.raises(WrongStateError, match="unit_not_counted"):
        await desk.desk.stocktakes.count(BANK, "999", (), CLERK)
    await desk.desk.stocktakes.end(BANK, CLERK)
    with pytest.raises(WrongStateError, match="no_stocktake"):
        await desk.desk.stocktakes.end(BANK, CLERK)
    assert (await desk.desk.stocktakes.begin(BANK, CLERK)).began_at == stocktake.began_at
    assert (await desk.events()).count("stocktake_began") == 2


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_was_mixed_up_is_found_and_what_was_right_is_left_alone(
    desk: OpenDesk, world: World, seed: int
) -> None:
    dice = Random(seed)
    parcels = {parcel.tracking_number: parcel for parcel in [await desk.deposited(f"T{n}") for n in range(6)]}
    boxes = boxes_of(world)
    moved = {number: dice.choice([*boxes, ""]) for number in dice.sample(sorted(parcels), 3)}
    for number, unit in moved.items():
        boxes[unit_of(parcels[number])].remove(number)
        boxes.get(unit, []).append(number)
    await walk(desk, boxes)
    result = await result_of(desk)
    expected = {
        number: MISPLACED if unit else MISSING for number, unit in moved.items() if unit != unit_of(parcels[number])
    }
    assert outcomes(result) == expected
    for row in result.open_rows:
        await mend(desk.desk, row, CLERK)
    right: list[Parcel] = [parcel for number, parcel in parcels.items() if number not in expected]
    assert [await desk.now(parcel) for parcel in right] == right
    assert set(outcomes(await result_of(desk)).values()) <= {MISSING}
