"""The OpenAPI description beside this file as a judge of requests and answers.

Used for both sides: the simulator's answers and the client's requests. Knows nothing of either.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

SHAPES = ("allOf", "anyOf", "oneOf")

_formats = FormatChecker()


@_formats.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@cache
def _contract() -> Any:
    return yaml.safe_load(Path(__file__).with_name("parcelpoint.openapi.yaml").read_text("utf-8"))


@cache
def _operations() -> dict[str, Any]:
    methods = ("get", "post", "patch", "put", "delete")
    paths = _contract()["paths"].values()
    return {path[method]["operationId"]: path[method] for path in paths for method in methods if method in path}


def _followed(part: Any) -> Any:
    """Return what a part of the description stands for, following its `$ref`."""
    while "$ref" in part:
        found = _contract()
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def _check(schema: Any, body: Any) -> None:
    # The schema is judged as if it stood at the top of the description, so that its references lead into it.
    rooted = {"components": _contract()["components"], "allOf": [schema]}
    Draft202012Validator(rooted, format_checker=_formats).validate(body)


def operation_ids() -> tuple[str, ...]:
    """Return the id of every operation that is described."""
    return tuple(_operations())


def described_statuses(operation_id: str) -> tuple[str, ...]:
    """Return the statuses an operation is described to answer with."""
    return tuple(_operations()[operation_id]["responses"])


def check_request(operation_id: str, body: Any) -> None:
    """Raise a ValidationError if `body` (as read from JSON) is no request of the operation."""
    (content,) = _operations()[operation_id]["requestBody"]["content"].values()
    _check(content["schema"], body)


def check_answer(operation_id: str, status: int, body: Any) -> None:
    """Raise a ValidationError if `body` (as read from JSON) is no answer of the operation with that status."""
    _check(_answer_schema(operation_id, status), body)


def documented_request(operation_id: str) -> Any:
    """Return the sample body of a request."""
    (content,) = _operations()[operation_id]["requestBody"]["content"].values()
    return content["examples"]["documented"]["value"]


def documented_answer(operation_id: str) -> Any:
    """Return the sample body of a 200."""
    (content,) = _followed(_operations()[operation_id]["responses"]["200"])["content"].values()
    return content["examples"]["documented"]["value"]


def undescribed_fields(operation_id: str, status: int, body: Any) -> set[str]:
    """Return the names in an answer that the description lacks; it allows any, so a misspelt one would pass a check."""
    return _names_in(body) - _described_names(_answer_schema(operation_id, status))


def _answer_schema(operation_id: str, status: int) -> Any:
    responses = _operations()[operation_id]["responses"]
    response = responses.get(str(status), responses.get("default"))
    assert response, f"{operation_id} is not described to answer {status}"
    return _followed(response)["content"]["application/json"]["schema"]


def _names_in(body: Any) -> set[str]:
    if isinstance(body, list):
        return set().union(*map(_names_in, body))
    if isinstance(body, dict):
        return set(body).union(*map(_names_in, body.values()))
    return set()


def _described_names(schema: Any) -> set[str]:
    schema = _followed(schema)
    properties = schema.get("properties", {})
    inner = [*properties.values(), *(part for shape in SHAPES for part in schema.get(shape, ()))]
    if "items" in schema:
        inner.append(schema["items"])
    return set(properties).union(*map(_described_names, inner))
