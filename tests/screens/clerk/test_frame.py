"""What stands around every screen: waiting words, status bar, help, themes, quitting, and how the kiosk ends early."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta

import httpx
import pytest

from kiosk.errors import KioskError, SettingsError, StorageError, StorageReadOnlyError
from kiosk.wiring import Services
from kiosk.words.errors import explain
from screens import flow
from screens.app import KioskApp
from screens.help_page import HELP_PAGE
from screens.theme import THEMES
from tests.screens.kiosk_in_test import Desk, Kiosk


class Paused(httpx.AsyncHTTPTransport):
    """A line on which writes wait until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "GET" and "/auth/" not in request.url.path:
            await self.go_on.wait()
        return await super().handle_async_request(request)


def test_words_come_after_300_ms_and_advice_after_5_s() -> None:
    assert flow.SHOW_WAIT_AFTER_SECONDS == 0.3
    assert flow.EXPLAIN_WAIT_AFTER_SECONDS == 5.0


async def test_a_request_that_takes_long_is_told_in_words_then_with_advice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "EXPLAIN_WAIT_AFTER_SECONDS", 0.7)
    line = Paused()
    async with desk.open(transport=line) as kiosk:
        await kiosk.to_locker()
        await kiosk.press("enter")
        assert "Reserving" not in kiosk.read
        text = await kiosk.shows("Reserving in Lobby...", busy=True)
        assert "You can scan the next parcel" not in text
        await kiosk.shows("This takes longer than usual. You can scan the next parcel", "1 request pending", busy=True)
        line.go_on.set()
        await kiosk.shows("Put it in locker")
        assert "Reserving" not in kiosk.read


async def test_the_words_of_waiting_go_when_what_was_waited_for_is_there(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        with desk.service.stalled():
            await kiosk.press("f5")
            await kiosk.shows("Looking for free lockers...", busy=True)
        await kiosk.shows("free lockers as of")
        assert "Looking" not in kiosk.read


async def test_the_status_bar_tells_environment_line_and_time(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.shows("DEMO", "● online", "08:00")
        desk.service.pull_out()
        desk.clock.advance(timedelta(minutes=41))
        kiosk.scan("T1")
        await kiosk.shows("Who is it for?")
        kiosk.type("gergo\r")
        await kiosk.shows("○ offline since 08:41", "08:41")
        desk.service.plug_in()
        await kiosk.press("f5")
        await kiosk.shows("● online", "Reserve")


async def test_the_clock_ticks_at_the_full_minute(desk: Desk) -> None:
    desk.clock.advance(timedelta(seconds=59.8))
    async with desk.open() as kiosk:
        await kiosk.shows("08:00")
        desk.clock.advance(timedelta(seconds=30))
        await kiosk.shows("08:01")


async def test_a_screen_below_the_help_keeps_its_status(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        await kiosk.press("f1")
        await kiosk.shows("You can scan the next parcel")
        desk.clock.advance(timedelta(minutes=3))
        kiosk.app.navigator.show_status()
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "08:03")


@pytest.mark.parametrize("width", [80, 100])
async def test_the_help_shows_every_key_to_its_last_word(desk: Desk, width: int) -> None:
    async with desk.open((width, 560)) as kiosk:
        await kiosk.press("f1")
        await kiosk.shows("You can scan the next parcel", "Ctrl+Q")
        text = kiosk.read
        for action in {action for keymap in HELP_PAGE for action in keymap.actions}:
            assert f"{action.label} {action.help}" in text
        assert "\N{HORIZONTAL ELLIPSIS}" not in text.rpartition(" DEMO ")[0]


async def test_the_help_is_paged_through_by_keys(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.press("f1")
        await kiosk.shows("You can scan the next parcel")
        assert "Ctrl+Q" not in kiosk.read
        await kiosk.press(*["pagedown"] * 48)
        await kiosk.shows("Ctrl+Q")
        await kiosk.press("up", *["pageup"] * 48, "down", "up")
        await kiosk.shows("You can scan the next parcel")
        await kiosk.press("escape")
        await kiosk.shows("Scan the parcel")


async def test_pressing_back_twice_leaves_only_the_help(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.press("f1", "f1")
        await kiosk.shows("You can scan the next parcel")
        await kiosk.press("escape", "f2", "f2")
        await kiosk.shows("free lockers as of")
        assert kiosk.name == "Locker"


async def test_the_colours_change_in_a_circle_and_the_settings_name_the_first(desk: Desk) -> None:
    async with desk.open(theme="light") as kiosk:
        assert kiosk.app.theme == "kiosk-light"
        seen = []
        for _ in THEMES:
            await kiosk.press("f12")
            await kiosk.pilot.pause()
            seen.append(kiosk.app.theme)
        assert seen == ["kiosk-contrast", "kiosk-dark", "kiosk-light"]


@pytest.mark.parametrize("step", ["home", "recipient", "put in", "on its way"])
async def test_quitting_loses_nothing(desk: Desk, step: str) -> None:
    async with desk.open() as kiosk:
        if step == "recipient":
            await kiosk.to_recipient()
        elif step != "home":
            await kiosk.to_put_in()
        with desk.service.stalled() if step == "on its way" else nullcontext():
            if step == "on its way":
                await kiosk.press("enter")
                await kiosk.shows("Recording", busy=True)
            await kiosk.press("ctrl+q")
            await kiosk.shows("Leave the kiosk?", busy=True)
            await kiosk.press("enter")
            await kiosk.lacks("Leave the kiosk?")
            await kiosk.press("ctrl+q")
            await kiosk.shows("Leave the kiosk?", busy=True)
            await kiosk.press("f10")
            await kiosk.until(lambda: not kiosk.app.is_running or kiosk.app._exit, "the end")
    assert kiosk.app.return_code == 0
    assert kiosk.app.lifetime.failure is None
    async with desk.open() as kiosk:
        match step:
            case "home":
                await kiosk.shows("No parcels yet today")
            case "recipient":
                await kiosk.counts("Unfinished", 1)
                await kiosk.shows("no locker yet")
            case "put in":
                await kiosk.shows("Put it in locker")
            case _:
                await kiosk.at("Code")
                await kiosk.shows_the_code_of(desk.service.holding("T1"))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SettingsError("desk.theme (from the environment): input should be 'dark'."), 2),
        (StorageReadOnlyError("The data folder can't be written."), 1),
        (StorageError("No journal."), 1),
    ],
)
async def test_what_keeps_the_kiosk_from_opening_ends_it_with_the_sentence(error: KioskError, code: int) -> None:
    def refuse() -> AbstractAsyncContextManager[Services]:
        raise error

    app = KioskApp(refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        kiosk = Kiosk(app, pilot)
        kiosk.type("T1\r")
        await kiosk.until(lambda: app._exit, "the end")
    assert app.lifetime.failure is error
    assert app.return_code == code


async def test_a_folder_of_another_environment_ends_the_kiosk(desk: Desk) -> None:
    async with desk.open():
        pass
    (desk.folder / "data" / "journal.sqlite").write_bytes(b"no database at all, but long enough for one" * 100)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await Kiosk(app, pilot).until(lambda: app._exit, "the end")
    assert isinstance(app.lifetime.failure, StorageError)
    assert app.return_code == 1


async def test_a_journal_that_can_not_be_written_takes_no_parcel_in(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        await kiosk.services.queries.journal.connection.write(lambda db: db.execute("PRAGMA query_only = 1"))
        kiosk.scan("T222")
        await kiosk.shows("The data folder is read-only", "Tell the operator. No parcels can be taken in")
        kiosk.type("gergo")
        await kiosk.lacks("The data folder is read-only")
        kiosk.type("\r")
        await kiosk.shows("The data folder is read-only")
        assert kiosk.name == "Recipient"
        await kiosk.services.queries.journal.connection.read(lambda db: db.execute("PRAGMA query_only = 0"))
        assert await kiosk.events() == ["parcel_taken_in"]
        kiosk.type("gergo\r")
        await kiosk.shows("free lockers as of")


async def test_an_error_nobody_foresaw_ends_the_kiosk_and_says_so(desk: Desk) -> None:
    app = desk.app()

    async def run_into_it() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            kiosk = Kiosk(app, pilot)
            await kiosk.shows("DEMO")
            app.call_later(lambda: 1 // 0)
            await kiosk.pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await run_into_it()
    assert app.lifetime.failure is not None
    assert explain(app.lifetime.failure).sentence == "Nothing that was recorded is lost."
    assert app.return_code == 1
