"""The parcel's page: what it shows, its history, and the steps that are taken from it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.parcels.events import PickupCodeShownAgain
from kiosk.parcels.states import OutgoingReason, ParcelState, ShelfReason
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.parcels_in_test import in_locker
from tests.screens.qr_reader import read_qr


async def page_of_one_in_a_locker(kiosk: Kiosk) -> None:
    await in_locker(kiosk.services)
    await page_of(kiosk, "T1")


async def page_of(kiosk: Kiosk, number: str) -> None:
    kiosk.scan(number)
    await kiosk.at("ParcelPage")
    await kiosk.shows("Already here", "the latest first")


async def shared(kiosk: Kiosk) -> None:
    """Put two parcels of one person into one locker, and open the page of the first."""
    await in_locker(kiosk.services)
    await kiosk.to_locker("T2")
    await kiosk.shows("Add to")
    await kiosk.press("enter")
    await kiosk.shows("Put it in locker")
    await kiosk.press("enter")
    await kiosk.at("Code")
    await kiosk.press("enter")
    await kiosk.at("Home")
    await page_of(kiosk, "T1")


async def more(kiosk: Kiosk, key: str) -> None:
    await kiosk.press("f7")
    await kiosk.shows("What else is to be done")
    await kiosk.press(key)


async def reserved(kiosk: Kiosk) -> None:
    """Reserve a locker, and open the parcel's page from the screen that asks to put it in."""
    await kiosk.to_put_in()
    await kiosk.tap("Details")
    await kiosk.at("ParcelPage")
    await kiosk.shows("the latest first", "Continue")


async def test_the_page_says_where_for_whom_since_and_until_and_what_happened(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await shared(kiosk)
        await kiosk.shows("in locker", "Mwangi Abdi", "In it too T2", "expires in 24 hours", "put in today")
        await kiosk.shows("Pickup code seen", "Parcel taken in")
        desk.clock.advance(timedelta(hours=30))
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.shows("expired since today 08:00")


async def test_a_long_history_is_scrolled_by_keys_and_by_tap(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await page_of_one_in_a_locker(kiosk)
        parcel = await kiosk.parcel("T1")
        for _ in range(30):
            await kiosk.services.queries.journal.append(parcel.parcel_id, PickupCodeShownAgain(intent_id="i"), CLERK)
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.shows("37 entries", "Pickup code shown again")
        assert "Parcel taken in" not in kiosk.read
        for _ in range(8):
            await kiosk.press("pagedown")
        await kiosk.shows("Parcel taken in", "Show code")
        await kiosk.press("up")
        await kiosk.lacks("Parcel taken in")
        await kiosk.tap("Recipient chosen")
        await kiosk.shows("Parcel taken in")


async def test_one_parcel_is_taken_out_of_a_shared_locker_and_laid_on_the_shelf(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await shared(kiosk)
        before = await kiosk.events()
        await more(kiosk, "2")
        await kiosk.shows("Take parcel T1", "No door opens by this", "Parcel T2 stays in it.")
        assert await kiosk.events() == before
        await kiosk.press("f10")
        await kiosk.at("Shelf")
        await kiosk.shows("out of its locker and in your hands", "Write on the parcel")
        assert (await kiosk.parcel("T1")).state is ParcelState.TAKEN_IN
        assert desk.service.holding("T1") == []
        assert len(desk.service.holding("T2")) == 1
        await kiosk.press("enter")
        await kiosk.at("Home")
        assert (await kiosk.parcel("T1")).state is ParcelState.ON_SHELF


async def test_a_parcel_in_its_locker_is_kept_longer_by_another_deposit_after_one_question(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await shared(kiosk)
        old = desk.service.holding("T1")[0]["pickupCode"]
        desk.clock.advance(timedelta(hours=5))
        await more(kiosk, "1")
        await kiosk.shows("for longer?", "the locker service decides how long", "is void then, also for T2")
        assert desk.service.holding("T1")[0]["pickupCode"] == old
        await kiosk.press("f10")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        assert read_qr(kiosk.app) != [old]


@pytest.mark.parametrize(("key", "days"), [("2", 1), ("3", 7)])
async def test_a_reservation_is_held_until_the_end_of_a_day(desk: Desk, key: str, days: int) -> None:
    async with desk.open() as kiosk:
        await reserved(kiosk)
        await more(kiosk, "1")
        await kiosk.shows("how long?", "Tomorrow", "A week")
        assert "Tonight" not in kiosk.read  # it is held until tomorrow morning already
        await kiosk.press(key)
        await kiosk.shows("The locker is held for longer.")
        expiry = (await kiosk.parcel("T1")).reservation_expiry
        assert expiry is not None
        assert (expiry.astimezone().date() - desk.clock.now().astimezone().date()).days == days


async def test_beyond_the_settings_limit_nothing_is_held(desk: Desk) -> None:
    async with desk.open(longest_hold_days=1) as kiosk:
        await reserved(kiosk)
        await more(kiosk, "1")
        await kiosk.shows("A locker is held for at most 1 days")


async def test_a_reserved_locker_is_given_back_and_another_one_is_chosen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await reserved(kiosk)
        await more(kiosk, "3")
        await kiosk.shows("Give locker 7 back?")
        await kiosk.press("f10")
        await kiosk.at("Locker")
        await kiosk.shows("Locker 7 was given back.")
        assert desk.service.holding("T1") == []


@pytest.mark.parametrize(
    ("keys", "reason"), [("\r", "The code was lost"), ("fell into the snow\r", "fell into the snow")]
)
async def test_a_new_code_is_issued_with_a_reason_after_one_question(desk: Desk, keys: str, reason: str) -> None:
    async with desk.open() as kiosk:
        await shared(kiosk)
        old = desk.service.holding("T1")[0]["pickupCode"]
        await kiosk.press("f2")  # its own code was replaced by that of the other parcel
        await kiosk.at("NewCode")
        await kiosk.shows("Why is a new pickup code needed?", "The code never arrived")
        kiosk.type(keys)
        await kiosk.shows("Issue a new pickup code for parcel T1", "is void then, also for T2")
        assert desk.service.holding("T1")[0]["pickupCode"] == old
        await kiosk.press("f10")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        (asked,) = [event for event in await kiosk.history() if event["type"] == "correction_asked"]
        assert (asked["body"]["step"], asked["body"]["reason"]) == ("renew_code", reason)


async def test_a_code_that_is_still_kept_can_be_replaced_too(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await page_of_one_in_a_locker(kiosk)
        await kiosk.shows("Show code")
        await more(kiosk, "4")
        await kiosk.at("NewCode")


async def test_once_the_code_is_no_longer_kept_its_key_issues_a_new_one(desk: Desk) -> None:
    async with desk.open(code_minutes=0) as kiosk:
        await page_of_one_in_a_locker(kiosk)
        await kiosk.tap("New code")
        await kiosk.at("NewCode")
        await kiosk.press("escape")
        await kiosk.at("ParcelPage")


async def test_a_cancelled_intake_is_taken_up_again_however_late(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        await kiosk.press("delete", "f10")
        await kiosk.shows("Parcel T1 was cancelled.")
        desk.clock.advance(timedelta(hours=2))
        await kiosk.app.refreshing.refresh()
        await kiosk.press("down", "enter")
        await kiosk.at("ParcelPage")
        await more(kiosk, "8")
        await kiosk.at("Locker")
        await kiosk.shows("The parcel is not cancelled any more.")


async def test_a_parcel_that_is_to_be_sent_is_noted_as_sent_with_enter(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        parcel = await kiosk.parcel("T1")
        await kiosk.services.desk.leaving.make_outgoing(parcel, "Hollins Post Office", OutgoingReason.RETURN, CLERK)
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.shows("Goes to Hollins Post Office", "It was sent")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 has left.")
        assert (await kiosk.parcel("T1")).state is ParcelState.SENT


async def test_digits_mean_nothing_where_nothing_is_asked(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await shared(kiosk)
        before = await kiosk.events()
        await kiosk.press("1", "2", "3", "4", "f10")
        await kiosk.rest()
        assert (kiosk.name, await kiosk.events()) == ("ParcelPage", before)


async def test_the_shelf_place_of_a_parcel_is_changed(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.services.desk.shelf.put_on(await kiosk.parcel("T1"), "S1", ShelfReason.PUT_ASIDE, CLERK)
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.shows("on the shelf at S1")
        await more(kiosk, "6")
        await kiosk.at("Shelf")
        await kiosk.press("enter")
        await kiosk.at("Home")
        assert (await kiosk.parcel("T1")).shelf == "S2"
