"""What a slow line needs: keys that arrive in one piece stay in order, changes come by themselves, silence else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widget import Widget

from kiosk.parcels.events import ParcelTakenIn
from kiosk.parcels.states import Role
from kiosk.wiring import open_journal
from tests.house.desk import CLERK
from tests.screens.console.console_in_test import NUMBERS, Console, console, console_app, fill, ready
from tests.screens.kiosk_in_test import Desk

pytestmark = pytest.mark.every_frame


async def elsewhere(desk: Desk, number: str) -> None:
    """Take a parcel in, in another process on the same folder."""
    async with open_journal(desk.settings(), desk.clock) as journal:
        await journal.append(number, ParcelTakenIn(tracking_number=number, scanned=number), CLERK)


async def quiet(opened: Console) -> None:
    """Wait until everything that was asked for is drawn."""
    for _ in range(20):
        await opened.pilot.pause(0.01)


async def test_a_burst_of_keys_does_what_it_does_key_by_key(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        opened.type("3ss/maria\rg/x/y\r\x1b6?")
        await opened.at("Keys")
        await opened.press("escape")
        await opened.at("Kiosk")
        opened.type("3")
        await opened.shows("[gone]", "/x/y")


async def test_keys_typed_before_everything_is_open_break_nothing(desk: Desk) -> None:
    app = console_app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        opened = Console(app, pilot)
        opened.type("2\r/x5r")
        await ready(opened)
        await opened.shows("Lobby")


async def test_keys_after_quit_break_nothing(desk: Desk) -> None:
    async with console(desk) as opened:
        opened.type("q1234\r\x1b/abc")
        await opened.pilot.app._task  # type: ignore[misc]
    assert opened.app.return_code == 0


async def test_pasted_text_is_an_answer_and_never_a_command(desk: Desk) -> None:
    async with console(desk) as opened:
        opened.hands.paste("q6\r")
        await quiet(opened)
        assert opened.name == "Overview"
        opened.type("3/")
        opened.hands.paste("T\x1b1\nq")
        opened.type("\r")
        await opened.shows("/T1")


async def test_an_answer_is_edited_before_it_is_given(desk: Desk) -> None:
    async with console(desk) as opened:
        opened.type("3/abd")
        await opened.press("left", "left", "X", "end", "backspace", "c", "home", "delete", "enter")
        await opened.shows("/Xbc")
        opened.type("/zz")
        await opened.press("ctrl+u")
        opened.type("\r")
        await opened.lacks("/Xbc", "/zz")


@pytest.mark.parametrize(
    ("digit", "words"),
    [("1", "1 taken in today"), ("3", "NEW1"), ("5", "Parcel taken in NEW1"), ("6", "1 event")],
)
async def test_what_another_process_records_appears_by_itself(desk: Desk, digit: str, words: str) -> None:
    async with console(desk) as opened:
        opened.type(digit)
        await quiet(opened)
        await elsewhere(desk, "NEW1")
        await opened.shows(words)


async def test_a_new_event_does_not_move_what_is_being_read(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("5", "Journal", "46 events")
        await opened.press("down", "down", "down")
        await opened.shows("► 43")
        before = next(at for at, row in enumerate(opened.rows) if "► " in row[:3])
        await elsewhere(desk, "NEW1")
        await opened.shows("47 events")
        assert "43" in opened.rows[before]
        assert "►" in opened.rows[before]


@pytest.mark.parametrize("digit", "123456")
async def test_nothing_is_painted_while_nothing_changes(
    desk: Desk, digit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(desk)
    async with console(desk) as opened:
        opened.type(digit)
        await quiet(opened)
        painted: list[Widget] = []
        refresh = Widget.refresh

        def note(widget: Widget, *args: object, **options: object) -> Widget:
            painted.append(widget)
            return refresh(widget, *args, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(Widget, "refresh", note)
        desk.clock.advance(timedelta(minutes=1))
        await quiet(opened)
        assert not painted


async def test_the_service_is_asked_once_however_often_pages_are_opened(desk: Desk) -> None:
    async with console(desk) as opened:
        asked = 0
        api = opened.services.desk.lockers._api
        ask = api.get_locker_bank_details

        async def count(locker_bank_id: str) -> object:
            nonlocal asked
            asked += 1
            return await ask(locker_bank_id)

        object.__setattr__(api, "get_locker_bank_details", count)
        for digit in "2121r3r4151":
            opened.type(digit)
            await quiet(opened)
        assert asked == 0
        desk.clock.advance(timedelta(minutes=2))
        opened.type("21")
        await quiet(opened)
        assert asked == 0
        opened.type("r")
        await opened.shows("Read today 08:02")
        assert asked == 3
        desk.clock.advance(timedelta(minutes=6))
        opened.type("2")
        await opened.shows("read today 08:08")
        assert asked == 6


async def test_a_viewer_of_a_small_window_sees_the_same(desk: Desk) -> None:
    await fill(desk)
    async with console(desk, Role.VIEWER, size=(60, 16)) as opened:
        for digit in "123456":
            opened.type(digit)
            await quiet(opened)
            assert all(len(row) <= 60 for row in opened.rows)
        await opened.page("3", "ParcelList", "►", "Number", NUMBERS.expired)


async def test_a_resize_draws_the_page_for_the_new_size(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("3", "ParcelList", "7 parcels:")
        await opened.pilot.resize_terminal(120, 40)
        await opened.until(lambda: any(len(row) > 100 for row in opened.rows))
        assert len(opened.rows) == 40
        await opened.page("1", "Overview", "Lobby")
        await opened.pilot.resize_terminal(80, 24)
        await opened.until(lambda: len(opened.rows) == 24 and all(len(row) <= 80 for row in opened.rows))
        await opened.shows("Lobby", "q Quit")
