"""Whom no notice reached: listed at home, told on the parcel's page, asked for at the next parcel of that person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import Cause
from kiosk.parcels.states import IdentityCheck, ShelfReason
from kiosk.wiring import Services
from screens.widgets.count_row import LEAST, CountRow
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.notices_in_test import NO_ADDRESS, delayed, given_up, send_notices, sent
from tests.screens.parcels_in_test import put_in, seen, taken_in

NAME = "Mwangi Abdi"
PRESENT = "mwangi.abdi@example.com"
REFUSED = Cause(code="address_refused", parameters={"status": 550})


async def unreached(services: Services, cause: Cause = REFUSED) -> None:
    """Put T1 into a locker, of which no notice reaches its recipient."""
    send_notices(services)
    await seen(services, await put_in(services, "T1", "mwangi"))
    await given_up(services, cause)


async def at_page(kiosk: Kiosk) -> None:
    """Go through the pile to the parcel's page."""
    await kiosk.app.refreshing.refresh()
    await kiosk.counts("Not notified", 1)
    await kiosk.press("f8")
    await kiosk.shows("Not notified: 1")
    await kiosk.press("enter")
    await kiosk.at("ParcelPage")


async def at_address(kiosk: Kiosk) -> None:
    """Go to the parcel's page, and ask for the address."""
    await at_page(kiosk)
    await kiosk.press("enter")
    await kiosk.at("Address")
    await kiosk.shows("In the directory:")


@contextmanager
def held(services: Services) -> Iterator[None]:
    """Let the directory answer nothing for as long as this goes on."""
    connection, go_on = services.queries.directory._connection, Event()
    assert connection is not None
    connection._thread.submit(go_on.wait)
    yield
    go_on.set()


async def address(services: Services) -> str:
    contact = (await services.queries.directory.search(NAME)).contacts[0]
    return contact.email


async def test_a_pile_leads_to_the_address_and_a_corrected_one_is_sent_to(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await at_address(kiosk)
        assert "The mail server refused the recipient's address (550)." in kiosk.read
        assert kiosk.read.count(PRESENT) == 2, "in the field, and what the directory has"
        await kiosk.press(*["backspace"] * 3)
        kiosk.type("org\r")
        await kiosk.at("ParcelPage")
        await kiosk.shows("What was missed goes out again, to mwangi.abdi@example.org.", "on its way")
        assert await address(kiosk.services) == "mwangi.abdi@example.org"
        assert (await kiosk.events())[-1] == "address_corrected"
        assert len(await kiosk.services.desk.notices.owed()) == 1
        await kiosk.press("escape")
        await kiosk.counts("Not notified", 0)


async def test_an_address_that_is_left_as_it_is_only_sends_again(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await at_address(kiosk)
        await kiosk.shows("Send again")
        await kiosk.press("enter")
        await kiosk.at("ParcelPage")
        assert "address_corrected" not in await kiosk.events()
        assert len(await kiosk.services.desk.notices.owed()) == 1


async def test_what_is_no_address_is_said_in_the_field_and_stays_there(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await at_address(kiosk)
        await kiosk.press(*["backspace"] * len("example.com"))
        await kiosk.shows("This is not a complete e-mail address.")
        await kiosk.press("enter")
        await kiosk.rest()
        assert kiosk.name == "Address"
        assert "address_corrected" not in await kiosk.events()
        kiosk.type("example.net\r")
        await kiosk.at("ParcelPage")
        assert await address(kiosk.services) == "mwangi.abdi@example.net"


async def test_a_scan_goes_where_scans_go_and_takes_nothing_of_the_address_along(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await at_address(kiosk)
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")
        assert kiosk.app.keyboard.typed == ""
        assert "address_corrected" not in await kiosk.events()


async def test_a_finger_does_the_same(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await kiosk.app.refreshing.refresh()
        await kiosk.counts("Not notified", 1)
        await kiosk.tap("Not notified")
        await kiosk.shows("Not notified: 1")
        await kiosk.tap("Next:")
        await kiosk.at("ParcelPage")
        await kiosk.tap("E-mail address")
        await kiosk.shows("In the directory:")
        await kiosk.tap("Back")
        await kiosk.at("ParcelPage")
        await kiosk.tap("E-mail address")
        await kiosk.shows("In the directory:", "Send again")
        await kiosk.tap("Empty field")
        await kiosk.shows("ask for it, type it")
        kiosk.type("new@example.com")
        await kiosk.shows("new@example.com", "Save and send")
        await kiosk.tap("Save and send")
        await kiosk.at("ParcelPage")
        assert await address(kiosk.services) == "new@example.com"


async def test_going_back_changes_nothing_and_leaves_no_text_behind(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await at_address(kiosk)
        kiosk.type("x")
        await kiosk.press("escape")
        await kiosk.at("ParcelPage")
        await kiosk.press("escape")
        await kiosk.at("Home")
        assert "example" not in kiosk.read
        assert await address(kiosk.services) == PRESENT


async def test_what_a_look_at_the_help_has_used_stands_in_the_field_again(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await at_address(kiosk)
        await kiosk.press("ctrl+f")
        await kiosk.at("Find")
        await kiosk.press("escape")
        await kiosk.at("Address")
        await kiosk.until(lambda: kiosk.read.count(PRESENT) == 2, "the present address in the field")


async def test_what_is_typed_while_the_address_is_looked_up_counts(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await at_page(kiosk)
        with held(kiosk.services):
            await kiosk.press("enter")
            await kiosk.shows("Looking up the address...", busy=True)
            kiosk.type("new@example.com")
            await kiosk.shows("new@example.com", busy=True)
        await kiosk.shows("In the directory:", "Save and send")
        await kiosk.press("enter")
        await kiosk.at("ParcelPage")
        assert await address(kiosk.services) == "new@example.com"


async def test_who_is_in_no_directory_has_no_place_for_an_address(desk: Desk) -> None:
    async with desk.open() as kiosk:
        services = kiosk.services
        send_notices(services)
        taken = await services.desk.scans.take_in("T1", CLERK)
        parcel = await services.desk.intake.choose_recipient(taken.parcel, Contact(contact_id="c-77", name=""), CLERK)
        await services.desk.shelf.put_on(parcel, "S1", ShelfReason.NO_UNIT, CLERK)
        await given_up(services, NO_ADDRESS)
        await kiosk.app.refreshing.refresh()
        await kiosk.press("f8")
        await kiosk.shows("! no address")
        await kiosk.press("enter")
        await kiosk.shows("F7, then 9 asks for the e-mail address.")
        await kiosk.press("f7", "9")
        await kiosk.shows("c-77 is not in the directory")
        kiosk.type("a@example.com\r")
        await kiosk.rest()
        assert kiosk.name == "Address"


async def test_at_the_next_parcel_of_that_person_the_address_is_asked_for_and_the_intake_waits(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        await kiosk.to_locker("T2")
        await kiosk.shows(f"No notice has reached {NAME} since today 08:00. Ask for the e-mail address: F2")
        await kiosk.press("right")
        await kiosk.shows("Reserve 15")
        desk.clock.advance(timedelta(minutes=1))
        await kiosk.press("f2")
        await kiosk.at("Address")
        await kiosk.shows("In the directory:")
        await kiosk.press(*["backspace"] * 3)
        kiosk.type("org\r")
        await kiosk.at("Locker")
        text = await kiosk.shows("What was missed goes out again, to mwangi.abdi@example.org.", "Reserve 15")
        assert "F2" not in text
        (owed,) = await kiosk.services.desk.notices.owed()
        assert owed.parcel.tracking_number == "T1"
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")


async def test_whoever_takes_no_notice_of_it_needs_no_other_key(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await unreached(kiosk.services)
        kiosk.scan("T2")
        await kiosk.shows("Who is it for?")
        kiosk.type("mwangi abdi\r")
        await kiosk.at("Locker")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")


async def test_who_collected_a_parcel_without_a_notice_is_asked_for_the_address_all_the_same(desk: Desk) -> None:
    async with desk.open() as kiosk:
        services = kiosk.services
        await unreached(services)
        await services.desk.leaving.hand_over(await kiosk.parcel("T1"), NAME, IdentityCheck.BADGE, CLERK)
        await kiosk.to_locker("T2")
        await kiosk.shows("No notice has reached")
        desk.clock.advance(timedelta(minutes=1))
        await kiosk.press("f2")
        await kiosk.shows("Send again")
        await kiosk.press("enter")
        await kiosk.shows("There is no notice to send")
        await kiosk.until(lambda: kiosk.read.count(PRESENT) == 2, "the address stands in the field")
        kiosk.type(".au\r")
        await kiosk.at("Locker")
        assert await address(services) == f"{PRESENT}.au"


async def test_of_who_is_reached_nothing_is_said(desk: Desk) -> None:
    async with desk.open() as kiosk:
        services = kiosk.services
        await unreached(services)
        desk.clock.advance(timedelta(minutes=1))
        await services.desk.notices.send_again(await kiosk.parcel("T1"), CLERK)
        await sent(services)
        await kiosk.to_locker("T2")
        await kiosk.rest()
        assert "No notice has reached" not in kiosk.read
        await kiosk.press("f2")
        await kiosk.rest()
        assert kiosk.name == "Locker"


async def page_says(kiosk: Kiosk, *words: str) -> None:
    await kiosk.app.refreshing.refresh()
    await kiosk.press("escape")
    await kiosk.at("Home")
    kiosk.scan("T1")
    await kiosk.at("ParcelPage")
    await kiosk.shows("Notice", *words)


async def test_the_page_says_how_it_stands_with_the_notice(desk: Desk) -> None:
    async with desk.open() as kiosk:
        services = kiosk.services
        send_notices(services)
        await seen(services, await put_in(services, "T1", "mwangi"))
        await page_says(kiosk, "on its way")
        await delayed(services, Cause(code="mail_silent", parameters={"host": "mail.example.com"}))
        await page_says(kiosk, "not sent yet, next attempt today 09:00. The mail server does not take it now.")
        desk.clock.advance(timedelta(hours=14))
        await page_says(kiosk, "not sent yet, next attempt Tue 3 Mar 07:00.")
        await sent(services)
        await page_says(kiosk, "e-mail sent today 22:00")


async def test_where_no_notices_are_sent_nothing_tells_of_them(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await seen(kiosk.services, await put_in(kiosk.services, "T1", "mwangi"))
        await kiosk.app.refreshing.refresh()
        await kiosk.shows("in locker")
        assert "Not notified" not in kiosk.read
        kiosk.scan("T1")
        await kiosk.at("ParcelPage")
        await kiosk.shows("the latest first")
        assert "Notice" not in kiosk.read
        await kiosk.press("f7")
        assert "E-mail address" not in await kiosk.shows("What else is to be done")


async def test_all_counts_of_another_day_are_targets_that_a_finger_hits(desk: Desk) -> None:
    async with desk.open() as kiosk:
        send_notices(kiosk.services)
        await taken_in(kiosk.services, "T1", "mwangi")
        desk.clock.advance(timedelta(days=1))
        await kiosk.app.refreshing.refresh()
        await kiosk.press("left")
        await kiosk.shows("Yesterday")
        row = kiosk.screen.query_one(CountRow)
        widths = [width for _, width in row._shared()]
        assert len(widths) == 7
        assert min(widths) >= LEAST >= 8
        assert sum(widths) + len(widths) - 1 <= row.size.width
        assert all(item.label in kiosk.read for item in row.items)
