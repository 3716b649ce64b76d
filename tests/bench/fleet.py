"""The centre of several desks: how fast it hears of what happens at 20, 200 and 1,000 desks, and of a desk's lost week.

The desks are simulated but for the one that was away: each makes events of the real kind and ships them by the
product's own code, over a connection of its own; server and desks share this machine.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple, cast

from pydantic import SecretStr

from kiosk.clock import SystemClock
from kiosk.errors import FleetError
from kiosk.fleet.centre import Centre, Login
from kiosk.fleet.joining import DESKS
from kiosk.fleet.shipping import Shipping
from kiosk.journal.chain import GENESIS, Row, linked, split
from kiosk.journal.projection import after, codes_of, parcel_row, written
from kiosk.journal.shipped import end_of_chain
from kiosk.journal.shipping import MOST_EVENTS, Batch, Standing, Told
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import Event
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.registry import CODES
from tests.bench.figure import Figure, NotMeasurableError
from tests.fleet.centres import NewCentre, new_centre
from tests.fleet.habits import a_life
from tests.fleet.postgres import postgres, programs

DESKS_AT_ONCE = (20, 200, 1_000)
A_SECOND = 1_000
"""Events of all desks together."""
SECONDS = 20
SETTLES_AFTER = 5
"""Seconds at the beginning that do not count."""
PROCESSES = 4
"""In which the desks are simulated: one alone would be what all of them wait for."""
COME_AT_ONCE = 4
"""Connections that each makes at the same time: the first call on each takes the server longer than all later ones."""
ROUND_SECONDS = 2.0
LAG_BOUND = 5.0
WEEK = 144_000
"""Events of one desk."""
WEEK_BOUND = 120.0
LASTS = ("max_connections=1100", "shared_buffers=512MB")
"""A server that forgets nothing when the power goes."""


PEOPLE = tuple(Contact(contact_id=f"contact-{at:06}", name=f"Person Number {at}") for at in range(5_000))


class Lags(NamedTuple):
    """Seconds from what happened to its being stored."""

    events: int
    seconds: float
    median: float
    p99: float


def measure() -> list[Figure]:
    if programs() is None:
        raise NotMeasurableError("no PostgreSQL: apt-get install postgresql")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder, postgres(LASTS) as server:
        for desks in DESKS_AT_ONCE:
            figures += _told(f"{desks:,} desks", _together(new_centre(server), desks, SECONDS))
        week, beside = asyncio.run(_week(new_centre(server), Path(folder)))
    name = f"A desk that was away for a week, {WEEK:,} events"
    figures.append(Figure(name, f"{week:.0f} s", f"at most {WEEK_BOUND:.0f} s", reached=week <= WEEK_BOUND))
    return [*figures, *_told("200 desks beside it", beside)]


def _told(who: str, lags: Lags) -> list[Figure]:
    rate = lags.events / lags.seconds
    return [
        Figure(f"{who}, events a second", f"{rate:.0f}", f"{A_SECOND:,}", reached=rate >= 0.98 * A_SECOND),
        Figure(f"{who}, lag, median", f"{lags.median:.2f} s"),
        Figure(f"{who}, lag, p99", f"{lags.p99:.2f} s", f"at most {LAG_BOUND:.0f} s", reached=lags.p99 <= LAG_BOUND),
    ]


def _together(centre: NewCentre, count: int, seconds: float) -> Lags:
    """Let so many desks ship for so long, a part of them in each of a few processes."""
    desks = _join(centre, count)
    every = count / A_SECOND
    parts = [desks[at::PROCESSES] for at in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        taken = pool.map(_of_a_part, *zip(*((centre, part, every, seconds) for part in parts), strict=True))
        lags = [lag for part in taken for lag in part]
    cuts = quantiles(lags, n=100)
    return Lags(len(lags), seconds, cuts[49], cuts[98])


def _of_a_part(centre: NewCentre, desks: Sequence[tuple[str, str]], every: float, seconds: float) -> list[float]:
    return asyncio.run(_ship_all(centre, desks, every, seconds))


async def _ship_all(centre: NewCentre, desks: Sequence[tuple[str, str]], every: float, seconds: float) -> list[float]:
    at_once = asyncio.Semaphore(COME_AT_ONCE)

    async def come(desk: _Desk) -> None:
        async with at_once:
            await desk.come()

    made = [_Desk(desk, Centre(centre.settings, Login(role, SecretStr(""))), every) for desk, role in desks]
    await asyncio.gather(*map(come, made))
    begin = time.monotonic()
    await asyncio.gather(*(desk.ship(begin, begin + SETTLES_AFTER + seconds) for desk in made))
    return [lag for desk in made for at, lag in desk.lags if at >= begin + SETTLES_AFTER]


def _join(centre: NewCentre, count: int) -> list[tuple[str, str]]:
    """Let so many desks in; return the id of each and its role."""
    desks = [(f"{at:016x}", f"bench_{centre.database}_{at}") for at in range(1, count + 1)]
    with centre.admin() as admin:
        for desk, role in desks:
            admin.execute(f"CREATE ROLE {role} LOGIN IN ROLE {DESKS}")
            admin.execute(
                "INSERT INTO fleet.desks (desk, site, name, role) VALUES (%s, 'North', 'A', %s)", (desk, role)
            )
            admin.execute("INSERT INTO fleet.heads (desk) VALUES (%s)", (desk,))
    return desks


class _Desk:
    """One simulated desk: the journal is in memory, everything behind it is the product's."""

    def __init__(self, desk: str, centre: Centre, every_seconds: float) -> None:
        self._desk = desk
        self._centre = centre
        self._every = every_seconds
        self._story = story(desk, random.Random(desk))
        # It sends what it is given here, and reads no journal.
        self._shipping = Shipping(cast("Journal", None), centre, SystemClock(), lambda: ())
        self._happened: list[tuple[float, Told, Standing]] = []
        self._next = 0.0
        self.lags: list[tuple[float, float]] = []
        """When something happened, and how long it took."""

    async def come(self) -> None:
        """Connect, and ship what happened first."""
        self._happened.append((0.0, *next(self._story)))
        await self._ship_batch()

    async def ship(self, begin: float, end: float) -> None:
        """Ship every two seconds what has happened since."""
        rng = random.Random(id(self))
        self._next = begin + rng.uniform(0, self._every)
        await asyncio.sleep(rng.uniform(0, ROUND_SECONDS))
        while time.monotonic() < end + LAG_BOUND:
            self._go_on(min(time.monotonic(), end))
            try:
                if self._happened:
                    while self._happened:
                        await self._ship_batch()
                    await self._shipping.hint(self._desk)
            except FleetError:
                await asyncio.sleep(1)
            await asyncio.sleep(ROUND_SECONDS)
        await self._centre.close()

    def _go_on(self, now: float) -> None:
        while self._next <= now:
            self._happened.append((self._next, *next(self._story)))
            self._next += self._every

    async def _ship_batch(self) -> None:
        batch = self._happened[:MOST_EVENTS]
        parcels = {standing.parcel.parcel_id: standing for _, _, standing in batch}
        await self._shipping._send(Batch(tuple(told for _, told, _ in batch), tuple(parcels.values())))
        stored = time.monotonic()
        self.lags += [(at, stored - at) for at, _, _ in batch]
        del self._happened[: len(batch)]


def story(desk: str, rng: random.Random) -> Iterator[tuple[Told, Standing]]:
    """Return what happens at a desk, one parcel after the other, with the parcel as it stands then."""
    sequence, previous = 0, GENESIS
    for count in range(10**9):
        name = f"{desk[-6:]}x{count}"
        parcel: Parcel | None = None
        numbers = dict.fromkeys([f"1Z{name}"])
        for event in a_life(name, rng, PEOPLE):
            sequence += 1
            now = datetime.now(UTC)
            before, parcel = parcel, after(parcel, event, name, now)
            numbers |= dict.fromkeys(codes_of(before, event)[1])
            told = _told_of(desk, sequence, name, event, previous, now)
            previous = told.row.hash
            yield told, Standing(parcel, sequence, now, now, tuple(numbers))


def _told_of(desk: str, sequence: int, parcel_id: str, event: Event, previous: str, now: datetime) -> Told:
    body, personal = split(event)
    row = Row(desk, sequence, written(now), "Bench", "clerk@example.com", parcel_id, CODES[type(event)], body, "", "")
    return Told(linked(row, previous), personal)


async def _week(centre: NewCentre, folder: Path) -> tuple[float, Lags]:
    """Return in how many seconds a desk catches up, and the lags of the others meanwhile."""
    async with Journal(folder, environment="demo", desk_name="Bench", clock=SystemClock()) as journal:
        desk = (await end_of_chain(journal.connection)).desk
        await asyncio.to_thread(_write_week, folder / FILE_NAME, desk)
        line = Centre(centre.settings, await centre.join(desk))
        beside = asyncio.create_task(asyncio.to_thread(_together, centre, 200, 2 * SECONDS))
        await asyncio.sleep(2 * SETTLES_AFTER)
        begin = time.monotonic()
        reached = await Shipping(journal, line, SystemClock(), lambda: ()).run()
        seconds = time.monotonic() - begin
        await line.close()
        assert reached.sequence == WEEK
        return seconds, await beside


def _write_week(path: Path, desk: str) -> None:
    """Write a week's events and parcels into a journal, as appending each would."""
    told = story(desk, random.Random(1))
    standing: dict[str, Standing] = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN")
        row: Row | None = None
        for _ in range(WEEK):
            (row, personal), each = next(told)
            standing[each.parcel.parcel_id] = each
            database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            if personal is not None:
                database.execute("INSERT INTO personal VALUES (?, ?, ?, ?)", (desk, row.sequence, *personal))
        database.executemany(
            "INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?, ?)",
            (parcel_row(each.parcel, each.changed_at) for each in standing.values()),
        )
        codes = ((code, each.parcel.parcel_id) for each in standing.values() for code in each.numbers)
        database.executemany("INSERT INTO codes_of_parcels VALUES (?, ?)", codes)
        assert row is not None
        database.execute("UPDATE chain SET sequence = ?, hash = ?", (row.sequence, row.hash))
        database.execute("COMMIT")
