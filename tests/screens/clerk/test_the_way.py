"""From a scan to the pickup code: the whole way, by keys and by taps, for people and departments."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from screens.clerk.recipient import RecipientScreen
from tests.screens.kiosk_in_test import Desk
from tests.screens.qr_reader import read_qr

WHOLE_WAY = ["parcel_taken_in", "recipient_chosen", "write_asked", "unit_reserved", "write_asked", "parcel_deposited"]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_a_parcel_goes_the_whole_way_by_the_keys_of_the_issue(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size) as kiosk:
        kiosk.scan("1Z999AA10123456784")
        await kiosk.shows("Parcel 1Z999AA10123456784", "Who is it for?")
        kiosk.type("gergo f\r")
        await kiosk.shows("for Gergő Farkas", "Lobby", "6 free")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "for Gergő Farkas")
        await kiosk.press("enter")
        await kiosk.shows("Pickup code", "Locker", "Lobby", "Gergő Farkas", "until Tue 3 Mar 08:00")

        (unit,) = desk.service.holding("1Z999AA10123456784")
        assert read_qr(kiosk.app) == [unit["pickupCode"]]
        assert f"Locker {unit['lockerUnitId']}, Lobby" in kiosk.read
        assert [parcel["trackingNumber"] for parcel in unit["parcelsDeposited"]] == ["1Z999AA10123456784"]

        await kiosk.press("enter")
        await kiosk.shows("Scan the parcel", "Parcel 1Z999AA10123456784 is in.", "in locker", "Today: 1 parcel")
        assert kiosk.name == "Home"
        assert await kiosk.events() == [*WHOLE_WAY, "pickup_code_seen"]
        assert await kiosk.services.desk.pickup_codes.waiting(await kiosk.parcel("1Z999AA10123456784")) is None


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_same_way_goes_by_taps_alone_after_the_scan(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size) as kiosk:
        kiosk.scan("T1")
        await kiosk.shows("Who is it for?", "Abena Asante")
        await kiosk.tap("Abena Asante")
        await kiosk.shows("for Abena Asante", "Reserve")
        await kiosk.tap("Reserve")
        await kiosk.shows("Put it in locker")
        await kiosk.tap("Parcel is in")
        await kiosk.shows("Pickup code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        await kiosk.tap("Done")
        await kiosk.shows("Scan the parcel", "Parcel T1 is in.")
        assert await kiosk.events() == [*WHOLE_WAY, "pickup_code_seen"]


async def test_a_number_that_was_typed_can_be_taken_in_by_a_tap(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.type("T77")
        await kiosk.shows("T77")
        await kiosk.tap("Take in")
        await kiosk.shows("Parcel T77", "Who is it for?")


async def test_letters_can_be_corrected_and_the_list_walked_through(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("farkasx")
        await kiosk.shows("Nobody matches")
        await kiosk.press("backspace")
        screen = kiosk.screen
        assert isinstance(screen, RecipientScreen)
        await kiosk.until(lambda: screen._answered == "farkas", "the answer to the last letter")
        await kiosk.shows("Ágnes Farkas", "Bence Farkas")
        await kiosk.press("down", "down", "down", "up")
        kiosk.type("\r")
        await kiosk.shows("for Bence Farkas", "Lobby")


async def test_a_name_that_fits_nobody_is_no_new_parcel(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("nobodyofthatname\r")
        await kiosk.shows("Nobody matches “nobodyofthatname”", "Look")
        assert "Parcel T1" in kiosk.read
        assert await kiosk.events() == ["parcel_taken_in"]


async def test_a_blank_chooses_nobody(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("  \r")
        await kiosk.press("enter")
        await kiosk.pilot.pause()
        assert kiosk.name == "Recipient"
        assert await kiosk.events() == ["parcel_taken_in"]


async def test_a_department_collects_without_a_code(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in(letters="finance H2.120")
        await kiosk.press("enter")
        await kiosk.shows("No pickup code", "Anyone from Finance can open the locker with a personal id.")
        assert read_qr(kiosk.app) == []
        (unit,) = desk.service.holding("T1")
        assert (unit["contactType"], unit["pickupCode"]) == ("department", None)
        assert "Later" not in kiosk.read
        await kiosk.press("enter")
        await kiosk.shows("Scan the parcel", "Parcel T1 is in.")
        assert await kiosk.events() == WHOLE_WAY


@pytest.mark.parametrize(
    ("key", "kind", "contact_id"),
    [("enter", "recipient", "9aa8ee2fc0e51cf60264348a"), ("f4", "department", "bd8d6e32cabe7ef778f584c0")],
)
@pytest.mark.parametrize("by_tap", [False, True])
async def test_somebody_who_is_not_in_the_list_is_named_by_contact_id(
    desk: Desk, key: str, kind: str, contact_id: str, *, by_tap: bool
) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.press("f4")
        await kiosk.shows("as the locker service has it")
        kiosk.type(contact_id)
        await kiosk.shows(contact_id)
        if by_tap:
            await kiosk.tap("A person" if kind == "recipient" else "A department")
        else:
            await kiosk.press(key)
        await kiosk.shows("free lockers as of")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        (unit,) = desk.service.holding("T1")
        assert (unit["contactId"], unit["contactType"]) == (contact_id, kind)


async def test_a_contact_id_that_nobody_has_is_refused_and_another_can_be_chosen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.press("f4")
        await kiosk.shows("as the locker service has it")
        kiosk.type("nobody\r")
        await kiosk.shows("nobody is not in the directory.", "Type it again to make sure")
        kiosk.type("nobody\r")
        await kiosk.shows("for nobody", "free lockers as of")
        await kiosk.press("enter")
        await kiosk.shows("Not found at the locker service", "Nothing was reserved.", "if not, choose")
        await kiosk.press("f6")
        await kiosk.shows("Who is it for?")
        kiosk.type("asante\r")
        await kiosk.shows("free lockers as of", "for Abena Asante")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")


async def test_an_empty_contact_id_is_not_taken(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.press("f4")
        await kiosk.shows("as the locker service has it")
        kiosk.type("   \r")
        await kiosk.press("enter", "f4")
        await kiosk.pilot.pause()
        assert kiosk.name == "ContactId"
        await kiosk.press("escape")
        await kiosk.shows("Who is it for?")


async def test_sizes_and_banks_are_chosen_by_keys(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.press("right", "right", "right", "right", "left")
        await kiosk.press("f4")
        await kiosk.shows("Loading dock")
        await kiosk.press("right", "right", "right", "left")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "Loading dock")
        (unit,) = desk.service.holding("T1")
        assert (unit["lockerBankId"], unit["size"]) == ("BTwo", "large")


async def test_sizes_and_banks_are_chosen_by_taps(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.tap("F4")
        await kiosk.shows("Loading dock")
        await kiosk.tap("mlarge")
        await kiosk.pilot.pause()
        await kiosk.tap("Reserve")
        await kiosk.shows("Put it in locker", "Loading dock")
        (unit,) = desk.service.holding("T1")
        assert (unit["lockerBankId"], unit["size"]) == ("BTwo", "mlarge")


async def test_a_recipient_who_needs_one_gets_a_locker_within_reach(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in(letters="samira abboud human")
        (unit,) = desk.service.holding("T1")
        assert unit["accessible"] is True


async def test_the_desks_own_bank_is_proposed(desk: Desk) -> None:
    async with desk.open(default_bank="CThree") as kiosk:
        await kiosk.to_locker()
        assert "Laboratory" in kiosk.read


async def test_a_bank_is_drawn_with_the_door_that_will_be_asked_for(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        (unit,) = desk.service.holding("T1")
        assert f"►{unit['lockerUnitId']} " in kiosk.read


async def test_the_code_comes_back_after_the_help_covered_it(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code()
        (unit,) = desk.service.holding("T1")
        await kiosk.press("f1")
        await kiosk.shows("You can scan the next parcel")
        assert read_qr(kiosk.app) == []
        await kiosk.press("escape")
        await kiosk.at("Code")
        await kiosk.until(lambda: read_qr(kiosk.app) == [unit["pickupCode"]])


class BanksWait(httpx.AsyncHTTPTransport):
    """A line on which the readings of banks wait until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET" and request.url.path.rpartition("/")[0].endswith("/lockerBanks"):
            await self.go_on.wait()
        return await super().handle_async_request(request)


async def test_enter_before_the_bank_was_read_reserves_nothing_that_nobody_saw(desk: Desk) -> None:
    line = BanksWait()
    async with desk.open(transport=line) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("mwangi abdi\r")
        await kiosk.at_once("Locker")
        await kiosk.press("enter")
        line.go_on.set()
        await kiosk.shows("free lockers as of")
        await kiosk.rest()
        assert (kiosk.name, desk.service.holding("T1")) == ("Locker", [])


async def test_enter_before_a_bank_that_can_not_be_read_reserves_nothing_later(desk: Desk) -> None:
    # Read three times at the start, and three times when the screen wants it.
    desk.service.fault("500", "getLockerBankDetails", 6)
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("mwangi abdi\r")
        await kiosk.at_once("Locker")
        await kiosk.press("enter")
        await kiosk.shows("No usable answer from the locker service")
        await kiosk.press("f5")
        await kiosk.shows("free lockers as of")
        assert desk.service.holding("T1") == []


GREENWAY = {"lines": "6525 Greenway Dr", "city": "Roanoke", "state": "VA"}


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_code_names_the_nearest_open_place_once_somebody_has_searched(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.clock.advance(timedelta(hours=7))
    async with desk.open(size, address=GREENWAY) as kiosk:
        await kiosk.to_code("T1")
        await kiosk.pilot.pause()
        assert "Drop-off" not in await kiosk.shows("Pickup code")
        # The answer is kept by a search; nobody asks for one from the code's screen.
        finder = kiosk.services.facilities.open()
        await finder.near(finder.first_question)
        desk.service.pull_out()
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.at("Code")
        await kiosk.shows("Drop-off: ", "mi away, open now", "F3")
        (unit,) = await kiosk.services.queries.journal.find("T1")
        code = await kiosk.services.desk.pickup_codes.waiting(unit)
        assert code is not None
        assert read_qr(kiosk.app) == [code.secret.get_secret_value()]
        await kiosk.press("f3")
        await kiosk.at_once("Finder")
        await kiosk.press("escape")
        await kiosk.at("Code")
