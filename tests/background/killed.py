"""A kiosk process that is killed while it prints: `python -m tests.background.killed FOLDER URL PRINTER`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from kiosk.clock import ManualClock
from kiosk.settings.printer import Printer
from tests.house.desk import START, World, open_desk


async def work(folder: Path, url: str, printer: str) -> None:
    settings = Printer(address=printer, slips=True)
    async with open_desk(folder, World(url), ManualClock(START), printer=settings) as desk:
        await desk.deposited()
        sys.stdout.write("deposited\n")
        sys.stdout.flush()
        await desk.services.paper.run()


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
