"""Desks that ship over a line that is cut, with shippers that are killed, beside a server that stops without a word.

Afterwards the centre has to have every event once, in an unbroken chain, and the parcels as the desks have them.
"""

from __future__ import annotations

import asyncio
import logging
import random
import sys
from collections import Counter
from contextlib import AsyncExitStack, suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import FleetError, FleetRefusedError
from kiosk.parcels.fleet import Shipped
from kiosk.settings.fleet import Fleet
from tests.fleet.centres import NewCentre, new_centre
from tests.fleet.desks import JoinedDesk, at_centre, joined
from tests.fleet.habits import Habits
from tests.fleet.line import Line, line_to
from tests.fleet.postgres import Postgres, postgres
from tests.fleet.proof import differences

DESKS = 2
LONGEST_UNTIL_CUT = 6000
"""Bytes: a meeting, a batch with its keys, and their answers."""
LONGEST_UNTIL_KILLED = 0.01
MOST_EVENTS = 4
"""Of a desk before each trouble."""


class Trouble(StrEnum):
    """What goes wrong."""

    CUT = "cut"
    REPEAT = "repeat"
    """Batches that the centre has come again."""
    SKIP = "skip"
    """A batch comes before the one that it follows."""
    TWO = "two at once"
    """Two shippers of one desk."""
    KILL = "killed"
    """A shipper ends in the midst of whatever it does."""
    PROCESS = "killed process"
    RESTART = "restart"
    """The server stops as by a power cut, and starts again."""


_OFTEN = {Trouble.CUT: 60, Trouble.REPEAT: 12, Trouble.SKIP: 12, Trouble.TWO: 4, Trouble.KILL: 12}


class Outcome(NamedTuple):
    """What was done, and what is wrong."""

    troubles: Counter[Trouble]
    events: int
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        """Return it in a few lines."""
        told = ", ".join(f"{count:,} {trouble}" for trouble, count in sorted(self.troubles.items()))
        figures = f"{self.troubles.total():,} troubles ({told}), {self.events:,} events"
        return "\n".join([figures, *(self.wrong or ("every event once, no gap, parcels as the desks have them",))])


class _Desk:
    """One desk in the storm."""

    def __init__(self, joined_desk: JoinedDesk, line: Line, rng: random.Random) -> None:
        self.desk = joined_desk
        self._line = line
        self._rng = rng
        self._habits = Habits(joined_desk.journal, rng)
        self._centre = joined_desk.centre()
        self._shipping = joined_desk.shipping(self._centre)

    async def close(self) -> None:
        await self._centre.close()

    async def suffer(self, trouble: Trouble, server: Postgres) -> None:
        """Let something happen at the desk, and something go wrong on the way to the centre."""
        await self._habits.go_on(self._rng.randrange(MOST_EVENTS + 1))
        match trouble:
            case Trouble.CUT:
                self._line.cut_after = self._rng.randrange(LONGEST_UNTIL_CUT)
                await self._habits.go_on(1)
            case Trouble.REPEAT:
                self._shipping.reached = Shipped(sequence=self._rng.randrange(self._shipping.reached.sequence + 1))
            case Trouble.SKIP:
                await self._habits.go_on(3)
                self._shipping.reached = Shipped(sequence=self._shipping.reached.sequence + self._rng.randrange(1, 4))
            case Trouble.TWO:
                await self._beside_another()
            case Trouble.KILL:
                await self._habits.go_on(1)
                await self._killed()
            case Trouble.PROCESS:
                await self._habits.go_on(40)
                await self._killed_process()
            case Trouble.RESTART:
                await asyncio.to_thread(server.stop)
                await self._try()
                await asyncio.to_thread(server.start)
        await self._try()

    async def settle(self) -> None:
        """Let the centre know everything."""
        await self._shipping.run()

    async def _try(self) -> None:
        try:
            await self._shipping.run()
        except FleetRefusedError:
            raise
        except FleetError:
            return  # the line was cut, or nobody answers

    async def _beside_another(self) -> None:
        centre = self.desk.centre()
        other = self.desk.shipping(centre)
        await self._habits.go_on(2)
        results = await asyncio.gather(self._try(), other.run(), self._habits.go_on(2), return_exceptions=True)
        await centre.close()
        for result in results:
            if isinstance(result, BaseException) and (
                isinstance(result, FleetRefusedError) or not isinstance(result, FleetError)
            ):
                raise result

    async def _killed(self) -> None:
        task = asyncio.create_task(self._try())
        await asyncio.wait({task}, timeout=self._rng.uniform(0, LONGEST_UNTIL_KILLED))
        self._line.end_all()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await self._centre.close()
        self._centre = self.desk.centre()
        self._shipping = self.desk.shipping(self._centre)

    async def _killed_process(self) -> None:
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.chaos.fleet_worker", str(self.desk.journal.path.parent)),
            *(self.desk.settings.server, self.desk.login.role),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert worker.stdout is not None
        assert worker.stdin is not None
        await worker.stdout.readline()
        worker.stdin.write(f"{self.desk.login.password.get_secret_value()}\n".encode())
        await asyncio.wait({asyncio.create_task(worker.wait())}, timeout=self._rng.uniform(0, 5 * LONGEST_UNTIL_KILLED))
        worker.kill()
        await worker.wait()


async def storm(
    server: Postgres, centre: NewCentre, folder: Path, seed: int, *, troubles: int, restarts: int, processes: int
) -> Outcome:
    """Go through so many troubles, some of them restarts and killed processes, in an order that the seed says."""
    rng = random.Random(seed)
    rare = [Trouble.RESTART] * restarts + [Trouble.PROCESS] * processes
    kinds = rng.choices([*_OFTEN], [*_OFTEN.values()], k=troubles - len(rare)) + rare
    rng.shuffle(kinds)
    done = Counter(kinds)
    async with AsyncExitStack() as opened:
        line = await opened.enter_async_context(line_to(server))
        way = Fleet(server=f"127.0.0.1:{line.port}/{centre.database}")
        desks: list[_Desk] = []
        for at in range(DESKS):
            opened_desk = await opened.enter_async_context(joined(folder / str(at), centre, way))
            desks.append(_Desk(opened_desk, line, rng))
            opened.push_async_callback(desks[-1].close)
        for kind in kinds:
            await rng.choice(desks).suffer(kind, server)
        # A cut takes place once so many bytes have passed, if ever: only those count that did.
        done[Trouble.CUT] = line.cuts
        while done.total() < troubles:
            await rng.choice(desks).suffer(Trouble.CUT, server)
            done[Trouble.CUT] = line.cuts
        line.cut_after = None
        wrong: list[str] = []
        for desk in desks:
            await desk.settle()
            wrong += await differences(desk.desk, centre)
        wrong += [
            f"an alarm: {row['kind']} {row['sequence']}" for row in at_centre(centre, "SELECT * FROM fleet.alarms")
        ]
        events = sum([(await each.desk.head()).sequence for each in desks])
    return Outcome(done, events, tuple(wrong))


def run_storm(folder: Path, seed: int, troubles: int) -> Outcome:
    """Go through so many on a server that is started for it; one in a hundred is rare."""
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # it warns of each call that is cut off
    with postgres() as server:
        rare = troubles // 100
        going = storm(server, new_centre(server), folder, seed, troubles=troubles, restarts=rare, processes=rare)
        return asyncio.run(going)
