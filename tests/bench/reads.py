"""How often one thing is read: parses of a scan, and database transactions, from the key to the screen that follows.

Counted in the running app, without a terminal. The figures depend on no machine. The second look after a deposit is not
counted: it begins with the next screen, and nobody waits for it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar
from unittest.mock import patch

from kiosk.storage import Connection
from kiosk.tracking.scan import read_scan
from tests.bench.figure import Figure
from tests.screens.kiosk_in_test import Desk, Kiosk

T = TypeVar("T")

NUMBER = "1Z999AA10123456784"
LETTERS = "mwangi abdi"


@dataclass
class Count:
    """What was done between a key and the screen that follows."""

    parses: int = 0
    reads: int = 0
    writes: int = 0

    def __str__(self) -> str:
        return f"{self.parses} parsed, {self.reads} read, {self.writes} written"


MOST = {
    "A scan": Count(parses=1, reads=2, writes=1),
    "Reserve": Count(reads=3, writes=2),
    "Parcel is in": Count(reads=4, writes=2),
}
"""What each may cost: of a scan it was asked that it is parsed once."""


def measure() -> list[Figure]:
    return [
        Figure(f"{name}, to the next screen", str(count), f"at most {MOST[name]}", reached=is_kept(name, count))
        for name, count in asyncio.run(_measure()).items()
    ]


def is_kept(name: str, count: Count) -> bool:
    """Tell whether a step costs no more than it may."""
    most = MOST[name]
    return count.parses <= most.parses and count.reads <= most.reads and count.writes <= most.writes


async def _measure() -> dict[str, Count]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        desk = Desk(Path(folder))
        try:
            async with desk.open() as kiosk:
                return await counts(kiosk)
        finally:
            desk.service.pull_out()


async def counts(kiosk: Kiosk) -> dict[str, Count]:
    """Take a parcel in, from the scan to its code, and return what each step cost."""
    await kiosk.rest()
    with counted() as scan:
        kiosk.scan(NUMBER)
        await kiosk.at("Recipient")
        await kiosk.rest()
    kiosk.type(f"{LETTERS}\r")
    await kiosk.shows("free lockers as of")
    await kiosk.rest()
    with counted() as reserve:
        await kiosk.press("enter")
        await kiosk.at("PutIn")
        await kiosk.rest()
    kiosk.services.desk.intake._on_deposited = lambda *_: None
    with counted() as is_in:
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.rest()
    return {"A scan": scan, "Reserve": reserve, "Parcel is in": is_in}


@contextmanager
def counted() -> Iterator[Count]:
    """Count what is read and written meanwhile."""
    count = Count()
    parse, read, write = read_scan.__code__, Connection.read, Connection.write

    def entered(frame: FrameType, what: str, _: Any) -> None:
        count.parses += what == "call" and frame.f_code is parse

    async def reading(self: Connection, work: Callable[[sqlite3.Connection], T]) -> T:
        count.reads += 1
        return await read(self, work)

    async def writing(self: Connection, work: Callable[[sqlite3.Connection], T]) -> T:
        count.writes += 1
        return await write(self, work)

    with patch.object(Connection, "read", reading), patch.object(Connection, "write", writing):
        sys.setprofile(entered)
        try:
            yield count
        finally:
            sys.setprofile(None)
