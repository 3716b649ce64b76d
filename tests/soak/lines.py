"""A whole shift in plain mode by somebody who knows only printed lines: every exception, then parcels to the end of it.

`python -m tests.soak lines`. The time from a line to the next question is taken on the way.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from tests.bench.figure import Figure, milliseconds
from tests.plain.shift import EXCEPTIONS, Shift, work
from tests.plain.teletype import Plain, Teletype, talking
from tests.screens.kiosk_in_test import Desk

ROUNDS = 100


class TimedTeletype(Teletype):
    """Notes how long each line waits for what is printed for it."""

    def __init__(self, tty: Teletype) -> None:
        vars(self).update(vars(tty))
        self.seconds: list[float] = []

    async def says(self, line: str, *words: str) -> str:
        began = time.perf_counter()
        said = await super().says(line, *words)
        self.seconds.append(time.perf_counter() - began)
        return said


def measure(rounds: int) -> list[Figure]:
    """Work a shift of so many parcels."""
    with tempfile.TemporaryDirectory(prefix="lines-") as folder:
        parcels, seconds = asyncio.run(_work(Desk(Path(folder)), rounds))
    return [
        Figure(
            f"Parcels of a shift in lines, with {len(EXCEPTIONS)} exceptions",
            str(parcels),
            f"at least {rounds}",
            reached=parcels >= rounds,
        ),
        milliseconds("From a line to the next question, half of them within", median(seconds)),
        milliseconds("From a line to the next question, 19 of 20 within", quantiles(seconds, n=20)[-1]),
    ]


async def _work(desk: Desk, parcels: int) -> tuple[int, list[float]]:
    try:
        async with talking(desk, read_seconds=1) as plain:
            tty = TimedTeletype(plain.tty)
            shift = Shift(Plain(tty, plain.services, plain.talk), desk)
            await work(shift, parcels)
            return shift.count, tty.seconds
    finally:
        desk.service.pull_out()
