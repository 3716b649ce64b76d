"""A server that answers only what a test told it to, and remembers every request. For `httpx.MockTransport`."""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict, deque
from datetime import UTC, datetime

import httpx
from pydantic import JsonValue, SecretStr

from kiosk.api.auth import BearerToken, Credentials, OAuthClient
from kiosk.api.lockers import LockersApi
from kiosk.api.transport import create_transport
from kiosk.clock import ManualClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BASE = "https://lockers.example/parcelpoint"
TOKEN_PATH = "/auth/api/v1/token"
OAUTH = OAuthClient(
    token_url=f"https://lockers.example{TOKEN_PATH}", client_id="desk", client_secret=SecretStr("open-sesame")
)
BEARER = BearerToken(SecretStr("fixed-token"))

Reply = httpx.Response | Exception


def answer(body: JsonValue = None, status: int = 200, headers: dict[str, str] | None = None) -> httpx.Response:
    """Make an answer with a JSON body, or with none."""
    content = b"" if body is None else json.dumps(body).encode()
    return httpx.Response(status, content=content, headers=headers)


def page(status: int) -> httpx.Response:
    """Make an answer as a proxy gives it."""
    return httpx.Response(status, html="<!DOCTYPE html><html><body>Bad gateway</body></html>")


def token(value: str = "t1", lifetime: JsonValue = 14400) -> httpx.Response:
    """Make an answer of getAccessToken."""
    return answer({"access_token": value, "expires_in": lifetime, "scope": "psapi", "token_type": "Bearer"})


class ScriptedServer:
    """Give it replies with `on`; a request nobody announced fails the test."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.waits: list[float] = []
        self.counted: list[str] = []
        """The operation of each call that the client says has left."""
        self.clock = ManualClock(NOON)
        self._replies: dict[str, deque[Reply]] = defaultdict(deque)

    def on(self, route: str, *replies: Reply) -> None:
        """Answer `METHOD /path?query`, as it stands on the wire, with each of these once."""
        self._replies[route].extend(replies)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer as announced, after letting requests that were started together arrive together."""
        # A copy: the client sends the same request again with another token.
        copied = httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
        copied.extensions = dict(request.extensions)
        self.requests.append(copied)
        route = f"{request.method} {request.url.raw_path.decode('ascii')}"
        assert self._replies[route], f"nobody announced {route}"
        reply = self._replies[route].popleft()
        for _ in range(20):
            await asyncio.sleep(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    @property
    def sent(self) -> httpx.Request:
        """The last request."""
        return self.requests[-1]

    @property
    def sent_json(self) -> JsonValue:
        """The last request's body."""
        body: JsonValue = json.loads(self.sent.content)
        return body

    def count(self, path: str) -> int:
        """How many requests went to this path."""
        return sum(request.url.path == path for request in self.requests)

    def check_finished(self) -> None:
        """Fail if a reply was never asked for."""
        left = {route: len(replies) for route, replies in self._replies.items() if replies}
        assert not left, f"never asked for: {left}"

    def api(self, credentials: Credentials = BEARER) -> LockersApi:
        """Return the client under test, connected to this server; its waits are noted, not slept."""
        transport = create_transport(
            url=BASE,
            credentials=credentials,
            clock=self.clock,
            transport=httpx.MockTransport(self),
            on_call=self.counted.append,
            rng=random.Random(1),
            sleep=self._wait,
        )
        return LockersApi(transport)

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
