"""The one path a request takes: address built, sent, answer read as JSON, errors translated, reads repeated.

Knows nothing of lockers; what an answer means stands in the file of its noun.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode

import httpx
from pydantic import JsonValue

from kiosk.api.auth import Credentials, OAuth, OAuthClient, create_auth
from kiosk.api.client import DEFAULT_NETWORK, check_url, create_client
from kiosk.api.dates import read_date
from kiosk.api.errors import error_for_answer, error_for_exception, error_for_no_data, is_usable, speaks_of_token
from kiosk.api.json_bodies import parse_json
from kiosk.api.retry import seconds_before_retry
from kiosk.clock import Clock, SystemClock
from kiosk.errors import (
    AnswerLostError,
    ApiError,
    NotAuthorizedError,
    NoTokenError,
    NotSentError,
    RefusedError,
)
from kiosk.settings.network import Network

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 30.0

# A body without end must not fill the kiosk's memory.
_LARGEST_ANSWER: Final = 16 * 1024 * 1024


class ConnectionState(StrEnum):
    """Whether the service can be reached, judged by the last exchange."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True)
class Connection:
    """The state of the line, and since when (aware UTC) it is so; None before the first exchange."""

    state: ConnectionState = ConnectionState.UNKNOWN
    since: datetime | None = None


class Transport:
    """Sends requests to one family's host, keeps its connections, and tells when the line comes or goes."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        auth: httpx.Auth,
        *,
        clock: Clock,
        read_seconds: float = READ_SECONDS,
        on_connection: Callable[[Connection], None] | None = None,
        on_call: Callable[[str], None] | None = None,
        rng: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._auth = auth
        self._clock = clock
        self._read_seconds = read_seconds
        self._on_connection = on_connection
        self._on_call = on_call
        self._rng = rng or random.Random()  # noqa: S311 - it spreads waits, it guards nothing
        self._sleep = sleep
        self.connection = Connection()
        self.on_date: Callable[[datetime], None] | None = None
        """Is called with the time that each usable answer says it was given at."""
        self.on_answer: Callable[[], None] | None = None
        """Is called after each usable answer."""

    async def request(
        self,
        method: str,
        path_segments: Sequence[str],
        *,
        query: Mapping[str, str] | None = None,
        body: JsonValue = None,
        headers: Mapping[str, str] | None = None,
        transaction_id: str | None = None,
        is_read: bool | None = None,
        operation: str = "",
    ) -> JsonValue:
        """Send a request and return its answer's JSON; raise an ApiError of the kind that says whether it happened.

        Reads (GET, or `is_read`) are repeated as `retry` decides. Writes are sent once; only the token they need
        may be asked for again, since nothing left before it is there. Each call that left is counted as `operation`.
        """
        # Quoted, because a header can't hold every sign that an id may have.
        traced = {} if transaction_id is None else {"X-PB-TransactionId": quote(transaction_id, safe=":")}
        request = self._build(method, path_segments, query, body, {**(headers or {}), **traced})
        repeatable = method == "GET" if is_read is None else is_read
        attempt = 1
        while True:
            try:
                return await self._counted(request, operation)
            except ApiError as error:
                wait = seconds_before_retry(error, attempt, self._rng)
                if wait is None or not (repeatable or isinstance(error, NoTokenError)):
                    raise
            await self._sleep(wait)
            attempt += 1

    async def aclose(self) -> None:
        """Close the connections; requests after this raise NotSentError."""
        await self._client.aclose()

    def _build(
        self,
        method: str,
        path_segments: Sequence[str],
        query: Mapping[str, str] | None,
        body: JsonValue,
        more_headers: Mapping[str, str],
    ) -> httpx.Request:
        headers = {"Accept": "application/json", **more_headers}
        try:
            path = "/".join(encode_segment(segment) for segment in path_segments)
            # urlencode's default would write a blank as `+`, which not every server reads as a blank.
            address = f"{path}?{urlencode(query, quote_via=quote)}" if query else path
            # Half a character fails here as a ValueError; with ensure_ascii it would go out as an escape.
            content = None if body is None else json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
            if content is not None:
                headers["Content-Type"] = "application/json"
            return self._client.build_request(method, address, content=content, headers=headers)
        except (ValueError, httpx.InvalidURL) as error:
            # An id that is empty, endless or no text can name nothing there: the same no that the server would give.
            raise RefusedError("id_not_sendable", status=400) from error

    async def _counted(self, request: httpx.Request, operation: str) -> JsonValue:
        left = True
        try:
            return await self._exchange(request)
        except NotSentError:
            left = False
            raise
        finally:  # also where it was cancelled, for by then it may have left
            if left and self._on_call is not None:
                self._on_call(operation)

    async def _exchange(self, request: httpx.Request) -> JsonValue:
        # httpx would raise a RuntimeError, which nobody translates.
        if self._client.is_closed:
            raise NotSentError("connection_closed")
        try:
            answer = await self._send_renewed(request)
        except ApiError as error:
            # A refusal and a plain 500 are words of the service; a gateway's page or status is not.
            spoke = isinstance(error, RefusedError) or (isinstance(error, AnswerLostError) and error.status == 500)
            self._note(ConnectionState.ONLINE if spoke else ConnectionState.OFFLINE)
            raise
        self._note(ConnectionState.ONLINE)
        if self.on_answer is not None:
            self.on_answer()
        return answer

    async def _send_renewed(self, request: httpx.Request) -> JsonValue:
        try:
            return await self._send(request)
        except NotAuthorizedError as error:
            # Some gateways say 403 of a token that has ended; refused like by a 401, so that nothing was carried out.
            if not (isinstance(self._auth, OAuth) and speaks_of_token(error)):
                raise
            self._auth.drop_token_of(request)
        return await self._send(request)

    async def _send(self, request: httpx.Request) -> JsonValue:
        try:
            # Streamed: httpx itself would read a body of any size, and count its timeout anew with each piece.
            response = await self._client.send(request, auth=self._auth, stream=True)
            try:
                body = await self._read_body(response)
            except (httpx.RequestError, AnswerLostError):
                if is_usable(response):
                    raise
                # The status alone says what happened; its explanation is lost, no more.
                body = b""
            finally:
                await response.aclose()
        except httpx.RequestError as error:
            raise error_for_exception(error, request.url.host) from error
        if not is_usable(response):
            raise error_for_answer(response, body, self._clock.now())
        self._note_date(response)
        try:
            return parse_json(body)
        except ValueError:
            # Without the cause: it could quote the answer, and a pickup code with it.
            lost = error_for_no_data(response, body)
        # Raised out here, because `from None` hides a cause but keeps it.
        raise lost

    async def _read_body(self, response: httpx.Response) -> bytes:
        """Read the body within the read time as a whole, so that a dripping answer can't hold a request for ever."""
        host, body = response.request.url.host, bytearray()
        try:
            async with asyncio.timeout(self._read_seconds):
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > _LARGEST_ANSWER:
                        raise AnswerLostError("answer_too_large", host=host, status=response.status_code)
        except TimeoutError:
            raise AnswerLostError("answer_not_finished", host=host) from None
        return bytes(body)

    def _note(self, state: ConnectionState) -> None:
        if state is not self.connection.state:
            self.connection = Connection(state, self._clock.now())
            if self._on_connection is not None:
                self._on_connection(self.connection)

    def _note_date(self, response: httpx.Response) -> None:
        date = read_date(response.headers.get("Date", ""))
        if self.on_date is not None and date is not None:
            self.on_date(date)


def encode_segment(segment: str) -> str:
    """Percent-encode one part of a path so that it arrives as it is; raise ValueError for an empty one.

    A dot segment is encoded too: httpx, like every client, would take `..` for a way up.
    """
    if not segment:
        raise ValueError("empty_segment")
    encoded = quote(segment, safe="")
    return encoded.replace(".", "%2E") if segment in {".", ".."} else encoded


def encoding_changes(segment: str) -> bool:
    """Tell whether a part of a path is written differently on the wire."""
    try:
        return encode_segment(segment) != segment
    except ValueError:
        return False


def create_transport(  # noqa: PLR0913 - plain values, given by name
    *,
    url: str,
    credentials: Credentials,
    url_setting: str = "lockers.url",
    network: Network = DEFAULT_NETWORK,
    clock: Clock | None = None,
    connect_seconds: float = CONNECT_SECONDS,
    read_seconds: float = READ_SECONDS,
    transport: httpx.AsyncBaseTransport | None = None,
    on_connection: Callable[[Connection], None] | None = None,
    on_call: Callable[[str], None] | None = None,
    rng: random.Random | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Transport:
    """Build the way to one family from plain values, times in seconds.

    Raises SettingsError for an address, a proxy or certificates that can't be used.
    """
    check_url(url, url_setting)
    urls = [url]
    if isinstance(credentials, OAuthClient):
        check_url(credentials.token_url, credentials.url_setting)
        urls.append(credentials.token_url)
    clock = clock or SystemClock()
    client = create_client(
        urls, network, connect_seconds=connect_seconds, read_seconds=read_seconds, transport=transport
    )
    return Transport(
        client,
        create_auth(credentials, client, clock),
        clock=clock,
        read_seconds=read_seconds,
        on_connection=on_connection,
        on_call=on_call,
        rng=rng,
        sleep=sleep,
    )
