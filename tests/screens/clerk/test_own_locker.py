"""The recipient's own locker on the screens: proposed first, a new one a key away, one code, and what goes wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.screens.kiosk_in_test import Desk, Kiosk

DEPARTMENT = "purchasing"
"""In the demo's world it holds locker 6 with two parcels."""


async def one_is_in(kiosk: Kiosk, letters: str = "mwangi abdi") -> str:
    """Put a first parcel in and return its locker."""
    await kiosk.to_code("T1", letters)
    await kiosk.press("enter")
    await kiosk.at("Home")
    place = (await kiosk.parcel("T1")).place
    assert place is not None
    return place.locker_unit_id


async def test_enter_adds_to_the_open_locker_and_one_code_counts_for_all(desk: Desk) -> None:
    async with desk.open() as kiosk:
        unit = await one_is_in(kiosk)
        earlier = desk.service.unit("AOne", unit)["pickupCode"]
        await kiosk.to_locker("T2")
        await kiosk.shows(
            f"Mwangi Abdi already has locker {unit}, with 1 parcel in it.", "F8 reserves a new locker.", f"►{unit}"
        )
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "with the recipient's other parcels")
        await kiosk.press("f2")
        await kiosk.shows("What is wrong with locker", "Did not open")
        assert "Occupied" not in kiosk.read
        await kiosk.press("escape", "enter")
        await kiosk.shows("This one code is for all 2 parcels in the locker.", "It replaces the code")
        await kiosk.shows_the_code_of(desk.service.holding("T2"))
        assert desk.service.unit("AOne", unit)["pickupCode"] != earlier
        assert desk.service.holding("T1") == desk.service.holding("T2")


@pytest.mark.parametrize("keys", [["f8"], ["right", "enter"]])
async def test_a_new_locker_is_one_key_away(desk: Desk, keys: list[str]) -> None:
    async with desk.open() as kiosk:
        unit = await one_is_in(kiosk)
        await kiosk.to_locker("T2")
        await kiosk.press(*keys)
        await kiosk.shows("Put it in locker")
        (taken,) = desk.service.holding("T2")
        assert taken["lockerUnitId"] != unit
        assert "beside" not in kiosk.read


async def test_after_a_size_was_chosen_the_open_locker_is_one_key_away(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        unit = await one_is_in(kiosk)
        await kiosk.to_locker("T2")
        await kiosk.press("right")
        await kiosk.shows("Reserve", "Add to")
        await kiosk.press("f8")
        await kiosk.shows("with the recipient's other parcels")
        assert [each["lockerUnitId"] for each in desk.service.holding("T2")] == [unit]


async def test_a_locker_that_was_emptied_meanwhile_is_said_and_a_new_one_is_proposed(desk: Desk) -> None:
    async with desk.open() as kiosk:
        unit = await one_is_in(kiosk)
        await kiosk.to_locker("T2")
        desk.service.collect("AOne", unit)
        await kiosk.press("enter")
        await kiosk.shows(f"Locker {unit} has been emptied", "Choose another locker.", "Reserve")
        assert "Add to" not in kiosk.read
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")


async def test_too_small_leads_to_a_new_locker_and_leaves_the_others_alone(desk: Desk) -> None:
    async with desk.open() as kiosk:
        unit = await one_is_in(kiosk)
        code = desk.service.unit("AOne", unit)["pickupCode"]
        await kiosk.to_locker("T2")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        await kiosk.press("f2", "f6")
        await kiosk.shows("free lockers as of", "Reserve")
        assert "Add to" not in kiosk.read
        assert desk.service.holding("T2") == []
        assert desk.service.unit("AOne", unit)["pickupCode"] == code
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")


async def test_a_department_is_told_how_it_collects_on_every_screen(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_recipient("T1")
        kiosk.type(DEPARTMENT)
        await kiosk.shows("department: personal id, no code")
        kiosk.type("\r")
        await kiosk.shows("free lockers as of", "department: personal id, no code", "Enter adds this parcel to it")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "with the recipient's other parcels", "personal id, no code")
        await kiosk.press("enter")
        await kiosk.shows("A department collects without a code.")
        assert "This one code" not in kiosk.read


async def test_a_code_that_may_be_replaced_is_not_shown_and_not_called_seen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code("T1")
        await kiosk.press("escape")
        await kiosk.to_locker("T2")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        desk.service.fault("lost", "updateDeposit", times=1000)
        desk.service.fault("503", "getReservation", times=1000)
        await kiosk.press("enter")
        await kiosk.shows("not known yet")
        kiosk.scan("T1")
        await kiosk.shows("Parcel T2 in the same locker is not confirmed yet")
        await kiosk.press("enter")
        await kiosk.at("Home")
        assert (await kiosk.parcel("T1")).code_waiting


async def test_those_who_need_reach_get_it_and_are_told(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_locker("T1", "deshawn")
        await kiosk.shows("needs a locker within reach", "in reach")
        assert "Out of reach" not in kiosk.read
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "locker within reach")
        assert desk.service.holding("T1")[0]["accessible"] is True


async def test_without_a_locker_within_reach_the_clerk_decides_with_one_key(desk: Desk) -> None:
    taken = 0
    for unit in desk.service.units():
        if unit["accessible"] and unit["unitInService"] and not unit["unitReserved"]:
            taken += 1
            body = {
                "userId": "x",
                "lockerUnitId": unit["lockerUnitId"],
                "contactId": "4a8ad098d58f45d3e2e4238d",
                "contactType": "recipient",
                "trackingNumber": f"X{taken}",
            }
            desk.service.request("POST", f"{unit['lockerBankId']}/lockers/reserve", body)
    async with desk.open() as kiosk:
        await kiosk.to_locker("T1", "deshawn")
        await kiosk.shows("Lobby has no free locker within reach.", "F9 reserves locker", "out of reach")
        await kiosk.press("enter")
        await kiosk.pilot.pause()
        assert desk.service.holding("T1") == []
        await kiosk.press("f9")
        await kiosk.shows("Put it in locker", "locker OUT OF REACH")
        assert desk.service.holding("T1")[0]["accessible"] is False


async def test_the_bank_and_size_used_last_are_proposed_and_said_so(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_locker("T1")
        await kiosk.press("f4")
        await kiosk.shows("Loading dock")
        await kiosk.press("right", "enter")
        await kiosk.shows("Put it in locker")
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.press("enter")
        await kiosk.at("Home")
        (unit,) = desk.service.holding("T1")
        desk.service.collect(unit["lockerBankId"], unit["lockerUnitId"])
        desk.clock.advance(timedelta(minutes=30))
        # By the reading of half an hour ago the recipient still has a locker; the newer one is on its way.
        await kiosk.to_locker("T2")
        await kiosk.shows("Loading dock, as last time", "free lockers as of 08:30")
        assert "already has" not in kiosk.read
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        (again,) = desk.service.holding("T2")
        assert (again["lockerBankId"], again["size"]) == (unit["lockerBankId"], unit["size"])
