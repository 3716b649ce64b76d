"""What the demo has in the place of an account: invented people, and the simulated service on loopback.

A tour provokes what goes wrong in a mailroom's life, so that a newcomer sees what the kiosk does about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from pathlib import Path

from kiosk.clock import Clock
from kiosk.errors import ImportUnderWayError, KioskError
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
_ENDLESS = 1_000_000
"""Requests: more than come in a minute."""


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
        self._back: asyncio.TimerHandle | None = None

    def begin(self, lesson: Lesson) -> None:
        """Provoke what the lesson is about; what an earlier one provoked is over."""
        self.end()
        match lesson:
            case Lesson.LOST_ANSWER:
                self._simulator.faults.queue("lost", "updateDeposit")
            case Lesson.DEAD_LINE:
                self._simulator.faults.queue("cut", None, _ENDLESS)
                self._back = asyncio.get_running_loop().call_later(DEAD_FOR_SECONDS, self.end)
            case Lesson.OCCUPIED:
                pass

    def end(self) -> None:
        """Let everything work again."""
        if self._back is not None:
            self._back.cancel()
            self._back = None
        self._simulator.faults.clear()


async def fill_directory(directory: Directory, folder: Path, clock: Clock) -> None:
    """Import the simulated service's people into an open directory."""
    with suppress(ImportUnderWayError):  # another process that starts at the same moment does it
        await asyncio.to_thread(import_rows, folder, read_rows(contacts_file()), clock.now())
    await directory.open()


@asynccontextmanager
async def simulator(folder: Path, clock: Clock, directory: Directory) -> AsyncIterator[Simulator]:
    """Run the simulated service, which knows everybody whom the directory knows."""
    running = Simulator(
        folder / "simulator", clock=clock, pickups_per_hour=PICKUPS_PER_HOUR, find_contact=_finding(directory)
    )
    await asyncio.to_thread(running.start)
    try:
        yield running
    finally:
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
