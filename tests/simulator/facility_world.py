"""Short words for asking a simulated world about facilities, in either family."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from kiosk.simulator.messages import Request, Response
from tests.simulator.world import World

BASIC = {"authorization": f"Basic {b64encode(b'demo:demo').decode()}"}
ROANOKE = {"addressLines": ["6525 Greenway Dr"], "cityTown": "Roanoke", "stateProvince": "VA", "countryCode": "US"}
WESTPORT = {"cityTown": "Westport", "stateProvince": "CT", "countryCode": "US"}


def oauth(world: World) -> str:
    """Return an Authorization header of the shippingservices family."""
    answer = world.core.handle(Request("POST", "/oauth/token", BASIC, b"grant_type=client_credentials"))
    return f"Bearer {answer.value['access_token']}"


def ask_services(world: World, body: Any, *, unified: bool = True, authorization: str | None = None) -> Response:
    headers = {"authorization": authorization or oauth(world)}
    headers |= {"x-pb-unifiederrorstructure": "true"} if unified else {}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return world.core.handle(Request("POST", "/shippingservices/v1/carrier-facility", headers, raw))


def ask_360(world: World, body: Any, *, authorization: str = "Bearer demo-token") -> Response:
    return world.ask("POST", "/shipping/api/v1/carrier-facility", body, {"authorization": authorization})


def options(**named: object) -> list[dict[str, str]]:
    return [{"name": name, "value": str(value)} for name, value in named.items()]


def found(answer: Response) -> list[dict[str, Any]]:
    assert answer.status == 200, answer.value
    return list(answer.value["carrierFacilitySuggestions"])
