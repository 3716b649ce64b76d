"""Find: any screen, any parcel, here or gone; the locker service beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.screens.kiosk_in_test import Desk, Kiosk, opened
from tests.screens.parcels_in_test import in_locker

UPS = "1Z999AA10123456784"


async def find(kiosk: Kiosk, text: str = "") -> None:
    await kiosk.press("ctrl+f")
    await kiosk.at("Find")
    if text:
        kiosk.type(text)


async def test_a_name_finds_who_is_gone_too_and_enter_opens_the_page(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T1")
        await kiosk.to_recipient("T2")
        kiosk.type("abdi\r")
        await kiosk.shows("free lockers as of")
        await kiosk.press("escape")
        await kiosk.at("Home")
        parcel = await kiosk.parcel("T1")
        assert parcel.place is not None
        desk.service.collect(parcel.place.locker_bank_id, parcel.place.locker_unit_id)
        await kiosk.services.desk.lockers.refresh(parcel, kiosk.app.person)
        await find(kiosk, "mwangi")
        await kiosk.shows("2 parcels found", "T1", "collected", "T2", "no locker yet")
        await kiosk.press("down", "enter")
        await kiosk.at("ParcelPage")
        await kiosk.shows("T1", "collected")


@pytest.mark.parametrize("by", ["enter at once", "tap"])
async def test_the_best_fit_is_opened(desk: Desk, by: str) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T1")
        await in_locker(kiosk.services, "T2", "kofi adeyemi")
        if by == "tap":
            await find(kiosk, "kofi")
            await kiosk.shows("1 parcel found")
            await kiosk.tap("Kofi Adeyemi")
        else:
            await find(kiosk, "kofi\r")
        await kiosk.at("ParcelPage")
        await kiosk.shows("T2", "Kofi Adeyemi")


async def test_it_covers_an_intake_and_gives_it_back(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker("T1")
        await find(kiosk, "zz")
        await kiosk.shows("Nothing matches “zz”.")
        await kiosk.press("escape")
        await kiosk.at("Locker")
        await kiosk.shows("Parcel T1 for Mwangi Abdi")


async def test_what_was_typed_at_home_is_looked_for(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T1")
        kiosk.type("abd")
        await kiosk.shows("Here", "1 parcel found")
        await find(kiosk)
        await kiosk.shows("Find a parcel", "abd", "1 parcel found")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.shows("or type its number, a name")


async def test_a_scan_finds_the_parcel_and_takes_nothing_in(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, UPS)
        before = await kiosk.events()
        await find(kiosk, "abc")
        kiosk.scan(UPS)
        await kiosk.at("ParcelPage")
        await kiosk.shows(UPS, "Mwangi Abdi")
        assert await kiosk.events() == before


async def test_a_scanned_number_that_is_not_here_is_said_so_and_can_be_taken_in(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await find(kiosk)
        kiosk.scan(UPS)
        await kiosk.shows(f"{UPS} is not here.", "Press F6 to take it in", f"Nothing matches “{UPS}”.")
        assert "parcel_taken_in" not in await kiosk.events()
        await kiosk.press("f6")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")


async def test_older_days_are_named_and_found(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        await kiosk.press("escape")
    desk.clock.advance(timedelta(days=1))
    async with desk.open() as kiosk:
        await find(kiosk, "yesterday")
        text = await kiosk.shows("1 parcel found", "T1")
        assert f"{(desk.clock.now() - timedelta(days=1)).astimezone():%-d %b}" in text


async def test_the_service_is_asked_for_a_whole_number_and_a_difference_is_named(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T1")
        unit = (await kiosk.parcel("T1")).place
        assert unit is not None
        await find(kiosk, "T1")
        await kiosk.shows("1 parcel found", "Ask service")
        await kiosk.press("f5")
        await kiosk.shows(f"The locker service has T1 in Lobby {unit.locker_unit_id}.")
        desk.service.collect(unit.locker_bank_id, unit.locker_unit_id)
        await kiosk.press("f5")
        await kiosk.shows("T1 was in a locker for this desk, but the locker service holds none for it.", "collected")


async def test_the_service_is_asked_for_a_recipient(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T1")
        await find(kiosk, "mwangi")
        await kiosk.shows("1 parcel found")
        await kiosk.press("f5")
        await kiosk.shows("The locker service has 1 parcel for Mwangi Abdi.")


async def test_behind_a_whole_number_a_pause_asks_the_service(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await find(kiosk, UPS)
        await kiosk.shows(f"{UPS} is not here, and in no locker.", "Press F6 to take it in.")


async def test_offline_it_says_so_and_the_desk_still_finds(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T1")
        desk.service.pull_out()
        await find(kiosk, "T1")
        await kiosk.shows("1 parcel found")
        await kiosk.press("f5")
        await kiosk.shows("The locker service can't be asked now. This is what the desk knows.", "T1", "Mwangi Abdi")
        kiosk.type("x")
        await kiosk.shows("Nothing matches “x”.", "This is what the desk knows.")


async def test_an_older_answer_never_stands_over_a_newer_text(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T1")
        await in_locker(kiosk.services, "T2", "kofi adeyemi")
        await find(kiosk)
        with desk.service.stalled():
            kiosk.type("T1")
            await kiosk.shows("1 parcel found")
            await kiosk.press("f5")
            await kiosk.shows("Asking the locker service...")
            kiosk.type("T2")
            await kiosk.shows("1 parcel found", "Kofi Adeyemi")
            assert "Asking" not in kiosk.read
        await kiosk.rest()
        assert "The locker service has T1" not in kiosk.read


async def test_a_journal_that_can_not_be_read_is_said(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await find(kiosk)
        await kiosk.services.queries.journal.connection.close()
        kiosk.type("a")
        await kiosk.shows("Stop")


async def test_no_more_are_listed_than_anybody_reads(desk: Desk) -> None:
    async with desk.open() as kiosk:
        for number in range(51):
            await kiosk.services.desk.scans.take_in(f"TT{number:03}", kiosk.app.person)
        await find(kiosk, "TT0")
        await kiosk.shows("50 or more found: type more to find fewer")


async def test_it_opens_at_once_while_the_kiosk_opens_and_over_itself_only_once(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await opened(kiosk)
        await find(kiosk)
        await kiosk.press("ctrl+f")
        await kiosk.pilot.pause()
        assert [type(screen).__name__ for screen in kiosk.app.screen_stack] == ["HomeScreen", "FindScreen"]
