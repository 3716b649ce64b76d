"""What a console over a thousand desks waits for, at a centre that is full of parcels; each question several times.

The whole takes a quarter of an hour and 25 GB of the disk: `python -m tests.bench.fleet_console 10000000`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Final

from kiosk.clock import SystemClock
from kiosk.fleet.looking import Looking
from kiosk.fleet.searching import Wanted
from tests.bench.figure import Figure, NotMeasurableError
from tests.fleet.centres import NewCentre, new_centre
from tests.fleet.many import fill, tracking_number_of
from tests.fleet.postgres import postgres, programs

PARCELS: Final = 200_000
MOST_SECONDS: Final = 0.1
_TIMES: Final = 7

Question = Callable[[], Awaitable[object]]


def measure(parcels: int = PARCELS) -> list[Figure]:
    if programs() is None:
        raise NotMeasurableError("no PostgreSQL: apt-get install postgresql")
    with postgres() as server:
        centre = new_centre(server)
        fill(centre, parcels)
        return figures(centre, parcels)


def figures(centre: NewCentre, parcels: int) -> list[Figure]:
    """Measure for somebody who sees all desks, and for somebody who sees those of one site of 200."""
    found: list[Figure] = []
    for who, site in (("all desks", "*"), ("one site", "Site 7")):
        taken = asyncio.run(_asked(centre, parcels, site))
        worst = max(taken, key=lambda name: taken[name])
        name = f"console over {parcels:,} parcels, {who}: slowest question ({worst})"
        value, bound = f"{taken[worst] * 1000:.0f} ms", f"at most {MOST_SECONDS * 1000:.0f} ms"
        found.append(Figure(name, value, bound, reached=taken[worst] <= MOST_SECONDS))
    return found


async def _asked(centre: NewCentre, parcels: int, site: str) -> dict[str, float]:
    """Return the median seconds of each question."""
    way = centre.centre(await centre.join_console("bench", site))
    try:
        look = Looking(way, SystemClock(), lambda person: person.role)
        return {name: await _median(question) for name, question in (await _questions(look, parcels)).items()}
    finally:
        await way.close()


async def _median(question: Question) -> float:
    taken = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        await question()
        taken.append(time.perf_counter() - begun)
    return median(taken)


async def _questions(look: Looking, parcels: int) -> dict[str, Question]:
    # One of desk 7, which both of them see.
    number = tracking_number_of(parcels - 993)
    (parcel,) = await look.find(number)
    page = await look.events(Wanted(), limit=100)
    assert page
    long_ago = datetime.now(UTC) - timedelta(days=700)
    searches = {
        "everything": Wanted(),
        "a person": Wanted(person="clerk 7-1"),
        "people": Wanted(person="clerk 7-"),
        "the usual kind": Wanted(kind="taken in"),
        "a rare kind": Wanted(kind="clock jumped"),
        "a number": Wanted(number=number),
        "a desk": Wanted(desk="desk 7"),
        "a site": Wanted(desk="site 7"),
        "a kind at a desk": Wanted(desk="desk 7", kind="deposited"),
        "what there is not": Wanted(person="clerk 7-1", kind="person forgotten"),
        "long ago": Wanted(until=long_ago),
    }
    questions: dict[str, Question] = {
        "has anything changed": look.stamp,
        "desks": look.standings,
        "find a number": lambda: look.find(number),
        "find by the beginning": lambda: look.find(number[:5]),
        "find by the end": lambda: look.find(number[-6:]),
        "find by contact": lambda: look.find("c77"),
        "find nothing": lambda: look.find("NOTHING"),
        "history": lambda: look.history(parcel),
        "next page of the journal": lambda: look.events(Wanted(), limit=100, after=page[-1]),
        "banks": look.banks,
        "parcels by hour": look.parcels_by_hour,
        "what to look at": look.concerns,
    }
    return questions | {f"journal: {name}": _search(look, wanted) for name, wanted in searches.items()}


def _search(look: Looking, wanted: Wanted) -> Question:
    return lambda: look.events(wanted, limit=100)


if __name__ == "__main__":
    for figure in measure(int(sys.argv[1])):
        sys.stdout.write(f"{figure.name}: {figure.value} ({figure.bound})\n")
