"""The chaos run: kiosks and simulator in processes of their own, killed and started again; recipients who collect."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.chaos.clerk import Habits
from tests.chaos.evidence import Filed, read_books
from tests.chaos.judge import Evidence, Place, Violation, judge
from tests.chaos.mutations import MUTATIONS
from tests.chaos.notes import Notes, Reader
from tests.chaos.processes import Child, ended
from tests.chaos.server import Server
from tests.chaos.worker import DONE, Job, live

ALL_FAULTS = {
    "lost": 0.06,
    "late": 0.01,
    "cut": 0.04,
    "401": 0.03,
    "429": 0.02,
    "429-after": 0.02,
    "500": 0.035,
    "500-done": 0.04,
    "503": 0.035,
    "html": 0.025,
    "half": 0.03,
    "slow": 0.02,
}
DELAYS = "late-seconds=0.6,slow-seconds=0.1"
"""`late` answers come after the kiosks' read time."""
TURN_SECONDS = 0.05
LOOKS_AT_FAULTS_EVERY = 0.25
LONGEST_ABSENCE = 0.1
LONGEST_OUTAGE = 0.5
MOST_CRASHES = 20


@dataclass(frozen=True)
class Plan:
    """What shall happen."""

    parcels: int
    kiosks: int
    seed: int
    minutes: float
    kills: int
    server_kills: int
    habits: Habits
    faults: str
    mutation: str = ""


@dataclass
class Result:
    """What happened."""

    plan: Plan
    seconds: float = 0
    kills: int = 0
    server_kills: int = 0
    collected: int = 0
    requests: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    files: list[Filed] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)


@dataclass
class Kiosk:
    """One kiosk over all its lives."""

    job: Job
    notes: Reader
    child: Child | None = None
    starts_at: float = 0
    done: bool = False

    def start(self) -> None:
        job = self.job = replace(self.job, life=self.job.life + 1)
        self.child = Child(job.kiosk, lambda: live(job))


class Run:
    """One run in one folder."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self.result = Result(plan)
        self._rng = random.Random(f"{plan.seed}/run")
        self._server = Server(folder / "simulator", plan.seed, lenient=MUTATIONS[plan.mutation].lenient)
        self._collector = Notes(folder / "collected.jsonl")
        self._collected: dict[str, str | None] = {}
        self._waiting: dict[str, Place] = {}
        """Numbers whose codes were shown and that nobody collected."""
        self._noticed: set[str] = set()
        self._scanned: set[str] = set()
        self._crashes: list[str] = []
        self._kills = self._moments(plan.kills)
        self._server_kills = self._moments(plan.server_kills)
        self._pace = random.Random(plan.seed)
        self._server_back_at: float | None = None
        self._looked_at_faults = 0.0
        self._kiosks = [self._kiosk(folder, place) for place in range(1, plan.kiosks + 1)]

    def _kiosk(self, folder: Path, place: int) -> Kiosk:
        share = self.plan.parcels // self.plan.kiosks + (place <= self.plan.parcels % self.plan.kiosks)
        job = Job(
            kiosk=f"K{place}",
            folder=folder / f"K{place}",
            url=self._server.url,
            seed=str(self.plan.seed),
            parcels=share,
            life=0,
            habits=self.plan.habits,
            mutation=self.plan.mutation,
        )
        job.folder.mkdir()
        return Kiosk(job, Reader(job.notes))

    def carry_out(self) -> Result:
        began = time.monotonic()
        try:
            self._server.start(self.plan.faults)
            before = frozenset(number for door in self._server.doors() for number in door.numbers)
            while not all(kiosk.done for kiosk in self._kiosks) and time.monotonic() - began < self.plan.minutes * 60:
                self._turn()
            self._recover()
            self._judge(before)
        finally:
            self._end()
        self.result.seconds = time.monotonic() - began
        return self.result

    def _turn(self) -> None:
        now = time.monotonic()
        self._keep_running(now)
        running = [kiosk.child for kiosk in self._kiosks if kiosk.child]
        for child in ended(running, self._pace.uniform(0, TURN_SECONDS)):
            self._note_end(next(kiosk for kiosk in self._kiosks if kiosk.child is child), child.reap())
        self._read_notes()
        if self._server.child is not None:
            self._collect()
            if now - self._looked_at_faults > LOOKS_AT_FAULTS_EVERY:
                self._server.look_at_faults()
                self._looked_at_faults = now
        self._kill_somebody(now)

    def _keep_running(self, now: float) -> None:
        if self._server_back_at is not None and now >= self._server_back_at:
            self._server_back_at = None
            self._server.start(self.plan.faults)
        for kiosk in self._kiosks:
            if kiosk.child is None and not kiosk.done and now >= kiosk.starts_at:
                kiosk.start()

    def _note_end(self, kiosk: Kiosk, code: int) -> None:
        """Note how a process ended: at its work's end, killed, or by an error of its own."""
        kiosk.child = None
        if code == DONE:
            kiosk.done = True
        elif code != -signal.SIGKILL:
            self._crashes.append(f"{kiosk.job.kiosk}, life {kiosk.job.life}, ended with {code}")
            kiosk.done = len(self._crashes) > MOST_CRASHES

    def _read_notes(self) -> None:
        for kiosk in self._kiosks:
            for note in kiosk.notes.more():
                self._notice(note)

    def _notice(self, note: dict[str, Any]) -> None:
        number = note["number"]
        if note["note"] == "scanned":
            self._scanned.add(number)
        elif note["note"] == "settled" and number not in self._noticed:
            self._noticed.add(number)
            self._waiting[number] = Place(note["bank"], note["unit"])

    def _collect(self) -> None:
        """Let some recipients come where many parcels wait; which code is valid then is noted first."""
        if len(self._waiting) < self._rng.randint(10, 30) or not MUTATIONS[self.plan.mutation].collects:
            return
        doors = {door.place: door for door in self._server.doors()}
        for number in self._rng.sample(sorted(self._waiting), len(self._waiting) // 2):
            door = doors.get(self._waiting.pop(number))
            if door is None or number not in door.deposited:
                continue  # the judge will ask where it is
            self._collector.write("collected", number=number, code=door.code)
            self._collected[number] = door.code
            self._server.collect(door.place)

    def _kill_somebody(self, now: float) -> None:
        """Kill in step with the work done, so that a slow machine sees as many kills."""
        alive = [kiosk for kiosk in self._kiosks if kiosk.child]
        if alive and self._kills and len(self._scanned) >= self._kills[-1]:
            self._kills.pop()
            victim = self._rng.choice(alive)
            self._kill(victim)
            victim.starts_at = now + self._pace.uniform(0, LONGEST_ABSENCE)
        if self._server.child is not None and self._server_kills and len(self._scanned) >= self._server_kills[-1]:
            self._server_kills.pop()
            self._server.kill()
            self._server_back_at = now + self._pace.uniform(0, LONGEST_OUTAGE)
            self.result.server_kills += 1

    def _kill(self, kiosk: Kiosk) -> None:
        if kiosk.child is not None:
            code = kiosk.child.kill()
            self.result.kills += code == -signal.SIGKILL
            self._note_end(kiosk, code)

    def _moments(self, kills: int) -> list[float]:
        """Return at how many scanned parcels a kill is due, the first one last."""
        return sorted((self._rng.uniform(0, 0.95 * self.plan.parcels) for _ in range(kills)), reverse=True)

    def _recover(self) -> None:
        """Kill everybody once more, mend the line, and let each kiosk finish what it has."""
        for kiosk in self._kiosks:
            self._kill(kiosk)
        if self._server.child is not None:
            self._server.kill()
        self._server.start("")
        for kiosk in self._kiosks:
            kiosk.job, kiosk.done = replace(kiosk.job, finish=True), False
            kiosk.start()
        while running := [kiosk for kiosk in self._kiosks if kiosk.child]:
            for child in ended([kiosk.child for kiosk in running if kiosk.child], 60):
                self._note_end(next(kiosk for kiosk in running if kiosk.child is child), child.reap())

    def _judge(self, before: frozenset[str]) -> None:
        self._read_notes()
        result = self.result
        result.files = read_books(kiosk.job for kiosk in self._kiosks)
        result.requests = self._server.state()["requests"]
        faults: Counter[str] = self._server.faults
        result.faults = dict(faults)
        result.collected = len(self._collected)
        result.violations = judge(
            Evidence(
                doors=self._server.doors(),
                books=[filed.book for filed in result.files],
                collected=self._collected,
                before=before,
                crashes=tuple(self._crashes),
            )
        )

    def _end(self) -> None:
        for kiosk in self._kiosks:
            if kiosk.child:
                kiosk.child.kill()
        if self._server.child is not None:
            self._server.child.kill()
        self._collector.close()
