"""What an operator sees of notices that reached nobody, and how they are sent again."""

from __future__ import annotations

from kiosk.parcels.states import Role
from kiosk.wiring import open_services
from tests.screens.console.console_in_test import console
from tests.screens.kiosk_in_test import Desk
from tests.screens.notices_in_test import given_up, send_notices
from tests.screens.parcels_in_test import put_in, seen, taken_in


async def unreached(desk: Desk) -> None:
    """Put T1 into a locker, of which no notice reaches its recipient, and take T2 in."""
    async with open_services(desk.settings(), clock=desk.clock) as services:
        send_notices(services)
        await seen(services, await put_in(services, "T1", "mwangi"))
        await given_up(services)
        await taken_in(services, "T2", "mwangi")


async def test_who_was_not_notified_is_counted_and_listed_with_the_cause(desk: Desk) -> None:
    await unreached(desk)
    async with console(desk) as opened:
        await opened.shows("1 not notified", "! not notified")
        await opened.page("4", "Attention", "No notice has reached the recipient.", "has no e-mail address")
        await opened.page("3", "ParcelList", "2 parcels:")
        opened.type("n")
        await opened.shows("1 parcel:", "[not notified]")
        opened.type("\r")
        await opened.shows("Notice", "not reached since today 08:00", "a Notify again")


async def test_a_reason_sends_again_what_did_not_arrive(desk: Desk) -> None:
    await unreached(desk)
    async with console(desk) as opened:
        send_notices(opened.services)
        await opened.page("4", "Attention", "not notified")
        opened.type("a")
        await opened.shows("Send the recipient again what did not reach them. Why?")
        opened.type("the mail server is back\r")
        await opened.shows("The notices are sent again.")
        (owed,) = await opened.services.desk.notices.owed()
        assert owed.parcel.tracking_number == "T1"
        (asked,) = [each for each in await opened.history() if each["type"] == "correction_asked"]
        assert (asked["body"]["step"], asked["body"]["reason"]) == ("send_again", "the mail server is back")
        await opened.page("1", "Overview", "1 notice waiting")
        await opened.shows("0 not notified")


async def test_where_no_notices_are_sent_no_key_sends_any(desk: Desk) -> None:
    async with open_services(desk.settings(), clock=desk.clock) as services:
        await put_in(services, "T1", "mwangi")
    async with console(desk) as opened:
        await opened.page("3", "ParcelList", "1 parcel:")
        opened.type("\r")
        await opened.shows("Parcel taken in")
        assert "Notify again" not in opened.keys
        opened.type("a")
        await opened.shows("There is no notice to send")


async def test_a_viewer_sees_whom_no_notice_reached_and_sends_nothing(desk: Desk) -> None:
    await unreached(desk)
    async with console(desk, Role.VIEWER) as opened:
        await opened.page("4", "Attention", "No notice has reached the recipient.")
        assert "Notify again" not in opened.keys
        opened.type("a")
        await opened.shows("Nothing was changed.")
        assert "correction_asked" not in [each["type"] for each in await opened.history()]


async def test_an_event_says_why_a_notice_was_given_up(desk: Desk) -> None:
    await unreached(desk)
    async with console(desk) as opened:
        await opened.page("5", "Journal", "Recipient could not be notified")
        await opened.choose("Recipient could not be notified")
        opened.type("\r")
        await opened.shows("Why", "The recipient has no e-mail address.", "cause.code")
