"""One life of a process: the services as the product opens them, and somebody who works with them."""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from unittest.mock import patch

from pydantic import SecretStr

from kiosk import wiring
from kiosk.background import scheduler
from kiosk.clock import Clock
from kiosk.settings import Desk, Lockers, Settings, Storage
from kiosk.wiring import Background, Services, open_services
from tests.chaos.boxes import Boxes
from tests.chaos.clerk import Clerk
from tests.chaos.closing import Closing
from tests.chaos.console import PERSON, Operator
from tests.chaos.habits import FINISHING, USUAL, Habits
from tests.chaos.mutations import MUTATIONS
from tests.chaos.notes import Notes
from tests.chaos.screen_reader import OnScreen, open_screen
from tests.chaos.showing import Showing, WithoutScreen
from tests.chaos.weather import RESERVATION_HOURS, JumpingClock, WorldClock

CONNECT_SECONDS = 0.2
READ_SECONDS = 0.5
"""So short that faults cost little time; `late` answers come later."""
WAITS_SHORTENED = 0.03
"""What is left of the waits before repeating."""
RECOVERS_EVERY_SECONDS = 0.5
"""In place of a minute: what goes on in the background, and how long a job rests that failed."""

DONE, UNFINISHED = 0, 3


class Task(Enum):
    """What a process is there for."""

    CLERK = auto()
    SCREEN = auto()
    """A clerk who reads the codes off the real screen."""
    CONSOLE = auto()
    FINISH = auto()
    """Bring to an end what is unfinished at a desk, and take nothing in."""
    LOOK = auto()
    """Look once more at everything that is there, and count it."""


@dataclass(frozen=True)
class Job:
    """What one process is to do."""

    kiosk: str
    folder: Path
    """Of its desk, which it may share with other processes."""
    url: str
    seed: str
    parcels: int = 0
    life: int = 1
    task: Task = Task.CLERK
    habits: Habits = USUAL
    mutation: str = ""
    world: WorldClock | None = None
    clock_jumps: bool = False
    is_hasty: bool = False
    """Its reservations hold for a few seconds only."""

    @property
    def desk(self) -> str:
        """The desk's name."""
        return self.folder.name

    @property
    def notes(self) -> Path:
        return self.folder / f"{self.kiosk}.jsonl"

    @property
    def journal(self) -> Path:
        return self.folder / "journal"

    @property
    def clock(self) -> Clock | None:
        """What this process takes for the time; None for the machine's clock."""
        return JumpingClock(self.world, self.seed) if self.world is not None and self.clock_jumps else self.world


def live(job: Job) -> int:
    """Be that process and return its exit code."""
    logging.basicConfig(filename=job.folder / "kiosk.log", level=logging.WARNING)
    with (
        patch.object(wiring, "_MINUTE", RECOVERS_EVERY_SECONDS),
        patch.object(scheduler, "REST_SECONDS", RECOVERS_EVERY_SECONDS),
        patch.object(wiring, "WritePath", MUTATIONS[job.mutation]),
        Notes(job.notes) as notes,
        Boxes(job.folder.parent, job.desk, job.kiosk) as boxes,
    ):
        return asyncio.run(_WORK[job.task](job, notes, boxes))


async def _clerk(job: Job, notes: Notes, boxes: Boxes) -> int:
    async with services_of(job) as services:
        services.background.start()
        await _clerk_of(job, services, WithoutScreen(services, notes, random.Random(job.seed)), notes, boxes).work()
    return DONE


async def _screen(job: Job, notes: Notes, boxes: Boxes) -> int:
    async with open_screen(lambda: services_of(job)) as kiosk:
        await _clerk_of(job, kiosk.services, OnScreen(kiosk, notes), notes, boxes).work()
    return DONE


async def _console(job: Job, _: Notes, boxes: Boxes) -> int:
    async with services_of(job) as services:
        services.background.start()
        await Operator(services, boxes, random.Random(f"{job.seed}/{job.life}")).work()
    return DONE


async def _finish(job: Job, notes: Notes, boxes: Boxes) -> int:
    async with services_of(job) as services:
        showing = WithoutScreen(services, notes, random.Random(job.seed))
        clerk = _clerk_of(job, services, showing, notes, boxes, FINISHING)
        return DONE if await clerk.finish() else UNFINISHED


async def _look(job: Job, notes: Notes, boxes: Boxes) -> int:
    async with services_of(job) as services:
        await Closing(services, boxes, notes).look()
    return DONE


_WORK = {
    Task.CLERK: _clerk,
    Task.SCREEN: _screen,
    Task.CONSOLE: _console,
    Task.FINISH: _finish,
    Task.LOOK: _look,
}


def _clerk_of(
    job: Job, services: Services, showing: Showing, notes: Notes, boxes: Boxes, habits: Habits | None = None
) -> Clerk:
    return Clerk(
        services,
        showing,
        notes,
        boxes,
        habits or job.habits,
        kiosk=job.kiosk,
        seed=job.seed,
        life=job.life,
        parcels=job.parcels,
    )


def services_of(job: Job) -> AbstractAsyncContextManager[Services]:
    """Open what the process works with."""
    is_console = job.task is Task.CONSOLE
    return open_services(
        settings_of(job),
        clock=job.clock,
        background=Background.OWN_WRITES if is_console else Background.DESK,
        person=PERSON if is_console else None,
        sleep=sleep_little,
    )


def settings_of(job: Job) -> Settings:
    return Settings(
        desk=Desk(
            name=job.desk,
            user_id=f"{job.kiosk.lower()}@example.com",
            own_prefix="K",
            reservation_hours=RESERVATION_HOURS if job.is_hasty else 24,
            bell=False,
        ),
        lockers=Lockers(
            url=f"{job.url}/parcelpoint",
            connect_seconds=CONNECT_SECONDS,
            read_seconds=READ_SECONDS,
            client_id="demo",
            client_secret=SecretStr("demo"),
        ),
        storage=Storage(data_dir=job.journal),
    )


async def sleep_little(seconds: float) -> None:
    await asyncio.sleep(seconds * WAITS_SHORTENED)
