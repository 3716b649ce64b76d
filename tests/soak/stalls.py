"""Codes of every format through the app on a slow line with a program that stands still: each is one parcel."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from screens.terminal import Arrived, Silent
from tests.scanner.slow_line import Line
from tests.scanner.traffic import Codes, day
from tests.screens.kiosk_in_test import Desk

if TYPE_CHECKING:
    from tests.scanner.traffic import Day
    from tests.screens.kiosk_in_test import Kiosk

CODES_A_DAY = 500
OWN_PREFIX = "IH-"
ALLOWED = {"ParcelTakenIn"}
"""No code of these days is on another one's label, and no key acts."""


async def days_through_the_app(seed: int, codes: int) -> list[str]:
    """Scan so many codes in days of random scanners; return what went wrong."""
    rng = random.Random(seed)
    wrong: list[str] = []
    drawn = Codes(rng, own_prefix=OWN_PREFIX)
    for number, left in enumerate(range(codes, 0, -CODES_A_DAY)):
        today = day(rng, drawn, count=min(left, CODES_A_DAY), longest_burst=120)
        with tempfile.TemporaryDirectory(prefix="stalls-") as folder:
            wrong += [f"day {number}: {each}" for each in await _through_the_app(today, rng, Path(folder))]
    return wrong


async def _through_the_app(today: Day, rng: random.Random, folder: Path) -> list[str]:
    desk = Desk(folder)
    scanner = today.scanner
    end = "enter" if scanner.end else "silence"
    try:
        async with desk.open(own_prefix=OWN_PREFIX, scanner_prefix=scanner.prefix, scanner_end=end) as kiosk:
            for message in Line(today, rng).heard():
                if isinstance(message, Arrived):
                    message.read_at = inf  # as if every screen had been seen: a key that acts would be obeyed
                kiosk.app.post_message(message)
                if isinstance(message, Silent) and rng.random() < 0.02:
                    await kiosk.rest()
            await kiosk.rest()
            return await differences(kiosk, today)
    finally:
        desk.service.pull_out()


async def differences(kiosk: Kiosk, today: Day) -> list[str]:
    """Return how the journal differs from what was scanned."""
    history = await kiosk.history()
    scanned = Counter(label.number for label in today.labels)
    taken = Counter(each["body"]["trackingNumber"] for each in history if each["type"] == "ParcelTakenIn")
    wrong = [f"lost: {number}" for number in (scanned - taken).elements()]
    wrong += [f"never scanned: {number}" for number in (taken - scanned).elements()]
    wrong += [f"in the journal: {each['type']} {each['body']}" for each in history if each["type"] not in ALLOWED]
    return [f"{each} ({today.scanner})" for each in wrong]
