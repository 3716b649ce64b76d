"""How the simulator says no: the error bodies of both API families, and the variants that were seen of them.

These are the simulator's answers, not the kiosk's errors; those are in `kiosk.errors`.
"""

from __future__ import annotations

import json
from typing import Any

from kiosk.simulator.messages import Response, json_response

# The documentation shows such numbers without a meaning; one for each kind keeps the shape.
ADDITIONAL_CODES = {"validation_error": "1101055", "not_found": "0100008"}
PAGE = "<!DOCTYPE html>\n<html><head><title>Gateway</title></head><body><h1>Please stand by</h1></body></html>\n"


class Refusal(Exception):  # noqa: N818 - a refusal is a regular answer
    """The request is refused: nothing of it is kept, and `response` says why."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.body.decode(errors="replace"))
        self.response = response


def validation_error(info: str, *fields: str) -> Refusal:
    """Refuse a request that breaks a rule; `fields` are the request's fields it is about."""
    error = shipping360_error("validation_error", "The request is not valid", info, *fields)
    return Refusal(json_response(400, {"errors": [error]}))


def not_found(info: str, *fields: str) -> Refusal:
    """Refuse a request about something that isn't there."""
    error = shipping360_error("not_found", "The resource was not found", info, *fields)
    return Refusal(json_response(404, {"errors": [error]}))


def unauthorized() -> Refusal:
    """Refuse a request without good credentials."""
    return Refusal(message(401, "Unauthorized"))


def shippingservices_error(status: int, code: str, description: str, *, unified: bool = True) -> Refusal:
    """Refuse a request in the words of the shippingservices family; its old shape where the new isn't asked for."""
    if unified:
        error: dict[str, Any] = {
            "errorCode": code,
            "errorDescription": description,
            "additionalInfo": None,
            "parameters": [],
        }
        return Refusal(json_response(status, {"errors": [error]}))
    legacy = {"errorCode": code, "message": description, "additionalInfo": "", "parameters": []}
    return Refusal(json_response(status, [legacy]))


def message(status: int, text: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """Write the bare `message` body that 401 and server failures have."""
    return json_response(status, {"message": text}, headers)


def shipping360_error(code: str, description: str, info: str, *fields: str) -> dict[str, Any]:
    """Write one entry of the Shipping 360 list of errors."""
    return {
        "errorCode": code,
        "errorDescription": description,
        "additionalCode": ADDITIONAL_CODES[code],
        "additionalInfo": info,
        "additionalParameters": list(fields),
    }


SHAPES = ("wrapped", "array", "bare", "message", "empty", "html")
"""The error bodies that were seen for 400 and 404."""


def shaped_error(status: int, shape: str) -> Response:
    """Refuse with 400 or 404 in one of the `SHAPES`."""
    code = "not_found" if status == 404 else "validation_error"
    error = shipping360_error(code, f"Refused as a test of the error body '{shape}'", "Nothing was changed")
    if shape == "html":
        return Response(status, PAGE.encode(), "text/html")
    if shape == "empty":
        return Response(status)
    bodies: dict[str, Any] = {
        "wrapped": {"errors": [error]},
        "array": [error],
        "bare": error,
        "message": {"message": error["errorDescription"]},
    }
    return Response(status, json.dumps(bodies[shape]).encode())
