"""Eight kiosks and one bank of forty units: as many parcels as units at the same moment, then one more each.

The sizes asked for are those of the bank, so that whoever is told "full" among the forty was told so too early.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kiosk.desk.progress import nobody_looks_on
from kiosk.errors import ApiError, InDoubtError, NoFreeUnitError
from kiosk.parcels.lockers import LockerSize
from kiosk.wiring import Services, open_services, person_at_desk
from tests.chaos import service_file
from tests.chaos.case import Evidence, Place
from tests.chaos.evidence import read_books
from tests.chaos.habits import Habits
from tests.chaos.judge import Violation, judge
from tests.chaos.notes import Notes, all_notes
from tests.chaos.processes import Child
from tests.chaos.server import Server
from tests.chaos.worker import DONE, Job, Task, live, settings_of, sleep_little

BANK = "BTwo"
KIOSKS = 8
FAULTS = "lost=0.05,500-done=0.05,503=0.05,cut=0.05"
TRIES = 100


class Wish(NamedTuple):
    """A parcel, and the size of unit that it needs."""

    number: str
    size: LockerSize


@dataclass(frozen=True)
class Outcome:
    """What came of it; `used` and `told_full` after as many parcels as units."""

    units: int
    used: tuple[Place, ...]
    told_full: tuple[str, ...]
    too_many: tuple[str, ...]
    """Numbers that came when the bank was full."""
    told_full_then: tuple[str, ...]
    refusals: int
    violations: list[Violation]

    @property
    def wrong(self) -> list[str]:
        """Say what is not as it should be."""
        checks = {
            "every unit used once": len(set(self.used)) == len(self.used) == self.units,
            "nobody told full too early": not self.told_full,
            "everybody told full in the end": sorted(self.too_many) == sorted(self.told_full_then),
            "refused requests met": self.refusals > 0,
            "no violations": not self.violations,
        }
        return [name for name, holds in checks.items() if not holds]

    def __str__(self) -> str:
        rows = {
            "units": self.units,
            "used by as many parcels": len(set(self.used)),
            "told full before that": len(self.told_full),
            "parcels after that": len(self.too_many),
            "told full then": len(self.told_full_then),
            "refused requests": self.refusals,
            "violations": len(self.violations),
        }
        lines = [f"{name:<25}{value:>5}" for name, value in rows.items()]
        return "\n".join([*lines, *(f"not so - {name}" for name in self.wrong)])


def rush(folder: Path, seed: int, faults: str = FAULTS) -> Outcome:
    """Let everybody in at once, and look."""
    server = Server(folder / "simulator", seed)
    server.start("")
    server.kill()
    service_file.empty_bank(server.folder, BANK)
    server.start(faults)
    try:
        return _rush(server, _kiosks(folder, server.url, seed), random.Random(seed))
    finally:
        server.kill()


def _kiosks(folder: Path, url: str, seed: int) -> list[Job]:
    names = [f"K{place}" for place in range(KIOSKS)]
    jobs = [Job(name, folder / name, url, str(seed), parcels=0, habits=Habits(banks=(BANK,))) for name in names]
    for job in jobs:
        job.folder.mkdir()
    return jobs


def _rush(server: Server, jobs: list[Job], rng: random.Random) -> Outcome:
    before = frozenset(number for door in server.doors() for number in door.numbers)
    sizes = _sizes(server)
    rng.shuffle(sizes)
    shares = [sizes[start::KIOSKS] for start in range(KIOSKS)]
    _all_at_once(jobs, [_wishes(job, "first", share) for job, share in zip(jobs, shares, strict=True)])
    used, told = _used(server), _told_full(jobs)

    more = [_wishes(job, "more", [rng.choice(sizes)]) for job in jobs]
    _all_at_once(jobs, more)
    told_then = tuple(number for number in _told_full(jobs) if number not in told)

    server.kill()
    server.start("")
    _wait_for([Child(job.kiosk, _finishing(job)) for job in jobs])
    files = read_books(jobs)
    return Outcome(
        units=len(sizes),
        used=used,
        told_full=told,
        too_many=tuple(wish.number for wishes in more for wish in wishes),
        told_full_then=told_then,
        refusals=sum(filed.events["write_failed"] for filed in files),
        violations=judge(Evidence(server.doors(), [filed.book for filed in files], server.code_lives(), before=before)),
    )


def _sizes(server: Server) -> list[LockerSize]:
    (bank,) = (each for each in server.state()["lockerBanks"] if each["lockerBankId"] == BANK)
    return [LockerSize(unit["size"]) for unit in bank["lockerUnits"]]


def _wishes(job: Job, rush: str, sizes: list[LockerSize]) -> list[Wish]:
    return [Wish(f"{job.kiosk}-{rush}-{place}".upper(), size) for place, size in enumerate(sizes)]


def _used(server: Server) -> tuple[Place, ...]:
    return tuple(door.place for door in server.doors() if door.place.bank == BANK)


def _told_full(jobs: list[Job]) -> tuple[str, ...]:
    return tuple(note["number"] for job in jobs for note in all_notes(job.notes) if note["note"] == "full")


def _all_at_once(jobs: list[Job], wishes: list[list[Wish]]) -> None:
    """Start a process for each kiosk and let all go when all are there."""
    gun, trigger = os.pipe()
    ready, tell = os.pipe()

    def run(job: Job, share: list[Wish]) -> Callable[[], int]:
        def wait_for_the_gun() -> None:
            os.write(tell, b".")
            os.read(gun, 1)

        def work() -> int:
            os.close(trigger)
            return asyncio.run(_reserve_all(job, share, wait_for_the_gun))

        return work

    children = [Child(job.kiosk, run(job, share)) for job, share in zip(jobs, wishes, strict=True)]
    os.close(tell)
    os.close(gun)
    there = 0
    while there < len(children) and (came := len(os.read(ready, len(children)))):
        there += came
    os.close(trigger)
    os.close(ready)
    _wait_for(children)


def _finishing(job: Job) -> Callable[[], int]:
    return lambda: live(replace(job, task=Task.FINISH))


def _wait_for(children: list[Child]) -> None:
    if codes := [code for child in children if (code := child.reap()) != DONE]:
        raise RuntimeError(f"kiosks ended with {codes}")


async def _reserve_all(job: Job, wishes: list[Wish], wait_for_the_gun: Callable[[], None]) -> int:
    with Notes(job.notes) as notes:
        async with open_services(settings_of(job), sleep=sleep_little) as services:
            wait_for_the_gun()
            await asyncio.gather(*(_reserve(services, notes, wish) for wish in wishes))
    return DONE


async def _reserve(services: Services, notes: Notes, wish: Wish) -> None:
    """Ask until there is a unit, or the word that there is none; what the faults do is tried again."""
    person, contact = person_at_desk(services.settings), (await services.queries.directory.search("")).contacts[0]
    parcel = (await services.desk.scans.take_in(wish.number, person)).parcel
    notes.scanned(wish.number)
    parcel = await services.desk.intake.choose_recipient(parcel, contact, person)
    for _ in range(TRIES):
        try:
            if parcel.is_in_doubt:
                parcel = await services.desk.write_path.settle(parcel.parcel_id, person)
            else:
                parcel = await services.desk.intake.reserve(parcel, BANK, wish.size, person, nobody_looks_on)
        except NoFreeUnitError:
            notes.write("full", number=wish.number)
            return
        except (ApiError, InDoubtError):
            parcel = await services.queries.journal.parcel(parcel.parcel_id) or parcel
        if parcel.is_reserved:
            return
    raise RuntimeError(f"{wish.number} found no end")
