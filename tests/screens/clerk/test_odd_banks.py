"""Banks as no page describes them: none, empty, huge, of unknown sizes, with nothing but counts."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.screens.kiosk_in_test import Desk

pytestmark = pytest.mark.every_frame


def unit(number: int, size: str | None = "small", **fields: Any) -> dict[str, Any]:
    return {
        "lockerUnitId": str(number),
        "size": size,
        "unitInService": True,
        "unitReserved": False,
        "unitOccupied": False,
        **fields,
    }


class OddService:
    """Answers every reading with what a test wants, and reserves whatever is asked for."""

    def __init__(self, banks: Any, details: Any, sizes: Any = None) -> None:
        self.banks, self.details, self.sizes = banks, details, sizes
        self.refusal: httpx.Response | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            return _answer({"access_token": "t", "expires_in": 14400})
        return self._write(request) if request.method != "GET" else self._read(request.url.path)

    def _write(self, request: httpx.Request) -> httpx.Response:
        if self.refusal is not None:
            return self.refusal
        asked = json.loads(request.content)
        return _answer({"lockerUnitId": asked.get("lockerUnitId") or "77", "size": asked.get("size")})

    def _read(self, path: str) -> httpx.Response:
        if path.endswith("/lockerBanks"):
            return _answer(self.banks)
        if path.lower().endswith("sizes"):
            return _answer(self.sizes)
        if "/reserved/" in path:
            return httpx.Response(404, json={"errors": []})
        return _answer(self.details)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)


def _answer(body: Any) -> httpx.Response:
    return httpx.Response(200, content=json.dumps(body).encode())


BANK = {"lockerBankId": "B1", "lockerBankName": "Cellar"}


async def test_a_location_without_banks_says_whom_to_ask(desk: Desk) -> None:
    async with desk.open(transport=OddService([], {}).transport) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergo\r")
        await kiosk.shows("The locker service lists no locker bank for this desk.", "Tell the operator.")
        await kiosk.press("enter", "f4", "left", "right", "f5")
        await kiosk.shows("The locker service lists no locker bank for this desk.")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)


async def test_a_bank_without_units_and_sizes_says_so(desk: Desk) -> None:
    service = OddService([BANK], {**BANK, "lockerUnits": []}, [])
    async with desk.open(transport=service.transport) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergo\r")
        await kiosk.shows("The locker service lists no lockers in this bank.", "Choose another bank")
        await kiosk.press("enter", "left", "right", "enter")
        await kiosk.pilot.pause()
        assert kiosk.name == "Locker"


async def test_a_bank_that_tells_only_counts_is_reserved_by_size(desk: Desk) -> None:
    sizes = [{"size": "small", "available": 0}, {"size": "medium", "available": 3}]
    async with desk.open(transport=OddService([BANK], BANK, sizes).transport) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergo\r")
        await kiosk.shows("Cellar", "small", "medium", "3 free")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker", "Cellar")
        parcel = await kiosk.parcel("T1")
        assert parcel.place is not None
        assert (parcel.place.locker_unit_id, parcel.place.size) == ("77", "medium")


async def test_unknown_sizes_are_shown_as_they_come(desk: Desk) -> None:
    units = [unit(1, "oversize"), unit(2, "medium"), unit(3, "tiny [b]"), unit(4, None)]
    async with desk.open(transport=OddService([BANK], {**BANK, "lockerUnits": units}).transport) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergo\r")
        await kiosk.shows("medium", "oversize", "tiny [b]")
        await kiosk.tap("tiny [b]")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        parcel = await kiosk.parcel("T1")
        assert parcel.place is not None
        assert parcel.place.locker_unit_id == "3"


async def test_units_of_unknown_state_are_not_offered_as_free(desk: Desk) -> None:
    units = [{"lockerUnitId": "1", "size": "small"}, {"lockerUnitId": "2", "size": "small"}]
    async with desk.open(transport=OddService([BANK], {**BANK, "lockerUnits": units}).transport) as kiosk:
        await kiosk.to_recipient()
        kiosk.type("gergo\r")
        await kiosk.shows("unknown", "Cellar is full.")


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (20, 5)])
async def test_five_hundred_units_are_drawn(desk: Desk, size: tuple[int, int]) -> None:
    units = [unit(number, ("small", "medium", "large", "mlarge")[number % 4]) for number in range(500)]
    async with desk.open(size, transport=OddService([BANK], {**BANK, "lockerUnits": units}).transport) as kiosk:
        kiosk.scan("T1")
        await kiosk.at("Recipient")
        kiosk.type("gergo\r")
        await kiosk.at("Locker")
        if size != (20, 5):
            await kiosk.shows("125 free")
        await kiosk.press("right", "enter")
        await kiosk.at("PutIn")
