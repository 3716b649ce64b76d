"""One truth about lockers: after 200 parcels with pickups, every count here is the service's own."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from kiosk.cli.output import Output
from kiosk.cli.report import write_report
from kiosk.clock import ManualClock
from kiosk.errors import NoFreeUnitError
from kiosk.parcels.lockers import SIZES
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role, UnitState
from tests.house.desk import CLERK, DEPARTMENT, PERSON, REACHING, OpenDesk, World, settings_of

PARCELS = 200
MOST_INSIDE = 45
BANKS = ("AOne", "BTwo", "CThree")
VIEWER = Person(name="vera", role=Role.VIEWER)


async def many_parcels(desk: OpenDesk, rng: random.Random) -> set[str]:
    """Take them in as clerks do; recipients come at any time, most lockers are full again at once."""
    inside: list[Parcel] = []
    database = desk.journal.connection._database
    assert database is not None
    database.execute("PRAGMA synchronous = OFF")  # it is about counts, not about the disk
    for number in range(PARCELS):
        desk.clock.advance(timedelta(seconds=6))
        contact = rng.choice((PERSON, REACHING, DEPARTMENT))
        parcel = (await desk.scans.take_in(f"TEST{number}", CLERK)).parcel
        parcel = await desk.intake.choose_recipient(parcel, contact, CLERK)
        while True:
            try:
                bank, size = rng.choice(BANKS), rng.choice(SIZES)
                parcel = await desk.intake.reserve(parcel, bank, size, CLERK, desk.told.append, out_of_reach=True)
                break
            except NoFreeUnitError:
                collect(desk.world, inside.pop(rng.randrange(len(inside))))
        if number % 20:  # else it is still in the clerk's hands
            inside.append(await desk.intake.deposit(parcel, CLERK))
        while len(inside) > MOST_INSIDE:
            collect(desk.world, inside.pop(rng.randrange(len(inside))))
    return {parcel.tracking_number for parcel in inside}


def collect(world: World, parcel: Parcel) -> None:
    assert parcel.place is not None
    world.collect(parcel.place.locker_unit_id, parcel.place.locker_bank_id)


def of_the_service(world: World) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Return how often each number of this desk is held, and how the units of each bank are, by the service itself."""
    numbers: Counter[str] = Counter()
    states: dict[str, Counter[str]] = {}
    for bank in world.ask("GET", "/_simulator/state")["lockerBanks"]:
        states[bank["lockerBankId"]] = Counter(map(state_of, bank["lockerUnits"]))
        for unit in bank["lockerUnits"]:
            numbers.update(each["trackingNumber"] for each in unit["parcelsReserved"])
    return Counter({number: times for number, times in numbers.items() if number.startswith("TEST")}), states


def state_of(unit: dict[str, Any]) -> str:
    if not unit["unitInService"]:
        return UnitState.OUT_OF_SERVICE.value
    if unit["unitOccupied"]:
        return UnitState.OCCUPIED.value
    return (UnitState.RESERVED if unit["unitReserved"] else UnitState.FREE).value


async def test_every_count_is_the_services_own(
    desk: OpenDesk, world: World, clock: ManualClock, capsys: pytest.CaptureFixture[str]
) -> None:
    await many_parcels(desk, random.Random(13))
    clock.advance(timedelta(minutes=10))
    numbers, states = of_the_service(world)
    assert 20 < numbers.total() == len(numbers) < PARCELS / 2

    # Somebody who only looks, and so records nothing, comes first.
    capsys.readouterr()
    await write_report(settings_of(desk.folder, world), VIEWER, Output(as_json=True))
    report = json.loads(capsys.readouterr().out)
    assert report["parcels"]["inLockers"] == len(numbers)
    for bank in report["lockerBanks"]:
        counted: Counter[str] = Counter()
        for size in bank["sizes"]:
            counted += Counter({UnitState.OUT_OF_SERVICE.value: size["outOfService"]})
            counted += Counter({name: size[name] for name in ("free", "reserved", "occupied")})
        assert counted == states[bank["lockerBankId"]]

    pages = await desk.console.banks()
    for use in pages:
        counted = sum((Counter(size.states) for size in use.sizes), Counter())
        assert counted == states[use.bank.locker_bank_id]
    overview = await desk.console.overview()
    assert overview.counted == (len(numbers), len(numbers))
    assert overview.attention == ()
    assert (await desk.queries.health.look()).storage.parcels_here == len(numbers)
    assert use.view is not None
    here = [
        parcel.tracking_number
        for use in pages
        if use.view
        for content in await desk.console.contents(use.view)
        for parcel in content.parcels
    ]
    assert Counter(here) == numbers
