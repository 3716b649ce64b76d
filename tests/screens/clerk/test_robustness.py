"""Nothing a terminal, a scanner, a person or the service does brings the kiosk down or reaches the terminal raw."""

from __future__ import annotations

import json
import random
import unicodedata

import httpx
import pytest

from screens.clerk_actions import QUIT
from screens.help_page import HELP_PAGE
from tests.screens.clerk.test_odd_banks import OddService, unit
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.widgets.harness import lines

pytestmark = pytest.mark.every_frame

SIZES = [(20, 5), (40, 10), (200, 60), (80, 24)]
NASTY = [
    "\x1b[2J\x1b]0;owned\x07",
    "[bold]loud[/bold]",
    "[/]",
    "[@click=app.quit]x[/]",
    "\x00\x01\x08\x7f\x9b31m",
    "abc\u202edcba\u202c",
    "📦👩‍👩‍👧 大きい荷物 \uff57\uff49",
    "\ud800half",
    "e\u0301\u0301\u0301" * 30,
    "a" * 10_000,
    "line\nline\r\tline",
    "${jndi} {0} %s \\",
]


def assert_plain(kiosk: Kiosk) -> None:
    """Fail if the screen holds anything that a terminal would obey, or rows of a wrong width."""
    width, height = kiosk.app.size
    drawn = lines(kiosk.app)
    assert len(drawn) == height
    for strip in kiosk.app.screen._compositor.render_strips():
        assert strip.cell_length == width, strip.text
        for sign in strip.text:
            assert unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"} or sign == "\xad", ascii(strip.text)


async def resize(kiosk: Kiosk) -> None:
    for size in SIZES:
        await kiosk.pilot.resize_terminal(*size)
        await kiosk.pilot.pause(0.01)
        assert_plain(kiosk)


async def test_the_terminal_changes_its_size_at_every_step(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await resize(kiosk)
        await kiosk.to_recipient()
        await resize(kiosk)
        await kiosk.press("f4")
        await kiosk.at("ContactId")
        await resize(kiosk)
        await kiosk.press("escape")
        await kiosk.at("Recipient")
        kiosk.type("gergo\r")
        await kiosk.shows("free lockers as of")
        await resize(kiosk)
        desk.service.fault("slow", "createReservation")
        await kiosk.press("enter")
        await resize(kiosk)
        await kiosk.shows("Put it in locker")
        await resize(kiosk)
        await kiosk.press("f1")
        await kiosk.shows("You can scan the next parcel")
        await resize(kiosk)
        await kiosk.press("escape", "enter")
        await kiosk.at("Code")
        await resize(kiosk)
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is in.")
        await resize(kiosk)
        kiosk.scan("T1")
        await kiosk.shows("Already here: in locker")
        await resize(kiosk)


@pytest.mark.parametrize("size", [(20, 5), (40, 10)])
async def test_the_whole_way_works_in_a_tiny_terminal(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size) as kiosk:
        kiosk.scan("T1")
        await kiosk.at("Recipient")
        kiosk.type("gergo\r")
        await kiosk.at("Locker")
        await kiosk.press("enter")
        await kiosk.at("PutIn")
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.press("enter")
        await kiosk.at("Home")
        assert (await kiosk.events())[-1] == "pickup_code_seen"


@pytest.mark.parametrize("step", ["Home", "Recipient", "ContactId", "Locker", "PutIn", "Code"])
async def test_a_scan_of_ten_thousand_characters_is_refused_in_words(desk: Desk, step: str) -> None:
    async with desk.open() as kiosk:
        match step:
            case "Recipient" | "ContactId":
                await kiosk.to_recipient()
            case "Locker":
                await kiosk.to_locker()
            case "PutIn":
                await kiosk.to_put_in()
            case "Code":
                await kiosk.to_code()
        if step == "ContactId":
            await kiosk.press("f4")
            await kiosk.at("ContactId")
        before = await kiosk.events()
        kiosk.scan("4" * 10_000)
        await kiosk.shows("too long for a code", "None of it was kept.")
        assert await kiosk.events() == before
        assert_plain(kiosk)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_whatever_is_scanned_or_typed_is_shown_as_plain_text(desk: Desk, text: str) -> None:
    async with desk.open() as kiosk:
        typed = text.replace("\n", "").replace("\r", "").replace("\t", "")[:300]
        kiosk.type(typed)
        await kiosk.rest()
        assert_plain(kiosk)
        kiosk.type("T1\r")
        await kiosk.rest()
        assert_plain(kiosk)
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2")
        kiosk.type(typed)
        await kiosk.rest()
        assert_plain(kiosk)
        kiosk.type("1\r")
        await kiosk.rest()
        assert_plain(kiosk)
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.to_recipient("T3")
        await kiosk.press("f4")
        await kiosk.at("ContactId")
        kiosk.scan(f"{typed[:60]}x1")
        await kiosk.rest()
        assert_plain(kiosk)
        await kiosk.press("escape")
        await kiosk.at("Home")
        assert_plain(kiosk)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_whatever_the_service_says_is_shown_as_plain_text(desk: Desk, text: str) -> None:
    bank = {"lockerBankId": f"B{text}", "lockerBankName": text}
    units = [unit(1, text or "small"), {**unit(2), "lockerUnitId": text}]
    service = OddService([bank, {"lockerBankId": "other"}], {**bank, "lockerUnits": units})
    async with desk.open(transport=service.transport) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergo\r")
        await kiosk.at("Locker")
        await kiosk.rest()
        assert_plain(kiosk)
        for status in (400, 500, 429):
            error = {"errorCode": text, "errorDescription": text, "additionalInfo": text}
            service.refusal = httpx.Response(status, content=json.dumps({"errors": [error]}).encode())
            await kiosk.press("enter")
            await kiosk.rest()
            assert_plain(kiosk)
            if kiosk.name != "Locker":
                break
        service.refusal = None
        for key in ("f5", "escape", "enter"):
            await kiosk.press(key)
            await kiosk.rest()
            assert_plain(kiosk)


async def test_a_hint_is_never_cut_off_by_a_long_error_text(desk: Desk) -> None:
    units = [unit(1), unit(2)]
    bank = {"lockerBankId": "B1", "lockerBankName": "Cellar"}
    service = OddService([bank], {**bank, "lockerUnits": units})
    words = "The request could not be completed because the contact is not enabled. " * 40
    service.refusal = httpx.Response(400, json={"errors": [{"errorDescription": words}]})
    async with desk.open(transport=service.transport) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergo\r")
        await kiosk.at("Locker")
        await kiosk.press("enter")
        await kiosk.shows("The locker service refused", "Nothing was reserved.", "if not, choose another one.")


KEYS = sorted(
    {action.key for keymap in HELP_PAGE for action in keymap.actions}
    | {"tab", "shift+tab", "home", "end", "delete", "backspace", "space", "f2", "f3", "ctrl+c", "ctrl+p", "ctrl+a"}
)


@pytest.mark.parametrize("seed", range(3))
async def test_keys_scans_and_taps_in_any_order_do_no_harm(desk: Desk, seed: int) -> None:
    rng = random.Random(seed)
    keys = [key for key in KEYS if key != QUIT.key]
    async with desk.open() as kiosk:
        for _ in range(80):
            match rng.randrange(12):
                case 0:
                    kiosk.scan(f"T{rng.randrange(9)}")
                case 1:
                    kiosk.type(rng.choice(["gergo", "fin", "zz", "1Z999AA10123456784\r", "\r"]))
                case 2:
                    width, height = kiosk.app.size
                    kiosk.hands.tap(rng.randrange(width), rng.randrange(height))
                case 3:
                    fault = rng.choice(["cut", "500", "lost", "html", "503", "half", "401"])
                    desk.service.fault(fault, rng.choice(["createReservation", "updateDeposit", "freeReservation"]))
                case 4:
                    await kiosk.pilot.resize_terminal(*rng.choice([(80, 24), (40, 10), (100, 30), (20, 5)]))
                case 5:
                    await kiosk.pilot.pause()
                case _:
                    await kiosk.press(*rng.choices(keys, k=rng.randrange(1, 4)))
            await kiosk.pilot.pause(0.005)
            assert kiosk.app._exception is None
        desk.service.clear()
        await kiosk.rest()
        await kiosk.events()
        for number in range(9):
            assert len(desk.service.holding(f"T{number}")) <= 1
