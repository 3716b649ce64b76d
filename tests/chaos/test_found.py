"""What the chaos run and its judge brought to light, each as one plain scene."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.errors import InDoubtError, ShelfPlaceTakenError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState, ShelfReason
from kiosk.simulator.server import Simulator
from tests.chaos.case import Book, Evidence
from tests.chaos.evidence import file
from tests.chaos.judge import Kind, Violation, judge
from tests.chaos.server import doors_of
from tests.house.desk import CLERK, DEPARTMENT, PERSON, START, OpenDesk, World, open_desk


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Simulator(tmp_path / "simulator", clock=ManualClock(START)) as simulator:
        yield World(simulator.url)


async def judged(desk: OpenDesk, world: World, before: frozenset[str]) -> list[Violation]:
    filed = await file(desk.journal, Book("desk", ()))
    return judge(Evidence(doors_of(world.ask("GET", "/_simulator/state")), [filed.book], before=before))


def held_before(world: World) -> frozenset[str]:
    return frozenset(number for door in doors_of(world.ask("GET", "/_simulator/state")) for number in door.numbers)


@pytest.mark.parametrize("refusal", ["400", "401", "404", "429"])
@pytest.mark.parametrize("contact", [PERSON, DEPARTMENT], ids=["recipient", "department"])
async def test_a_deposit_that_was_done_is_not_called_failed_because_its_repeat_is_refused(
    tmp_path: Path, world: World, refusal: str, contact: Contact
) -> None:
    before = held_before(world)
    async with open_desk(tmp_path / "desk", world, ManualClock(START)) as desk:
        parcel = await desk.reserved(contact=contact)
        world.fault("500-done", "updateDeposit")
        world.fault(refusal, "updateDeposit", times=10)
        with suppress(InDoubtError):
            await desk.intake.deposit(parcel, CLERK)
        assert "write_failed" not in await desk.events()

        world.no_more_faults()
        await desk.settling.settle_all()
        assert (await desk.now(parcel)).state is ParcelState.IN_LOCKER
        found = await judged(desk, world, before)
        assert {each.kind for each in found} <= {Kind.UNSEEN_CODE}, found


async def test_two_parcels_laid_down_at_the_same_moment_get_shelf_places_of_their_own(
    tmp_path: Path, world: World
) -> None:
    async with open_desk(tmp_path / "desk", world, ManualClock(START)) as desk:
        parcels = [await desk.taken_in(f"T{place}") for place in range(2)]

        async def hold(parcel: Parcel) -> Parcel | ShelfPlaceTakenError:
            try:
                return await desk.shelf.put_on(parcel, "S1", ShelfReason.PUT_ASIDE, CLERK)
            except ShelfPlaceTakenError as taken:
                return taken

        first, second = await asyncio.gather(*map(hold, parcels))
        assert isinstance(first, Parcel)
        assert isinstance(second, ShelfPlaceTakenError)
        assert await desk.shelf.parcels() == (first,)
        assert (await desk.now(parcels[1])).state is ParcelState.TAKEN_IN
