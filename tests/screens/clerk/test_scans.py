"""A scan is a scan on every screen and at every moment: it presses nothing, and neither parcel is lost."""

from __future__ import annotations

import asyncio
import threading

import httpx
import pytest

from kiosk.desk.questions import question_about
from kiosk.parcels.states import ParcelState
from kiosk.tracking.check_digits import mod10
from screens.messages import StepDone
from tests.screens.clerk.test_half_done import (
    later_at_code,
    later_at_locker,
    later_at_put_in,
    later_at_recipient,
)
from tests.screens.kiosk_in_test import Desk, Kiosk, opened

BARCODE = "1Z999AA10123456784"


def ups(number: int) -> str:
    """Return a number of UPS with its check digit."""
    serial = f"999AA1{number:09}"
    return f"1Z{serial}{mod10(1, 2)(serial)}"


async def at_home(kiosk: Kiosk) -> None:
    await kiosk.shows("Scan the parcel")


async def at_contact_id(kiosk: Kiosk) -> None:
    await kiosk.to_recipient()
    await kiosk.press("f4")
    await kiosk.shows("as the locker service has it")


async def at_help(kiosk: Kiosk) -> None:
    await kiosk.to_put_in()
    await kiosk.press("f1")
    await kiosk.shows("You can scan the next parcel")


async def at_parcel(kiosk: Kiosk) -> None:
    await kiosk.to_code()
    await kiosk.press("enter")
    await kiosk.shows("Parcel T1 is in.")
    kiosk.scan("T1")
    await kiosk.shows("Already here: in locker")


EVERYWHERE = [
    at_home,
    later_at_recipient,
    at_contact_id,
    later_at_locker,
    later_at_put_in,
    later_at_code,
    at_help,
    at_parcel,
]


@pytest.mark.parametrize(
    ("go", "end"), [*((go, "\r") for go in EVERYWHERE), (at_home, "\t"), (later_at_locker, "\t"), (later_at_code, "\n")]
)
async def test_a_scan_starts_a_parcel_and_presses_nothing(desk: Desk, go: object, end: str) -> None:
    assert callable(go)
    async with desk.open() as kiosk:
        await go(kiosk)
        before = await kiosk.events()
        kiosk.scan(BARCODE, end)
        await kiosk.shows(f"Parcel {BARCODE}", "Who is it for?")
        assert await kiosk.events() == [*before, "parcel_taken_in"]
        assert len(kiosk.app.screen_stack) == 2
        await kiosk.press("escape")
        await kiosk.shows("Unfinished", BARCODE[-10:])
        if go in {later_at_recipient, at_contact_id, later_at_locker, later_at_put_in, later_at_code, at_help}:
            await kiosk.counts("Unfinished", 2)
            await kiosk.shows("T1")


async def test_ten_scans_in_one_burst_are_ten_parcels_in_order(desk: Desk) -> None:
    async with desk.open((100, 40)) as kiosk:
        numbers = [ups(number) for number in range(10)]
        kiosk.scan("\r".join(numbers))
        await kiosk.shows(f"Parcel {numbers[-1]}", "Who is it for?")
        unfinished = await kiosk.services.queries.journal.unfinished()
        assert [parcel.scanned for parcel in unfinished] == numbers
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 10)


async def test_the_letters_typed_right_behind_a_scan_reach_the_search(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("T1")
        kiosk.type("gergo f")
        await kiosk.shows("Parcel T1", "gergo f", "Gergő Farkas")
        kiosk.type("\r")
        await kiosk.shows("for Gergő Farkas", "free lockers as of")


async def test_a_scan_right_behind_a_typed_number_keeps_its_screen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.type("T1\r")
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?", "T1 was not taken in")
        await kiosk.rest()
        assert "Parcel T2" in kiosk.read
        assert (await kiosk.events()).count("parcel_taken_in") == 1
        kiosk.type("mwangi abdi\r")
        await kiosk.shows("Parcel T2 for Mwangi Abdi", "free lockers as of")


async def test_a_scan_right_behind_the_enter_that_opens_a_parcel_keeps_its_screen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.hands.press("enter")
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")
        await kiosk.rest()
        assert "Parcel T2" in kiosk.read


async def test_a_scan_right_behind_a_name_leaves_the_first_parcel_to_its_recipient(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        kiosk.type("gergo f\r")
        kiosk.scan("T222")
        await kiosk.shows("Parcel T222", "Who is it for?")
        await kiosk.rest()
        assert "Parcel T222" in kiosk.read
        await kiosk.until(lambda: "a few letters of the name" in kiosk.read)
        await kiosk.until(lambda: "for Gergő" not in kiosk.read)
        first, second = await kiosk.parcel("T1"), await kiosk.parcel("T222")
        assert first.contact is not None
        assert (first.contact.name, second.contact) == ("Gergő Farkas", None)
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 2)
        kiosk.scan("T333")
        await kiosk.shows("Parcel T333", "Who is it for?")
        kiosk.type("asante\r")
        await kiosk.shows("Parcel T333 for Abena Asante")


async def test_a_scan_while_the_journal_is_slow_is_not_pushed_aside_by_the_parcel_before(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        await kiosk.rest()  # the screen has read from the journal what it shows
        journal_goes_on = threading.Event()
        blocked = asyncio.ensure_future(
            kiosk.services.queries.journal.connection.read(lambda _: journal_goes_on.wait(20))
        )
        kiosk.type("gergo f\r")
        await kiosk.shows("Recording that it is for Gergő Farkas...", busy=True)
        kiosk.scan("T222")
        # The scan waits for the journal too, and what is typed after it for the scan: nothing rests before it goes on.
        asyncio.get_running_loop().call_later(0.5, journal_goes_on.set)
        await kiosk.pilot.pause()
        await blocked
        await kiosk.shows("Parcel T222", "Who is it for?")
        await kiosk.rest()
        assert "Parcel T222" in kiosk.read
        assert (await kiosk.parcel("T1")).contact is not None


async def test_a_screen_that_asked_for_the_next_one_takes_no_key_any_more(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        screen = kiosk.screen
        assert screen.check_action("is_in", ())
        screen.leave(StepDone(question_about(await kiosk.parcel("T1"))))
        assert not screen.check_action("is_in", ())
        assert not screen.check_action("cancel", ())
        await kiosk.until(lambda: kiosk.screen is not screen)
        await kiosk.shows("Put it in locker")


async def test_scans_before_everything_is_open_are_taken_in_afterwards(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        kiosk = Kiosk(app, pilot)
        kiosk.scan("T1\rT2")
        await opened(kiosk)
        await kiosk.shows("Parcel T2", "Who is it for?")
        assert [parcel.tracking_number for parcel in await kiosk.services.queries.journal.unfinished()] == ["T1", "T2"]


async def test_a_pasted_number_is_a_scan_and_a_pasted_name_is_a_search(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.hands.paste(f"{BARCODE}\n")
        await kiosk.shows(f"Parcel {BARCODE}", "Who is it for?")
        kiosk.hands.paste("gergo f")
        await kiosk.shows("gergo f", "Gergő Farkas")
        kiosk.hands.paste("\x1b\x07arkas\r")
        await kiosk.shows("for Gergő Farkas", "free lockers as of")
        kiosk.hands.paste("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")


async def test_enter_while_a_request_is_on_its_way_does_nothing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        with desk.service.stalled():
            await kiosk.press("enter", "enter", "enter", "f4", "f5", "left", "right")
        await kiosk.shows("Put it in locker")
        with desk.service.stalled():
            await kiosk.press("enter", "enter", "enter", "f4", "f6", "f8")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        assert (await kiosk.events()).count("write_asked") == 2


class HeldBack(httpx.AsyncHTTPTransport):
    """A line on which deposits wait until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/deposit"):
            await self.go_on.wait()
        return await super().handle_async_request(request)


async def test_a_scan_while_a_request_is_on_its_way_is_taken_and_neither_is_lost(desk: Desk) -> None:
    line = HeldBack()
    async with desk.open(transport=line) as kiosk:
        await kiosk.to_put_in("T1")
        await kiosk.press("enter")
        await kiosk.shows("Recording that it is in locker", busy=True)
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?", "1 request pending")
        line.go_on.set()
        await kiosk.lacks("1 request pending")
        assert "Parcel T2" in kiosk.read
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 2)
        await kiosk.shows("code to show")
        kiosk.scan("T1")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))


async def test_a_parcel_scanned_again_while_its_request_is_on_its_way_goes_on_by_itself(desk: Desk) -> None:
    line = HeldBack()
    async with desk.open(transport=line) as kiosk:
        await kiosk.to_put_in("T1")
        await kiosk.press("enter")
        await kiosk.shows("Recording that it is in locker", busy=True)
        kiosk.scan("T1")
        await kiosk.shows("not confirmed")
        line.go_on.set()
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))


async def test_several_parcels_are_on_their_way_at_once(desk: Desk) -> None:
    line = HeldBack()
    async with desk.open((100, 30), transport=line) as kiosk:
        for number, name in (("T1", "mwangi abdi"), ("T2", "kofi adeyemi"), ("T3", "thabo abdi")):
            await kiosk.to_put_in(number, name)
            await kiosk.press("enter")
            await kiosk.shows("Recording that it is in locker", busy=True)
        await kiosk.shows("3 requests pending", busy=True)
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 3)
        await kiosk.shows("not confirmed")
        line.go_on.set()
        await kiosk.counts("Unfinished", 3)
        await kiosk.shows("code to show")
        await kiosk.lacks("not confirmed")
        for number in ("T1", "T2", "T3"):
            assert (await kiosk.parcel(number)).state is ParcelState.IN_LOCKER


async def test_a_refusal_that_comes_after_the_next_scan_names_its_parcel(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_locker("T1")
        desk.service.fault("late", "getLockerBankDetails")
        await kiosk.press("f5")
        await kiosk.shows("Looking for free lockers", busy=True)
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")
        desk.service.pull_out()
        await kiosk.shows("Parcel T1 for Mwangi Abdi: No connection to the locker service")


@pytest.mark.parametrize("go", EVERYWHERE)
async def test_what_is_no_number_is_refused_in_words(desk: Desk, go: object) -> None:
    assert callable(go)
    async with desk.open() as kiosk:
        await go(kiosk)
        before = await kiosk.events()
        kiosk.scan("7" * 200)
        await kiosk.shows("This is not a tracking number", "Scan the barcode again")
        assert await kiosk.events() == before
        kiosk.scan(BARCODE)
        await kiosk.shows(f"Parcel {BARCODE}", "Who is it for?")
