"""The simulator against the OpenAPI description: every operation, every status it can answer with."""

from __future__ import annotations

import copy
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError

from kiosk.simulator.messages import Request, Response
from kiosk.simulator.routes import OPERATIONS, ROUTES
from tests.contract.contract import (
    check_answer,
    check_request,
    described_statuses,
    documented_answer,
    documented_request,
    operation_ids,
    undescribed_fields,
)
from tests.simulator.world import BANKS, DEPARTMENT, PERSON, World

LOCKER_OPERATIONS = OPERATIONS[:9]
BASIC = {"authorization": f"Basic {b64encode(b'demo:demo').decode()}"}
FORM = b"grant_type=client_credentials"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.core.close()


def fit(operation_id: str, answer: Response) -> Response:
    """Judge an answer against the description, misspelt names included."""
    check_answer(operation_id, answer.status, answer.value)
    assert not undescribed_fields(operation_id, answer.status, answer.value)
    return answer


def request_for(operation_id: str, world: World) -> tuple[str, str, Any]:
    """Return method, path and body of a request that the world as it is can grant."""
    (route,) = (route for route in ROUTES if route.operation == operation_id)
    unit = world.reserved_unit("T1") if operation_id != "createReservation" else ""
    values = {"lockerBankId": "AOne", "lockerUnitId": unit, "trackingNumber": "T1", "contactId": PERSON}
    path = "/" + "/".join(part.format(**values) if "{" in part else part for part in route.pattern)
    parcels = [{"trackingNumber": "T1", "secondaryTrackingNumber": "Piece1_PBIL"}]
    bodies = {
        "createReservation": documented_request("createReservation"),
        "freeReservation": documented_request("freeReservation") | {"parcels": parcels},
        "updateDeposit": {"userId": "user@gmail.com", "parcels": parcels},
        "updateReservation": {"reservationExpiryTime": "2027-12-01T00:00:00Z", "parcels": parcels},
    }
    return route.method, path, bodies.get(operation_id)


def test_every_described_operation_has_a_route() -> None:
    assert set(operation_ids()) == set(OPERATIONS)


@pytest.mark.parametrize("operation_id", LOCKER_OPERATIONS)
def test_a_request_as_described_is_granted_and_answered_as_described(world: World, operation_id: str) -> None:
    method, path, body = request_for(operation_id, world)
    if body is not None:
        check_request(operation_id, body)
    assert fit(operation_id, world.ask(method, path, body)).status == 200


@pytest.mark.parametrize("operation_id", LOCKER_OPERATIONS)
def test_no_credentials_are_refused_as_described(world: World, operation_id: str) -> None:
    method, path, body = request_for(operation_id, world)
    assert fit(operation_id, world.ask(method, path, body, {})).status == 401


@pytest.mark.parametrize("operation_id", LOCKER_OPERATIONS[1:])
def test_an_unknown_bank_is_refused_as_described(world: World, operation_id: str) -> None:
    method, path, body = request_for(operation_id, world)
    assert fit(operation_id, world.ask(method, path.replace("AOne", "Nowhere"), body)).status == 404


@pytest.mark.parametrize("operation_id", ["createReservation", "freeReservation", "updateDeposit", "updateReservation"])
def test_a_wrong_body_is_refused_as_described(world: World, operation_id: str) -> None:
    method, path, body = request_for(operation_id, world)
    wrongs: tuple[Any, ...] = ({}, [], {**body, "parcels": "T1", "size": "tiny"})
    for wrong in wrongs:
        with pytest.raises(ValidationError):
            check_request(operation_id, wrong)
        assert fit(operation_id, world.ask(method, path, wrong)).status == 400


@pytest.mark.parametrize("operation_id", LOCKER_OPERATIONS)
@pytest.mark.parametrize("fault", ["401", "429", "429-after", "500", "500-done"])
def test_an_injected_status_is_answered_as_described(world: World, operation_id: str, fault: str) -> None:
    method, path, body = request_for(operation_id, world)
    world.ask("POST", "/_simulator/faults", {"fault": fault})
    assert fit(operation_id, world.ask(method, path, body)).status == int(fault[:3])


@pytest.mark.parametrize(
    ("operation_id", "fault"),
    [(name, fault) for name in LOCKER_OPERATIONS for fault in ("400", "404") if fault in described_statuses(name)],
)
@pytest.mark.parametrize("body_shape", ["wrapped", "array", "bare", "message"])
def test_an_injected_refusal_has_one_of_the_described_shapes(
    world: World, operation_id: str, fault: str, body_shape: str
) -> None:
    method, path, body = request_for(operation_id, world)
    world.ask("POST", "/_simulator/faults", {"fault": fault, "body": body_shape})
    assert fit(operation_id, world.ask(method, path, body)).status == int(fault)


def test_the_tokens_are_as_described(world: World) -> None:
    assert fit("getAccessToken", world.core.handle(Request("POST", "/auth/api/v1/token", BASIC))).status == 200
    assert fit("getAccessToken", world.core.handle(Request("POST", "/auth/api/v1/token"))).status == 401
    assert fit("generateOAuthToken", world.core.handle(Request("POST", "/oauth/token", BASIC, FORM))).status == 200
    assert fit("generateOAuthToken", world.core.handle(Request("POST", "/oauth/token", BASIC))).status == 400
    assert fit("generateOAuthToken", world.core.handle(Request("POST", "/oauth/token", {}, FORM))).status == 401


def test_a_whole_stay_is_as_described(world: World) -> None:
    for contact, contact_type in ((PERSON, "recipient"), (DEPARTMENT, "department")):
        reserved = fit("createReservation", world.reserve("T1", contactId=contact, contactType=contact_type))
        unit = reserved.value["lockerUnitId"]
        fit("updateReservation", world.update(unit, "T2"))
        fit("updateDeposit", world.deposit(unit, "T1", "T2"))
        fit("getReservation", world.find("T1"))
        fit("getReservation", world.find("T1", "?includeAllParcels=true"))
        fit("getReservationList", world.ask("GET", f"{BANKS}/AOne/lockers/reserved/contact/{contact}"))
        fit("getLockerBankDetails", world.ask("GET", f"{BANKS}/AOne"))
        fit("freeReservation", world.free(unit, "T1"))
        fit("freeReservation", world.free(unit))


def test_the_documented_samples_have_the_fields_the_simulator_gives(world: World) -> None:
    reserved = world.ask("POST", f"{BANKS}/AOne/lockers/reserve", documented_request("createReservation")).value
    assert set(documented_answer("createReservation")) <= set(reserved)
    freed = world.ask("POST", f"{BANKS}/AOne/lockers/{reserved['lockerUnitId']}/free", {"userId": "ThirdParty"}).value
    assert set(documented_answer("freeReservation")) == set(freed)


@pytest.mark.parametrize("operation_id", ["createReservation", "freeReservation"])
def test_the_documented_samples_fit_the_description(operation_id: str) -> None:
    check_request(operation_id, documented_request(operation_id))
    check_answer(operation_id, 200, documented_answer(operation_id))


def test_the_judge_notices_what_does_not_fit() -> None:
    request = documented_request("createReservation")
    for field, value in (("size", "tiny"), ("trackingNumber", 5), ("reservationExpiryTime", "soon")):
        wrong = copy.deepcopy(request) | {field: value}
        with pytest.raises(ValidationError):
            check_request("createReservation", wrong)
    with pytest.raises(ValidationError):
        check_answer("createReservation", 200, {"lockerUnitId": 2})
    with pytest.raises(AssertionError):
        check_answer("createReservation", 418, {})
    assert undescribed_fields("getReservation", 200, {"unitreserved": True, "parcelsReserved": [{"number": 1}]}) == {
        "unitreserved",
        "number",
    }
