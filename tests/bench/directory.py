"""Searching as one types, at 1,000 to 1,000,000 contacts; the import; and how few letters the demo's people need.

The typed texts are beginnings of names in the ways that clerks type them, letter by letter, one-letter texts and
misses among them.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from kiosk.clock import SystemClock
from kiosk.folding import parts
from kiosk.recipients.cells import Row
from kiosk.recipients.directory import Directory
from kiosk.recipients.importing import import_rows
from kiosk.recipients.known import MOST, note
from kiosk.recipients.reading import read_rows
from kiosk.simulator.seeds import contacts_file
from tests.bench.figure import Figure
from tests.bench.people import people, write_people

SIZES = (1_000, 100_000, 1_000_000)
KEYS = 4_000
"""So many keys are measured at each size."""
IMPORT_SECONDS, IMPORT_MEGABYTES, KEY_MILLISECONDS, FIRST_SHARE = 60, 300, 50, 0.95
KNOWN, PARCELS = 150, 900
"""In the demo's history so many people get so many parcels, some often and most seldom."""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        figures: list[Figure] = []
        for size in SIZES:
            figures += _at(Path(folder), size)
        return figures + asyncio.run(_first_in_list(Path(folder) / "demo"))


def _at(folder: Path, size: int) -> list[Figure]:
    table, place = folder / f"{size}.csv", folder / str(size)
    write_people(table, size)
    # In a process of its own, whose memory is the import's.
    program = [sys.executable, "-m", "tests.bench.directory", str(table), str(place)]
    done = subprocess.run(program, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    seconds, megabytes = json.loads(done.stdout)
    table.unlink()
    taken = sorted(asyncio.run(_type(place, size)))
    slowest = quantiles(taken, n=100)[-1] * 1000
    return [
        _bounded(f"Import of {size:,} contacts", seconds, "s", IMPORT_SECONDS),
        _bounded(f"Import of {size:,} contacts, memory at its peak", megabytes, "MB", IMPORT_MEGABYTES),
        _bounded(f"A key among {size:,} contacts, 99th percentile", slowest, "ms", KEY_MILLISECONDS),
    ]


def _bounded(name: str, value: float, unit: str, most: float) -> Figure:
    return Figure(name, f"{value:.1f} {unit}", f"under {most:g} {unit}", reached=value < most)


def _import(table: Path, place: Path) -> tuple[float, float]:
    """Return the seconds and the megabytes of an import."""
    begin = time.perf_counter()
    import_rows(place, read_rows(table), SystemClock().now())
    return time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def _type(place: Path, size: int) -> list[float]:
    """Return the seconds from each key to its answer."""
    taken: list[float] = []
    async with Directory(place) as directory:
        await directory._write(_note_some)
        for text in _typed(size):
            begin = time.perf_counter()
            await directory.search(text)
            taken.append(time.perf_counter() - begin)
    return taken


def _note_some(database: sqlite3.Connection) -> None:
    """Let as many people as a search looks at one by one have had a parcel."""
    rows = database.execute("SELECT contact_id FROM contacts ORDER BY contact_id LIMIT ?", (MOST,)).fetchall()
    for (contact_id,) in rows:
        note(database, contact_id, SystemClock().now())


def _typed(size: int) -> list[str]:
    """Return texts as they grow under a clerk's fingers."""
    rng = random.Random(7)
    names = [person["name"] for _, person in zip(range(size), people(min(size, 20_000)), strict=False)]
    texts: list[str] = []
    while len(texts) < KEYS:
        first, *_, last = name = parts(rng.choice(names))
        whole = " ".join(name)
        slip = rng.randrange(1, len(whole))
        way = rng.choice(
            (
                whole,
                last,
                f"{last} {first}",
                f"{first[:2]} {last}",
                whole[:slip] + whole[slip + 1 :],
                f"{whole}q",
                "xqz",
            )
        )
        texts += [way[:letters] for letters in range(1, len(way) + 1)]
    texts += [*"abcdefghijklmnopqrstuvwxyz", "applied", "legal a", "h1", "example", "zzzzzz"]
    rng.shuffle(texts)
    return texts


async def _first_in_list(place: Path) -> list[Figure]:
    """Return for how many names of the demo three letters are enough, without a history and with one."""
    rows = [row for row in read_rows(contacts_file()) if isinstance(row, Row) and row.contact_type == "recipient"]
    import_rows(place, rows, SystemClock().now())
    async with Directory(place) as directory:
        cold = await _share(directory, rows)
        rng = random.Random(3)
        known = rng.sample(rows, KNOWN)
        weights = [1 / (rank + 3) for rank in range(KNOWN)]
        for each in [*known, *rng.choices(known, weights, k=PARCELS - KNOWN)]:
            await directory.note_chosen(each.contact_id, SystemClock().now())
        warm = await _share(directory, known)
    return [
        Figure(
            "First in the list after three letters, nobody known yet",
            f"{cold:.1%}",
            f"at least {FIRST_SHARE:.0%}",
            reached=cold >= FIRST_SHARE,
        ),
        Figure(
            f"The same for {KNOWN} people who had {PARCELS} parcels",
            f"{warm:.1%}",
            f"at least {FIRST_SHARE:.0%}",
            reached=warm >= FIRST_SHARE,
        ),
    ]


async def _share(directory: Directory, rows: list[Row]) -> float:
    """Return the share of people who come first by three letters or fewer, typed in one of two plain ways."""
    first = 0
    for row in rows:
        name = parts(row.name)
        for text in (f"{name[0][0]} {name[-1][:2]}", name[-1][:3]):
            contacts = (await directory.search(text)).contacts
            if contacts and contacts[0].contact_id == row.contact_id:
                first += 1
                break
    return first / len(rows)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_import(Path(sys.argv[1]), Path(sys.argv[2]))))
