"""What is typed at home is looked for among what is here; only a number begins a parcel."""

from __future__ import annotations

import pytest

from tests.screens.kiosk_in_test import Desk, Kiosk, opened

UPS = "1Z999AA10123456784"


async def taken_in(kiosk: Kiosk, number: str, letters: str = "mwangi abdi") -> None:
    """Leave a parcel that has its recipient and no locker yet."""
    await kiosk.to_locker(number, letters)
    await kiosk.press("escape")
    await kiosk.at("Home")


@pytest.mark.parametrize("by", ["enter", "tap", "burst"])
async def test_a_name_opens_the_parcel_of_that_recipient(desk: Desk, by: str) -> None:
    async with desk.open() as kiosk:
        await taken_in(kiosk, "T1")
        await taken_in(kiosk, "T2", "kofi adeyemi")
        if by == "burst":
            kiosk.type("abdi\r")
        else:
            kiosk.type("abdi")
            text = await kiosk.shows("Here", "1 parcel found", "Mwangi Abdi", "Open")
            assert "Kofi" not in text
            if by == "tap":
                await kiosk.tap("Mwangi Abdi")
            else:
                kiosk.type("\r")
        await kiosk.shows("Parcel T1 for Mwangi Abdi", "free lockers as of")
        assert (await kiosk.events()).count("parcel_taken_in") == 2
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 2)


@pytest.mark.parametrize("text", ["Smith", "Maria Smith", "room 4", "..."])
async def test_a_name_that_nobody_here_has_is_no_parcel(desk: Desk, text: str) -> None:
    async with desk.open() as kiosk:
        await taken_in(kiosk, "T1")
        before = await kiosk.events()
        kiosk.type(text)
        await kiosk.shows(f"Nothing here matches “{text}”.")
        kiosk.type("\r")
        await kiosk.shows(f"Nothing here matches “{text}”.", "Scan the parcel, or type its number.")
        await kiosk.counts("Unfinished", 1)
        assert await kiosk.events() == before


async def test_a_typed_number_that_nothing_fits_is_taken_in(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.type(UPS.lower())
        await kiosk.shows("Not here", "+ new parcel", "Take in")
        kiosk.type("\r")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")


async def test_a_typed_in_house_number_is_asked_about(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.type("H9.999\r")
        await kiosk.shows("Is this an in-house number?")


async def test_the_end_of_a_number_opens_its_parcel_and_can_still_be_taken_in_as_a_new_one(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(UPS)
        await kiosk.shows("Who is it for?")
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.type("6784")
        await kiosk.shows("+ new parcel", UPS[-10:], "Open")
        kiosk.type("\r")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.type("6784")
        await kiosk.shows("+ new parcel")
        await kiosk.press("up")
        await kiosk.lacks("Open")
        kiosk.type("\r")
        await kiosk.shows("Is this an in-house number?", "6784")


async def test_a_number_in_full_opens_its_parcel_however_many_others_fit_in_part(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await taken_in(kiosk, "T1")
        await taken_in(kiosk, "T11")
        kiosk.type("T1")
        text = await kiosk.shows("2 parcels found", "Open")
        assert "+ new parcel" not in text
        kiosk.type("\r")
        await kiosk.shows("Parcel T1 for", "free lockers as of")


async def test_a_locker_or_a_shelf_place_finds_its_parcel(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker("T1")
        await kiosk.press("f7")
        await kiosk.shows("Write on the parcel")
        await kiosk.press("enter")
        await kiosk.at("Home")
        kiosk.type("s1\r")
        await kiosk.shows("This parcel is on the shelf at S1")


async def test_esc_clears_what_was_typed_and_the_day_is_shown_again(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await taken_in(kiosk, "T1")
        assert "Clear" not in kiosk.read
        kiosk.type("smith")
        await kiosk.shows("Nothing here matches", "Clear")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        await kiosk.shows("Mwangi Abdi")
        assert "smith" not in kiosk.read
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")


async def test_a_scan_at_home_never_waits_for_a_search(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await taken_in(kiosk, UPS)
        kiosk.scan("456784")
        await kiosk.shows("Is this an in-house number?", "456784")


async def test_a_name_typed_while_the_kiosk_opens_is_no_parcel(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        kiosk = Kiosk(app, pilot)
        kiosk.type("mar\r")
        await opened(kiosk)
        await kiosk.shows("The kiosk is still opening.")
        assert await kiosk.events() == []


async def test_a_room_that_nobody_has_is_no_barcode_of_the_box(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("H9.999\r")
        await kiosk.shows("Nobody matches “H9.999”.", "Parcel T1")
        assert await kiosk.events() == ["parcel_taken_in"]
