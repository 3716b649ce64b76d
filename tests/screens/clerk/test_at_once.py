"""`desk.reserve_at_once`: name and Enter reserve where nothing is in doubt, and a key takes it back."""

from __future__ import annotations

from tests.screens.kiosk_in_test import Desk, Kiosk


async def went(desk: Desk, kiosk: Kiosk, number: str, letters: str) -> None:
    """Put a parcel in by the usual way, and let it be collected."""
    await kiosk.to_code(number, letters)
    (unit,) = desk.service.holding(number)
    await kiosk.press("enter")
    await kiosk.at("Home")
    desk.service.collect("AOne", unit["lockerUnitId"])
    await kiosk.services.desk.lockers.refresh(await kiosk.parcel(number), kiosk.screen.person)


async def test_name_and_enter_reserve_as_last_time_and_a_key_gives_it_back(desk: Desk) -> None:
    async with desk.open(reserve_at_once=True) as kiosk:
        # The first time there is something to choose, and is again where several names fit.
        await went(desk, kiosk, "T1", "mwangi abdi")
        await kiosk.to_recipient("T2")
        kiosk.type("mwangi abdi\r")
        await kiosk.shows("Put it in locker", "F8")
        (unit,) = desk.service.holding("T2")
        assert (unit["lockerBankId"], unit["size"]) == ("AOne", "small")
        await kiosk.press("f8")
        await kiosk.shows("was given back. Choose another one.", "free lockers as of")
        assert desk.service.holding("T2") == []
        await kiosk.press("right", "enter")
        await kiosk.shows("Put it in locker")
        await kiosk.press("enter")
        await kiosk.at("Code")


async def test_where_several_names_fit_the_locker_is_asked_about(desk: Desk) -> None:
    async with desk.open(reserve_at_once=True) as kiosk:
        await went(desk, kiosk, "T1", "mwangi abdi")
        await kiosk.to_recipient("T2")
        kiosk.type("mwa")
        await kiosk.until(lambda: kiosk.read.count("Mwa") > 1, "several names")
        await kiosk.press("enter")
        await kiosk.shows("free lockers as of", "as last time")
        assert desk.service.holding("T2") == []


async def test_without_the_setting_the_locker_is_asked_about(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await went(desk, kiosk, "T1", "mwangi abdi")
        await kiosk.to_locker("T2")
        assert desk.service.holding("T2") == []
