"""Who is let in: the token operations of both families, and the check of each call."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.simulator.calls import Credentials
from kiosk.simulator.core import Setup
from kiosk.simulator.messages import Request
from tests.simulator.world import BANKS, World

FORM = b"grant_type=client_credentials"


def basic(pair: str, scheme: str = "Basic") -> dict[str, str]:
    return {"authorization": f"{scheme} {b64encode(pair.encode()).decode()}"}


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def token_of(world: World) -> str:
    return str(world.ask("POST", "/auth/api/v1/token", headers=basic("demo:demo")).value["access_token"])


def test_an_access_token_lasts_four_hours_in_numbers(world: World) -> None:
    answer = world.ask("POST", "/auth/api/v1/token", headers=basic("demo:demo")).value
    assert answer.pop("access_token")
    assert answer == {"expires_in": 14400, "scope": "psapi", "token_type": "Bearer"}


def test_an_oauth_token_has_its_numbers_as_texts(world: World) -> None:
    answer = world.core.handle(Request("POST", "/oauth/token", basic("demo:demo"), FORM)).value
    assert answer.pop("access_token")
    assert answer == {
        "tokenType": "BearerToken",
        "issuedAt": "1772438400000",
        "expiresIn": "35999",
        "clientID": "demo",
        "org": "pitneybowes",
    }


def test_an_oauth_token_needs_its_grant_type(world: World) -> None:
    answer = world.core.handle(Request("POST", "/oauth/token", basic("demo:demo"), b"{}"))
    assert answer.status == 400
    assert answer.value["errors"][0]["errorCode"] == "1000045"


def test_an_issued_token_lets_in_until_it_ends(world: World) -> None:
    headers = bearer(token_of(world))
    world.clock.advance(timedelta(seconds=14399))
    assert world.ask("GET", BANKS, headers=headers).status == 200
    world.clock.advance(timedelta(seconds=1))
    assert world.ask("GET", BANKS, headers=headers).status == 401


def test_several_tokens_are_good_at_once(world: World) -> None:
    first, second = token_of(world), token_of(world)
    assert first != second
    assert world.ask("GET", BANKS, headers=bearer(first)).status == 200
    assert world.ask("GET", BANKS, headers=bearer(second)).status == 200


def test_a_token_of_the_other_family_does_not_let_in(world: World) -> None:
    token = world.core.handle(Request("POST", "/oauth/token", basic("demo:demo"), FORM)).value["access_token"]
    assert world.ask("GET", BANKS, headers=bearer(token)).status == 401


@pytest.mark.parametrize("headers", [bearer("demo-token"), basic("demo:demo"), basic("demo:demo", "basic")])
def test_the_fixed_token_and_basic_let_in(world: World, headers: dict[str, str]) -> None:
    assert world.ask("GET", BANKS, headers=headers).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer"},
        {"authorization": "Bearer "},
        {"authorization": "demo-token"},
        {"authorization": "Basic %%%"},
        {"authorization": "Basic ünsinn"},
        bearer("wrong"),
        basic("demo:wrong"),
        basic("demo"),
    ],
)
def test_wrong_credentials_are_refused_before_anything_else(world: World, headers: dict[str, str]) -> None:
    for method, path in (("GET", BANKS), ("POST", f"{BANKS}/Nowhere/lockers/reserve")):
        answer = world.ask(method, path, headers=headers)
        assert answer.status == 401
        assert answer.value == {"message": "Unauthorized"}


@pytest.mark.parametrize("headers", [{}, basic("demo:wrong"), bearer("demo-token")])
def test_wrong_credentials_get_no_token(world: World, headers: dict[str, str]) -> None:
    answer = world.ask("POST", "/auth/api/v1/token", headers=headers)
    assert answer.status == 401
    assert answer.value == {"message": "Unauthorized"}
    answer = world.core.handle(Request("POST", "/oauth/token", headers, FORM))
    assert answer.status == 401
    assert answer.value["errors"][0]["errorCode"] == "1000032"


def test_the_credentials_can_be_others(tmp_path: Path) -> None:
    world = World(tmp_path, Setup(credentials=Credentials("id", "geheim", "fixed")))
    assert world.ask("POST", "/auth/api/v1/token", headers=basic("id:geheim")).status == 200
    assert world.ask("GET", BANKS, headers=bearer("fixed")).status == 200
    assert world.ask("GET", BANKS, headers=bearer("demo-token")).status == 401
    assert world.ask("GET", BANKS, headers=basic("demo:demo")).status == 401
    world.core.close()


def test_the_simulators_own_addresses_ask_for_nothing(world: World) -> None:
    for path in ("/_simulator/state", "/_simulator/faults"):
        assert world.ask("GET", path, headers={}).status == 200
