"""Searching for facilities: what is asked, how the list and the map go together, and the way back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.words.signs import ARROW, ARROW_BACK, DIAMOND
from screens.finder.facility_list import FacilityList
from screens.finder.facility_map import FacilityMap
from screens.finder.search import NO_MAP, OFF_THE_MAP
from tests.screens.finder.facilities_in_test import answering, suggestion
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.widgets.harness import lines

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""Twelve o'clock in Roanoke, a Monday."""


async def to_finder(kiosk: Kiosk) -> None:
    await kiosk.press("f3")
    await kiosk.at("Finder")
    await kiosk.shows("found")
    await kiosk.rest()


async def choose(kiosk: Kiosk, *keys: str) -> None:
    """Take other choices, each key the next one of its row."""
    await kiosk.press("f2")
    await kiosk.at("FacilityChoices")
    await kiosk.press(*keys, "enter")
    await kiosk.at("Finder")
    await kiosk.shows("found")


def names(kiosk: Kiosk) -> list[str]:
    return [row.name for row in kiosk.screen.query_one(FacilityList).rows]


async def key_says(kiosk: Kiosk, words: str) -> None:
    """Wait until a key bears these words, which may stand in two rows."""
    await kiosk.until(lambda: words in [item.label for item in kiosk.screen.action_items()], words)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_the_finder_asks_at_once_around_the_desk_and_shows_a_list_beside_a_map(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.clock.advance(NOON - desk.clock.now())
    async with desk.open(size) as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("Near 6525 Greenway Dr, Roanoke, VA", "USPS · Any service · 5 mi", "as of today 17:00")
        await kiosk.shows("Hollins Post Office", "0.9 mi", "open now", f"{DIAMOND} desk", "5 mi")
        assert f"{ARROW}1" in kiosk.read
        await kiosk.press("escape")
        await kiosk.at("Home")


async def test_the_finder_opens_from_a_parcel_and_goes_back_to_it(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.press("f7")
        await kiosk.shows("Write on the parcel")
        await kiosk.press("enter")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.at("ParcelPage")
        await kiosk.tap("Drop-off")
        await kiosk.at("Finder")
        await kiosk.shows("found")
        await kiosk.tap("Back")
        await kiosk.at("ParcelPage")


async def test_a_number_half_typed_at_home_does_not_run_into_what_is_scanned_in_the_finder(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.type("T4")
        await kiosk.shows("T4")
        await to_finder(kiosk)
        kiosk.scan("T1")
        await kiosk.shows("Parcel T1", "Who is it for?")


@pytest.mark.parametrize(
    ("keys", "name"),
    [((), "Finder"), (("f2",), "FacilityChoices"), (("f4",), "FacilityAddress"), (("enter",), "Facility")],
)
async def test_a_scan_on_any_page_of_the_finder_starts_a_parcel(desk: Desk, keys: tuple[str, ...], name: str) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.press(*keys)
        await kiosk.at(name)
        kiosk.scan("1Z999AA10123456784")
        await kiosk.shows("Parcel 1Z999AA10123456784", "Who is it for?")
        await kiosk.press("escape")
        await kiosk.at("Home")


async def test_moving_in_the_list_moves_the_mark_on_the_map_and_a_tap_on_the_map_the_list(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.press("down", "down")
        await kiosk.until(lambda: f"{ARROW}3" in kiosk.read or f"3{ARROW_BACK}" in kiosk.read, "3 is marked")
        map_left = kiosk.screen.query_one(FacilityMap).region.x
        row, column = next(
            (y, match.start() + map_left)
            for y, line in enumerate(lines(kiosk.app))
            if (match := re.search(r"[○●]1(?!\d)", line[map_left:]))
        )
        await kiosk.pilot.click(offset=(column, row))
        await kiosk.until(lambda: kiosk.screen.query_one(FacilityList).highlighted == 0, "1 is highlighted")
        await kiosk.press("pagedown", "pagedown", "pagedown")
        await kiosk.until(lambda: kiosk.screen.query_one(FacilityMap).chosen == len(names(kiosk)), "the last one")


async def test_a_tap_on_a_place_opens_its_page_and_back_it_is_still_chosen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.tap("Cloverdale Post Off")
        await kiosk.at("Facility")
        await kiosk.shows("CLOVERDALE, VA 24077")
        await kiosk.press("escape")
        await kiosk.at("Finder")
        assert kiosk.screen.query_one(FacilityList).highlighted == 2


async def test_the_order_goes_from_distance_to_open_to_name(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        by_distance = names(kiosk)
        await key_says(kiosk, "By distance")
        await kiosk.press("f6")
        await key_says(kiosk, "Open first")
        states = [row.state for row in kiosk.screen.query_one(FacilityList).rows]
        assert states[0] == "open 24 hours"
        await kiosk.press("f6")
        await key_says(kiosk, "By name")
        assert names(kiosk)[:-1] == sorted(names(kiosk)[:-1])
        assert sorted(names(kiosk)) == sorted(by_distance)
        await kiosk.press("f6")
        await key_says(kiosk, "By distance")
        assert names(kiosk) == by_distance


async def test_what_was_chosen_stays_chosen_in_another_order(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.press("down", "down", "down", "down")
        places = kiosk.screen.query_one(FacilityList)
        await kiosk.until(lambda: places.highlighted == 4, "the fifth")
        chosen = names(kiosk)[4]
        for order in ("Open first", "By name", "By distance"):
            await kiosk.press("f6")
            await key_says(kiosk, order)
            assert places.highlighted is not None
            assert names(kiosk)[places.highlighted] == chosen
            assert kiosk.screen.query_one(FacilityMap).chosen == places.highlighted + 1


async def test_a_key_pressed_twice_opens_one_finder(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.press("f3", "f3")
        await kiosk.at("Finder")
        await kiosk.shows("found")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.rest()
        assert kiosk.name == "Home"


async def test_only_what_is_still_open_in_20_minutes_is_shown_on_demand(desk: Desk) -> None:
    desk.clock.advance(timedelta(hours=13, minutes=45))  # 16:45 in Roanoke
    service = answering(
        suggestion("Closes at five", hours={"MONDAY": [("08:00", "17:00")]}),
        suggestion("Closes at six", hours={"MONDAY": [("08:00", "18:00")]}),
        suggestion("Opens at five", hours={"MONDAY": [("17:00", "23:00")]}),
        suggestion("Tells nothing", hours={}),
    )
    async with desk.open(transport=service) as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("closes in 15 min", "open now", "opens 17:00", "no hours listed")
        await kiosk.press("f7")
        await kiosk.shows("2 of 4")
        await key_says(kiosk, "Show all")
        assert sorted(names(kiosk)) == ["Closes at six", "Opens at five"]
        desk.clock.advance(timedelta(hours=9))
        kiosk.app.navigator.show_status()
        await kiosk.shows("None of the 4 found will be open in 20 minutes. Press F7")
        await kiosk.press("f7")
        await kiosk.shows("4 found", "opens Mon 8:00")


async def test_every_minute_it_is_said_anew_what_is_open(desk: Desk) -> None:
    desk.clock.advance(timedelta(hours=13, minutes=35))
    async with desk.open(transport=answering(suggestion(hours={"MONDAY": [("08:00", "17:00")]}))) as kiosk:
        await to_finder(kiosk)
        await kiosk.shows("closes in 25 min")
        desk.clock.advance(timedelta(minutes=1))
        kiosk.app.navigator.show_status()
        await kiosk.shows("closes in 24 min")
        await kiosk.press("enter")
        await kiosk.at("Facility")
        desk.clock.advance(timedelta(minutes=30))
        kiosk.app.navigator.show_status()
        await kiosk.shows("now 17:06", "opens next Mon 8:00")


async def test_choices_are_taken_by_keys_and_taps_and_asked_for(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.press("f2")
        await kiosk.at("FacilityChoices")
        await kiosk.press("f4", "f5", "f5")
        await kiosk.tap("10 mi")
        await kiosk.tap("Up to 20")
        assert [line.count("✓ chosen") for line in lines(kiosk.app) if "✓" in line] == [1, 1, 1, 1]
        await kiosk.tap("Search")
        await kiosk.at("Finder")
        await kiosk.shows("Pitney Bowes · Takes returns · 10 mi · Up to 20", "20 found")


async def test_choices_that_are_left_change_nothing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.press("f2")
        await kiosk.at("FacilityChoices")
        await kiosk.press("f4", "escape")
        await kiosk.at("Finder")
        await kiosk.shows("USPS · Any service")


async def test_another_address_is_shown_back_in_its_parts_before_it_is_asked_about(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.press("f4")
        await kiosk.at("FacilityAddress")
        kiosk.type("110 Myrtle Avenue, Westport, CT 06880")
        await kiosk.shows("Street 110 Myrtle Avenue", "City Westport", "State CT", "ZIP 06880")
        await kiosk.tap("Search here")
        await kiosk.at("Finder")
        await kiosk.shows("Near 110 Myrtle Avenue, Westport, CT 06880", "found", f"{DIAMOND} address")
        await kiosk.press("f4")
        await kiosk.at("FacilityAddress")
        await kiosk.press("f4")
        await kiosk.at("Finder")
        await kiosk.shows("Near 6525 Greenway Dr", f"{DIAMOND} desk")


async def test_a_zip_code_alone_is_enough_and_words_alone_are_refused_with_what_to_type(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await kiosk.press("f4")
        await kiosk.at("FacilityAddress")
        kiosk.type("somewhere\r")
        await kiosk.shows("“somewhere” can't be read as an address.", "24060")
        kiosk.type("06880\r")
        await kiosk.at("Finder")
        await kiosk.shows("Near 06880", "found")


async def test_places_without_coordinates_stand_apart_beneath_their_own_heading(desk: Desk) -> None:
    service = answering(
        suggestion("Near but nowhere", LATITUDE="", LONGITUDE="", DISTANCE="0.1"),
        suggestion("North", LATITUDE="37.36", DISTANCE="2.1"),
        suggestion("South", LATITUDE="37.30", DISTANCE="2.2"),
    )
    async with desk.open(transport=service) as kiosk:
        await to_finder(kiosk)
        assert names(kiosk) == ["North", "South", "Near but nowhere"]
        await kiosk.shows("2 South", OFF_THE_MAP, "3 Near but nowhere")
        rows = lines(kiosk.app)
        heading = next(y for y, row in enumerate(rows) if OFF_THE_MAP in row)
        assert "3 Near but nowhere" in rows[heading + 1]
        await kiosk.shows(f"{DIAMOND} middle")  # two distances don't tell where the desk is
        await kiosk.press("down", "down")
        await kiosk.until(lambda: kiosk.screen.query_one(FacilityMap).chosen == 3, "chosen")
        map_left = kiosk.screen.query_one(FacilityMap).region.x
        assert not any(ARROW in row[map_left:] or ARROW_BACK in row[map_left:] for row in lines(kiosk.app))


async def test_without_any_coordinates_the_list_takes_the_whole_width(desk: Desk) -> None:
    long_name = "A name that needs more than half of the width of this screen"
    async with desk.open(transport=answering(suggestion(long_name, LATITUDE="", LONGITUDE=""))) as kiosk:
        await to_finder(kiosk)
        assert long_name in kiosk.read
        assert not kiosk.screen.query_one(FacilityMap).display
        assert NO_MAP in kiosk.read


async def test_an_answer_without_distances_keeps_the_order_of_the_service(desk: Desk) -> None:
    nowhere = {"LATITUDE": "", "LONGITUDE": "", "DISTANCE": ""}
    service = answering(*(suggestion(name, **nowhere) for name in ("Nearest", "Middle", "Away")))
    async with desk.open(transport=service) as kiosk:
        await to_finder(kiosk)
        await key_says(kiosk, "As found")
        assert names(kiosk) == ["Nearest", "Middle", "Away"]
        await kiosk.press("f6", "f6")
        await key_says(kiosk, "By name")
        assert names(kiosk) == ["Away", "Middle", "Nearest"]


async def test_two_hundred_places_are_listed_and_drawn_at_80x24(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_finder(kiosk)
        await choose(kiosk, "f4", "f5", "f5", "f6", "f6", "f7", "f7", "f7")
        await kiosk.shows("25 mi · Up to 200", "200 found")
        assert len(names(kiosk)) == 200
        for _ in range(70):
            await kiosk.press("pagedown")
        await kiosk.until(lambda: kiosk.screen.query_one(FacilityMap).chosen == 200, "the last one")
        await kiosk.shows("200")


async def test_hostile_texts_are_plain_and_break_nothing(desk: Desk) -> None:
    evil = "[red]\x1b[2J\u202eevil[/red]\n\x07[@click=app.quit]x[/]" + "W" * 300
    service = answering(
        suggestion(evil, address={"addressLines": [evil], "cityTown": evil, "postalCode": evil, "phone": evil}),
        suggestion("日本語の店" * 30, hours={"MONDAY": [(evil, evil)]}),
        suggestion("", address={"addressLines": [""], "cityTown": "", "postalCode": "", "stateProvince": ""}),
    )
    for size in ((80, 24), (60, 18)):
        async with desk.open(size, transport=service) as kiosk:
            await to_finder(kiosk)
            assert "[red]" in kiosk.read
            for _ in range(3):
                assert not {"\x1b", "\x07", "\u202e"} & set("".join(lines(kiosk.app)))
                await kiosk.press("enter")
                await kiosk.at("Facility")
                assert not {"\x1b", "\x07", "\u202e"} & set("".join(lines(kiosk.app)))
                await kiosk.press("enter")
                await kiosk.at("Finder")
                await kiosk.press("down")
