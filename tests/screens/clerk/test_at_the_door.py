"""What a clerk can find at the door: occupied, shut, too small, or a reason to give up. One key each, and a way on."""

from __future__ import annotations

import pytest

from kiosk.parcels.states import ParcelState
from tests.screens.kiosk_in_test import Desk, Kiosk


def fill(desk: Desk, size: str, bank: str = "AOne", *, but: int = 0) -> list[str]:
    """Let another kiosk reserve the free units of a size, except for some; return what is left."""
    free = [
        unit["lockerUnitId"]
        for unit in desk.service.units()
        if unit["lockerBankId"] == bank and unit["size"] == size and unit["unitInService"] and not unit["unitReserved"]
    ]
    for unit in free[but:]:
        body = {
            "userId": "other",
            "contactId": "684a6b7bbc85e1bce7392b9e",
            "contactType": "recipient",
            "trackingNumber": f"OTHER-{bank}-{unit}",
            "lockerUnitId": unit,
        }
        desk.service.request("POST", f"{bank}/lockers/reserve", body)
    return free[:but]


async def place(kiosk: Kiosk, number: str = "T1") -> str:
    parcel = await kiosk.parcel(number)
    assert parcel.place is not None
    return parcel.place.locker_unit_id


@pytest.mark.parametrize(
    ("keys", "words", "by_tap"),
    [
        (["f4"], ["Occupied"], False),
        (["f5", "f9"], ["Did not open", "Still shut"], False),
        (["f4"], ["Occupied"], True),
        (["f5", "f9"], ["Did not open", "Still shut"], True),
    ],
)
async def test_a_bad_door_leads_to_another_locker_of_the_size(
    desk: Desk, keys: list[str], words: list[str], *, by_tap: bool
) -> None:
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_put_in()
        first = await place(kiosk)
        if by_tap:
            await kiosk.tap("Problem")
            for each in words:
                await kiosk.shows(each)
                await kiosk.pilot.pause(0.6)
                await kiosk.tap(each)
        else:
            await kiosk.press("f2", *keys)
        await kiosk.shows(f"Locker {first} was given back. Use this one.")

        second = await place(kiosk)
        assert second != first
        assert desk.service.unit("AOne", first)["unitReserved"] is False
        (unit,) = desk.service.holding("T1")
        assert (unit["lockerUnitId"], unit["size"]) == (second, "small")
        events = await kiosk.events()
        (reported,) = [event for event in await kiosk.history() if event["type"] == "unit_reported"]
        assert words[0].lower().replace(" ", "_") in str(reported)
        assert events[4:] == ["unit_reported", "write_asked", "unit_freed", "write_asked", "unit_reserved"]
        await kiosk.press("enter")
        await kiosk.at("Code")


async def test_a_reported_door_is_not_offered_again(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in("T1")
        first = await place(kiosk)
        await kiosk.press("f2", "f5", "f9")
        await kiosk.shows(f"Locker {first} was given back")
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.to_locker("T2", "kofi adeyemi")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        assert await place(kiosk, "T2") not in {first, await place(kiosk, "T1")}


async def test_a_door_that_did_not_open_is_tried_once_more_first(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        first = await place(kiosk)
        await kiosk.press("f2", "f5")
        await kiosk.shows(f"Try locker {first} once more.")
        await kiosk.press("escape", "enter")
        await kiosk.at("Code")
        assert await place(kiosk) == first
        assert "unit_reported" not in await kiosk.events()


async def test_a_parcel_that_is_too_large_gets_a_larger_locker_in_one_step(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        first = await place(kiosk)
        await kiosk.press("f2", "f6")
        await kiosk.shows(f"Locker {first} was given back. Use this one.")
        assert desk.service.unit("AOne", first)["unitReserved"] is False
        (unit,) = desk.service.holding("T1")
        assert unit["size"] == "medium"
        assert "unit_reported" in await kiosk.events()


async def test_a_parcel_that_no_locker_takes_keeps_its_own_until_the_clerk_chooses_another_bank_or_the_shelf(
    desk: Desk,
) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.press("right", "right", "right", "enter")
        await kiosk.shows("Put it in locker")
        own = await place(kiosk)
        await kiosk.press("f2", "f6")
        # No bank has a larger size than the largest, so no other bank is offered.
        read = await kiosk.shows("No larger locker is free", f"Locker {own} stays reserved.", "Shelf")
        assert "Other bank" not in read
        assert [unit["lockerUnitId"] for unit in desk.service.holding("T1")] == [own]
        await kiosk.press("f7")
        await kiosk.shows("Put it on the shelf at", "Write on the parcel")
        assert desk.service.holding("T1") == []


async def test_a_larger_locker_in_another_bank_is_a_key_away(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.services.queries.lockers.bank("BTwo")
        await kiosk.to_put_in()
        for size in ("medium", "large", "mlarge"):
            fill(desk, size)
        await kiosk.press("f2", "f6")
        await kiosk.shows("No larger locker is free", "Other bank")
        await kiosk.press("f4")
        await kiosk.shows("Lobby has none larger than small: Loading dock")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "Loading dock")
        (unit,) = desk.service.holding("T1")
        assert (unit["lockerBankId"], unit["size"]) == ("BTwo", "medium")


async def test_another_locker_is_a_key_away_where_nothing_is_wrong(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        first = await place(kiosk)
        await kiosk.press("f8")
        await kiosk.shows(f"Locker {first} was given back. Choose another one.", "free lockers as of")
        assert desk.service.holding("T1") == []


async def test_the_last_locker_of_a_size_that_does_not_open_leads_to_the_choice_of_another(desk: Desk) -> None:
    (last,) = fill(desk, "small", but=1)
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        assert await place(kiosk) == last
        await kiosk.press("f2", "f5", "f9")
        await kiosk.shows("No free locker of this size", "free lockers as of")
        assert kiosk.name == "Locker"
        assert desk.service.holding("T1") == []
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        (unit,) = desk.service.holding("T1")
        assert unit["size"] == "medium"


async def test_where_the_usual_bank_is_full_enter_takes_a_locker_of_the_first_with_room(desk: Desk) -> None:
    for size in ("small", "medium", "large", "mlarge"):
        fill(desk, size)
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.shows("Lobby is full: Loading dock", "Reserve")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "Loading dock")


async def test_where_every_bank_is_full_the_usual_one_says_so(desk: Desk) -> None:
    for bank in ("AOne", "BTwo", "CThree"):
        for size in ("small", "medium", "large", "mlarge"):
            fill(desk, size, bank)
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.shows("Lobby is full.", "Shelf")
        await kiosk.press("enter", "f4")
        await kiosk.shows("Loading dock is full.")


async def test_a_locker_that_another_kiosk_took_a_moment_ago_is_replaced_by_the_next_of_the_size(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        left = fill(desk, "small", but=1)
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        assert [await place(kiosk)] == left


@pytest.mark.parametrize("by_tap", [False, True])
async def test_a_cancelled_parcel_gives_its_locker_back(desk: Desk, *, by_tap: bool) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        if by_tap:
            await kiosk.tap("Cancel")
            await kiosk.shows("Cancel parcel T1 for Mwangi Abdi?")
            await kiosk.tap("Cancel it")
        else:
            await kiosk.press("delete", "f10")
        await kiosk.shows("Scan the parcel", "Parcel T1 was cancelled.")
        assert desk.service.holding("T1") == []
        assert (await kiosk.parcel("T1")).state is ParcelState.CANCELLED
        assert (await kiosk.events())[-3:] == ["write_asked", "unit_freed", "parcel_cancelled"]


async def test_a_parcel_put_in_after_its_reservation_is_taken_back_and_gets_another_locker(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        unit = await place(kiosk)
        desk.service.request("POST", f"AOne/lockers/{unit}/free", {"userId": "operator"})
        await kiosk.press("enter")
        await kiosk.shows("was given back before the deposit", "take it out", "I have it")
        await kiosk.press("enter")
        await kiosk.shows("The parcel is in your hands.", "free lockers as of")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        await kiosk.press("enter")
        await kiosk.at("Code")
