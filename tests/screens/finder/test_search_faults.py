"""When the finder has nothing new to show: no line, no place, no address, an answer that comes too late."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx

from tests.screens.finder.facilities_in_test import answering, suggestion
from tests.screens.kiosk_in_test import Desk, Kiosk


async def to_finder(kiosk: Kiosk) -> None:
    await kiosk.press("f3")
    await kiosk.at("Finder")


def asking(kiosk: Kiosk) -> int:
    """Return how many flows are under way."""
    return sum(worker.group == "flows" and not worker.is_finished for worker in kiosk.app.workers)


async def test_without_a_line_and_an_earlier_answer_it_says_so_and_what_to_press(desk: Desk) -> None:
    async with desk.open() as kiosk:
        desk.service.pull_out()
        await to_finder(kiosk)
        await kiosk.shows(
            "No usable answer from the facility service: The service can't be reached.", "Nothing to show."
        )
        desk.service.plug_in()
        await kiosk.press("f5")
        await kiosk.shows("Hollins Post Office", "7 found")
        assert "got no answer" not in kiosk.read


async def test_without_a_line_the_last_answer_is_shown_as_old_in_words_with_its_time(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("Hollins Post Office", "as of today 08:00")
        desk.service.pull_out()
        desk.clock.advance(timedelta(days=1, hours=2))
        await kiosk.press("f5")
        await kiosk.shows("saved Mon 2 Mar 08:00", "Saved results from Mon 2 Mar 08:00", "Press F5 to search again")
        await kiosk.shows("Hollins Post Office")
        await kiosk.press("enter")
        await kiosk.at("Facility")
        await kiosk.shows("saved Mon 2 Mar 08:00", "Saved information from Mon 2 Mar 08:00")


async def test_a_kiosk_started_without_a_line_shows_the_answer_of_its_last_run(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("Hollins Post Office")
        desk.service.pull_out()
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        kiosk = type(kiosk)(app, pilot)
        await kiosk.until(lambda: app._services is not None, "opened")
        await to_finder(kiosk)
        await kiosk.shows("Hollins Post Office", "saved today 08:00")


async def test_no_place_within_the_distance_says_what_to_press(desk: Desk) -> None:
    async with desk.open(transport=answering()) as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("Nothing found within 5 miles.", "F2 for a longer distance", "0 found")
        await kiosk.press("enter", "f6", "f7")
        await kiosk.at("Finder")
        await kiosk.press("f2")
        await kiosk.at("FacilityChoices")


async def test_a_desk_without_an_address_asks_for_one(desk: Desk) -> None:
    async with desk.open(address={"country": "US"}) as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("The desk's address is not set.", "Press F4 and type an address")
        await kiosk.press("f5", "enter", "f4")
        await kiosk.at("FacilityAddress")
        await kiosk.press("f4")  # there is no desk to go back to
        kiosk.type("24019\r")
        await kiosk.at("Finder")
        await kiosk.shows("Near 24019", "found")


async def test_an_answer_that_comes_after_the_finder_was_left_is_nobodys_business(desk: Desk) -> None:
    async with desk.open() as kiosk:
        desk.service.fault("late", "findCarrierFacilities")
        await kiosk.press("f3")
        await kiosk.at_once("Finder")
        await kiosk.shows("Searching...", busy=True)
        await kiosk.press("escape")
        await kiosk.at("Home")
        desk.service.pull_out()
        await to_finder(kiosk)
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.rest()
        assert "finder" not in kiosk.read
        assert "Stop" not in kiosk.read


class FirstSearchWaits(httpx.AsyncHTTPTransport):
    """A line on which the first search for facilities waits until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self._is_first = True

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if "facilit" in request.url.path and self._is_first:
            self._is_first = False
            await self.go_on.wait()
        return await super().handle_async_request(request)


async def test_another_question_may_be_asked_while_the_first_is_on_its_way(desk: Desk) -> None:
    line = FirstSearchWaits()
    async with desk.open(transport=line) as kiosk:
        await kiosk.press("f3")
        await kiosk.at_once("Finder")
        await kiosk.shows("Searching...", busy=True)
        await kiosk.press("f4")
        await kiosk.at("FacilityAddress")
        assert asking(kiosk) == 1
        kiosk.type("06880\r")
        await kiosk.at_once("Finder")
        await kiosk.shows("Near 06880", "found")
        line.go_on.set()
        await kiosk.until(lambda: asking(kiosk) == 0, "the first answer")
        await kiosk.rest()
        assert "Near 06880" in kiosk.read
        assert "Hollins Post Office" not in kiosk.read


async def test_a_refused_question_says_why(desk: Desk) -> None:
    async with desk.open() as kiosk:
        desk.service.fault("400", "findCarrierFacilities")
        await to_finder(kiosk)
        await kiosk.shows("This search is not possible")


async def test_on_a_federal_holiday_the_hours_may_differ(desk: Desk) -> None:
    desk.clock.advance(datetime(2026, 11, 26, 17, 0, tzinfo=UTC) - desk.clock.now())
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("Today is Thanksgiving Day. Hours may differ.")
        await kiosk.press("enter")
        await kiosk.at("Facility")
        await kiosk.shows("Today is Thanksgiving Day. Hours may differ.")


async def test_a_place_near_a_border_of_time_zones_is_told_to_be_unsure(desk: Desk) -> None:
    nowhere = {"LATITUDE": "", "LONGITUDE": ""}
    place = suggestion("Border Mail", address={"stateProvince": "KY", "cityTown": "Somewhere"}, **nowhere)
    async with desk.open(transport=answering(place)) as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("opens 8:00 (unsure)")
        await kiosk.press("enter")
        await kiosk.at("Facility")
        await kiosk.shows("Time zone uncertain", "now 3:00?")
