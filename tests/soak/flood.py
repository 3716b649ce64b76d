"""A scanner's memory that empties itself: 10,000 codes as fast as they are taken. None is lost, and the screen lives.

`python -m tests.soak flood`. The longest time that the event loop does not answer is counted in seconds of its own
thread, so that what else runs on the machine is left out.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from screens.terminal import READ_BYTES, Reader
from tests.bench.figure import Figure
from tests.e2e.scanned import at_full_speed
from tests.scanner.codes import Codes
from tests.scanner.traffic import Day, Scanner
from tests.scanner.truth import differences
from tests.screens.kiosk_in_test import Desk, Kiosk

ROUNDS = 10_000
MOST_SECONDS = 0.3
"""A screen that answers later than this looks dead."""


class Flood(NamedTuple):
    """What became of one."""

    wrong: list[str]
    longest_seconds: float
    """The longest time that the event loop was busy with one thing, in seconds of its thread."""
    said: set[str]
    """What the notice said meanwhile."""


def measure(rounds: int) -> list[Figure]:
    """Flood the app in process, then through a pty."""
    flood = asyncio.run(through_the_app(rounds))
    wrong, seconds = at_full_speed(1, rounds)
    longest = f"{flood.longest_seconds:.2f} s"
    return [
        Figure(f"Of {rounds:,} codes at once, lost or torn", str(len(flood.wrong)), "0", reached=not flood.wrong),
        Figure(
            "Longest the screen does not answer", longest, "under 0.3 s", reached=flood.longest_seconds < MOST_SECONDS
        ),
        Figure(f"Of {rounds:,} through a pty, lost or torn", str(len(wrong)), "0", reached=not wrong),
        Figure("Codes a second through a pty", f"{rounds / seconds:,.0f}"),
    ]


async def through_the_app(count: int) -> Flood:
    """Let so many codes be read in lumps, one right behind the other."""
    codes = Codes(random.Random(1))
    today = Day(Scanner(), is_delayed=False, labels=[codes.draw() for _ in range(count)])
    today.labels = [label for label in today.labels if not label.is_of_dhl]
    data = "".join(f"{label.text}\r" for label in today.labels).encode()
    with tempfile.TemporaryDirectory(prefix="flood-") as folder:
        desk = Desk(Path(folder))
        try:
            async with desk.open(own_prefix="IH-") as kiosk:
                watch = asyncio.create_task(_watched(kiosk))
                reader = Reader()
                for begin in range(0, len(data), READ_BYTES):
                    for message in reader.heard(data[begin : begin + READ_BYTES], 0.001):
                        kiosk.app.post_message(message)
                    await asyncio.sleep(0)
                for _ in range(50):
                    for message in reader.heard(b"", 0.02):
                        kiosk.app.post_message(message)
                await _until(kiosk, len(today.labels))
                watch.cancel()
                longest, said = await watch
                return Flood(differences(await kiosk.history(), today), longest, said)
        finally:
            desk.service.pull_out()


async def _watched(kiosk: Kiosk) -> tuple[float, set[str]]:
    """Feel the event loop's pulse until cancelled."""
    longest, said, last = 0.0, set[str](), time.thread_time()
    try:
        while True:
            await asyncio.sleep(0.001)  # a watcher that spins would take the time that it measures
            now = time.thread_time()
            longest, last = max(longest, now - last), now
            if kiosk.screen.is_ready:
                said.add(kiosk.screen.notice.title)
    except asyncio.CancelledError:
        return longest, said


async def _until(kiosk: Kiosk, count: int) -> None:
    """Wait until so many parcels are unfinished and the screen rests, or no more come."""
    before, now = -1, 0
    while now < count and now > before:
        await asyncio.sleep(2.0)
        before, now = now, len(await kiosk.services.queries.journal.unfinished())
    await kiosk.rest()
