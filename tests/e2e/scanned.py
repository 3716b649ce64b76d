"""Days of scans sent to a kiosk in a pty while its process is really stopped and continued."""

from __future__ import annotations

import asyncio
import random
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from kiosk.storage import Connection
from tests.e2e.program import kiosk
from tests.e2e.terminal import Terminal
from tests.journal.book import export
from tests.scanner.codes import Codes
from tests.scanner.slow_line import delayed
from tests.scanner.traffic import SCANNERS, Day, Scanner, delayed_day
from tests.scanner.truth import differences

PATIENCE = 60.0
"""Seconds without another parcel after which no more will come."""


def through_a_pty(seed: int, count: int) -> list[str]:
    """Scan so many codes with one scanner; return how the journal differs from them once the kiosk has ended."""
    rng = random.Random(seed)
    scanner = rng.choice([each for each in SCANNERS if each.end])
    today = delayed_day(rng, Codes(rng), scanner, count=count, longest_burst=60)
    with tempfile.TemporaryDirectory(prefix="stalls-") as folder:
        with kiosk(Path(folder), KIOSK_DESK__SCANNER_PREFIX=scanner.prefix) as terminal:
            terminal.wait("No parcels yet today", "online")
            send(terminal, today, rng)
            wait_for_parcels(Path(folder), len(today.labels), terminal)
            terminal.process.send_signal(signal.SIGTERM)
            terminal.end()
        return differences(history(Path(folder)), today)


def send(terminal: Terminal, today: Day, rng: random.Random) -> None:
    """Send a day's bytes at their times, and stop the process when its day says so."""
    steps: list[tuple[float, bytes | signal.Signals]] = [*delayed(today.sent, rng)]
    for begin, end in today.stalls:
        steps += [(begin, signal.SIGSTOP), (end, signal.SIGCONT)]
    began = time.monotonic()
    for at, step in sorted(steps, key=lambda step: step[0]):
        while (left := began + at - time.monotonic()) > 0:
            terminal.read(left)
        if isinstance(step, bytes):
            terminal.type(step.decode())
        else:
            terminal.process.send_signal(step)


def wait_for_parcels(folder: Path, count: int, terminal: Terminal) -> None:
    """Wait until so many parcels are in the journal, or no more come."""
    seen, end = -1, time.monotonic() + PATIENCE
    while seen < count and time.monotonic() < end:
        terminal.read(0.3)
        now = sum(each["type"] == "parcel_taken_in" for each in history(folder))
        if now > seen:
            seen, end = now, time.monotonic() + PATIENCE
    terminal.settle(1.0)


def history(folder: Path) -> list[dict[str, Any]]:
    """Return the events of the only journal below a folder, without the demo's past and notices of it.

    A parcel of that past has its number as its id: after midnight some of it is but minutes old.
    """
    (path,) = folder.rglob("journal.sqlite")

    async def read() -> list[dict[str, Any]]:
        connection = Connection(path)
        await connection.open(lambda _: None)
        try:
            events = await export(connection)
            taken_in = [event for event in events if event["type"] == "parcel_taken_in"]
            past = {event["parcel_id"] for event in taken_in if event["body"]["trackingNumber"] == event["parcel_id"]}
            return [event for event in events if event["parcel_id"] not in past and event["type"] != "notice_sent"]
        finally:
            await connection.close()

    return asyncio.run(read())


def at_full_speed(seed: int, count: int) -> tuple[list[str], float]:
    """Send so many codes as fast as the kiosk takes them; return how the journal differs, and the seconds it took."""
    codes = Codes(random.Random(seed))
    labels = [label for label in (codes.draw() for _ in range(count)) if not label.is_of_dhl]
    today = Day(Scanner(), is_delayed=False, labels=labels)
    with tempfile.TemporaryDirectory(prefix="flood-") as folder, kiosk(Path(folder)) as terminal:
        terminal.wait("No parcels yet today", "online")
        began = time.monotonic()
        for label in labels:
            terminal.type(f"{label.text}\r")
            terminal.read(0)
        wait_for_parcels(Path(folder), len(labels), terminal)
        seconds = time.monotonic() - began
        terminal.process.send_signal(signal.SIGTERM)
        terminal.end()
        return differences(history(Path(folder)), today), seconds
