"""What it costs to prove, export and back up a journal of a million events, and how long an intake beside it waits."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from kiosk.clock import SystemClock
from kiosk.errors import StorageError
from kiosk.journal import seal
from kiosk.journal.projection import after, write_parcel
from kiosk.journal.recording import Stamp, append
from kiosk.journal.store import Journal
from kiosk.journal.words import write_words
from kiosk.parcels import events as happened
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import Event
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation, Role
from kiosk.storage import Connection
from tests.bench.figure import Figure

EVENTS = 1_000_000
AT_ONCE = 50_000
HERE = 200
"""Parcels that are not collected at the end."""
PAUSE = 4.0
"""Seconds between two commits beside the work: a bad day brings 100 parcels an hour, of nine events each."""
MOST_MB = 200
CLERK = Person(name="bench@example.com", role=Role.CLERK)
BEGIN = datetime(2016, 1, 4, 9, tzinfo=UTC)

WORK = """
import resource, sys, time
from kiosk.cli.command import run
begin = time.perf_counter()
code = run(sys.argv[1:])
took = time.perf_counter() - begin
sys.stderr.write(f"{code} {took} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}")
"""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        folder = Path(temporary)
        data, config = folder / "data", folder / "kiosk.toml"
        config.write_text(f'[storage]\ndata_dir = "{data}"\n')
        opened = asyncio.run(_filled(data))
        return [
            Figure(f"Journal, a start with {EVENTS:,} events", f"{opened * 1000:.1f} ms"),
            *_beside(data, "verify", ("--config", str(config), "journal", "verify")),
            *_beside(data, "export", ("--config", str(config), "journal", "export")),
            *_beside(data, "backup", ("--config", str(config), "backup", str(folder))),
        ]


async def _filled(data: Path) -> float:
    """Fill a journal and return the seconds that a start with it takes."""
    async with _journal(data) as journal:
        await fill(journal.connection, EVENTS)
    opened = []
    for _ in range(5):
        begin = time.perf_counter()
        async with _journal(data) as journal:
            await journal.unfinished()
            opened.append(time.perf_counter() - begin)
    return median(opened)


def _beside(data: Path, name: str, arguments: Sequence[str]) -> list[Figure]:
    """Run a command in a process of its own, and take parcels in meanwhile."""
    command = [sys.executable, "-c", WORK, *arguments]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as work:
        waits, refused = asyncio.run(_intakes(data, work))
        assert work.stderr is not None
        code, seconds, megabytes = work.stderr.read().split()[-3:]
    assert code == "0", f"{name} ended with {code}"
    memory = float(megabytes)
    title = f"Journal, {name} of {EVENTS:,} events"
    return [
        Figure(title, f"{float(seconds):.0f} s"),
        Figure(f"{title}, memory", f"{memory:.0f} MB", f"at most {MOST_MB} MB", reached=memory <= MOST_MB),
        Figure(f"{title}, intakes refused beside it", f"{refused} of {len(waits)}", "none", reached=not refused),
        Figure(f"{title}, longest wait of an intake", f"{max(waits) * 1000:.0f} ms"),
    ]


async def _intakes(data: Path, work: subprocess.Popen[str]) -> tuple[list[float], int]:
    """Take parcels in until the work is done; return how long each took, and how many were refused."""
    waits: list[float] = []
    refused = 0
    async with _journal(data) as journal:
        while work.poll() is None:
            number = f"B{time.monotonic_ns()}"
            begin = time.perf_counter()
            try:
                await journal.append(number, happened.ParcelTakenIn(tracking_number=number, scanned=number), CLERK)
            except StorageError:
                refused += 1
            waits.append(time.perf_counter() - begin)
            await asyncio.sleep(PAUSE)
    return waits, refused


async def fill(connection: Connection, events: int) -> None:
    """Write so many events with their rows, as the journal would, in large transactions."""
    for end in range(AT_ONCE, events + 1, AT_ONCE):
        await connection.write(partial(_fill, end=end))


def _fill(database: sqlite3.Connection, end: int) -> None:
    (sequence,) = database.execute("SELECT sequence FROM chain").fetchone()
    while sequence < end:
        parcel_id, at = f"{sequence:016x}", BEGIN + timedelta(minutes=5 * sequence)
        known: Parcel | None = None
        for event in _life(sequence, collected=sequence < EVENTS - 9 * HERE):
            append(database, parcel_id, event, Stamp("Bench", CLERK.name, at))
            known = after(known, event, parcel_id, at)
            sequence += 1
        assert known is not None
        # Once for each parcel, not after each event: nobody looks meanwhile.
        write_parcel(database, known, at)
        write_words(database, known)
    seal.renew(database)


def _life(number: int, *, collected: bool) -> list[Event]:
    """Return what happens with one parcel."""
    tracking = f"1Z{number:016}"
    place = UnitPlace(locker_bank_id="AOne", locker_unit_id=str(number % 500), size=LockerSize("small"))
    contact = Contact(contact_id=f"c{number % 2000}", name=f"Person {number % 2000}", room="H1.130")
    reserve, deposit = f"{number:015x}r", f"{number:015x}d"
    events: list[Event] = [
        happened.ParcelTakenIn(tracking_number=tracking, scanned=tracking),
        happened.RecipientChosen(contact=contact),
        happened.WriteAsked(intent_id=reserve, owner="o1", operation=Operation.RESERVE, place=place),
        happened.UnitReserved(intent_id=reserve, place=place, expiry=BEGIN),
        happened.WriteAsked(intent_id=deposit, owner="o1", operation=Operation.DEPOSIT, place=place),
        happened.ParcelDeposited(intent_id=deposit, place=place, deposited_at=BEGIN, code_received=True),
        happened.PickupCodeSeen(),
        happened.PickupCodeShownAgain(),
    ]
    return [*events, happened.ParcelFoundGone()] if collected else events


def _journal(folder: Path) -> Journal:
    return Journal(folder, environment="demo", desk_name="Bench", clock=SystemClock())
