"""Large print: half the words, and locker and code in high signs, at 80x24."""

from __future__ import annotations

import re

import pytest

from screens.widgets.big_text import BigText
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.widgets.harness import screen_text

SCREENS = ("Recipient", "Locker", "PutIn", "Code", "Home")
HIGH = 7
"""Rows of a high sign."""
SHARE = 0.55
"""Of the words; half of them, and what a sentence needs to stay one."""


async def said_in_an_intake(kiosk: Kiosk, number: str, letters: str) -> dict[str, str]:
    """Take a parcel in, and return what each of its screens says."""
    said: dict[str, str] = {}

    async def note(name: str, *words: str) -> None:
        await kiosk.at(name)
        await kiosk.shows(*words)
        said[name] = screen_text(kiosk.app)

    kiosk.scan(number)
    await kiosk.at("Recipient")
    kiosk.type(letters)
    await kiosk.lacks("Abena Asante")  # stands in the directory until the letters have been looked up
    await note("Recipient", "This one")
    await kiosk.press("enter")
    await note("Locker", "Reserve ")
    await kiosk.press("enter")
    await note("PutIn", "Put it in locker")
    await kiosk.press("enter")
    await note("Code", "Pickup code", "Lobby")
    await kiosk.press("enter")
    await note("Home", "in locker")
    return said


def words(text: str) -> int:
    """Count what has to be read; the names of keys are on the keyboard as well."""
    return len(
        [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in {"Enter", "Esc", "Ins", "Del", "Ctrl"}]
    )


async def test_it_says_half_as_much(desk: Desk) -> None:
    async with desk.open() as kiosk:
        usual = await said_in_an_intake(kiosk, "T1", "samira k")
    async with desk.open(large_print=True) as kiosk:
        large = await said_in_an_intake(kiosk, "T2", "mwangi abdi")
    shares = {name: round(words(large[name]) / words(usual[name]), 2) for name in SCREENS}
    assert sum(map(words, large.values())) <= SHARE * sum(map(words, usual.values())), shares


@pytest.mark.parametrize("size", [(80, 24), (100, 30)], ids=["80x24", "100x30"])
async def test_locker_and_code_stand_in_high_signs(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size, large_print=True) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("mwangi abdi\r")
        await kiosk.at("Locker")
        await kiosk.shows("Reserve ")
        assert kiosk.screen.query_one("ChosenDoor BigText", BigText).size.height == HIGH
        await kiosk.press("enter")
        await kiosk.at("PutIn")
        (unit,) = kiosk.screen.query(BigText)
        assert unit.size.height == HIGH
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.shows("Lobby")
        code, locker = kiosk.screen.query(BigText)
        assert (locker.text, locker.size.height) == (unit.text, HIGH)
        await kiosk.until(lambda: bool(code.text), "the code")
        assert code.size.height == HIGH
        assert code.region.bottom <= locker.region.y
        assert locker.region.bottom <= kiosk.screen.query_one("#keys").region.y


async def test_it_is_large_from_the_first_frame_on_that_has_the_settings(desk: Desk) -> None:
    async with desk.open(large_print=True) as kiosk:
        await kiosk.shows("Scan the parcel")
        await kiosk.lacks("or type its number")
