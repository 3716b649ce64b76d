"""What a touch screen tells, and what the kiosk makes of it: slips, double taps, a row too low, letters."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from screens.actions import GO_BACK
from screens.clerk_actions import KEYBOARD, TASKS
from screens.destinations import ShowNewCode
from screens.messages import GoTo
from screens.parcel_actions import RENEW
from screens.widgets.field import Field
from tests.screens.hand import Fingers, list_of
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.parcels_in_test import in_locker

TWINS = "1Z999AA10123456784"
"""A number with the same sign twice in a row."""


def place_of(kiosk: Kiosk, name: str) -> Region:
    found = Fingers(kiosk).target(name)
    assert found is not None, name
    return found


def middle(region: Region) -> tuple[int, int]:
    return region.x + region.width // 2, region.y + region.height // 2


@pytest.mark.parametrize("slip", [(0, 1), (0, -1), (0, 2), (-3, 1), (7, 0)])
@pytest.mark.parametrize("gap", [0.0, 0.3])
async def test_a_tap_that_slips_counts_where_the_finger_came_down(
    desk: Desk, slip: tuple[int, int], gap: float
) -> None:
    async with desk.open() as kiosk:
        kiosk.hands.tap(*middle(place_of(kiosk, TASKS.name)), slip=slip, gap=gap)
        await kiosk.at("Tasks")


@pytest.mark.parametrize("slip", [(0, -3), (12, 0), (-30, -10)])
async def test_a_finger_that_slides_away_taps_nothing(desk: Desk, slip: tuple[int, int]) -> None:
    async with desk.open() as kiosk:
        kiosk.hands.tap(*middle(place_of(kiosk, TASKS.name)), slip=slip, gap=0.3)
        await kiosk.rest()
        assert kiosk.name == "Home"


async def test_a_row_too_low_still_hits_what_ends_above_it(desk: Desk) -> None:
    async with desk.open() as kiosk:
        place = place_of(kiosk, "day(-1)")
        kiosk.hands.tap(place.x + 4, place.bottom)
        await kiosk.shows("Yesterday")
        place = place_of(kiosk, TASKS.name)
        kiosk.hands.tap(place.x + 4, place.bottom)
        await kiosk.at("Tasks")


async def test_a_double_tap_is_one_also_where_the_screen_changes_under_the_finger(desk: Desk) -> None:
    async with desk.open() as kiosk:
        x, y = middle(place_of(kiosk, "day(-1)"))
        kiosk.hands.tap_quickly((x, y), (x + 1, y + 1))
        await kiosk.shows("Yesterday")
        await kiosk.rest()
        assert "Yesterday" in kiosk.read, "under the finger lies the way back to today by now"
        x, y = middle(place_of(kiosk, TASKS.name))
        kiosk.hands.tap(x, y, after=0.2)
        await kiosk.at("Tasks")
        assert Fingers(kiosk).target(GO_BACK.name) is not None
        x, y = middle(place_of(kiosk, GO_BACK.name))
        kiosk.hands.tap(x, y, after=0.2)
        await kiosk.at("Home")
        kiosk.hands.tap(x, y, rest=0.1)
        await kiosk.rest()
        assert kiosk.name == "Home"
        kiosk.hands.tap(x, y)
        await kiosk.until(lambda: kiosk.name != "Home", "what lies there, once it is tapped by itself")


async def test_two_taps_at_two_places_are_two(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.hands.tap_quickly(middle(place_of(kiosk, "day(-1)")), middle(place_of(kiosk, TASKS.name)), gap=0.4)
        await kiosk.at("Tasks")
        await kiosk.press("escape")
        await kiosk.at("Home")


async def test_a_finger_that_came_down_before_the_screen_changed_presses_nothing_there(desk: Desk) -> None:
    async with desk.open() as kiosk:
        x, y = middle(place_of(kiosk, TASKS.name))
        down, up = kiosk.hands._touches((x, y), (x, y))
        kiosk.hands.send([down], 0.0)
        await kiosk.rest()
        await kiosk.to_recipient("T1")
        kiosk.hands.send([up], 0.0)
        await kiosk.rest()
        assert kiosk.name == "Recipient"
        assert not kiosk.screen.busy


async def test_what_a_terminal_tells_as_a_wheel_moves_the_list_and_presses_nothing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.hands.wheel(*middle(place_of(kiosk, TASKS.name)))
        await kiosk.press("f9")
        await kiosk.at("Tasks")
        rows = list_of(kiosk)
        kiosk.hands.wheel(10, 5)
        await kiosk.until(lambda: rows.highlighted == 1)
        kiosk.hands.wheel(10, 5, up=True)
        await kiosk.until(lambda: rows.highlighted == 0)
        assert kiosk.name == "Tasks"


async def test_letters_come_by_a_tap_on_the_field_or_a_key_and_go(desk: Desk) -> None:
    async with desk.open() as kiosk:
        fingers = Fingers(kiosk)
        assert fingers.target("hide") is None
        await fingers.tap(KEYBOARD.name)
        await kiosk.until(lambda: fingers.target("hide") is not None, "letters")
        await kiosk.press("ctrl+k")
        await kiosk.until(lambda: fingers.target("hide") is None, "no letters")
        await kiosk.press("ctrl+k")
        await kiosk.to_recipient("T1")
        assert fingers.target("hide") is not None, "on every screen with a field"
        await fingers.tap("hide")
        await kiosk.until(lambda: fingers.target(TASKS.name, "hold") is not None, "the keys")


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_a_desk_without_a_keyboard_begins_with_letters(desk: Desk, size: tuple[int, int]) -> None:
    desk.touch = {"keyboard": "always"}
    async with desk.open(size) as kiosk:
        fingers = Fingers(kiosk)
        await fingers.type("Öl-7@É.x")
        assert kiosk.screen.query_one(Field).text == "Öl-7@É.x"
        await fingers.tap("backspace")
        await kiosk.until(lambda: kiosk.screen.query_one(Field).text == "Öl-7@É.")


async def test_letters_join_what_is_typed_and_are_never_a_scan_however_fast(desk: Desk) -> None:
    desk.touch = {"keyboard": "always"}
    async with desk.open((100, 30)) as kiosk:
        fingers = Fingers(kiosk)
        kiosk.type(TWINS[:2])
        cells = [middle(place_of(kiosk, sign)) for sign in TWINS[2:].lower()]
        kiosk.hands.tap_quickly(*cells, gap=0.11)
        await kiosk.until(
            lambda: kiosk.screen.query_one(Field).text.upper() == TWINS, "every letter, also the same twice"
        )
        await kiosk.rest()
        assert kiosk.name == "Home"
        await fingers.tap("enter")
        await kiosk.at("Recipient")
        assert kiosk.screen.query_one(Field).text == ""


async def test_the_main_key_among_the_letters_counts_once(desk: Desk) -> None:
    desk.touch = {"keyboard": "always"}
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        await Fingers(kiosk).type("mwangi abdi")
        await kiosk.shows("Mwangi Abdi")
        cell = middle(place_of(kiosk, "enter"))
        kiosk.hands.tap_quickly(cell, cell)
        await kiosk.shows("free lockers as of")
        await kiosk.rest()
        assert kiosk.name == "Locker"


async def test_a_question_shows_its_answers_and_not_the_letters(desk: Desk) -> None:
    desk.touch = {"keyboard": "always"}
    async with desk.open() as kiosk:
        await in_locker(kiosk.services)
        kiosk.app.post_message(GoTo(ShowNewCode(await kiosk.parcel("T1"))))
        await kiosk.at("NewCode")
        fingers = Fingers(kiosk)
        await fingers.type("lost\r")
        await fingers.tap(RENEW.name)
        await kiosk.at("Code")
