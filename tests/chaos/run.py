"""The chaos run: kiosks, a console and the simulator in processes of their own, killed and started again."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import Any

from tests.chaos.boxes import Boxes
from tests.chaos.case import Evidence
from tests.chaos.evidence import Filed, read_books
from tests.chaos.judge import Violation, judge
from tests.chaos.notes import Reader, shown_in
from tests.chaos.processes import Child, ended
from tests.chaos.recipients import Recipients
from tests.chaos.server import Server
from tests.chaos.weather import WorldClock, gust
from tests.chaos.worker import DONE, Job, Task, live

SCREEN_EVERY = 4
"""One desk in so many has a real screen, and one process; the others have two processes without."""
SHARE_OF_A_SCREEN = 0.4
LEAST_ON_A_SCREEN = 8
"""Parcels, also in a short run: faults and kills leave many without a code."""
HEAD_START_SECONDS = 1.5
TURN_SECONDS = 0.05
LOOKS_EVERY_SECONDS = 0.2
"""At the faults, and how often recipients come."""
COPY_IS_OLD_AFTER = 3.0
"""Seconds between a copy of the service's state and its going on from there: what it did meanwhile is lost to it."""
STAY_AWAY_FROM = 0.93
LONGEST_ABSENCE = 0.1
LONGEST_OUTAGE = 0.5
MOST_CRASHES = 20


@dataclass(frozen=True)
class Plan:
    """What shall happen."""

    parcels: int
    desks: int
    seed: int
    minutes: float
    kills: int
    server_kills: int
    restores: int
    faults: str
    mutation: str = ""


@dataclass
class Result:
    """What happened."""

    plan: Plan
    seconds: float = 0
    kills: int = 0
    server_kills: int = 0
    restores: int = 0
    rolled_back: int = 0
    collected: int = 0
    collected_early: int = 0
    shown_on_screen: int = 0
    requests: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    files: list[Filed] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)


@dataclass
class Worker:
    """One process over all its lives."""

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
        self._world = WorldClock(time.time())
        self._server = Server(folder / "simulator", plan.seed, clock=self._world)
        self._boxes = Boxes(folder, "", "recipients")
        self._recipients = Recipients(self._server, self._rng, self._boxes)
        self._scanned: set[str] = set()
        self._crashes: list[str] = []
        self._kills = self._moments(plan.kills)
        self._server_kills = self._moments(plan.server_kills)
        self._restores = self._moments(plan.restores)
        self._pace = random.Random(plan.seed)
        self._server_back_at: float | None = None
        self._looked_at = 0.0
        self._copied_at: float | None = None
        self._workers = [Worker(job, Reader(job.notes)) for job in self._jobs(folder)]

    def _jobs(self, folder: Path) -> list[Job]:
        jobs: list[Job] = []
        for desk in range(1, self.plan.desks + 1):
            (folder / f"D{desk}").mkdir()
            job = Job(
                kiosk=f"K{desk}A",
                folder=folder / f"D{desk}",
                url=self._server.url,
                seed=str(self.plan.seed),
                mutation=self.plan.mutation,
                world=self._world,
            )
            if desk % SCREEN_EVERY == 0:
                jobs.append(replace(job, task=Task.SCREEN))
            else:
                jobs += [
                    replace(job, is_hasty=desk == 3),
                    replace(job, kiosk=f"K{desk}B", is_hasty=desk == 3, clock_jumps=desk == 2),
                ]
        jobs = [replace(job, parcels=self._share(job, jobs)) for job in jobs]
        return [*jobs, replace(jobs[0], kiosk="C1", task=Task.CONSOLE)]

    def _share(self, job: Job, jobs: list[Job]) -> int:
        """Return how many parcels a process takes in; what stands on a screen takes several times as long."""
        shares = {Task.SCREEN: SHARE_OF_A_SCREEN}
        share = shares.get(job.task, 1.0) / sum(shares.get(each.task, 1.0) for each in jobs)
        return max(ceil(self.plan.parcels * share), LEAST_ON_A_SCREEN if job.task is Task.SCREEN else 1)

    def carry_out(self) -> Result:
        began = time.monotonic()
        try:
            self._server.start(self.plan.faults)
            self._recipients.begin()
            self._begin_with_screens(began)
            while not self._all_done() and time.monotonic() - began < self.plan.minutes * 60:
                self._turn()
            self._close()
            self._judge()
        finally:
            self._end()
        self.result.seconds = time.monotonic() - began
        return self.result

    def _begin_with_screens(self, now: float) -> None:
        """Let those without a screen begin later: they would fill the banks before the first code is seen."""
        for worker in self._workers:
            if worker.job.task is not Task.SCREEN:
                worker.starts_at = now + HEAD_START_SECONDS

    def _all_done(self) -> bool:
        return all(worker.done for worker in self._workers if worker.job.task is not Task.CONSOLE)

    def _turn(self) -> None:
        now = time.monotonic()
        self._keep_running(now)
        self._wait(self._pace.uniform(0, TURN_SECONDS))
        self._read_notes()
        if self._server.child is not None and now - self._looked_at > LOOKS_EVERY_SECONDS:
            self._looked_at = now
            self._server.look_at_faults()
            if fault := gust(self._rng, self.plan.faults):
                self._server.ask("POST", "/_simulator/faults", fault)
            # Towards the end nobody comes, so that what went wrong with a unit is still there to be seen.
            if len(self._scanned) < STAY_AWAY_FROM * self.plan.parcels:
                self._recipients.look()
        self._kill_somebody(now)
        self._let_the_service_forget(now)

    def _keep_running(self, now: float) -> None:
        if self._server_back_at is not None and now >= self._server_back_at:
            self._server_back_at = None
            self._server.start(self.plan.faults)
        for worker in self._workers:
            if worker.child is None and not worker.done and now >= worker.starts_at:
                worker.start()

    def _wait(self, seconds: float) -> None:
        """Wait that long, or until a process ends, and note how: at its work's end, killed, or by an error."""
        running = {worker.child: worker for worker in self._workers if worker.child}
        for child in ended(list(running), seconds):
            self._note_end(running[child], child.reap())

    def _note_end(self, worker: Worker, code: int) -> None:
        worker.child = None
        if code == DONE:
            worker.done = True
        elif code != -signal.SIGKILL:
            self._crashes.append(f"{worker.job.kiosk}, life {worker.job.life}, ended with {code}")
            worker.done = len(self._crashes) > MOST_CRASHES

    def _read_notes(self) -> None:
        for worker in self._workers:
            for note in worker.notes.more():
                self._notice(worker.job, note)

    def _notice(self, job: Job, note: dict[str, Any]) -> None:
        if note["note"] == "scanned":
            self._scanned.add(note["number"])
        elif note["note"] == "shown":
            self.result.shown_on_screen += job.task is Task.SCREEN
            self._recipients.told(shown_in(note))

    def _kill_somebody(self, now: float) -> None:
        """Kill in step with the work done, so that a slow machine sees as many kills."""
        alive = [worker for worker in self._workers if worker.child]
        if alive and self._is_due(self._kills):
            (victim,) = self._rng.choices(alive, [worker.job.parcels for worker in alive])
            self._kill(victim)
            victim.starts_at = now + self._pace.uniform(0, LONGEST_ABSENCE)
        if self._server.child is not None and self._is_due(self._server_kills):
            self._server.kill()
            self._server_back_at = now + self._pace.uniform(0, LONGEST_OUTAGE)
            self.result.server_kills += 1

    def _let_the_service_forget(self, now: float) -> None:
        """Copy what the service knows, and some seconds later let it go on from there."""
        if self._server.child is None:
            return
        if self._copied_at is None:
            if self._is_due(self._restores):
                self._copied_at = now
                self._server.copy()
        elif now - self._copied_at > COPY_IS_OLD_AFTER:
            self._copied_at = None
            self._server.kill()
            self._server.restore()
            self._server_back_at = now
            self.result.restores += 1

    def _is_due(self, moments: list[float]) -> bool:
        """Tell whether so much was scanned as the next of these moments wants, and let it go."""
        if not moments or len(self._scanned) < moments[-1]:
            return False
        moments.pop()
        return True

    def _kill(self, worker: Worker) -> None:
        if worker.child is not None:
            code = worker.child.kill()
            self.result.kills += code == -signal.SIGKILL
            self._note_end(worker, code)

    def _moments(self, count: int) -> list[float]:
        """Return at how many scanned parcels something is due, the first one last."""
        return sorted((self._rng.uniform(0, 0.95 * self.plan.parcels) for _ in range(count)), reverse=True)

    def _close(self) -> None:
        """Kill everybody once more, mend the line, and let each desk finish what it has and look at all of it."""
        for worker in self._workers:
            self._kill(worker)
        if self._server.child is not None:
            self._server.kill()
        self._server.start("")
        one_a_desk = list({worker.job.desk: worker for worker in self._workers}.values())
        for task in (Task.FINISH, Task.LOOK):
            for worker in one_a_desk:
                worker.job, worker.done = replace(worker.job, task=task, clock_jumps=False), False
                worker.start()
            while any(worker.child for worker in one_a_desk):
                self._wait(60)

    def _judge(self) -> None:
        self._read_notes()
        result, recipients = self.result, self._recipients
        result.files = read_books(worker.job for worker in self._workers)
        result.requests = self._server.state()["requests"]
        faults: Counter[str] = self._server.faults
        result.faults = dict(faults)
        result.collected = sum(len(collection.numbers) for collection in recipients.collections)
        result.collected_early = recipients.early
        result.rolled_back = len(self._server.rolled_back)
        result.violations = judge(
            Evidence(
                doors=self._server.doors(),
                books=[filed.book for filed in result.files],
                lives=self._server.code_lives(),
                collections=recipients.collections,
                before=recipients.before,
                rolled_back=self._server.rolled_back,
                crashes=tuple(self._crashes),
                boxes=self._boxes.all(),
                leavings=self._boxes.leavings,
            )
        )

    def _end(self) -> None:
        for worker in self._workers:
            if worker.child:
                worker.child.kill()
        if self._server.child is not None:
            self._server.child.kill()
