"""The client against the published contract: what it sends fits, and the documented answers are read completely."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from pydantic import BaseModel, SecretStr

from kiosk.api.auth import BearerToken
from kiosk.api.lockers import LockersApi
from kiosk.api.transport import create_transport
from kiosk.parcels.lockers import SIZES, CreateReservationRequest, LockerSize, ParcelReference
from kiosk.parcels.states import ContactType
from tests.contract import contract

CONTRACT = yaml.safe_load(Path(__file__).with_name("parcelpoint.openapi.yaml").read_text("utf-8"))
BASE = "https://lockers.example/parcelpoint"
PARCEL = {"trackingNumber": "T1", "secondaryTrackingNumber": "S1"}
UNIT = {
    "lockerBankId": "Axxx",
    "lockerUnitId": "7",
    "size": "mlarge",
    "accessible": True,
    "unitInService": True,
    "unitReserved": True,
    "unitOccupied": True,
    "parcelsReserved": [PARCEL],
    "parcelsDeposited": [PARCEL],
    "contactId": "684a6b7bbc85e1bce7392b9e",
    "contactType": "department",
    "contactName": "Post Room",
    "reservationTime": "2025-11-26T11:23:26Z",
    "reservationExpiryTime": "2025-11-28T11:23:26Z",
    "depositTime": "2025-11-27T11:23:26Z",
    "depositExpiryTime": "2025-11-28T11:23:26Z",
}
BANK = {"lockerBankId": "Axxx", "lockerBankName": "Lobby", "locationId": "L1", "locationName": "Main St"}
ANSWERS: dict[str, Any] = {
    "getLockerBanks": [[BANK], {"lockerBanks": [BANK]}],
    "lockerSizes": [
        [{"size": "small", "available": 3}],
        {"lockerBankId": "Axxx", "sizes": [{"size": "small", "available": True}]},
    ],
    "getLockerBankDetails": [{**BANK, "lockerUnits": [UNIT]}],
    "createReservation": [
        contract.documented_answer("createReservation"),
        {
            **contract.documented_answer("createReservation"),
            "reservationExpiryTime": "2027-12-01T00:00:00Z",
            "accessible": True,
        },
    ],
    "freeReservation": [contract.documented_answer("freeReservation")],
    "getReservation": [UNIT],
    "getReservationList": [{"reservedUnits": [UNIT]}],
    "updateDeposit": [
        {
            "lockerBankId": "Axxx",
            "lockerUnitId": "7",
            "userId": "user@gmail.com",
            "pickupCode": "NR8PBW",
            "depositTime": "2025-11-27T11:23:26Z",
            "depositExpiryTime": "2025-11-28T11:23:26Z",
            "parcelsDeposited": [PARCEL],
        }
    ],
    "updateReservation": [
        {
            "lockerBankId": "Axxx",
            "lockerUnitId": "7",
            "userId": "user@gmail.com",
            "reservationExpiryTime": "2025-11-28T11:23:26Z",
            "parcelsReserved": [PARCEL],
        }
    ],
}
RESERVE = CreateReservationRequest(
    user_id="thirdpartyuser@gmail.com",
    size=LockerSize("small"),
    accessible=True,
    contact_id="684a6b7bbc85e1bce7392b9e",
    contact_type=ContactType.RECIPIENT,
    tracking_number="TrackigID137",
    secondary_tracking_number="Piece1_PBIL",
    reservation_expiry_time=datetime(2027, 12, 1, tzinfo=UTC),
)
DEPT = ParcelReference(tracking_number="Dept03", secondary_tracking_number="string")
UNTIL = datetime(2027, 12, 1, 1, 2, 3, 999, tzinfo=UTC)

CALLS: list[tuple[str, Callable[[LockersApi], Awaitable[object]]]] = [
    ("getLockerBanks", lambda api: api.get_locker_banks()),
    ("getLockerBanks", lambda api: api.get_locker_banks(location_id="L 1", locker_bank_id="A/1")),
    ("lockerSizes", lambda api: api.locker_sizes("Axxx")),
    ("getLockerBankDetails", lambda api: api.get_locker_bank_details("Axxx")),
    ("createReservation", lambda api: api.create_reservation("Axxx", RESERVE, transaction_id="t")),
    (
        "createReservation",
        lambda api: api.create_reservation(
            "Axxx",
            CreateReservationRequest(
                user_id="u",
                locker_unit_id="7",
                contact_id="c",
                contact_type=ContactType.DEPARTMENT,
                tracking_number="T",
            ),
            transaction_id="t",
        ),
    ),
    ("freeReservation", lambda api: api.free_reservation("Axxx", "2", user_id="ThirdParty", transaction_id="t")),
    (
        "freeReservation",
        lambda api: api.free_reservation("Axxx", "2", user_id="ThirdParty", parcels=[DEPT], transaction_id="t"),
    ),
    ("getReservation", lambda api: api.get_reservation("Axxx", "T1")),
    ("getReservation", lambda api: api.get_reservation("Axxx", "contact/T 1", include_all_parcels=True)),
    ("getReservationList", lambda api: api.get_reservation_list("Axxx", "684a6b7bbc85e1bce7392b9e")),
    ("updateDeposit", lambda api: api.update_deposit("Axxx", "7", parcels=[DEPT], transaction_id="t")),
    ("updateDeposit", lambda api: api.update_deposit("Axxx", "7", parcels=[], user_id="u", transaction_id="t")),
    ("updateReservation", lambda api: api.update_reservation("Axxx", "7", parcels=[DEPT], transaction_id="t")),
    (
        "updateReservation",
        lambda api: api.update_reservation(
            "Axxx", "7", parcels=[DEPT], user_id="u", reservation_expiry_time=UNTIL, transaction_id="t"
        ),
    ),
]


def described(operation_id: str) -> tuple[str, str, dict[str, Any]]:
    """Return method, path and query parameters of an operation."""
    for path, item in CONTRACT["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and operation.get("operationId") == operation_id:
                queries = [each for each in operation.get("parameters", []) if each["in"] == "query"]
                return method.upper(), path, {each["name"]: each["schema"]["type"] for each in queries}
    raise AssertionError(operation_id)


async def exchange(operation_id: str, call: Any, answer: Any) -> tuple[httpx.Request, Any]:
    sent: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json=answer)

    credentials = BearerToken(SecretStr("t"))
    way = create_transport(url=BASE, credentials=credentials, transport=httpx.MockTransport(handler))
    async with LockersApi(way) as api:
        read = await call(api)
    assert len(sent) == 1, operation_id
    return sent[0], read


def test_every_locker_operation_is_called_and_answered_here() -> None:
    lockers = {
        operation_id
        for operation_id in contract.operation_ids()
        if described(operation_id)[1].startswith("/api/v1/lockerBanks")
    }
    assert lockers == set(ANSWERS) == {operation_id for operation_id, _ in CALLS}


@pytest.mark.parametrize("index", range(len(CALLS)), ids=lambda index: f"{CALLS[index][0]}-{index}")
async def test_every_request_fits_the_contract(index: int) -> None:
    operation_id, call = CALLS[index]
    request, _ = await exchange(operation_id, call, ANSWERS[operation_id][0])
    method, path, queries = described(operation_id)
    assert request.method == method
    pattern = "/parcelpoint" + re.sub(r"\\\{\w+\\\}", "[^/?]+", re.escape(path))
    assert re.fullmatch(pattern, request.url.raw_path.decode().partition("?")[0])
    for name, value in request.url.params.multi_items():
        assert queries[name] == "string" or value in {"true", "false"}
    if method == "GET":
        assert request.content == b""
    else:
        assert request.headers["Content-Type"] == "application/json"
        contract.check_request(operation_id, json.loads(request.content))


@pytest.mark.parametrize("operation_id", ["createReservation", "freeReservation"])
async def test_the_documented_request_can_be_made(operation_id: str) -> None:
    bodies = []
    for name, call in CALLS:
        if name == operation_id:
            request, _ = await exchange(operation_id, call, ANSWERS[operation_id][0])
            bodies.append(json.loads(request.content))
    assert contract.documented_request(operation_id) in bodies


def wire(value: Any) -> Any:
    """Return a model as it would stand on the wire, without what is only a default."""
    if isinstance(value, tuple):
        return [wire(each) for each in value]
    assert isinstance(value, BaseModel)
    shown = value.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    code = getattr(value, "pickup_code", None)
    return {**shown, "pickupCode": code.get_secret_value()} if code else shown


@pytest.mark.parametrize("operation_id", ANSWERS)
async def test_every_documented_answer_is_read_completely(operation_id: str) -> None:
    call = next(call for name, call in CALLS if name == operation_id)
    for answer in ANSWERS[operation_id]:
        contract.check_answer(operation_id, 200, answer)
        _, read = await exchange(operation_id, call, answer)
        assert wire(read) == expected(operation_id, answer)


def expected(operation_id: str, answer: Any) -> Any:
    match operation_id:
        case "getLockerBanks":
            return answer if isinstance(answer, list) else answer["lockerBanks"]
        case "getReservationList":
            return answer["reservedUnits"]
        case "lockerSizes":
            items = answer if isinstance(answer, list) else answer["sizes"]
            return [
                {"size": item["size"], ("someFree" if item["available"] is True else "free"): item["available"]}
                for item in items
            ]
    return answer


def test_the_sizes_are_those_of_the_contract() -> None:
    assert list(SIZES) == CONTRACT["components"]["schemas"]["LockerSize"]["enum"]


def test_the_contact_types_are_those_of_the_contract() -> None:
    assert [kind.value for kind in ContactType] == CONTRACT["components"]["schemas"]["ContactType"]["enum"]
