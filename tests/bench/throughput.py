"""How many parcels a minute go through all steps of an intake without a screen, the simulator in the same process."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

import httpx

from kiosk.desk.progress import nobody_looks_on
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import UnitPlace
from kiosk.settings import load_settings
from kiosk.simulator.server import Simulator
from kiosk.wiring import Services, open_services, person_at_desk
from tests.bench.figure import Figure

PARCELS = 150
BOUND = 10.0
"""Parcels a minute: 600 an hour."""
BANK = "BTwo"
PERSON = "684a6b7bbc85e1bce7392b9e"


def measure() -> list[Figure]:
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder,
        Simulator(Path(folder) / "simulator") as simulator,
    ):
        variables = {
            "KIOSK_STORAGE__DATA_DIR": str(Path(folder) / "data"),
            "KIOSK_LOCKERS__URL": f"{simulator.url}/parcelpoint",
        }
        seconds = asyncio.run(_intakes(variables, simulator.url))
    rate = PARCELS * 60 / seconds
    return [
        Figure(
            "Intake without a screen, parcels a minute", f"{rate:.0f}", f"at least {BOUND:.0f}", reached=rate >= BOUND
        )
    ]


async def _intakes(variables: dict[str, str], url: str) -> float:
    """Return the seconds of all intakes; emptying the lockers between them does not count."""
    seconds = 0.0
    async with open_services(load_settings(environ=variables)) as services, httpx.AsyncClient() as client:
        for number in range(PARCELS):
            begin = time.perf_counter()
            place = await intake(services, f"BENCH{number}")
            seconds += time.perf_counter() - begin
            unit = {"lockerBankId": place.locker_bank_id, "lockerUnitId": place.locker_unit_id}
            (await client.post(f"{url}/_simulator/pickup", json=unit)).raise_for_status()
    return seconds


async def intake(services: Services, number: str) -> UnitPlace:
    """Do what the clerk's screens do, from the scan to the code that was seen."""
    desk, person = services.desk, person_at_desk(services.settings)
    contact = await services.queries.directory.by_id(PERSON)
    assert contact is not None
    parcel = (await desk.scans.take_in(number, person)).parcel
    parcel = await desk.intake.choose_recipient(parcel, contact, person)
    await services.queries.lockers.banks()
    await services.queries.lockers.bank(BANK)
    parcel = await desk.intake.reserve(parcel, BANK, LockerSize("small"), person, nobody_looks_on)
    parcel = await desk.intake.deposit(parcel, person)
    code = await desk.pickup_codes.waiting(parcel)
    assert code is not None
    parcel = await desk.pickup_codes.confirm(parcel, code, person)
    assert parcel.place is not None
    return parcel.place
