"""The second look: what does not fit between the server and the journal becomes an item for the operator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from kiosk.clock import ManualClock
from kiosk.parcels.states import Finding
from tests.house.desk import BANK, CLERK, OpenDesk, World, open_desk


class TwoUnits(httpx.AsyncBaseTransport):
    """The real line to a service that says a contact's first parcel lies in a second unit too."""

    def __init__(self) -> None:
        self._wire = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._wire.handle_async_request(request)
        if "/contact/" not in request.url.path or response.status_code != 200:
            return response
        body: dict[str, Any] = json.loads(await response.aread())
        body["reservedUnits"].append({**body["reservedUnits"][0], "lockerUnitId": "99"})
        return httpx.Response(200, json=body)

    async def aclose(self) -> None:
        await self._wire.aclose()


async def test_a_number_held_once_raises_nothing(desk: OpenDesk) -> None:
    parcel = await desk.reserved()
    assert await desk.findings.check(parcel, CLERK) == parcel
    assert (await desk.console.overview()).attention == ()


async def test_a_number_that_holds_two_units_is_raised_once_until_it_is_closed(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock, TwoUnits()) as desk:
        parcel = await desk.reserved("T-two")
        found = await desk.findings.check(parcel, CLERK)
        (item,) = found.attention
        assert item.finding is Finding.TWO_UNITS
        assert item.place is not None
        assert (item.place.locker_bank_id, item.place.locker_unit_id) == (BANK, "99")

        before = await desk.events()
        assert await desk.findings.check(found, CLERK) == found
        assert await desk.events() == before
        assert (await desk.console.overview()).attention == (found,)

        closed = await desk.findings.close(found, Finding.TWO_UNITS, "locker 99 was empty", CLERK)
        assert closed.attention == ()
        assert (await desk.console.overview()).attention == ()


async def test_a_parcel_nowhere_or_for_nobody_is_not_asked_about(desk: OpenDesk) -> None:
    taken = await desk.scans.take_in("T1", CLERK)
    assert await desk.findings.check(taken.parcel, CLERK) == taken.parcel
    assert not desk.line.sent


async def test_a_server_that_can_not_be_reached_is_left_alone(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    world.fault("503", "getReservationList", times=100)
    assert await desk.findings.check(parcel, CLERK) == parcel
