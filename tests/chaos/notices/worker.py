"""One life of a process: a kiosk with everything that it does by itself, and a clerk, in a time that runs fast."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import signal
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import time
from functools import partialmethod
from pathlib import Path
from unittest.mock import patch

from pydantic import SecretStr

from kiosk import wiring
from kiosk.background import scheduler
from kiosk.background import wiring as sending
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.notices import Owed
from kiosk.notify.smtp import SmtpPost
from kiosk.parcels.people import Person
from kiosk.parcels.states import Channel
from kiosk.settings import Desk, Lockers, Settings, Storage
from kiosk.settings.mail import Mail, Security
from kiosk.settings.notices import Notices, Weekday
from kiosk.wiring import Background, Services, open_services
from tests.chaos.notes import Notes, all_notes
from tests.chaos.notices.clerk import DONE, SCANNED, Clerk
from tests.chaos.notices.world import QUIET_FROM, QUIET_UNTIL, ZONE, HurriedClock

MINUTE = 0.2
"""In place of a minute: what goes on in the background."""
CONNECT_SECONDS, COMMAND_SECONDS = 0.3, 0.5
"""How long the mail server may say nothing."""
READ_SECONDS = 5.0
DIES_BEFORE_RECORDING = 0.04
"""The chance that a process ends when the server has taken a mail, and the journal does not know that yet."""
PATIENCE = 200.0
"""Seconds until everything that is owed must have gone out, or been given up, at the end."""
ENDED, UNFINISHED = 0, 3


@dataclass(frozen=True)
class Job:
    """What one process is to do."""

    kiosk: str
    folder: Path
    """Of its desk, which it may share with another process."""
    templates: Path
    url: str
    mail_port: int
    seed: int
    clock: HurriedClock
    numbers: tuple[str, ...] = ()
    life: int = 0
    finishes: bool = False
    """Bring to an end what is unfinished and owed, and take nothing in."""

    @property
    def desk(self) -> str:
        """The desk's name."""
        return self.folder.name

    @property
    def notes(self) -> Path:
        return self.folder / f"{self.kiosk}.jsonl"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def rng(self) -> random.Random:
        return random.Random(f"{self.seed}/{self.kiosk}/{self.life}")


class Mortal(NoticeStore):
    """Ends its process now and then just before it records that something went out."""

    rng = random.Random()

    async def sent(self, owed: Sequence[Owed], person: Person) -> None:
        if self.rng.random() < DIES_BEFORE_RECORDING:
            os.kill(os.getpid(), signal.SIGKILL)
        await super().sent(owed, person)


def live(job: Job) -> int:
    """Be that process and return its exit code."""
    logging.basicConfig(filename=job.folder / "kiosk.log", level=logging.WARNING)
    Mortal.rng = random.Random(f"{job.seed}/{job.kiosk}/{job.life}/dies")
    patience, usual = {"connect_seconds": CONNECT_SECONDS, "command_seconds": COMMAND_SECONDS}, SmtpPost.__init__
    with (
        patch.object(wiring, "_MINUTE", MINUTE),
        patch.object(scheduler, "REST_SECONDS", MINUTE),
        patch.object(sending, "NoticeStore", NoticeStore if job.finishes else Mortal),
        patch.object(SmtpPost, "__init__", partialmethod(usual, **patience)),
        Notes(job.notes) as notes,
    ):
        return asyncio.run(_finish(job, notes) if job.finishes else _work(job, notes))


async def _work(job: Job, notes: Notes) -> int:
    async with services_of(job) as services:
        services.background.start()
        await _clerk(job, services, notes).work()
        notes.write(DONE)
        # A kiosk stays on: switched off, it would not know how much time passes.
        await asyncio.Event().wait()
    return ENDED


async def _finish(job: Job, notes: Notes) -> int:
    async with services_of(job) as services:
        services.background.start()
        clerk = _clerk(job, services, notes)
        try:
            async with asyncio.timeout(PATIENCE):
                await _until_nothing_is_left(clerk, services)
        except TimeoutError:
            return UNFINISHED
    return ENDED


async def _until_nothing_is_left(clerk: Clerk, services: Services) -> None:
    """Wait until nothing is owed, and no code is kept any more; what goes on by itself has ended by then."""
    while True:
        await asyncio.sleep(MINUTE)
        if not await clerk.go_on() or await services.desk.notices.owed():
            continue
        await services.background.stop()
        await asyncio.sleep(5 * MINUTE)  # so long a code that was seen is kept
        await services.desk.pickup_codes.drop_due()
        if not await services.desk.notices.owed():
            return
        services.background.start()


def _clerk(job: Job, services: Services, notes: Notes) -> Clerk:
    scanned = {note["number"] for note in all_notes(job.notes) if note["note"] == SCANNED}
    return Clerk(services, notes, job.rng, desk=job.desk, numbers=job.numbers, scanned=scanned)


def services_of(job: Job) -> AbstractAsyncContextManager[Services]:
    """Open what the process works with."""
    return open_services(settings_of(job), clock=job.clock, background=Background.DESK)


def settings_of(job: Job) -> Settings:
    return Settings(
        desk=Desk(name=job.desk, user_id=f"{job.kiosk.lower()}@example.com", own_prefix="K", bell=False),
        lockers=Lockers(
            url=f"{job.url}/parcelpoint",
            read_seconds=READ_SECONDS,
            client_id="demo",
            client_secret=SecretStr("demo"),
        ),
        storage=Storage(data_dir=job.data),
        notices=Notices(
            channels=(Channel.MAIL,),
            code="mail",
            time_zone=ZONE,
            quiet_from=time(QUIET_FROM),
            quiet_until=time(QUIET_UNTIL),
            weekdays=tuple(day for day in Weekday if day is not Weekday.SUN),
            reminder_days=1,
            before_expiry_hours=6,
            templates=job.templates,
        ),
        mail=Mail(host="127.0.0.1", port=job.mail_port, security=Security.NONE, sender="kiosk@desk.example"),
    )
