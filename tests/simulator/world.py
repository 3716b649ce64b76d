"""A simulated world for tests: its own folder and clock, asked without a socket."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kiosk.clock import ManualClock
from kiosk.simulator.core import Core, Setup
from kiosk.simulator.messages import Request, Response

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PERSON = "684a6b7bbc85e1bce7392b9e"
OTHER_PERSON = "f9c5ed3fbf89966dc26412c3"
DEPARTMENT = "b1c111740cc1ba3d880a6f35"
API = "/parcelpoint/api/v1"
BANKS = f"{API}/lockerBanks"
GOOD = {"authorization": "Bearer demo-token"}


class World:
    """One core on one folder, with short words for the operations."""

    def __init__(self, folder: Path, setup: Setup | None = None, clock: ManualClock | None = None) -> None:
        self.clock = clock or ManualClock(START)
        self.core = Core(folder, self.clock, setup or Setup())

    def ask(self, method: str, path: str, body: object = None, headers: dict[str, str] = GOOD) -> Response:
        raw = b"" if body is None else json.dumps(body).encode()
        return self.core.handle(Request(method, path, headers, raw))

    def reserve(self, number: str = "T1", *, bank: str = "AOne", **fields: Any) -> Response:
        """Reserve a small unit of AOne for PERSON, but for what `fields` says; a field of None is left out."""
        body = {
            "userId": "clerk",
            "contactId": PERSON,
            "contactType": "recipient",
            "trackingNumber": number,
            "size": "small",
            **fields,
        }
        sent = {name: value for name, value in body.items() if value is not None}
        return self.ask("POST", f"{BANKS}/{bank}/lockers/reserve", sent)

    def reserved_unit(self, number: str = "T1", **fields: Any) -> str:
        """Reserve and return the unit's id."""
        answer = self.reserve(number, **fields)
        assert answer.status == 200, answer.value
        return str(answer.value["lockerUnitId"])

    def deposit(self, unit: str, *numbers: str, bank: str = "AOne", user: str = "") -> Response:
        body = {"parcels": parcels(*numbers)} | ({"userId": user} if user else {})
        return self.ask("PATCH", f"{BANKS}/{bank}/lockers/{unit}/deposit", body)

    def update(self, unit: str, *numbers: str, **fields: Any) -> Response:
        body = {"parcels": parcels(*numbers), **fields}
        return self.ask("PATCH", f"{BANKS}/AOne/lockers/{unit}/reservation/update", body)

    def free(self, unit: str, *numbers: str) -> Response:
        body = {"userId": "clerk"} | ({"parcels": parcels(*numbers)} if numbers else {})
        return self.ask("POST", f"{BANKS}/AOne/lockers/{unit}/free", body)

    def find(self, number: str, query: str = "", *, bank: str = "AOne") -> Response:
        return self.ask("GET", f"{BANKS}/{bank}/lockers/reserved/{quote(number, safe='')}{query}")

    def units(self, bank: str = "AOne") -> list[dict[str, Any]]:
        """Return the truth about a bank's units."""
        banks = self.ask("GET", "/_simulator/state").value["lockerBanks"]
        (found,) = (each["lockerUnits"] for each in banks if each["lockerBankId"] == bank)
        return list(found)

    def unit(self, unit_id: str, bank: str = "AOne") -> dict[str, Any]:
        (found,) = (unit for unit in self.units(bank) if unit["lockerUnitId"] == unit_id)
        return found

    def free_units(self, size: str = "small", bank: str = "AOne") -> list[dict[str, Any]]:
        return [
            unit
            for unit in self.units(bank)
            if unit["size"] == size and unit["unitInService"] and not unit["unitReserved"]
        ]


def parcels(*numbers: str) -> list[dict[str, str]]:
    return [{"trackingNumber": number} for number in numbers]


def numbers(shown: list[dict[str, str]]) -> list[str]:
    return [parcel["trackingNumber"] for parcel in shown]


def error_of(answer: Response) -> dict[str, Any]:
    (error,) = answer.value["errors"]
    assert isinstance(error, dict)
    return error
