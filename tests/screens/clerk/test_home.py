"""Home as a work queue: a pile is gone through by Enter, a count shows its list, days are turned back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.journal.home import PAGE
from kiosk.parcels.states import ShelfReason
from kiosk.settings import Environment
from kiosk.tracking.codes import Code
from screens.clerk.sample import sample_numbers
from screens.making import make_sample
from screens.widgets.count_row import HEIGHT, LEAST, CountRow
from screens.widgets.parcel_list import ParcelList
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import START, Desk, Kiosk

NUMBERS = ("1Z5R89390357567127", "1Z999AA10123456784", "TBA304512876001")


async def done_after_enter(kiosk: Kiosk, letters: str) -> None:
    """Take the parcel that is shown to its code and confirm that."""
    kiosk.type(f"{letters}\r")
    await kiosk.shows("free lockers as of")
    await kiosk.press("enter")
    await kiosk.shows("Put it in locker")
    await kiosk.press("enter")
    await kiosk.at("Code")
    await kiosk.shows("Pickup code")
    await kiosk.press("enter")
    await kiosk.at("Home")


async def test_enter_goes_through_a_pile_of_scans_and_the_last_one_stays_in_sight_with_its_locker(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("\r".join(NUMBERS))
        await kiosk.shows(f"Parcel {NUMBERS[2]}", "Who is it for?")
        for at, letters in enumerate(("mwangi abdi", "kofi adeyemi")):
            await done_after_enter(kiosk, letters)
            number = NUMBERS[2 - at]
            await kiosk.shows(f"Next: {2 - at} waiting", f"{number[-8:]}")
            locker = (await kiosk.parcel(number)).place
            assert locker is not None
            assert re.search(rf"Last: \S+ {locker.locker_unit_id} · ", kiosk.read)
            await kiosk.press("enter")
            await kiosk.shows(f"Parcel {NUMBERS[1 - at]}", "Who is it for?")
        await done_after_enter(kiosk, "audrey caldwell")
        await kiosk.lacks("waiting")


@pytest.mark.parametrize("by_tap", [False, True])
async def test_the_last_parcel_is_one_key_or_tap_away(desk: Desk, *, by_tap: bool) -> None:
    async with desk.open() as kiosk:
        await kiosk.press("f2")
        await kiosk.rest()
        assert kiosk.name == "Home"
        assert "F2" not in kiosk.read
        await kiosk.to_put_in("T1")
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.type("nobody")
        await kiosk.shows("Not here", "F2")
        await (kiosk.tap("F2") if by_tap else kiosk.press("f2"))
        await kiosk.shows("Put it in locker", "T1")
        await kiosk.press("escape")
        await kiosk.shows("Today: 1 parcel")


async def test_one_that_is_left_for_later_comes_again_only_after_all_others(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("\r".join(NUMBERS))
        for number in (*reversed(NUMBERS), NUMBERS[2]):
            await kiosk.shows(f"Parcel {number}", "Who is it for?")
            await kiosk.press("escape")
            await kiosk.shows("Next: 3 waiting")
            await kiosk.press("enter")


@pytest.mark.parametrize("by", ["key", "tap"])
async def test_a_count_shows_its_list_enter_takes_the_next_of_it_and_esc_today(desk: Desk, by: str) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        await kiosk.press("escape")
        await kiosk.to_code("T2")
        await kiosk.press("escape")
        await kiosk.counts("Code to show", 1)
        await kiosk.counts("Unfinished", 2)
        await kiosk.counts("Expired", 0)
        await (kiosk.press("f5") if by == "key" else kiosk.tap("Code to show"))
        await kiosk.shows("Code to show: 1", "Next: 1 waiting")
        await kiosk.press("escape")
        await kiosk.shows("Today: 2 parcels")
        await (kiosk.press("f5") if by == "key" else kiosk.tap("Code to show"))
        await kiosk.shows("Code to show: 1")
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.shows("Pickup code")
        await kiosk.press("enter")
        await kiosk.counts("Code to show", 0)
        await kiosk.shows("Today: 2 parcels")
        await kiosk.press("f5", "f7")
        await kiosk.rest()
        await kiosk.shows("Today: 2 parcels")


async def test_a_parcel_on_the_shelf_is_counted_once_a_locker_is_free_and_one_that_is_late_as_expired(
    desk: Desk,
) -> None:
    async with desk.open() as kiosk:
        waits = (await kiosk.services.desk.scans.take_in("T1", CLERK)).parcel
        await kiosk.services.desk.shelf.put_on(waits, "S1", ShelfReason.NO_UNIT, CLERK)
        await kiosk.to_code("T2")
        await kiosk.press("enter")
        await kiosk.counts("Locker free", 1)
        await kiosk.press("f6")
        await kiosk.shows("Locker free: 1", "shelf S1", "locker free")
        desk.clock.advance(timedelta(days=30))
        await kiosk.app.refreshing.refresh()
        await kiosk.counts("Expired", 1)
        await kiosk.press("f7")
        await kiosk.shows("Expired: 1", "T2", "2 Mar")


async def test_days_are_turned_back_and_forward(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        await kiosk.press("escape")
        desk.clock.advance(timedelta(days=1))
        await kiosk.to_recipient("T2")
        await kiosk.press("escape")
        await kiosk.shows("Today: 1 parcel", "T2")
        await kiosk.press("left")
        await kiosk.shows("Yesterday, Mon 2 Mar: 1 parcel", "T1", "Day after")
        await kiosk.tap("Day before")
        await kiosk.shows("Sun 1 Mar: 0 parcels", "No parcel was taken in on this day.")
        await kiosk.press("right", "right")
        await kiosk.shows("Today: 1 parcel")
        await kiosk.lacks("Day after")
        kiosk.type("T1")
        await kiosk.shows("Here: 1 parcel found")
        await kiosk.press("left")
        await kiosk.rest()
        await kiosk.shows("Here: 1 parcel found")


async def test_a_long_day_is_read_in_pages_and_the_list_goes_on_behind_each(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.services.desk.boxes.take_in([Code(f"T{number}") for number in range(PAGE + 5)], CLERK)
        await kiosk.app.refreshing.refresh()
        await kiosk.shows(f"Today: {PAGE + 5} parcels, 1 to {PAGE}")
        while f"{PAGE + 1} to" not in kiosk.read:
            await kiosk.press("pagedown")
            await kiosk.rest()
        await kiosk.shows(f"Today: {PAGE + 5} parcels, {PAGE + 1} to {PAGE + 5}")
        assert len(kiosk.screen.query_one(ParcelList).rows) == 5
        await kiosk.press("enter")
        await kiosk.shows("Parcel T4")


async def test_each_count_is_a_target_that_a_finger_hits(desk: Desk) -> None:
    for size in ((80, 24), (100, 30)):
        async with desk.open(size) as kiosk:
            row = kiosk.screen.query_one(CountRow)
            assert row.size.height == HEIGHT >= 3
            assert LEAST >= 8
            assert all(item.label in kiosk.read for item in row.items)


async def test_help_opens_at_the_present_screen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker("T1")
        await kiosk.press("f1")
        text = await kiosk.shows("Reserve a locker of the selected size.")
        assert "Make a number for a parcel" not in text
        await kiosk.press("escape", "escape")
        await kiosk.at("Home")
        await kiosk.press("f1")
        text = await kiosk.shows("Make a number for a parcel")
        assert "Reserve a locker of the selected size." not in text


async def test_the_demo_begins_with_a_parcel_to_scan_and_a_name_to_type(desk: Desk) -> None:
    number = sample_numbers(START.astimezone().date())[0]
    async with desk.open() as kiosk:
        text = await kiosk.shows("No parcels yet today", number, "for example ")
        name = text.partition("for example ")[2].partition(",")[0]
        kiosk.scan(number)
        await kiosk.shows(f"Parcel {number}", "Who is it for?")
        kiosk.type(f"{name}\r")
        await kiosk.shows("free lockers as of")
        await kiosk.press("escape")
        await kiosk.shows("Today: 1 parcel", name)
        assert "for example" not in kiosk.read


def test_the_sample_is_another_one_each_day_and_nothing_is_asked_about_it() -> None:
    days = [START.date() + timedelta(days=days) for days in range(400)]
    numbers = [number for day in days for number in sample_numbers(day)]
    assert len(set(numbers)) == len(numbers)
    assert all(Code(number).is_certain and Code(number).scan.asks is None for number in numbers)


async def test_outside_the_demo_an_empty_home_offers_nothing_to_scan(desk: Desk) -> None:
    async with desk.open() as kiosk:
        settings = kiosk.services.settings.model_copy(update={"environment": Environment.SANDBOX})
        assert await make_sample(kiosk.services) is not None
        assert await make_sample(replace(kiosk.services, settings=settings)) is None
