"""Searching as one types: only the newest answer counts, and nobody is taken who was not meant."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.recipients.importing import import_rows
from screens.widgets.choice_list import ChoiceList
from screens.widgets.field import Field
from tests.recipients.people import row
from tests.screens.kiosk_in_test import Desk, Kiosk

TWINS = (row("Ann Lee", "twin-1", department="Legal"), row("Ann Lee", "twin-2", department="Finance"))


@pytest.fixture
def busy_directory() -> Iterator[threading.Event]:
    """Return what a search waits for that is held back; it is set in the end, however the test goes."""
    go_on = threading.Event()
    yield go_on
    go_on.set()


def hold_back(kiosk: Kiosk, go_on: threading.Event) -> asyncio.Future[None]:
    """Keep every search waiting, as a slow disk would."""

    def wait(_: object) -> None:
        go_on.wait(20)

    return asyncio.ensure_future(kiosk.services.queries.directory._read(wait))


def proposed(kiosk: Kiosk) -> str | None:
    names = kiosk.screen.query_one(ChoiceList)
    return None if names.highlighted is None else names.rows[names.highlighted].main


async def test_only_the_newest_answer_is_shown(desk: Desk, busy_directory: threading.Event) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.shows("Abena Asante")
        held = hold_back(kiosk, busy_directory)
        kiosk.type("gergo")
        await kiosk.shows("gergo", "Abena Asante")
        await kiosk.press("backspace", "backspace", "backspace", "backspace", "backspace")
        kiosk.type("zainab")
        await kiosk.shows("zainab", "Abena Asante")
        busy_directory.set()
        await held
        await kiosk.shows("Zainab")
        assert "Gergő" not in kiosk.read


async def test_enter_right_behind_the_last_letter_waits_for_that_letters_answer(
    desk: Desk, busy_directory: threading.Event
) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergo")
        await kiosk.until(lambda: proposed(kiosk) == "Gergő Farkas")
        held = hold_back(kiosk, busy_directory)
        await kiosk.press("backspace", "backspace", "backspace", "backspace", "backspace")
        kiosk.type("zainab")
        await kiosk.until(lambda: kiosk.screen.query_one(Field).text == "zainab")
        assert proposed(kiosk) == "Gergő Farkas"
        await kiosk.press("enter")
        busy_directory.set()
        await held
        await kiosk.shows("free lockers as of", "for Zainab")
        contact = (await kiosk.parcel("T1")).contact
        assert contact is not None
        assert contact.name.startswith("Zainab")


async def test_of_two_people_of_one_name_none_is_taken_until_one_is_chosen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        import_rows(desk.folder / "data", TWINS, desk.clock.now())
        await kiosk.to_recipient()
        kiosk.type("ann le")
        await kiosk.shows("Legal", "Finance")
        assert proposed(kiosk) is None
        await kiosk.press("enter")
        await kiosk.shows("More than one matches “ann le”", "ann le")
        assert (await kiosk.parcel("T1")).contact is None
        await kiosk.press("down", "down", "enter")
        await kiosk.shows("for Ann Lee")
        contact = (await kiosk.parcel("T1")).contact
        assert contact is not None
        assert contact.contact_id == "twin-2"


async def test_a_typing_mistake_shows_who_may_be_meant_and_takes_nobody(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergp fark")
        await kiosk.shows("Gergő Farkas", "Nobody matches “gergp fark”. Is it one of these?")
        await kiosk.press("enter")
        await kiosk.rest()
        assert kiosk.name == "Recipient"
        await kiosk.press("down", "enter")
        await kiosk.shows("for Gergő Farkas")


async def test_a_scanned_badge_chooses_at_once_also_one_of_two_of_a_name(desk: Desk) -> None:
    async with desk.open() as kiosk:
        import_rows(desk.folder / "data", TWINS, desk.clock.now())
        await kiosk.to_recipient()
        kiosk.scan("twin-2")
        await kiosk.shows("for Ann Lee")
        contact = (await kiosk.parcel("T1")).contact
        assert contact is not None
        assert contact.contact_id == "twin-2"


async def test_who_was_chosen_comes_first_the_next_time(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker("T1", "zainab")
        contact = (await kiosk.parcel("T1")).contact
        assert contact is not None
        await kiosk.to_recipient("T2")
        kiosk.type("z")
        await kiosk.until(lambda: proposed(kiosk) == contact.name)


async def test_old_names_show_their_age_in_the_last_row(desk: Desk) -> None:
    async with desk.open() as kiosk:
        assert "days old" not in kiosk.read
        desk.clock.advance(timedelta(days=45))
        await kiosk.to_recipient()
        await kiosk.shows("names 45 days old")


async def test_a_directory_that_can_not_be_read_is_told_and_contact_ids_still_work(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.shows("Abena Asante")
        broken = desk.folder / "data" / "broken"
        broken.write_text("no database " * 400)
        broken.replace(desk.folder / "data" / "recipients.sqlite")
        kiosk.type("z")
        await kiosk.shows("The recipient directory can't be used", "by contact ID")


async def test_the_next_parcel_does_not_inherit_who_was_proposed_before(
    desk: Desk, busy_directory: threading.Event
) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        kiosk.type("gergo")
        await kiosk.until(lambda: proposed(kiosk) == "Gergő Farkas")
        await kiosk.press("backspace", "backspace", "backspace", "backspace", "backspace")
        kiosk.type("gergo fa")
        await kiosk.until(lambda: proposed(kiosk) == "Gergő Farkas")
        await kiosk.press("escape")
        await kiosk.at("Home")
        held = hold_back(kiosk, busy_directory)
        await kiosk.to_recipient("T2")
        await kiosk.press("enter")
        busy_directory.set()
        await held
        await kiosk.shows("Abena Asante")
        assert (await kiosk.parcel("T2")).contact is None
