"""One life of a kiosk process: services and background as the app opens them, and a clerk at work."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import httpx
from pydantic import SecretStr

from kiosk import wiring
from kiosk.background import scheduler
from kiosk.desk.writes import WRITES
from kiosk.settings import Desk, Lockers, Settings, Storage
from kiosk.wiring import Background, open_services
from tests.chaos.clerk import USUAL, Clerk, Habits
from tests.chaos.mutations import MUTATIONS
from tests.chaos.notes import Notes

CONNECT_SECONDS = 0.2
READ_SECONDS = 0.5
"""So short that faults cost little time; `late` answers come later."""
WAITS_SHORTENED = 0.03
"""What is left of the waits before repeating."""
RECOVERS_EVERY_SECONDS = 0.5
"""In place of a minute: what goes on in the background, and how long a job rests that failed."""

DONE, UNFINISHED = 0, 3


@dataclass(frozen=True)
class Job:
    """What one kiosk process is to do."""

    kiosk: str
    folder: Path
    url: str
    seed: str
    parcels: int
    life: int = 1
    habits: Habits = USUAL
    mutation: str = ""
    finish: bool = False
    """Bring to an end what is unfinished, and take nothing in."""

    @property
    def notes(self) -> Path:
        return self.folder / "notes.jsonl"

    @property
    def journal(self) -> Path:
        return self.folder / "journal"


def live(job: Job) -> int:
    """Be that process and return its exit code."""
    mutation = MUTATIONS[job.mutation]
    with (
        patch.object(wiring, "_MINUTE", RECOVERS_EVERY_SECONDS),
        patch.object(scheduler, "REST_SECONDS", RECOVERS_EVERY_SECONDS),
        patch.object(wiring, "WritePath", mutation.write_path),
        patch.dict(WRITES, mutation.writes),
    ):
        return asyncio.run(_work(job, mutation.line() if mutation.line else None))


async def _work(job: Job, line: httpx.AsyncBaseTransport | None) -> int:
    with Notes(job.notes) as notes:
        async with open_services(
            settings_of(job), background=Background.DESK, transport=line, sleep=sleep_little
        ) as services:
            clerk = Clerk(services, notes, job.habits, seed=job.seed, life=job.life, parcels=job.parcels)
            if job.finish:
                return DONE if await clerk.finish() else UNFINISHED
            services.background.start()
            await clerk.work()
            return DONE


def settings_of(job: Job) -> Settings:
    return Settings(
        desk=Desk(name=job.kiosk, user_id=f"{job.kiosk.lower()}@example.com"),
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
