"""A started simulator as a client sees it, over a real connection."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

AUTHORIZATION = {"Authorization": "Bearer demo-token"}


@dataclass(frozen=True)
class Seen:
    """An answer as it came over the line."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def value(self) -> Any:
        return json.loads(self.body)


def connect(url: str, timeout: float = 10) -> HTTPConnection:
    address = urlsplit(url)
    assert address.hostname
    return HTTPConnection(address.hostname, address.port, timeout=timeout)


def send(
    line: HTTPConnection, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
) -> Seen:
    """Send one request on an open connection and read its answer."""
    raw = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = {} if raw is None else {"Content-Type": "application/json"}
    line.request(method, path, raw, AUTHORIZATION | kind | (headers or {}))
    with line.getresponse() as answer:
        return Seen(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def ask(
    url: str,
    method: str,
    path: str,
    body: object = None,
    *,
    headers: dict[str, str] | None = None,
    timeout: float = 10,
) -> Seen:
    """Send one request on a connection of its own."""
    with closing(connect(url, timeout)) as line:
        return send(line, method, path, body, headers)
