"""A request and an answer as plain values, so that everything behind the HTTP front runs without a socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

MAX_BODY = 1024 * 1024
"""Bytes; a longer body is answered 413."""


@dataclass(frozen=True)
class Request:
    """One call: method, raw target (path and query as sent), headers by lower-case name, body."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The path's parts. Split before decoding, so that an encoded slash stays inside its part."""
        path = self.target.partition("?")[0]
        return tuple(decode(part) for part in path.removeprefix("/").split("/"))

    @cached_property
    def query(self) -> dict[str, str]:
        """The query's parameters; of a repeated one the last counts."""
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))


class Delivery(Enum):
    """What the HTTP front does with an answer."""

    WHOLE = "sent"
    HALF = "the head and half of the body are sent, then the connection ends"
    NEVER = "the connection ends without an answer"


@dataclass(frozen=True)
class Response:
    """One answer, and how it reaches the client."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    delivery: Delivery = Delivery.WHOLE
    delay: float = 0.0
    """Seconds between the work and the answer."""
    afterwards: Callable[[], object] | None = None
    """What is done once the delay is over."""

    @property
    def value(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


def json_response(status: int, value: Any, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """Write `value` as the JSON body of an answer."""
    return Response(status, json.dumps(value, ensure_ascii=False).encode(), headers=headers)


def decode(part: str) -> str:
    """Percent-decode one part of a path. The server hands raw bytes on as Latin-1, so they are taken as that."""
    return unquote_to_bytes(part.encode("latin-1", "replace")).decode("utf-8", "replace")
