"""Codes of every format on a slow line with a program that stands still: each is one parcel, and no key acts.

`python -m tests.soak stalls`. Through the app in process, on a clock that only the line moves; through a pty, with a
process that is really stopped; through a real terminal under a compositor without a screen.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from math import inf
from pathlib import Path

from screens.terminal import Arrived, Silent
from tests.bench.figure import Figure
from tests.e2e.scanned import through_a_pty
from tests.e2e.window import MISSING, through_a_window
from tests.scanner.codes import Codes
from tests.scanner.slow_line import Line
from tests.scanner.traffic import SCANNERS, Day, day
from tests.scanner.truth import differences
from tests.screens.kiosk_in_test import Desk

ROUNDS = 100_000
CODES_A_DAY = 500
PTY_SHARE, WINDOW_CODES = 0.03, 200
OWN_PREFIX = "IH-"


def measure(rounds: int) -> list[Figure]:
    """Scan so many codes in process, 3 in 100 of them through a pty too, and 200 through a terminal."""
    through_pty, through_window = max(int(rounds * PTY_SHARE), 30), min(WINDOW_CODES, rounds)
    figures = [_figure("the app", rounds, asyncio.run(days_through_the_app(1, rounds)))]
    wrong = [each for seed in range(through_pty // 150 or 1) for each in through_a_pty(seed, min(150, through_pty))]
    figures.append(_figure("a pty, the process stopped and continued", through_pty, wrong))
    if MISSING:
        return [*figures, Figure("Codes through foot", f"left out, for want of {MISSING}")]
    return [*figures, _figure("foot", through_window, through_a_window(1, through_window))]


def _figure(through: str, codes: int, wrong: list[str]) -> Figure:
    name = f"Of {codes:,} codes through {through}, lost, torn, glued or obeyed"
    return Figure(name, "; ".join([str(len(wrong)), *wrong[:3]]), "0", reached=not wrong)


async def days_through_the_app(seed: int, codes: int, codes_a_day: int = CODES_A_DAY) -> list[str]:
    """Scan so many codes in days of random scanners; return what went wrong."""
    rng = random.Random(seed)
    wrong: list[str] = []
    drawn = Codes(rng, own_prefix=OWN_PREFIX)
    for number, left in enumerate(range(codes, 0, -codes_a_day)):
        today = day(rng, drawn, rng.choice(SCANNERS), count=min(left, codes_a_day), longest_burst=200)
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
            return differences(await kiosk.history(), today)
    finally:
        desk.service.pull_out()
