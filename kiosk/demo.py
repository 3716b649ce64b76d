"""What the demo has in the place of an account: invented people, and the simulated service on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from kiosk.clock import Clock
from kiosk.errors import ImportUnderWayError
from kiosk.recipients.directory import Directory
from kiosk.recipients.importing import import_rows
from kiosk.recipients.reading import read_rows
from kiosk.simulator.seeds import contacts_file
from kiosk.simulator.server import Simulator

PICKUPS_PER_HOUR = 2.0
"""How lively the demo's recipients are."""


async def fill_directory(directory: Directory, folder: Path, clock: Clock) -> None:
    """Import the simulated service's people into an open directory."""
    with suppress(ImportUnderWayError):  # another process that starts at the same moment does it
        await asyncio.to_thread(import_rows, folder, read_rows(contacts_file()), clock.now())
    await directory.open()


@asynccontextmanager
async def simulator(folder: Path, clock: Clock) -> AsyncIterator[str]:
    """Run the simulated service; its address."""
    running = await asyncio.to_thread(_start, folder, clock)
    try:
        yield running.url
    finally:
        await asyncio.to_thread(running.stop)


def _start(folder: Path, clock: Clock) -> Simulator:
    running = Simulator(folder / "simulator", clock=clock, pickups_per_hour=PICKUPS_PER_HOUR)
    running.start()
    return running
