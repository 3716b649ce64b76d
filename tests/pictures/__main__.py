"""Draws the pictures of the documents from the screens: `python -m tests.pictures [FOLDER]`, default beside this file.

Time, place, world and names are fixed, so that the same program draws the same bytes.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.languages import ENGLISH
from kiosk.words.language import speak
from tests.house.desk import BANK
from tests.screens.console.console_in_test import Console, console, fill
from tests.screens.kiosk_in_test import Desk, Kiosk

SIZE = (100, 30)
STILL_SECONDS = 0.1
"""Longer than the layout takes to settle after a screen appeared."""
EARLIER = (
    ("1Z999AA10123456784", "audrey caldwell"),
    ("TBA304512876001", "isla stanton"),
    ("9400111202555842332669", "zainab nasser"),
)
"""Parcels that are in when the clerk goes on: number and the letters typed."""
HALF_DONE = ("JD0146000062812307", "mwangi abdi")
AFTERNOON = datetime(2026, 3, 2, 21, 35, tzinfo=UTC)
"""Shortly before many places close, in the demo's time zone."""
NEXT, LETTERS = "TBA304512876002", "ma"

_REMOTE_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)


async def draw() -> dict[str, str]:
    """Take a parcel through every step, then look on as the operator; return each screen as SVG, by its name."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as others:
        desk, filled = Desk(Path(data)), Desk(Path(others))
        try:
            async with desk.open(SIZE) as kiosk:
                pictures = await _draw(kiosk, desk) | await _letters(kiosk)
            async with desk.open((80, 24), large_print=True) as large:
                pictures["large_code"] = await _code(large, "TBA304512876003")
            async with desk.open(SIZE, language="de") as german:
                pictures["german_code"] = await _code(german, "TBA304512876004")
            speak(ENGLISH)
            await fill(filled)
            async with console(filled, size=SIZE) as looking_on:
                return pictures | await _look_on(looking_on)
        finally:
            desk.service.pull_out()
            filled.service.pull_out()


async def _look_on(looking_on: Console) -> dict[str, str]:
    overview = await _still(looking_on)
    await looking_on.page("2", "BankMap", "Lobby")
    await looking_on.press("down", "right")
    return {"console": overview, "console_bank": await _still(looking_on)}


async def _code(kiosk: Kiosk, number: str) -> str:
    """Take a parcel in, whatever the words on the screens, and return the screen with its code."""
    kiosk.scan(number)
    await kiosk.at("Recipient")
    kiosk.type("mwangi abdi\r")
    for name in ("Locker", "PutIn"):
        await kiosk.at(name)
        await kiosk.rest()
        await kiosk.press("enter")
    await kiosk.at("Code")
    await kiosk.shows(kiosk.services.desk.lockers.label(BANK))
    return await _still(kiosk)


async def _draw(kiosk: Kiosk, desk: Desk) -> dict[str, str]:
    pictures: dict[str, str] = {}
    for number, letters in EARLIER:
        await kiosk.to_code(number, letters)
        await kiosk.press("enter")
        await kiosk.at("Home")
        desk.clock.advance(timedelta(minutes=4))
    await kiosk.to_put_in(*HALF_DONE)
    await kiosk.press("escape")
    await kiosk.counts("Unfinished", 1)
    pictures["home"] = await _still(kiosk)
    await kiosk.to_recipient(NEXT)
    kiosk.type(LETTERS)
    await kiosk.shows(LETTERS, "This one")
    pictures["recipient"] = await _still(kiosk)
    await kiosk.press("enter")
    await kiosk.shows("free lockers as of")
    pictures["locker"] = await _still(kiosk)
    await kiosk.press("enter")
    await kiosk.shows("Put it in locker")
    pictures["put_in"] = await _still(kiosk)
    await kiosk.press("enter")
    await kiosk.at("Code")
    await kiosk.shows("Pickup code", "Done")
    pictures["code"] = await _still(kiosk)
    await kiosk.press("enter")
    await kiosk.at("Home")
    desk.clock.advance(AFTERNOON - desk.clock.now())
    await kiosk.press("f3")
    await kiosk.at("Finder")
    await kiosk.press("f2")
    await kiosk.at("FacilityChoices")
    await kiosk.press("f4", "f5", "f5", "f7", "enter")
    await kiosk.at("Finder")
    await kiosk.shows("Takes returns", "found")
    await kiosk.press("down", "down")
    pictures["finder"] = await _still(kiosk)
    await kiosk.press("enter")
    await kiosk.at("Facility")
    pictures["facility"] = await _still(kiosk)
    return pictures


async def _letters(kiosk: Kiosk) -> dict[str, str]:
    await kiosk.press("escape", "escape")
    await kiosk.at("Home")
    await kiosk.to_recipient("TBA304512876003")
    await kiosk.press("ctrl+k")
    kiosk.type("sam")
    await kiosk.shows("Samira Abboud")
    return {"letters": await _still(kiosk)}


async def _still(kiosk: Kiosk | Console) -> str:
    """Return the screen once it stands still, without anything that a browser would fetch from elsewhere."""
    drawn = ""
    while drawn != (drawn := kiosk.app.export_screenshot(simplify=True)):
        await kiosk.pilot.pause(STILL_SECONDS)
    svg = _COMMENT.sub("", _REMOTE_FONTS.sub("", drawn))
    return svg.replace("Fira Code, monospace", "monospace")


def main() -> None:
    os.environ["TZ"] = "UTC"
    time.tzset()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in asyncio.run(draw()).items():
        (folder / f"{name}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
