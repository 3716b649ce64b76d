"""For whom it is, when that is hard: the wrong person, a name in no directory, an id typed by hand, an old number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.parcels.states import ParcelState
from kiosk.words.signs import ARROW
from tests.screens.kiosk_in_test import Desk, Kiosk

UNKNOWN = "0123456789abcdef01234567"


async def in_the_wrong_locker(kiosk: Kiosk) -> None:
    """Put a parcel in, and open its page."""
    await kiosk.to_code()
    await kiosk.press("enter")
    await kiosk.at("Home")
    kiosk.scan("T1")
    await kiosk.shows("Already here: in locker", "F6")


async def test_a_parcel_of_the_wrong_person_is_moved_after_one_question(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_the_wrong_locker(kiosk)
        await kiosk.press("f6")
        await kiosk.shows("Take the parcel out of locker", "Is it out?")
        await kiosk.press("f6", "enter", "delete")
        await kiosk.pilot.pause()
        assert len(desk.service.holding("T1")) == 1
        await kiosk.press("f10")
        await kiosk.shows("Who is it for?", "The parcel is out of its locker", "Choose the right person.")
        assert desk.service.holding("T1") == []
        kiosk.type("kofi adeyemi\r")
        await kiosk.shows("free lockers as of", "for Kofi Adeyemi")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.shows("Kofi Adeyemi", f"{ARROW} moved on")
        old, new = sorted(await kiosk.services.queries.journal.find("T1"), key=lambda each: each.present)
        assert (old.moved_to, new.moved_from) == (new.parcel_id, old.parcel_id)


async def test_esc_leaves_the_parcel_where_it_lies(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_the_wrong_locker(kiosk)
        await kiosk.press("f6")
        await kiosk.shows("Is it out?")
        await kiosk.press("escape")
        await kiosk.lacks("Is it out?")
        await kiosk.press("f10", "escape")
        await kiosk.at("Home")
        assert len(desk.service.holding("T1")) == 1
        assert "wrong_recipient_noticed" not in await kiosk.events()


async def test_a_move_without_a_line_changes_nothing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_the_wrong_locker(kiosk)
        desk.service.pull_out()
        await kiosk.press("f6", "f10")
        await kiosk.shows("No connection to the locker service")
        assert (await kiosk.parcel("T1")).state is ParcelState.IN_LOCKER


async def test_a_move_in_doubt_goes_on_after_a_restart(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_the_wrong_locker(kiosk)
        desk.service.fault("lost", "freeReservation", times=10)
        desk.service.fault("503", "getReservation", times=20)
        await kiosk.press("f6", "f10")
        await kiosk.shows("not known yet")
    desk.service.clear()
    async with desk.open() as kiosk:
        await kiosk.shows("The kiosk was restarted", "Right")
        assert (await kiosk.parcel("T1")).wrong_recipient
        await kiosk.press("enter")
        await kiosk.shows("Who is it for?")
        assert len(await kiosk.services.queries.journal.find("T1")) == 2


async def test_a_name_in_no_directory_goes_with_the_parcel_onto_the_shelf_and_back(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("Zebedee Abdi")
        await kiosk.shows("Nobody matches")
        await kiosk.press("f7")
        await kiosk.shows("Write on the parcel", "T1 for Zebedee Abdi")
        await kiosk.press("enter")
        await kiosk.at("Home")
        await kiosk.shows("Zebedee Abdi", "shelf S1")
        kiosk.scan("T1")
        await kiosk.shows("Label says Zebedee Abdi")
        await kiosk.press("enter")
        await kiosk.shows("Who is it for?", "Zebedee Abdi", "Nobody matches")
        kiosk.type("mwangi")
        await kiosk.shows("Mwangi Abdi")
        kiosk.type("\r")
        await kiosk.shows("free lockers as of", "T1 for Mwangi Abdi")
        assert (await kiosk.parcel("T1")).recipient_read == ""


async def test_an_unknown_id_that_is_typed_by_hand_is_asked_for_twice(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.press("f4")
        await kiosk.at("ContactId")
        kiosk.type("abc1\r")
        await kiosk.shows("abc1 is not in the directory.", "Type it again to make sure")
        kiosk.type("abc2\r")
        await kiosk.shows("The two ids differ.")
        assert (await kiosk.parcel("T1")).contact is None
        kiosk.type("abc2\r")
        await kiosk.shows("abc2 is not in the directory.")
        kiosk.type("abc2")
        await kiosk.press("f4")
        await kiosk.at("Locker")
        contact = (await kiosk.parcel("T1")).contact
        assert contact is not None
        assert (contact.contact_id, contact.contact_type.value) == ("abc2", "department")


@pytest.mark.parametrize("by_hand", [False, True])
async def test_a_scanned_id_and_one_that_is_known_count_at_once(desk: Desk, *, by_hand: bool) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.press("f4")
        await kiosk.at("ContactId")
        if by_hand:
            kiosk.type("160c9f65abb9c3f80472c241\r")
        else:
            kiosk.scan(UNKNOWN)
        await kiosk.at("Locker")
        assert (await kiosk.parcel("T1")).contact is not None


async def test_who_had_the_number_before_is_proposed_first(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        await kiosk.press("delete", "f10")
        await kiosk.at("Home")
        await kiosk.to_recipient()
        await kiosk.shows(f"{ARROW} Mwangi Abdi", "had this number before")
        await kiosk.press("enter")
        await kiosk.shows("free lockers as of", "T1 for Mwangi Abdi")
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")
        await kiosk.lacks("had this number before")


async def test_letters_typed_at_once_win_over_the_memory(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        await kiosk.press("delete", "f10")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.at_once("Recipient")
        kiosk.type("kofi adeyemi\r")
        await kiosk.shows("free lockers as of", "T1 for Kofi Adeyemi")


@pytest.mark.parametrize(("minutes", "at_once"), [(15, False), (0, True)])
async def test_names_fade_to_initials_after_a_while(desk: Desk, minutes: int, *, at_once: bool) -> None:
    async with desk.open((100, 30), names_minutes=minutes) as kiosk:
        await kiosk.to_put_in("T1")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.to_put_in("T2", "human resources")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.shows("M. A." if at_once else "Mwangi Abdi", "Human Resources")
        desk.clock.advance(timedelta(minutes=16))
        await kiosk.app.refreshing.refresh()
        await kiosk.shows("M. A.", "Human Resources")
        assert "Mwangi" not in kiosk.read
        kiosk.scan("T1")
        await kiosk.shows("for Mwangi Abdi")
