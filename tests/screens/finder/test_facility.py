"""The page of one place: everything the answer tells, its week, and a code that a phone reads off the screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kiosk.words.signs import ARROW_DOWN, BLOCK
from screens.finder.facility_list import FacilityList
from screens.finder.phone_links import map_links
from screens.finder.week_chart import WeekChart
from screens.widgets.qr_code import QUIET_ZONES, QrCode, size_for
from tests.screens.finder.facilities_in_test import POST_OFFICE_OF_THE_PAGE, answering, suggestion
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.qr_reader import read_qr
from tests.screens.widgets.harness import lines

WHOLE_ADDRESS = "HTTPS://MAPS.GOOGLE.COM/?q=6621+WILLIAMSON+RD+ROANOKE+VA+24019"
BRIEF_ADDRESS = "HTTPS://MAPS.GOOGLE.COM/?q=6621+WILLIAMSON+RD+24019"
SIZES = [(80, 24), (100, 30), (120, 40)]

DROP_OFF_OF_THE_PAGE = suggestion(
    "",
    LOCATION_ID="AB6152",
    LOCATION_NAME="Westport Mail Center",
    LATITUDE="41.1192838",
    LONGITUDE="-73.3705073",
    PACKAGELESS="true",
    QRCODE="true",
    FACILITY_ID="66bfb",
    DISTANCE="1.07",
    address={
        "addressLines": ["16 Railroad Pl", "", ""],
        "cityTown": "Westport",
        "stateProvince": "CT",
        "postalCode": "06880",
        "phone": "203-212-9699",
    },
    hours={"MONDAY": [("6:00:00", "20:00:00")], "SUNDAY": [("7:30:00", "12:00:00"), ("13:00:00", "18:00:00")]},
)


async def to_page(kiosk: Kiosk) -> None:
    await kiosk.press("f3")
    await kiosk.at("Finder")
    await kiosk.press("enter")
    await kiosk.at("Facility")
    await kiosk.rest()


@pytest.mark.parametrize("size", SIZES)
async def test_the_post_office_of_the_published_page_is_shown_completely(desk: Desk, size: tuple[int, int]) -> None:
    desk.clock.advance(datetime(2026, 3, 2, 20, 35, tzinfo=UTC) - desk.clock.now())
    async with desk.open(size, transport=answering(POST_OFFICE_OF_THE_PAGE)) as kiosk:
        await to_page(kiosk)
        await kiosk.shows("6621 WILLIAMSON RD", "closes in 25 min", "ROANOKE, VA 24019", "Parking lot")
        await kiosk.shows("8-16", "9-12", "Sun", "closed", f"{ARROW_DOWN}", "now 15:35")
        await kiosk.until(lambda: bool(read_qr(kiosk.app)), "a code")
        (link,) = read_qr(kiosk.app)
        assert link.startswith("HTTPS://MAPS.GOOGLE.COM/?q=6621+WILLIAMSON+RD+")
        assert link.endswith("24019")


@pytest.mark.parametrize("size", SIZES)
async def test_the_drop_off_point_of_the_published_page_is_shown_completely(desk: Desk, size: tuple[int, int]) -> None:
    desk.clock.advance(datetime(2026, 3, 2, 17, 0, tzinfo=UTC) - desk.clock.now())
    async with desk.open(size, transport=answering(DROP_OFF_OF_THE_PAGE)) as kiosk:
        await to_page(kiosk)
        await kiosk.shows("Westport Mail Center", "AB6152", "16 Railroad Pl", "Westport, CT 06880", "203-212-9699")
        await kiosk.shows("1.1 mi", "accepts returns without a box", "scans QR codes", "open now", "now 12:00")
        await kiosk.shows("7:30-12 13-18", "6-20")
        await kiosk.until(lambda: bool(read_qr(kiosk.app)), "a code")
        (link,) = read_qr(kiosk.app)
        assert link.partition("?")[0] == "geo:41.11928,-73.37051"
        assert ("(Westport" in link) == (size != (80, 24)), "the name is there where it fits"
        rows = [row for row in lines(kiosk.app) if BLOCK in row]
        assert len(rows) == 2
        assert kiosk.screen.query_one(WeekChart).region.bottom <= kiosk.screen.query_one("#keys").region.y


@pytest.mark.parametrize("size", SIZES)
async def test_the_code_stands_alone_on_demand_and_the_rest_comes_again(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size, transport=answering(POST_OFFICE_OF_THE_PAGE)) as kiosk:
        await to_page(kiosk)
        await kiosk.press("f6")
        await kiosk.lacks("Parking")
        await kiosk.shows("Everything")
        wanted = BRIEF_ADDRESS if size == (80, 24) else WHOLE_ADDRESS
        await kiosk.until(lambda: read_qr(kiosk.app) == [wanted], wanted)
        room = kiosk.screen.query_one(QrCode).size
        assert room.height >= size_for(wanted).height, "with its whole quiet zone"
        await kiosk.press("f6")
        await kiosk.shows("Parking lot", "Code alone")
        await kiosk.press("enter")
        await kiosk.at("Finder")


async def test_a_resize_takes_the_code_that_fits(desk: Desk) -> None:
    async with desk.open((120, 40), transport=answering(DROP_OFF_OF_THE_PAGE)) as kiosk:
        await to_page(kiosk)
        await kiosk.until(lambda: "(" in "".join(read_qr(kiosk.app)), "with the name")
        await kiosk.pilot.resize_terminal(80, 24)
        await kiosk.until(lambda: read_qr(kiosk.app) == ["geo:41.11928,-73.37051"], "without it")
        await kiosk.pilot.resize_terminal(40, 12)
        await kiosk.until(lambda: not read_qr(kiosk.app), "none")
        await kiosk.press("f6")
        await kiosk.shows("Enlarge the window to see the QR code")


async def test_the_code_of_every_simulated_place_is_read_off_the_screen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.press("f3")
        await kiosk.at("Finder")
        seen = 0
        for keys in ((), ("f2", "f5", "f6", "f6", "f7", "enter"), ("f2", "f4", "f5", "enter")):
            for key in keys:
                await kiosk.press(key)
                await kiosk.rest()
            await kiosk.shows("found")
            for _ in kiosk.screen.query_one(FacilityList).rows[:12]:
                await kiosk.press("enter")
                await kiosk.at("Facility")
                page: Any = kiosk.screen
                text = page.query_one(QrCode).text
                assert text in map_links(page._facility)
                await kiosk.until(lambda expected=text: read_qr(kiosk.app) == [expected], text)  # type: ignore[misc]
                seen += 1
                await kiosk.press("enter")
                await kiosk.at("Finder")
                await kiosk.press("down")
        assert seen > 20


async def test_a_place_of_which_nothing_is_listed_says_so(desk: Desk) -> None:
    nothing: dict[str, Any] = {"addressLines": [], "cityTown": "", "stateProvince": "", "postalCode": ""}
    place = suggestion("", address=nothing, hours={}, LATITUDE="", LONGITUDE="", DISTANCE="")
    async with desk.open(transport=answering(place)) as kiosk:
        await to_page(kiosk)
        await kiosk.shows("Unnamed facility", "no hours listed")
        assert not read_qr(kiosk.app)
        await kiosk.press("f6")
        await kiosk.shows("no hours listed")


def test_the_code_of_a_usual_place_fits_beside_its_week_at_80x24() -> None:
    needed = size_for("geo:41.11928,-179.37051", QUIET_ZONES[0])
    assert needed.width <= 80 - 47
    assert needed.height <= 24 - 1 - 4 - 1
