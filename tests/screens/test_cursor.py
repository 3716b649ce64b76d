"""The terminal's own cursor stands where the focus is, on every screen, and is shown where what is typed appears."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from screens.cursor import point_on
from screens.perceived import PerceivedApp
from tests.screens.clerk.test_snapshots import SIZES, problem
from tests.screens.clerk.test_snapshots import home_with_parcels as with_parcels
from tests.screens.console.console_in_test import console, fill
from tests.screens.kiosk_in_test import Desk
from tests.screens.shift_in_test import signs_in
from tests.screens.test_dead_screens import CONSOLE_WAYS, WAYS
from tests.screens.test_pause import SAID, pause
from tests.screens.widgets.harness import lines

MARK = "►"

FIELDS = {
    "HomeScreen": ("Scan the parcel", ""),
    "ShelfScreen": ("Put it on the shelf at", ""),
    "RecipientScreen": ("Who is it for?", "sam"),
    "ContactIdScreen": ("Contact id", ""),
    "CountingScreen": ("Scan every parcel in it", ""),
    "FindScreen": ("Find a parcel", "samira k"),
    "FacilityAddressScreen": ("Address", "110 Myrtle Avenue, Westport, CT 06880"),
    "AddressScreen": ("E-mail address", "mwangi.abdi@example.com"),
    "NewCodeScreen": ("Why is a new pickup code needed?", ""),
    "HandOverScreen": ("Who collects?", ""),
    "CollectingScreen": ("What is collected?", ""),
    "OutgoingScreen": ("Where does it go?", ""),
}
"""Screens with a field: its label, and what is typed in it; the cursor stands behind that."""

ROWS = {
    "NumberScreen": "FedEx",
    "StocktakeScreen": "Lobby",
    "StocktakeResultScreen": "Locker 1: TBA713073860281",
    "FinderScreen": "2 Orange Florist",
    "TasksScreen": "Hand over",
    "TourScreen": "An answer gets lost",
}
"""Screens with a list: its selected row, at whose beginning the cursor stands."""

TEXTS = {
    "LabelScreen": "Write this number on the box",
    "LockerScreen": "small",
    "PutInScreen": "Put it in locker",
    "LeavingScreen": "Leave the kiosk?",
    "CodeScreen": "Pickup code",
    "ScannerTestScreen": "Scanner test",
    "PaperScreen": "Parcel T1 for Mwangi Abdi",
    "ParcelPageScreen": "T1",
    "FacilityScreen": "Franklin Mail",
    "FacilityChoicesScreen": "What are you looking for?",
    "ElsewhereScreen": "Parcel 1Z5R89390357567127",
    "HelpScreen": "You can scan the next parcel",
    "ExpiredScreen": "No parcel has expired",
    "RoundScreen": "Take it out of locker",
    "LanguageScreen": " ► English",
    "SignInScreen": "Who works at the desk?",
    "WayOutScreen": "Leave the kiosk?",
    "IdleWarningScreen": "Still there?",
    "LeavingTodayScreen": "0 parcels leave",
    "IdleScreen": "Press any key",
}
"""Screens without a focus, and the size that keys move among: the text that begins at the cursor."""

CONSOLE_ROWS = {
    "OverviewScreen": "holds two lockers",
    "ParcelListScreen": "EXPIRED1",
    "JournalScreen": "46",
    "ParcelScreen": "09:00:00",
}
CONSOLE_TEXTS = {
    "BankMapScreen": "►1",
    "SessionsScreen": "Nobody is connected.",
    "EventScreen": "Event 46: Parcel cancelled",
    "KeysScreen": "Everywhere",
    "KioskScreen": "Parcel kiosk 0.",
}


def around(app: PerceivedApp[Any]) -> tuple[str, str, str]:
    """Return the row above the cursor, and what stands before and behind it in its own row."""
    x, y = app.cursor_position
    drawn = lines(app)
    row = drawn[y].ljust(app.size.width)
    at = next(index for index in range(len(row) + 1) if cell_len(row[:index]) == x)
    return drawn[y - 1].strip(" ▌"), row[:at], row[at:]


def stands_behind(app: PerceivedApp[Any], label: str, typed: str) -> bool:
    above, before, _behind = around(app)
    return above == label and before.lstrip(" ▌") == typed and point_on(app.screen).takes_text


def stands_at_row(app: PerceivedApp[Any], text: str) -> bool:
    _above, before, behind = around(app)
    return not before.strip() and behind.startswith(f" {MARK} ") and behind[3:].lstrip(" !").startswith(text)


def test_what_is_expected_is_told_of_every_screen() -> None:
    assert {*FIELDS, *ROWS, *TEXTS} == set(WAYS)
    assert {*CONSOLE_ROWS, *CONSOLE_TEXTS, "AttentionScreen"} == set(CONSOLE_WAYS)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("name", WAYS)
async def test_the_cursor_stands_where_the_focus_is(desk: Desk, name: str, size: tuple[int, int]) -> None:
    async with desk.open(size) as kiosk:
        await WAYS[name](kiosk)
        await kiosk.rest()
        if name in FIELDS:
            assert stands_behind(kiosk.app, *FIELDS[name]), around(kiosk.app)
            return
        assert not point_on(kiosk.screen).takes_text
        if name in ROWS:
            assert stands_at_row(kiosk.app, ROWS[name]), around(kiosk.app)
        else:
            assert around(kiosk.app)[2].startswith(TEXTS[name]), around(kiosk.app)


@pytest.mark.parametrize("name", CONSOLE_WAYS)
async def test_the_cursor_of_the_console_stands_where_the_focus_is(desk: Desk, name: str) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await CONSOLE_WAYS[name](opened)
        if name == "AttentionScreen":
            _above, before, _behind = around(opened.app)
            assert before == " > nobody's in ther"
            assert point_on(opened.screen).takes_text
            return
        assert not point_on(opened.screen).takes_text
        if name in CONSOLE_ROWS:
            assert stands_at_row(opened.app, CONSOLE_ROWS[name]), around(opened.app)
            return
        text = CONSOLE_TEXTS[name]
        await opened.until(lambda: around(opened.app)[2].startswith(text), text)


async def test_it_follows_whatever_was_moved_in_last(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await with_parcels(kiosk)
        assert stands_behind(kiosk.app, *FIELDS["HomeScreen"])
        await kiosk.press("down")
        await kiosk.until(lambda: stands_at_row(kiosk.app, "08:00"), "the cursor in the list")
        assert not point_on(kiosk.screen).takes_text
        kiosk.type("t")
        await kiosk.until(lambda: stands_behind(kiosk.app, "Scan the parcel", "t"), "the cursor in the field")


async def test_a_question_has_it_while_it_is_asked(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await problem(kiosk)
        assert around(kiosk.app)[2].startswith("What is wrong with locker")
        await kiosk.press("escape")
        await kiosk.until(lambda: around(kiosk.app)[2].startswith("Put it in locker"), "the screen's own sentence")


async def test_in_an_answer_it_stands_between_the_letters(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await CONSOLE_WAYS["AttentionScreen"](opened)
        await opened.press("left", "left")
        await opened.until(lambda: around(opened.app)[1] == " > nobody's in th", "two letters to the left")
        assert around(opened.app)[2].startswith("er")


async def test_on_the_pad_it_stands_at_the_next_dot(desk: Desk) -> None:
    await signs_in(desk)
    async with desk.open() as kiosk:
        await kiosk.at("SignIn")
        await kiosk.shows("Ida Berg")
        await kiosk.press("enter")
        await kiosk.shows("PIN of Ida Berg")
        assert around(kiosk.app)[2].startswith("○ ○ ○ ○")
        kiosk.type("12")
        await kiosk.until(lambda: around(kiosk.app)[1].endswith("● ● "), "two dots")
        assert point_on(kiosk.screen).takes_text


async def test_wide_signs_count_as_what_they_take(desk: Desk) -> None:
    async with desk.open() as kiosk:
        before = kiosk.app.cursor_position.x
        kiosk.type("日本")
        await kiosk.until(lambda: kiosk.app.cursor_position.x == before + 4, "four cells to the right")


@pytest.mark.parametrize("said", SAID)
async def test_between_two_kiosks_it_stands_at_what_is_said(said: str) -> None:
    told = SAID[said]()
    app = pause(told)
    async with app.run_test():
        assert around(app)[2].startswith(told.title)
