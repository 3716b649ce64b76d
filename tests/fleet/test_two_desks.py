"""Two whole desks at one locker service, which hear of each other through a real centre."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.clock import ManualClock
from kiosk.desk.clashes import STANDS_FOR
from kiosk.fleet.logins import LoginKind, write_login
from kiosk.journal.desks import own_desk
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Finding, UnitProblem
from kiosk.simulator.server import Simulator
from kiosk.tracking.codes import Code
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import needs_postgres
from tests.house.desk import BANK, CLERK, PERSON, REACHING, SMALL, START, OpenDesk, World, open_desk, unit_of

pytestmark = needs_postgres
UPS, USPS = "1Z5R89390357567127", "9205590164917312751089"


class Two(NamedTuple):
    """Both desks, on one clock."""

    north: OpenDesk
    south: OpenDesk
    clock: ManualClock

    async def talk(self) -> None:
        """Let both tell the centre what happened, then hear what is new, as their background does."""
        for name in ("fleet", "news"):
            for desk in (self.north, self.south):
                (job,) = (job for job in desk.services.background._jobs if job.name == name)
                await job.run()


@pytest.fixture
async def two(tmp_path: Path, centre: NewCentre) -> AsyncIterator[Two]:
    clock = ManualClock(START)
    with Simulator(tmp_path / "simulator", clock=clock) as simulator:
        async with AsyncExitStack() as opened:
            desks: list[OpenDesk] = []
            for name in ("North", "South"):
                world = World(simulator.url)
                desk = await opened.enter_async_context(open_desk(tmp_path / name, world, clock, fleet=centre.settings))
                login = await centre.join(await desk.journal.connection.read(own_desk), "Campus", name)
                write_login(tmp_path / name, LoginKind.DESK, login)
                await desk.lockers.banks()
                desks.append(desk)
            yield Two(desks[0], desks[1], clock)


async def findings(desk: OpenDesk, parcel: Parcel) -> list[Finding]:
    return [item.finding for item in (await desk.now(parcel)).attention]


async def test_a_parcel_of_one_desk_is_known_at_the_other(two: Two) -> None:
    parcel = await two.north.deposited(UPS)
    await two.talk()
    (found,), rest = await two.south.boxes.set_aside([Code(UPS), Code(USPS)])
    assert rest == (Code(USPS),)
    assert found.parcel.desk_name == "North"
    assert found.parcel.place is not None
    assert (found.parcel.place.locker_unit_id, found.parcel.contact) == (unit_of(parcel), PERSON)
    assert found.heard_at == two.clock.now()
    # Nothing of it came into the other one's truth.
    assert await two.south.events() == []
    await two.north.take_out(parcel)
    await two.talk()
    assert await two.south.boxes.set_aside([Code(UPS)]) == ((), (Code(UPS),))


async def test_one_number_at_two_desks_becomes_an_item_at_both_and_is_over_at_both(two: Two) -> None:
    theirs, ours = await two.north.taken_in("T1"), await two.south.taken_in("T1")
    await two.talk()
    two.clock.live(STANDS_FOR[Finding.NUMBER_AT_TWO_DESKS])
    await two.talk()
    for desk, parcel in ((two.north, theirs), (two.south, ours)):
        assert await findings(desk, parcel) == [Finding.NUMBER_AT_TWO_DESKS]
    await two.south.intake.cancel(await two.south.now(ours), CLERK)
    # The one that was given up lets go of its item itself, and the other one hears of that.
    for _ in range(2):
        await two.talk()
    for desk, parcel in ((two.north, theirs), (two.south, ours)):
        assert await findings(desk, parcel) == []
    assert (await two.north.now(theirs)).present
    assert not (await two.south.now(ours)).present


async def test_a_door_that_one_desk_found_shut_is_offered_by_none(two: Two) -> None:
    parcel = await two.north.reserved("T1")
    unit = unit_of(parcel)
    await two.north.intake.report_unit(parcel, UnitProblem.DID_NOT_OPEN, CLERK)
    await two.talk()
    view = await two.south.lockers.bank(BANK, fresh=True)
    assert unit in view.reported
    assert unit not in {each.locker_unit_id for each in view.free_units(SMALL)}


async def test_who_is_forgotten_at_one_desk_is_forgotten_at_the_other(two: Two) -> None:
    ours = await two.south.deposited("T1")
    await two.south.intake.cancel(await two.south.taken_in("T9", REACHING), CLERK)
    await two.talk()
    await two.north.privacy.forget(PERSON.contact_id, CLERK)
    await two.talk()
    # A parcel is here for them.
    assert (await two.south.now(ours)).contact == PERSON
    await two.south.take_out(ours)
    await two.talk()
    assert (await two.south.now(ours)).contact is None
    assert await two.south.directory.by_id(PERSON.contact_id) is None
    # It says so once, however often the centre repeats it.
    for _ in range(2):
        await two.talk()
    assert (await two.south.events()).count("person_forgotten") == 1
