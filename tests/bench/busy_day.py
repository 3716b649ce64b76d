"""Home after a year of 2,000 parcels a day, over home on an empty day: its reading, and a scan to the next screen."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from kiosk.clock import SystemClock
from kiosk.desk.queries import Listing
from kiosk.journal.projection import parcel_row
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.piles import Pile
from kiosk.parcels.states import ParcelState, ShelfReason
from kiosk.settings import Settings
from kiosk.wiring import open_services
from tests.bench.figure import Figure, milliseconds, ratio, take_turns
from tests.bench.next_screen import SIDES, SILENCE, scan
from tests.bench.terminal import KIOSK, Terminal, running

DAYS, A_DAY = 250, 2_000
IN_LOCKERS, ON_SHELF, IN_HAND, EXPIRED = 500, 40, 10, 60
"""Of the latest: what is here, and how many of those in lockers have lain there too long."""
RUNS, READINGS = 30, 40
BOUND = 1.1


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        empty, busy = Path(folder) / "empty", Path(folder) / "busy"
        for place in (empty, busy):
            asyncio.run(_begin(place))
        _fill(busy / FILE_NAME)
        readings = asyncio.run(_read(busy))
        with ExitStack() as stack:
            quiet_day, busy_day = (_started(stack, place) for place in (empty, busy))
            mark = SIDES[KIOSK][1]
            empties, busies = take_turns(RUNS, lambda: scan(quiet_day, mark), lambda: scan(busy_day, mark))
    name = "Scan to next screen, a year of 2,000 parcels a day over none"
    return [
        *(milliseconds(f"Home after that year, reading {what}", seconds) for what, seconds in readings.items()),
        ratio(name, busies[0], empties[0], BOUND),
    ]


def _started(stack: ExitStack, data: Path) -> Terminal:
    terminal = stack.enter_context(running(KIOSK, {"KIOSK_STORAGE__DATA_DIR": str(data)}))
    terminal.until(SIDES[KIOSK][0])
    terminal.quiet(5 * SILENCE)
    return terminal


async def _begin(folder: Path) -> None:
    async with Journal(folder, environment="demo", desk_name="Bench", clock=SystemClock()):
        pass


async def _read(folder: Path) -> dict[str, float]:
    """Return the median seconds of reading home, by what it lists."""
    settings = Settings.model_validate({"storage": {"data_dir": folder}})
    taken: dict[str, float] = {}
    async with open_services(settings) as services:
        today = services.queries.today()
        lists: dict[str, tuple[Listing, int]] = {
            "today": (today, 0),
            "its last page": (today, A_DAY // 50 - 1),
            "the day before": (today - timedelta(days=1), 0),
            "what is unfinished": (Pile.UNFINISHED, 0),
            "what has expired": (Pile.EXPIRED, 0),
        }
        for name, (listing, page) in lists.items():
            seconds = []
            for _ in range(READINGS):
                begin = time.perf_counter()
                home = await services.queries.home(listing, page=page, last=f"p{DAYS * A_DAY - 1}")
                seconds.append(time.perf_counter() - begin)
                assert home.parcels, name
            taken[name] = median(seconds)
    return taken


def _fill(path: Path) -> None:
    """Add the year's parcels as they stand in the end; what led there costs home nothing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN")
        database.executemany("INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?, ?)", _rows(datetime.now(UTC)))
        # Else each start would look whose names are to be forgotten among all of them.
        database.execute("INSERT OR REPLACE INTO facts VALUES ('personal_blanked_until', '2099-01-01')")
        database.execute("COMMIT")


def _rows(now: datetime) -> Iterator[tuple[str | int, ...]]:
    count = DAYS * A_DAY
    for number in range(count):
        day, place_in_day = divmod(number, A_DAY)
        # The last day's all lie before now, however early that is.
        begin = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS - 1 - day)
        span = now - begin if day == DAYS - 1 else timedelta(hours=24)
        at = begin + span * (place_in_day / A_DAY)
        yield parcel_row(_parcel(number, count - number, at, now), at)


def _parcel(number: int, from_end: int, at: datetime, now: datetime) -> Parcel:
    tracking = f"1Z{number:016}"
    contact = Contact(contact_id=f"c{number % 500}", name=f"Person {number % 500}", room="H1.130")
    parcel = Parcel(parcel_id=f"p{number}", tracking_number=tracking, scanned=tracking, taken_in_at=at, contact=contact)
    if from_end <= IN_HAND:
        return parcel
    if from_end <= IN_HAND + ON_SHELF:
        return parcel.model_copy(
            update={
                "state": ParcelState.ON_SHELF,
                "shelf": f"S{number}",
                "shelf_reason": ShelfReason.NO_UNIT,
                "wanted_size": LockerSize("small"),
            }
        )
    is_here = from_end <= IN_HAND + ON_SHELF + IN_LOCKERS
    expiry = now + timedelta(days=1 if from_end > IN_HAND + ON_SHELF + EXPIRED else -1)
    return parcel.model_copy(
        update={
            "state": ParcelState.IN_LOCKER if is_here else ParcelState.COLLECTED,
            "place": UnitPlace(
                locker_bank_id="AOne", locker_unit_id=str(number % IN_LOCKERS), size=LockerSize("small")
            ),
            "deposited_at": at,
            "deposit_time": at,
            "deposit_expiry": expiry if is_here else at,
        }
    )
