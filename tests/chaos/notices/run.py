"""The chaos run about notices: clerks, the locker service and a mail server, each a process, killed at random.

At the end nothing is killed any more, and time goes on until nothing is owed.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kiosk.parcels.states import NoticeKind
from kiosk.recipients.importing import import_rows
from kiosk.simulator.state import FILE_NAME
from tests.chaos.notes import Reader, all_notes
from tests.chaos.notices.case import Evidence
from tests.chaos.notices.clerk import DONE, SCANNED
from tests.chaos.notices.evidence import gather
from tests.chaos.notices.judge import Violation, judge
from tests.chaos.notices.mail_server import Post
from tests.chaos.notices.worker import ENDED, Job, live
from tests.chaos.notices.world import BEGINS, SPEED_AT_THE_END, SPEED_WITH_FEW, HurriedClock, residents
from tests.chaos.processes import Child, ended
from tests.chaos.server import Server

DESKS = {"D1": ("K1A", "K1B"), "D2": ("K2A",)}
KILLS_PER_PARCEL = 0.1
OUTAGES_PER_PARCEL = 0.01
LONGEST_OUTAGE = 2.0
TURN_SECONDS = 0.1
LOOKS_EVERY_SECONDS = 0.5
MOST_FILLED = 110
"""So many lockers may be filled before some recipients come."""
MORE_UNITS = 120
HEAD_START_SECONDS = 1.0
"""For processes to be open before time runs faster: a kiosk that was off for hours mistrusts its clock."""
FEW = 100
PATIENCE_SECONDS = 300.0
"""How long the end may take."""
MOST_CRASHES = 10


@dataclass
class Result:
    """What happened."""

    seed: int
    parcels: int
    seconds: float = 0
    kills: int = 0
    suicides: int = 0
    outages: int = 0
    collected: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    evidence: Evidence = field(default_factory=Evidence)
    violations: list[Violation] = field(default_factory=list)

    def __str__(self) -> str:
        evidence = self.evidence
        taken = [mail for mail in evidence.mails if mail.taken]
        kinds = Counter(line.kind for mail in taken for line in mail.lines)
        unreached = sum(stands.is_unreached for story in evidence.stories for stands in story.stands)
        days = (max((mail.at for mail in evidence.mails), default=BEGINS) - BEGINS).total_seconds() / 86_400
        rows: list[tuple[str, object]] = [
            ("seed", self.seed),
            ("minutes", f"{self.seconds / 60:.1f}"),
            ("days of the world", f"{days:.1f}"),
            ("parcels", len(evidence.stories)),
            ("  collected by recipients", self.collected),
            ("  of undeliverable notices", unreached),
            ("people forgotten", len(evidence.forgotten)),
            ("kills of kiosks", self.kills + self.suicides),
            ("  between the answer and its record", self.suicides),
            ("outages of the mail server", self.outages),
            ("mails taken", len(taken)),
            ("  of them repeats of the same message", len(taken) - len({mail.message_id for mail in taken})),
            ("  with a code", sum(any(line.code for line in mail.lines) for mail in taken)),
            ("  of several parcels", sum(len(mail.lines) > 1 for mail in taken)),
            ("mails refused when they were there", len(evidence.mails) - len(taken)),
            *((f"told {kind}", kinds[kind]) for kind in NoticeKind if kinds[kind]),
            ("violations", len(self.violations)),
            *((f"  {kind}", count) for kind, count in Counter(each.kind for each in self.violations).items()),
        ]
        width = max(len(name) for name, _ in rows)
        lines = [f"{name:<{width}}  {value!s:>8}" for name, value in rows]
        return "\n".join([*lines, *(f"  {each.kind}: {each.about}" for each in self.violations[:40])])


@dataclass
class Worker:
    """One process over all its lives."""

    job: Job
    notes: Reader
    child: Child | None = None
    is_done: bool = False

    def start(self) -> None:
        """Begin another life."""
        job = self.job = replace(self.job, life=self.job.life + 1)
        self.child = Child(job.kiosk, partial(live, job))


class Run:
    """One run in one folder."""

    def __init__(self, folder: Path, *, parcels: int, seed: int) -> None:
        self._result = Result(seed, parcels)
        self._rng = random.Random(f"{seed}/notices")
        self._clock = HurriedClock()
        self._server = Server(folder / "simulator", seed, clock=self._clock)
        self._mails = folder / "mails.jsonl"
        self._post = Post(self._mails, seed)
        self._post_back_at: float | None = None
        self._crashes: list[str] = []
        self._scanned = 0
        self._kills = self._moments(int(parcels * KILLS_PER_PARCEL))
        self._outages = self._moments(int(parcels * OUTAGES_PER_PARCEL))
        self._looked_at = 0.0
        self._workers = [Worker(job, Reader(job.notes)) for job in self._jobs(folder, parcels, seed)]

    def carry_out(self) -> Result:
        """Let it happen, and judge it."""
        began = time.monotonic()
        try:
            self._begin()
            while not all(worker.is_done for worker in self._workers) and len(self._crashes) < MOST_CRASHES:
                self._turn()
            self._end_well()
            self._judge()
        finally:
            for worker in self._workers:
                if worker.child:
                    worker.child.kill()
            self._post.kill()
            if self._server.child:
                self._server.child.kill()
        self._result.seconds = time.monotonic() - began
        return self._result

    def _jobs(self, folder: Path, parcels: int, seed: int) -> list[Job]:
        templates = _templates(folder / "templates")
        kiosks = [(desk, kiosk) for desk, kiosks in DESKS.items() for kiosk in kiosks]
        jobs = []
        for place, (desk, kiosk) in enumerate(kiosks):
            (folder / desk).mkdir(exist_ok=True)
            # A mail tells the last four signs: no two numbers of the run have the same.
            numbers = tuple(f"{kiosk}-{number:04}" for number in range(place, parcels, len(kiosks)))
            url, port = self._server.url, self._post.port
            jobs.append(Job(kiosk, folder / desk, templates, url, port, seed, self._clock, numbers))
        return jobs

    def _begin(self) -> None:
        self._server.start("")
        self._server.kill()
        _add_units(self._server.folder / FILE_NAME)
        self._server.start("")
        self._before = {number for door in self._server.doors() for number in door.numbers}
        self._post.start(is_fickle=True)
        for desk, job in {worker.job.desk: worker.job for worker in self._workers}.items():
            import_rows(job.data, [each.row for each in residents(desk)], BEGINS)

    def _turn(self) -> None:
        now = time.monotonic()
        if self._post_back_at is not None and now >= self._post_back_at:
            self._post_back_at = None
            self._post.start(is_fickle=True)
        for worker in self._workers:
            if worker.child is None:
                worker.start()
        self._wait(self._rng.uniform(0, TURN_SECONDS))
        for worker in self._workers:
            for note in worker.notes.more():
                self._scanned += note["note"] == SCANNED
                worker.is_done |= note["note"] == DONE
        if self._is_due(self._kills):
            self._kill(self._rng.choice([worker for worker in self._workers if worker.child] or [self._workers[0]]))
        if self._post_back_at is None and self._is_due(self._outages):
            self._post.kill()
            self._result.outages += 1
            self._post_back_at = now + self._rng.uniform(0, LONGEST_OUTAGE)
        if now - self._looked_at > LOOKS_EVERY_SECONDS:
            self._looked_at = now
            self._collect()

    def _wait(self, seconds: float) -> None:
        """Wait that long, or until a process ends, and note how."""
        running = {worker.child: worker for worker in self._workers if worker.child}
        for child in ended(list(running), seconds):
            self._note_end(running[child], child.reap())

    def _note_end(self, worker: Worker, code: int) -> None:
        worker.child = None
        if code == -signal.SIGKILL:
            self._result.suicides += 1
        elif code != ENDED:
            self._crashes.append(f"{worker.job.kiosk}, life {worker.job.life}, ended with {code}")

    def _kill(self, worker: Worker) -> None:
        if worker.child is not None and worker.child.kill() == -signal.SIGKILL:
            self._result.kills += 1
            worker.child = None

    def _collect(self) -> None:
        """Let some recipients come where many lockers are filled."""
        filled = [door for door in self._server.doors() if door.deposited and not self._before & {*door.numbers}]
        if len(filled) > MOST_FILLED:
            for door in self._rng.sample(filled, len(filled) // 4):
                collection = self._server.collect(door.place)
                self._result.collected += len(collection.numbers) if collection else 0

    def _end_well(self) -> None:
        """Mend everything, and let each desk go on, faster, until nothing is owed."""
        for worker in self._workers:
            self._kill(worker)
        self._post.kill()
        self._server.kill()
        few = self._result.parcels < FEW
        self._clock.hurry(SPEED_WITH_FEW if few else SPEED_AT_THE_END, HEAD_START_SECONDS)
        self._post.start(is_fickle=False)
        self._server.start("")
        one_a_desk = list({worker.job.desk: worker for worker in self._workers}.values())
        for worker in one_a_desk:
            job = replace(worker.job, finishes=True, numbers=())
            worker.child = Child(job.kiosk, partial(live, job))
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(worker.child for worker in one_a_desk) and time.monotonic() < deadline:
            self._wait(5)

    def _judge(self) -> None:
        result = self._result
        jobs = [worker.job for worker in self._workers]
        result.evidence = gather(jobs, self._mails, self._server, self._clock, self._crashes)
        result.answers = Counter(note["answer"] for note in all_notes(self._mails))
        result.violations = judge(result.evidence)

    def _moments(self, count: int) -> list[float]:
        """Return at how many scanned parcels something is due, the first one last."""
        return sorted((self._rng.uniform(0, 0.95 * self._result.parcels) for _ in range(count)), reverse=True)

    def _is_due(self, moments: list[float]) -> bool:
        if not moments or self._scanned < moments[-1]:
            return False
        moments.pop()
        return True


def _templates(folder: Path) -> Path:
    """Write the templates of an administrator whose mails are easy to read for a program."""
    folder.mkdir()
    told = (kind for kind in NoticeKind if kind not in {NoticeKind.SLIP, NoticeKind.LABEL})
    texts = "".join(f'[{kind}]\nsaid = "{kind}"\nsaid_several = "ALL {kind}"\n' for kind in told)
    (folder / "en.toml").write_text(texts)
    (folder / "parcel.txt").write_text("PARCEL\nNUMBER $number\nKIND $said\nCODE $code\n")
    return folder


def _add_units(path: Path) -> None:
    """Make a bank of the simulator larger, so that parcels can stay for a while."""
    with closing(sqlite3.connect(path)) as database, database:
        first = database.execute("SELECT count(*) FROM units WHERE bank_id = 'BTwo'").fetchone()[0] + 1
        database.executemany(
            "INSERT INTO units (bank_id, unit_id, position, size, accessible, in_service)"
            " VALUES ('BTwo', ?, ?, ?, 1, 1)",
            [(str(at), at, ("small", "medium", "large", "mlarge")[at % 4]) for at in range(first, first + MORE_UNITS)],
        )
