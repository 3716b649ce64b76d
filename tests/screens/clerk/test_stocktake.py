"""A bank is counted at the screen: locker by locker, left and taken up again, and what does not fit is put right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.parcels.states import ParcelState
from kiosk.parcels.stocktake import walking_order
from kiosk.tracking.scan import read_scan
from screens.destinations import ShowStocktake
from screens.stocktake_actions import COUNT_BANK
from screens.widgets.big_text import BigText
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import Desk, Kiosk, opened
from tests.screens.parcels_in_test import in_locker

BANK = "AOne"
SIZES = {"80x24": (80, 24), "100x30": (100, 30)}
Boxes = dict[str, list[str]]


async def to_banks(kiosk: Kiosk) -> None:
    kiosk.screen.cover(ShowStocktake())
    await kiosk.shows("Which bank is to be counted?", "Lobby")


async def to_counting(kiosk: Kiosk) -> None:
    await to_banks(kiosk)
    await kiosk.press("enter")
    await kiosk.at("Counting")


async def deposited(kiosk: Kiosk, number: str, letters: str = "mwangi abdi") -> str:
    """Bring a parcel into a locker and return that one."""
    place = (await in_locker(kiosk.services, number, letters)).place
    assert place is not None
    return place.locker_unit_id


def boxes_of(desk: Desk) -> Boxes:
    """Return what lies in the lockers if the service is right."""
    found = {
        unit["lockerUnitId"]: [each["trackingNumber"] for each in unit["parcelsDeposited"]]
        for unit in desk.service.units()
        if unit["lockerBankId"] == BANK
    }
    return {unit: found[unit] for unit in walking_order(found)}


async def count(kiosk: Kiosk, boxes: Boxes, at: int) -> None:
    """Count one locker by scans and keys, and wait until the count is on the disk."""
    for number in boxes[[*boxes][at]]:
        kiosk.scan(number)
        await kiosk.shows(number[-8:])
    await kiosk.press("enter" if boxes[[*boxes][at]] else "f2")
    if at + 1 < len(boxes):
        await kiosk.shows(f"{at + 1} of {len(boxes)} counted")


async def counted_by_hand(kiosk: Kiosk, boxes: Boxes) -> None:
    """Count every locker but the last without the screen, which is quicker."""
    stocktakes = kiosk.services.desk.stocktakes
    await stocktakes.begin(BANK, CLERK)
    for unit in [*boxes][:-1]:
        await stocktakes.count(BANK, unit, [read_scan(number) for number in boxes[unit]], CLERK)


async def test_a_walk_finds_what_is_swapped_and_puts_it_right(desk: Desk) -> None:
    async with desk.open() as kiosk:
        first, second = await deposited(kiosk, "T1"), await deposited(kiosk, "T2", "samira k")
        boxes = boxes_of(desk) | {first: ["T2"], second: []}
        boxes[[*boxes][-1]] = ["T7"]
        await counted_by_hand(kiosk, boxes)
        await to_counting(kiosk)
        await count(kiosk, boxes, len(boxes) - 1)
        await kiosk.at("StocktakeResult")
        await kiosk.shows("1 missing, 1 misplaced, 1 unknown")
        await kiosk.shows("T1", "T2", "T7")
        row = [each.number for each in kiosk.screen._rows].index("T2")  # type: ignore[attr-defined]
        await kiosk.press(*["down"] * row)
        await kiosk.shows("I have it", f"Put into {second}")
        await kiosk.press("enter")
        await kiosk.shows("Is parcel T2 in your hands?", "No door opens by this.")
        await kiosk.press("f10")
        await kiosk.shows("Parcel T2: taken in.", "1 missing, 0 misplaced, 1 unknown")
        row = [each.number for each in kiosk.screen._rows].index("T1")  # type: ignore[attr-defined]
        desk.service.collect(BANK, first)
        await kiosk.press(*["up"] * 3, *["down"] * row, "enter")
        await kiosk.shows("Parcel T1: collected.", "0 missing")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T7: taken in.", "Everything that was counted is where it should be.")
        await kiosk.press("f9")
        await kiosk.shows("Finish this stock-take?")
        await kiosk.press("f10")
        await kiosk.shows("The stock-take is finished.")
        assert (await kiosk.parcel("T1")).state is ParcelState.COLLECTED
        assert (await kiosk.events())[-1] == "stocktake_ended"
        await kiosk.press("escape")
        await kiosk.shows("Which bank is to be counted?", "Last counted today")


async def test_each_locker_is_on_the_disk_before_the_next_and_a_restart_goes_on(desk: Desk) -> None:
    boxes = boxes_of(desk)
    async with desk.open() as kiosk:
        await to_counting(kiosk)
        for at in range(3):
            await count(kiosk, boxes, at)
        assert (await kiosk.events()).count("unit_counted") == 3
    async with desk.open() as kiosk:
        await to_banks(kiosk)
        await kiosk.shows("not finished", f"3 of {len(boxes)} lockers counted", "Go on")
        await kiosk.press("enter")
        await kiosk.shows(f"3 of {len(boxes)} counted")
        await kiosk.press("escape")
        await kiosk.at("Stocktake")
        await kiosk.press("escape")
        await kiosk.at("Home")


async def test_every_scan_counts_at_once_and_none_is_taken_in(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_counting(kiosk)
        for number in ("T501", "T502", "T503"):
            kiosk.scan(number)
        await kiosk.shows("T501", "T502", "T503", "nobody knows it")
        await kiosk.press("f4")
        await kiosk.lacks("T503")
        await kiosk.press("enter")
        await kiosk.shows("T501 unknown here, T502 unknown here")
        assert (await kiosk.events()).count("parcel_taken_in") == 0
        (counted,) = [each for each in await kiosk.history() if each["type"] == "unit_counted"]
        assert counted["body"]["found"] == ["T501", "T502"]


async def test_a_scan_while_the_locker_before_is_recorded_is_of_the_next(desk: Desk) -> None:
    boxes = boxes_of(desk)
    empty = next(at for at, unit in enumerate(boxes) if not boxes[unit] and not boxes[[*boxes][at + 1]])
    async with desk.open() as kiosk:
        await kiosk.services.desk.stocktakes.begin(BANK, CLERK)
        for unit in [*boxes][:empty]:
            await kiosk.services.desk.stocktakes.count(BANK, unit, [], CLERK)
        await to_counting(kiosk)
        kiosk.screen.busy = True
        kiosk.scan("T501")
        await kiosk.pilot.pause()
        kiosk.screen.busy = False
        await kiosk.press("f2")
        await kiosk.shows(f"{empty + 1} of", "T501")
        counted = [each for each in await kiosk.history() if each["type"] == "unit_counted"]
        assert counted[-1]["body"] == {"lockerBankId": BANK, "lockerUnitId": [*boxes][empty], "found": []}


async def test_a_locker_can_be_skipped_and_one_before_counted_again(desk: Desk) -> None:
    boxes = boxes_of(desk)
    first, second = [*boxes][:2]
    async with desk.open() as kiosk:
        await to_counting(kiosk)
        await kiosk.press("f6")
        await kiosk.until(lambda: kiosk.screen._unit == second, second)  # type: ignore[attr-defined]
        kiosk.scan("T501")
        await kiosk.shows("T501")
        await kiosk.press("enter")
        await kiosk.shows("1 of")
        await kiosk.press("f5")
        await kiosk.until(lambda: kiosk.screen._unit == second, second)  # type: ignore[attr-defined]
        await kiosk.press("f2")
        await kiosk.until(lambda: kiosk.screen._unit not in {first, second}, "the third")  # type: ignore[attr-defined]
        latest = await kiosk.services.queries.stocktakes.latest(BANK)
        assert latest is not None
        assert [(each.locker_unit_id, each.found) for each in latest.stocktake.counted.values()] == [(second, ())]


async def test_what_is_no_number_is_said_and_nothing_is_counted(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_counting(kiosk)
        kiosk.scan("WIFI:S:guest;T:WPA;P:secret;;")
        await kiosk.shows("Wi-Fi")
        assert "secret" not in kiosk.read
        assert kiosk.screen._found == []  # type: ignore[attr-defined]


async def test_without_a_line_a_count_that_was_begun_goes_on(desk: Desk) -> None:
    boxes = boxes_of(desk)
    async with desk.open() as kiosk:
        await to_counting(kiosk)
        await count(kiosk, boxes, 0)
        desk.service.pull_out()
        await kiosk.press("f2" if not boxes[[*boxes][1]] else "f6")
        await kiosk.shows("read today 08:00", f"{2 if not boxes[[*boxes][1]] else 1} of")
    async with desk.open() as kiosk:
        kiosk.screen.cover(ShowStocktake())
        await kiosk.shows("AOne", "not finished")
        await kiosk.press("enter")
        await kiosk.shows("not read: only this desk's parcels", "On record: nothing")
        await kiosk.press("f8")
        await kiosk.shows("The bank could not be read.", "parcels of other desks count as unknown")


async def test_what_can_not_be_read_or_counted_is_said(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_banks(kiosk)
        lockers = kiosk.services.queries.lockers
        view = await lockers.bank(BANK)
        empty = view.details.model_copy(update={"locker_units": ()})
        lockers._readings[BANK] = lockers._readings[BANK]._replace(details=empty)
        await kiosk.press("enter")
        await kiosk.shows("lists no lockers of Lobby")
        assert kiosk.name == "Stocktake"
    desk.service.pull_out()
    async with desk.open() as kiosk:
        kiosk.screen.cover(ShowStocktake())
        await kiosk.shows("The locker banks can't be read now.")
        assert not kiosk.screen.allows(COUNT_BANK)


async def crowded(kiosk: Kiosk) -> None:
    """Let a locker with a long id hold several parcels, of which two are scanned."""
    await to_counting(kiosk)
    long = "WEST-00017"
    screen = kiosk.screen
    result = screen._result  # type: ignore[attr-defined]
    screen._unit = long  # type: ignore[attr-defined]
    numbers = tuple(f"1Z5R8939035756{at}" for at in range(7120, 7126))
    screen._result = result._replace(expected={long: numbers})  # type: ignore[attr-defined]
    screen._draw()  # type: ignore[attr-defined]
    kiosk.scan("T501")
    kiosk.scan("TBA304512876001")
    await kiosk.shows("T501", "TBA304512876001")


async def results(kiosk: Kiosk) -> None:
    first = await deposited(kiosk, "T1")
    boxes: Boxes = {unit: [] for unit in ["1", "2", "3", "4", "5", "6"]} | {first: ["TBA304512876001"], "6": ["T501"]}
    await kiosk.services.desk.stocktakes.begin(BANK, CLERK)
    for unit, numbers in boxes.items():
        await kiosk.services.desk.stocktakes.count(BANK, unit, [read_scan(each) for each in numbers], CLERK)
    await to_banks(kiosk)
    await kiosk.press("f2")
    await kiosk.at("StocktakeResult")


async def asked(kiosk: Kiosk) -> None:
    await results(kiosk)
    await kiosk.press("f9")
    await kiosk.shows("Finish this stock-take?")


STATES = {
    "banks": to_banks,
    "begun": to_counting,
    "crowded": crowded,
    "results": results,
    "finish": asked,
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_screen_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    state: Callable[[Kiosk], Awaitable[Any]],
    size: tuple[int, int],
) -> None:
    app = desk.app()

    async def go_there(pilot: Pilot[None]) -> None:
        kiosk = Kiosk(app, pilot)
        await opened(kiosk)
        await state(kiosk)
        await kiosk.rest()

    assert snap_compare(app, terminal_size=size, run_before=go_there)


async def test_a_long_locker_number_is_shown_in_large_and_whole(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await crowded(kiosk)
        number = kiosk.screen.query_one(BigText)
        assert number.text == "WEST-00017"
        assert number.size.height == 4
