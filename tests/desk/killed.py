"""A kiosk process that is killed at a given moment of an intake: `python -m tests.desk.killed FOLDER URL MOMENT`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import httpx

from kiosk.clock import ManualClock
from kiosk.tracking.scan import read_scan
from tests.house.desk import BANK, CLERK, START, World, open_desk, what


async def work(folder: Path, url: str, moment: str) -> None:
    async def before(request: httpx.Request) -> None:
        die_at(f"{what(request)} asked")

    async def after(request: httpx.Request) -> None:
        die_at(f"{what(request)} answered")

    def die_at(reached: str) -> None:
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    async with open_desk(folder, World(url), ManualClock(START)) as desk:
        desk.line.before, desk.line.after = before, after
        parcel = await desk.reserved()
        die_at("reserve returned")
        await desk.intake.deposit(parcel, CLERK)
        die_at("deposit returned")
        stocktake = await desk.desk.stocktakes.begin(BANK, CLERK)
        unit = desk.world.unit(stocktake.locker_unit_ids[0])
        found = [read_scan(each["trackingNumber"]) for each in unit["parcelsDeposited"]]
        await desk.desk.stocktakes.count(BANK, unit["lockerUnitId"], found, CLERK)
        die_at("unit counted")
    raise SystemExit(f"never reached: {moment}")


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
