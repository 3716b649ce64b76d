"""Expired and uncollected: the list, a round of two keys a parcel, and what is in doubt in the middle of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.states import OutgoingReason, ParcelState, ShelfReason
from screens.destinations import ShowExpired
from screens.widgets.big_text import BigText
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.parcels_in_test import in_locker

OVER = timedelta(days=2, hours=1)


async def place_of(kiosk: Kiosk, number: str) -> UnitPlace:
    place = (await kiosk.parcel(number)).place
    assert place is not None
    return place


async def begin(kiosk: Kiosk) -> None:
    await kiosk.press("enter")
    await kiosk.shows("The kiosk opens no door")
    await kiosk.press("f10")
    await kiosk.at("Round")
    await kiosk.shows("Take it out of locker")


async def late(desk: Desk, kiosk: Kiosk, *numbers: str) -> None:
    for number, letters in zip(numbers, ("mwangi abdi", "samira k", "zainab"), strict=False):
        await in_locker(kiosk.services, number, letters)
    desk.clock.advance(OVER)
    await kiosk.cover(ShowExpired(), "Expired")


async def test_the_list_is_empty_then_warns_then_says_what_is_over(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.cover(ShowExpired(), "Expired")
        await kiosk.shows("No parcel has expired", "Nothing has to be taken out.")
        await kiosk.press("enter")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await in_locker(kiosk.services)
        desk.clock.advance(timedelta(hours=3, minutes=30))
        await kiosk.cover(ShowExpired(), "Expired")
        place = await place_of(kiosk, "T1")
        where = f"{kiosk.services.queries.lockers.label(place.locker_bank_id)} {place.locker_unit_id}"
        await kiosk.shows("No parcel has expired", "1 more expires within a day", where, "ends in 20 hours")
        await kiosk.press("escape")
        await kiosk.at("Home")
        desk.clock.advance(OVER)
        await kiosk.cover(ShowExpired(), "Expired")
        await kiosk.shows("1 parcel was not collected in time", "frees 1 small", where, "expired 1 day ago")


async def test_what_was_collected_meanwhile_is_not_listed(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services)
        place = await place_of(kiosk, "T1")
        desk.service.collect(place.locker_bank_id, place.locker_unit_id)
        desk.clock.advance(OVER)
        await kiosk.cover(ShowExpired(), "Expired")
        await kiosk.shows("No parcel has expired")


async def test_two_keys_a_parcel_clear_a_round_after_one_question(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1", "T2")
        await kiosk.shows("2 parcels were not collected")
        await begin(kiosk)
        for at in (1, 2):
            await kiosk.shows(f"Locker {at} of 2", "Take it out of locker")
            await kiosk.press("enter")
            await kiosk.shows("Lay it on the shelf at", "Next")
            await kiosk.press("f8")
        await kiosk.shows("The round is over", "2 parcels are out")
        for number in ("T1", "T2"):
            parcel = await kiosk.parcel(number)
            assert (parcel.state, parcel.shelf_reason) == (ParcelState.ON_SHELF, ShelfReason.NOT_COLLECTED)
            assert not desk.service.holding(number)
        await kiosk.press("escape")
        await kiosk.shows("No parcel has expired")


async def test_a_round_by_taps(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1")
        await kiosk.tap("Begin a round")
        await kiosk.shows("The kiosk opens no door")
        await kiosk.tap("Begin")
        await kiosk.shows("Take it out of locker")
        await kiosk.tap("It is out")
        await kiosk.shows("Lay it on the shelf at")
        await kiosk.tap("Next")
        await kiosk.shows("The round is over")


async def test_enter_twice_takes_one_parcel_out_and_no_more(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1", "T2")
        await begin(kiosk)
        await kiosk.press("enter", "enter", "enter")
        await kiosk.shows("Lay it on the shelf at", "Locker 1 of 2")
        await kiosk.rest()
        states = {(await kiosk.parcel(number)).state for number in ("T1", "T2")}
        assert states == {ParcelState.ON_SHELF, ParcelState.IN_LOCKER}


async def test_another_place_on_the_shelf_is_typed(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1")
        await begin(kiosk)
        await kiosk.press("enter")
        await kiosk.shows("type another place")
        kiosk.type("rack 7\r")
        await kiosk.until(lambda: kiosk.screen.query_one(BigText).text == "RACK 7", "the other place")
        assert (await kiosk.parcel("T1")).shelf == "RACK 7"


@pytest.mark.parametrize(("keys", "state"), [(1, ParcelState.OUTGOING), (2, ParcelState.SENT)])
async def test_they_go_back_to_the_sender_now_or_later(desk: Desk, keys: int, state: ParcelState) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1")
        await kiosk.press(*["f4"] * keys)
        await kiosk.shows("Who takes what goes back?", "the driver")
        kiosk.type("UPS, 4 pm\r")
        await kiosk.shows("The kiosk opens no door", "UPS, 4 pm")
        await kiosk.press("f10")
        await kiosk.shows("Take it out of locker")
        await kiosk.press("enter")
        await kiosk.shows("UPS, 4 pm", "Next")
        parcel = await kiosk.parcel("T1")
        assert (parcel.state, parcel.destination) == (state, "UPS, 4 pm")
        assert parcel.outgoing_reason is OutgoingReason.TO_SENDER


async def test_one_that_was_collected_is_said_and_one_that_is_there_stays(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1", "T2")
        await begin(kiosk)
        await kiosk.press("f5")
        await kiosk.shows("The locker service says that it is still in there.")
        for number in ("T1", "T2"):
            place = await place_of(kiosk, number)
            desk.service.collect(place.locker_bank_id, place.locker_unit_id)
        await kiosk.press("f5")
        await kiosk.shows("It is not in its locker any more", "collected", "Next")
        await kiosk.press("f8")
        await kiosk.shows("Locker 2 of 2", "Take it out of locker")
        await kiosk.press("enter")
        await kiosk.shows("It is not in its locker any more")
        await kiosk.press("f8")
        await kiosk.shows("0 parcels are out")


async def test_it_is_kept_longer_under_a_new_code(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1")
        (before,) = [unit["pickupCode"] for unit in desk.service.holding("T1")]
        await begin(kiosk)
        await kiosk.press("f6")
        await kiosk.shows("It may stay until", "Its pickup code is a new one")
        (after,) = [unit["pickupCode"] for unit in desk.service.holding("T1")]
        assert before != after
        assert (await kiosk.parcel("T1")).code_waiting


async def test_without_a_network_each_is_said_and_the_round_goes_on(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1", "T2")
        await begin(kiosk)
        desk.service.pull_out()
        await kiosk.press("enter")
        await kiosk.shows("No connection to the locker service", "it stays listed", "Skip")
        await kiosk.press("f8")
        await kiosk.shows("Locker 2 of 2", "Take it out of locker")
        desk.service.plug_in()
        await kiosk.press("enter")
        await kiosk.shows("Lay it on the shelf at")
        states = [(await kiosk.parcel(number)).state for number in ("T1", "T2")]
        assert sorted(states) == [ParcelState.IN_LOCKER, ParcelState.ON_SHELF]


async def test_what_is_in_doubt_stays_with_the_clerk_and_the_round_goes_on(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1", "T2")
        await begin(kiosk)
        desk.service.fault("lost", "freeReservation")
        desk.service.fault("503", "getReservation", times=99)
        await kiosk.press("enter")
        await kiosk.shows("Keep the parcel at the desk", "Next")
        await kiosk.press("enter")
        desk.service.clear()
        await kiosk.press("f8")
        await kiosk.shows("Locker 2 of 2")
        await kiosk.press("enter")
        await kiosk.shows("Lay it on the shelf at")
        await kiosk.services.settling.settle_all()
        states = [(await kiosk.parcel(number)).state for number in ("T1", "T2")]
        assert sorted(states) == [ParcelState.ON_SHELF, ParcelState.TAKEN_IN]


async def test_a_round_is_left_and_taken_up_again(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1", "T2")
        await begin(kiosk)
        await kiosk.press("enter")
        await kiosk.shows("Lay it on the shelf at")
        await kiosk.press("escape")
        await kiosk.at("Expired")
        await kiosk.shows("1 parcel was not collected in time")
        await begin(kiosk)
        await kiosk.shows("Locker 1 of 1")


async def test_only_the_selected_one(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await late(desk, kiosk, "T1", "T2")
        await kiosk.press("down", "f6")
        await kiosk.shows("Take 1 parcel out of its locker?")
        await kiosk.press("escape")
        await kiosk.shows("2 parcels were not collected")
        await kiosk.press("f6", "f10")
        await kiosk.shows("Locker 1 of 1")
