"""A parcel that was put in and is not recorded there: the clerk says what became of it."""

from __future__ import annotations

from datetime import timedelta

from kiosk.parcels.states import ParcelState
from tests.house.desk import REACHING
from tests.screens.kiosk_in_test import Desk, Kiosk


async def put_in_too_late(desk: Desk, kiosk: Kiosk) -> None:
    """Let the reservation be over before the clerk says that the parcel is in."""
    await kiosk.to_put_in()
    desk.clock.advance(timedelta(hours=30))
    await kiosk.press("enter")
    await kiosk.at("ParcelPage")


async def test_a_parcel_put_in_after_its_reservation_is_taken_back_with_enter(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await put_in_too_late(desk, kiosk)
        await kiosk.shows("was given back before the deposit of parcel T1", "opened", "I have it", "Collected")
        assert (await kiosk.parcel("T1")).state is ParcelState.UNRECORDED
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        await kiosk.press("f4")
        await kiosk.shows("Unfinished: 1", "look into it")

        kiosk.scan("T1")
        await kiosk.shows("I have it")
        await kiosk.press("enter")
        await kiosk.at("Locker")
        await kiosk.shows("The parcel is in your hands.")


async def test_whose_locker_it_is_by_now_is_said(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        desk.clock.advance(timedelta(hours=30))
        place = (await kiosk.parcel("T1")).place
        assert place is not None
        reservation = {
            "userId": "somebody@example.com",
            "lockerUnitId": place.locker_unit_id,
            "contactId": REACHING.contact_id,
            "contactType": "recipient",
            "trackingNumber": "T9",
        }
        desk.service.request("POST", f"{place.locker_bank_id}/lockers/reserve", reservation)
        await kiosk.press("enter")
        await kiosk.shows("which is Samira Abboud's by now", "I have it", "Collected")


async def test_that_it_was_collected_is_asked_once_more(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await put_in_too_late(desk, kiosk)
        await kiosk.press("f8")
        await kiosk.shows("Is the parcel not in locker", "F10")
        await kiosk.press("escape")
        await kiosk.shows("I have it")
        await kiosk.press("f8")
        await kiosk.shows("Is the parcel not in locker")
        await kiosk.press("f10")
        await kiosk.shows("collected", "Take in again")
        assert (await kiosk.parcel("T1")).state is ParcelState.COLLECTED
