"""A shipper in a process of its own, to be killed: ships a journal to the centre again and again from its beginning."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from kiosk.clock import SystemClock
from kiosk.fleet.centre import Centre, Login
from kiosk.fleet.shipping import Shipping
from kiosk.parcels.fleet import Shipped
from kiosk.settings.fleet import Fleet
from tests.journal.book import journal


async def _ship(folder: Path, server: str, login: Login) -> None:
    async with journal(folder) as book:
        shipping = Shipping(book, Centre(Fleet(server=server), login), SystemClock(), lambda: ())
        while True:
            await shipping.run()
            shipping.reached = Shipped()


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    password = SecretStr(sys.stdin.readline().strip())
    asyncio.run(_ship(Path(sys.argv[1]), sys.argv[2], Login(sys.argv[3], password)))
