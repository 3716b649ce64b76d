"""A parcel's page with a long history: what the processor takes from asking for it until all can be scrolled."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

from kiosk.parcels.events import PickupCodeShownAgain
from screens.destinations import ShowParcel
from screens.messages import GoTo
from screens.widgets.history import History
from tests.bench.figure import Figure
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.parcels_in_test import in_locker

EVENTS, RUNS = 300, 9
MILLISECONDS = 100


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        taken = median(asyncio.run(_measure(Path(folder)))) * 1000
    name = f"A parcel's page with {EVENTS} events, processor time"
    return [Figure(name, f"{taken:.0f} ms", f"under {MILLISECONDS} ms", reached=taken < MILLISECONDS)]


async def _measure(folder: Path) -> list[float]:
    desk, taken = Desk(folder), list[float]()
    async with desk.open() as kiosk:
        parcel = await in_locker(kiosk.services)
        for _ in range(EVENTS):
            await kiosk.services.queries.journal.append(parcel.parcel_id, PickupCodeShownAgain(intent_id="i"), CLERK)
        parcel = await kiosk.parcel("T1")
        for _ in range(RUNS):
            begin = time.process_time()
            kiosk.app.post_message(GoTo(ShowParcel(parcel)))
            await kiosk.until(lambda: _is_read(kiosk), "the history")
            taken.append(time.process_time() - begin)
            await kiosk.press("escape")
            await kiosk.at("Home")
    desk.service.pull_out()
    return taken


def _is_read(kiosk: Kiosk) -> bool:
    return any(each.length >= EVENTS for each in kiosk.app.screen.query(History))
