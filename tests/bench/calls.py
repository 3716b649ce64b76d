"""How many calls to the locker service a parcel of a known recipient costs, and how many of them the clerk waits for.

The figures depend on no machine. Readings are held back while the clerk is at work: a step that needed one would never
end.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import httpx

from kiosk.background.second_look import SecondLook
from kiosk.clock import ManualClock
from kiosk.desk.progress import nobody_looks_on
from kiosk.desk.proposals import proposed_size
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import Parcel
from kiosk.simulator.server import Simulator
from kiosk.wiring import Services, open_services
from tests.bench.figure import Figure
from tests.house.desk import (
    CLERK,
    DEPARTMENT,
    PERSON,
    REACHING,
    START,
    WRITE_ENDS,
    Line,
    World,
    no_sleep,
    settings_of,
    what,
)

MOST, MOST_WAITED = 4, 2
PARCELS = 6
LOCATIONS = {1: "LAB", 3: ""}
"""A location of the simulator for each number of banks."""
SCENES = (("1 bank", 1, False), ("3 banks", 3, False), ("1 of 3 full", 3, True))
BANKS = {1: ("CThree",), 3: ("AOne", "BTwo", "CThree")}
STRANGER = Contact(contact_id="160c9f65abb9c3f80472c241", name="")
"""Whose parcels other kiosks take in."""
GAPS = {"a quiet desk": timedelta(minutes=30), "a busy one": timedelta(seconds=30)}
"""How much time is between two parcels."""


class Cost(NamedTuple):
    """The most that one parcel cost."""

    calls: int
    waited: int

    @property
    def is_kept(self) -> bool:
        """Whether it is within what was asked for."""
        return self.calls <= MOST and self.waited <= MOST_WAITED


def measure() -> list[Figure]:
    return [
        Figure(
            f"Calls for a parcel, {words}, {name}: all, waited for",
            f"{cost.calls}, {cost.waited}",
            f"at most {MOST}, {MOST_WAITED}",
            reached=cost.is_kept,
        )
        for words, banks, full in SCENES
        for name, gap in GAPS.items()
        for cost in [asyncio.run(_measured(banks, gap, full=full))]
    ]


async def _measured(banks: int, gap: timedelta, *, full: bool) -> Cost:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        return await cost(Path(folder), banks, gap, full=full)


async def cost(folder: Path, banks: int, gap: timedelta, *, full: bool = False) -> Cost:
    """Take parcels in for recipients who had some before, each in a bank of their own; return what the dearest cost.

    With `full` the recipients had theirs in the usual bank, which is full by now: another one stands in.
    """
    clock = ManualClock(START)
    with Simulator(folder / "simulator", clock=clock) as simulator:
        world, line = World(simulator.url), HeldLine()
        async with _services(folder, world, clock, line, LOCATIONS[banks]) as services:
            await services.queries.proposals.get_ready()
            recipients = (PERSON, DEPARTMENT, REACHING)
            for number, contact in enumerate(recipients):
                bank = BANKS[banks][0 if full else number % banks]
                await _come_and_go(services, world, await _intake(services, f"BEFORE{number}", contact, bank))
            if full:
                await _fill(services, world, BANKS[banks][0])
            costs: list[Cost] = []
            for number in range(PARCELS):
                clock.advance(gap)
                line.sent.clear()
                line.hold()
                async with asyncio.timeout(20):
                    parcel = await _intake(services, f"T{number}", recipients[number % 3])
                waited = sum(line.sent[name] for name in WRITE_ENDS)
                line.let_go()
                await _come_and_go(services, world, parcel)
                costs.append(Cost(line.sent.total(), waited))
    return Cost(max(each.calls for each in costs), max(each.waited for each in costs))


async def _fill(services: Services, world: World, bank: str) -> None:
    """Let other kiosks reserve all units of a bank, which this one then reads, as it has read the others."""
    for size in ("small", "medium", "large", "mlarge"):
        for unit in world.free_units(size, bank):
            world.reserve(f"OTHER{unit}", unit, STRANGER, bank)
    for each in await services.queries.lockers.banks():
        await services.queries.lockers.bank(each.locker_bank_id, fresh=True)


class HeldLine(Line):
    """The line, on which readings can be held back."""

    def __init__(self) -> None:
        super().__init__(httpx.AsyncHTTPTransport())
        self._free = asyncio.Event()
        self._free.set()
        self.before = self._wait

    def hold(self) -> None:
        self._free.clear()

    def let_go(self) -> None:
        self._free.set()

    async def _wait(self, request: httpx.Request) -> None:
        if what(request) not in WRITE_ENDS:
            await self._free.wait()


@asynccontextmanager
async def _services(
    folder: Path, world: World, clock: ManualClock, line: Line, location_id: str
) -> AsyncIterator[Services]:
    settings = settings_of(folder / "desk", world)
    desk = settings.desk.model_copy(update={"location_id": location_id})
    settings = settings.model_copy(update={"desk": desk})
    async with open_services(settings, clock=clock, transport=line, sleep=no_sleep) as services:
        yield services


async def _intake(services: Services, number: str, contact: Contact, bank: str = "") -> Parcel:
    """Do what the clerk's screens do, from the scan to the code, in the bank that is proposed or another one."""
    intake = services.desk.intake
    parcel = (await services.desk.scans.take_in(number, CLERK)).parcel
    parcel = await intake.choose_recipient(parcel, contact, CLERK)
    view = (await services.queries.proposals.propose(parcel)).view
    assert view is not None
    size = proposed_size(view, contact, above=None, last=None)
    assert size is not None
    parcel = await intake.reserve(parcel, bank or view.details.locker_bank_id, size, CLERK, nobody_looks_on)
    return await intake.deposit(parcel, CLERK)


async def _come_and_go(services: Services, world: World, parcel: Parcel) -> None:
    """Let the readings end that nobody waits for, and the recipient collect."""
    look = services.desk.intake._on_deposited.__self__  # type: ignore[attr-defined]
    assert isinstance(look, SecondLook)
    await look.finish()
    assert parcel.place is not None
    world.collect(parcel.place.locker_unit_id, parcel.place.locker_bank_id)
