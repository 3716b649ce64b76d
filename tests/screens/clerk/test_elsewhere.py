"""What a clerk sees of the parcels of other desks; nothing of it asks the centre."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.parcels.contacts import Contact
from kiosk.parcels.other_desks import OtherParcel
from tests.house.desk import BANK
from tests.house.others import hear, other
from tests.screens.kiosk_in_test import START, Desk
from tests.screens.parcels_in_test import UPS, USPS, contact, in_locker

SINCE = START - timedelta(hours=1, minutes=19)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.fleet = {"server": "127.0.0.1:1"}
    return desk


async def heard(desk: Desk, *parcels: OtherParcel, at: datetime = START) -> None:
    await hear(desk.folder / "data", *parcels, heard_at=at)


def in_unit(number: str, whom: Contact | None = None) -> OtherParcel:
    return other(number, unit="12", bank=BANK, since=SINCE, contact=whom)


async def test_a_number_that_is_at_another_desk_is_not_taken_in(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await heard(desk, in_unit(UPS))
        kiosk.scan(UPS)
        await kiosk.at("Elsewhere")
        await kiosk.shows("Already in locker 12, Lobby, since 06:41 (desk North).", "Take in here")
        assert "was heard" not in kiosk.read
        await kiosk.press("escape")
        await kiosk.at("Home")
        assert await kiosk.events() == []


async def test_it_is_taken_in_all_the_same_by_one_key(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await heard(desk, in_unit(UPS))
        kiosk.scan(UPS)
        await kiosk.at("Elsewhere")
        await kiosk.press("f6")
        await kiosk.at("Recipient")
        await kiosk.shows(UPS)
        assert await kiosk.events() == ["parcel_taken_in"]
        # It is here from then on.
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.scan(UPS)
        await kiosk.at("Recipient")


async def test_a_typed_number_says_the_same(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await heard(desk, in_unit(UPS))
        kiosk.type(f"{UPS}\r")
        await kiosk.at("Elsewhere")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.shows("or type its number")
        assert await kiosk.events() == []


async def test_what_was_heard_long_ago_says_how_long(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await heard(desk, in_unit(UPS), at=START - timedelta(minutes=3))
        kiosk.scan(UPS)
        await kiosk.at("Elsewhere")
        await kiosk.shows("heard 3 minutes ago")


async def test_of_a_pile_each_one_that_is_elsewhere_is_shown(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await heard(desk, in_unit(UPS), in_unit(USPS))
        kiosk.scan(UPS)
        await kiosk.at("Elsewhere")
        kiosk.scan(USPS)
        await kiosk.shows(USPS, "1 more of this pile is at another desk.")
        await kiosk.press("escape")
        await kiosk.shows(UPS)
        await kiosk.lacks("more of this pile")
        await kiosk.press("escape")
        await kiosk.at("Home")


async def test_the_next_parcel_takes_its_place(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await heard(desk, in_unit(UPS))
        kiosk.scan(UPS)
        await kiosk.at("Elsewhere")
        await kiosk.to_recipient("T1")
        await kiosk.press("escape")
        await kiosk.at("Home")


async def test_an_intake_beneath_goes_on(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await heard(desk, in_unit(UPS))
        await kiosk.to_locker("T1")
        kiosk.scan(UPS)
        await kiosk.at("Elsewhere")
        await kiosk.press("escape")
        await kiosk.at("Locker")
        await kiosk.shows("Parcel T1 for Mwangi Abdi")


async def test_home_and_find_list_what_other_desks_have(desk: Desk) -> None:
    async with desk.open() as kiosk:
        whom = await contact(kiosk.services)
        await heard(desk, in_unit(UPS, whom))
        kiosk.type("abdi")
        await kiosk.shows("Not here, but at another desk", "desk North")
        kiosk.type("\r")
        await kiosk.at("Elsewhere")
        await kiosk.shows("For Mwangi Abdi")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await in_locker(kiosk.services, "T1")
        await kiosk.press("ctrl+f")
        await kiosk.at("Find")
        kiosk.type("abdi")
        await kiosk.shows("2 parcels found, 1 of them at other desks", "T1", "desk North")
        await kiosk.press("down", "enter")
        await kiosk.at("Elsewhere")
        await kiosk.press("escape")
        await kiosk.at("Find")


async def test_a_scan_on_find_says_where_it_is(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await heard(desk, in_unit(UPS))
        await kiosk.press("ctrl+f")
        await kiosk.at("Find")
        kiosk.scan(UPS)
        await kiosk.shows("is not here, but at desk North")


async def test_the_locker_screen_says_what_waits_at_another_desk(desk: Desk) -> None:
    async with desk.open() as kiosk:
        whom = await contact(kiosk.services)
        on_shelf = other(UPS, shelf="A3", since=SINCE, contact=whom)
        await heard(desk, on_shelf, at=START - timedelta(minutes=2))
        await kiosk.to_locker("T1")
        await kiosk.shows("1 parcel of theirs is at desk North: shelf A3.", "heard 2 minutes ago")


async def test_a_desk_on_its_own_shows_none_of_it(desk: Desk) -> None:
    desk.fleet = {}
    async with desk.open() as kiosk:
        await heard(desk, in_unit("T1"))
        await kiosk.to_locker("T1")
        assert "of theirs" not in kiosk.read
        assert kiosk.name == "Locker"
