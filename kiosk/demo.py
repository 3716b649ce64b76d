"""What the demo has in the place of an account: invented people, and the simulated service on loopback.

A tour provokes what goes wrong in a mailroom's life, so that a newcomer sees what the kiosk does about it.
"""

from __future__ import annotations

import asyncio
import csv
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kiosk.clock import Clock
from kiosk.demo_past import PEOPLE_OF_THE_PAST, past
from kiosk.desk.lockers import Lockers
from kiosk.errors import ImportUnderWayError, KioskError
from kiosk.journal.reading import last_sequence
from kiosk.journal.recording import record
from kiosk.journal.store import Journal
from kiosk.parcels.notices import NO_NOTICES
from kiosk.parcels.people import Person
from kiosk.recipients.directory import Directory
from kiosk.recipients.importing import import_rows
from kiosk.recipients.reading import read_rows
from kiosk.simulator.calls import FindContact
from kiosk.simulator.seeds import contacts_file
from kiosk.simulator.server import Simulator

PICKUPS_PER_HOUR = 2.0
"""How lively the demo's recipients are."""

LONGEST_WAIT = 2.0
"""Seconds for which the simulated service waits for the directory."""

DEAD_FOR_SECONDS = 60.0


class Lesson(StrEnum):
    """What the tour shows."""

    LOST_ANSWER = "lost_answer"
    """The next deposit is carried out, and its answer never arrives."""
    OCCUPIED = "occupied"
    """Something lies in a locker that counts as free: nothing is provoked, the clerk says so."""
    DEAD_LINE = "dead_line"
    """For a minute the service can't be reached."""


class Tour:
    """Lets the simulated service fail on purpose."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._back: asyncio.Task[None] | None = None
        """Brings the line back."""

    async def begin(self, lesson: Lesson) -> None:
        """Provoke what the lesson is about; what an earlier one provoked is over."""
        await self.end()
        match lesson:
            case Lesson.LOST_ANSWER:
                self._simulator.faults.queue("lost", "updateDeposit")
            case Lesson.DEAD_LINE:
                await asyncio.to_thread(self._simulator.stop)
                self._back = asyncio.create_task(self._bring_back())
            case Lesson.OCCUPIED:
                pass

    async def end(self) -> None:
        """Let everything work again."""
        if await self.close():
            await asyncio.to_thread(self._simulator.start)
        self._simulator.faults.clear()

    async def close(self) -> bool:
        """Wait for the line no longer; tell whether it was dead."""
        back, self._back = self._back, None
        if back is None or back.done():
            return False
        back.cancel()
        with suppress(asyncio.CancelledError):
            await back
        return True

    async def _bring_back(self) -> None:
        await asyncio.sleep(DEAD_FOR_SECONDS)
        await asyncio.to_thread(self._simulator.start)


class Demo(NamedTuple):
    """The demo's own service: where it answers, and what lets it fail."""

    address: str
    tour: Tour

    @staticmethod
    async def fill_journal(
        journal: Journal, directory: Directory, lockers: Lockers, clock: Clock, person: Person
    ) -> None:
        """Let an empty journal begin with what the desk did in the week before; raises StorageError or ApiError."""
        if await last_sequence(journal.connection):
            return
        bank = (await lockers.banks())[0].locker_bank_id
        units = (await lockers.bank(bank)).details.locker_units
        of_the_demo = await asyncio.to_thread(_first_ids)
        ids = dict.fromkeys([*of_the_demo, *(unit.contact_id for unit in units if unit.contact_id)])
        people = [contact for each in ids if (contact := await directory.by_id(each)) is not None]
        if len(people) < len(of_the_demo):
            return  # the newcomer brought other people before the first start
        happened = past(clock.now(), people, bank, units)
        await journal.write(
            person,
            lambda database, stamp: [
                record(database, each.parcel_id, each.event, stamp._replace(at=each.at, rules=NO_NOTICES))
                for each in happened  # with what was told of it
            ],
        )


async def fill_directory(directory: Directory, folder: Path, clock: Clock) -> None:
    """Import the simulated service's people into an open directory."""
    with suppress(ImportUnderWayError):  # another process that starts at the same moment does it
        await asyncio.to_thread(import_rows, folder, read_rows(contacts_file()), clock.now())
    await directory.open()


def _first_ids() -> list[str]:
    """Return the contact ids with which the demo's own list begins: so many people as its past needs."""
    with contacts_file().open(encoding="utf-8", newline="") as file:
        return [row["contact_id"] for row, _ in zip(csv.DictReader(file), range(PEOPLE_OF_THE_PAST), strict=False)]


@asynccontextmanager
async def simulator(folder: Path, clock: Clock, directory: Directory) -> AsyncIterator[Demo]:
    """Run the simulated service, which knows everybody whom the directory knows."""
    running = Simulator(
        folder / "simulator", clock=clock, pickups_per_hour=PICKUPS_PER_HOUR, find_contact=_finding(directory)
    )
    await asyncio.to_thread(running.start)
    tour = Tour(running)
    try:
        yield Demo(running.url, tour)
    finally:
        await tour.close()
        await asyncio.to_thread(running.stop)


def _finding(directory: Directory) -> FindContact:
    """Return how the simulator's threads ask for people whom a newcomer has imported."""
    loop = asyncio.get_running_loop()

    def find(contact_id: str) -> tuple[str, str] | None:
        asked = asyncio.run_coroutine_threadsafe(directory.by_id(contact_id), loop)
        try:
            contact = asked.result(LONGEST_WAIT)
        except (TimeoutError, CancelledError, KioskError):  # the kiosk is closing, or the directory can't be read
            return None
        return (contact.contact_type.value, contact.name) if contact is not None else None

    return find
