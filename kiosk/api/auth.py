"""Puts credentials on requests: OAuth tokens that are fetched and renewed, a fixed token, or a name and a password.

Secrets stay inside `SecretStr` until they stand in a header. A token that can't be had is never an `AnswerLostError`:
the request that waited for it did not leave, so a write must not be taken for one in doubt.
Sources: https://docs.shipping360.pitneybowes.com/openapi/auth/operation/getAccessToken (`expires_in`, a number) and
https://docs.shippingapi.pitneybowes.com/api/post-oauth-token.html (generateOAuthToken: `expiresIn`, a string).
"""

from __future__ import annotations

import asyncio
import base64
import math
import re
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import httpx
from pydantic import JsonValue, SecretStr

from kiosk.api.error_bodies import read_error_body
from kiosk.api.errors import error_for_answer, error_for_exception, error_for_no_data, is_usable
from kiosk.api.json_bodies import parse_json
from kiosk.clock import Clock
from kiosk.errors import (
    ApiError,
    NotAuthorizedError,
    NoTokenError,
    NotSentError,
    RefusedError,
    SettingsError,
    ThrottledError,
)

FALLBACK_LIFETIME: Final = 600.0
"""Seconds a token counts as good where the answer doesn't say; both families promise hours."""

_LONGEST_LIFETIME: Final = 86_400.0
_LONGEST_MARGIN: Final = 300.0
# A token with a line feed would fail only while it is sent, and the write it was for would look in doubt.
_SENDABLE: Final = re.compile(r"[\x21-\x7e]+")
_OBJECT: Final = re.compile(rb"\s*(\[\s*)?\{")
_PASSING: Final = {"server_error", "temporarily_unavailable"}
"""Errors of OAuth that say nothing against the credentials."""


@dataclass(frozen=True)
class OAuthClient:
    """Client credentials for a token; `scope` is `psapi` in the Shipping 360 family and absent in shippingservices."""

    token_url: str
    client_id: str
    client_secret: SecretStr
    scope: str | None = "psapi"
    id_setting: str = "lockers.client_id"
    """The settings' name of the id, for error texts."""
    url_setting: str = "lockers.token_url"


@dataclass(frozen=True)
class BearerToken:
    """A token from elsewhere; it is sent as it is and can't be renewed."""

    token: SecretStr


@dataclass(frozen=True)
class BasicLogin:
    """A name and a password."""

    user: str
    password: SecretStr


Credentials = OAuthClient | BearerToken | BasicLogin


@dataclass(frozen=True)
class Token:
    """A token as it was answered, with its lifetime in seconds."""

    value: SecretStr
    lifetime: float


def read_token(answer: JsonValue) -> Token:
    """Read the answer of either token operation; raise ValueError where there is no token in it.

    The lifetime is taken from `expires_in` or `expiresIn`, a number or a string; without one a short time is assumed.
    """
    fields = answer if isinstance(answer, dict) else {}
    value = fields.get("access_token") or fields.get("accessToken")
    if not isinstance(value, str) or not _SENDABLE.fullmatch(value):
        raise ValueError("no_access_token")
    raw = fields.get("expires_in", fields.get("expiresIn"))
    return Token(value=SecretStr(value), lifetime=_read_lifetime(raw))


def _read_lifetime(raw: JsonValue) -> float:
    try:
        # True is an int to Python, and would be a lifetime of one second.
        seconds = float(raw) if isinstance(raw, str | int | float) and raw is not True else math.nan
    except (ValueError, OverflowError):
        return FALLBACK_LIFETIME
    # NaN is not above 0 either; infinity, which timedelta can't hold, is capped.
    return min(seconds, _LONGEST_LIFETIME) if seconds > 0 else FALLBACK_LIFETIME


class Bearer(httpx.Auth):
    """Sends a fixed token."""

    def __init__(self, credentials: BearerToken) -> None:
        token = credentials.token.get_secret_value().strip()
        if not _SENDABLE.fullmatch(token):
            raise SettingsError("token_not_sendable")
        self._token = SecretStr(token)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the token on the request."""
        request.headers["Authorization"] = f"Bearer {self._token.get_secret_value()}"
        yield request


class Basic(httpx.Auth):
    """Sends a name and a password."""

    def __init__(self, credentials: BasicLogin) -> None:
        self._credentials = credentials

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put name and password on the request."""
        request.headers["Authorization"] = _basic(self._credentials.user, self._credentials.password)
        yield request


class OAuth(httpx.Auth):
    """Sends a token and keeps it fresh: one renewal at a time, shared by all who wait; one repeat after a 401."""

    def __init__(self, credentials: OAuthClient, client: httpx.AsyncClient, clock: Clock) -> None:
        self._credentials = credentials
        self._client = client
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token: Token | None = None
        self._good_until: datetime | None = None
        self._failure: ApiError | None = None

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Put a token on the request; on a 401, which means not carried out, get a new one and repeat once."""
        token = await self._usable_token()
        request.headers["Authorization"] = _bearer(token)
        response = yield request
        if response.status_code == 401:
            fresh = await self._usable_token(refused=token)
            request.headers["Authorization"] = _bearer(fresh)
            yield request

    def drop_token_of(self, request: httpx.Request) -> None:
        """Use the token of a request that was refused no more; one that came in its place meanwhile stays."""
        if self._token is not None and request.headers.get("Authorization") == _bearer(self._token):
            self._token = None

    async def _usable_token(self, refused: Token | None = None) -> Token:
        failure_before = self._failure
        async with self._lock:
            # By identity: of several requests refused with one token, only the first fetches a new one.
            if self._token is not None and self._token is not refused and self._is_fresh():
                return self._token
            if self._failure is not None and self._failure is not failure_before:
                # It failed while this request waited for it: the same answer, not another call.
                raise self._failure
            self._token = None
            # Counted from the question: at the service the lifetime began before its answer got here.
            asked_at = self._clock.now()
            try:
                token = await self._fetch()
            except ApiError as error:
                self._failure = error
                raise
            # A tenth at most: with five minutes off, a token that lives for five minutes would never be fresh.
            margin = min(_LONGEST_MARGIN, token.lifetime / 10)
            self._good_until = asked_at + timedelta(seconds=token.lifetime - margin)
            self._token = token
            return token

    def _is_fresh(self) -> bool:
        return self._good_until is not None and self._clock.now() < self._good_until

    async def _fetch(self) -> Token:
        """Fetch a token once; raise NotSentError (NoTokenError), NotAuthorizedError or ThrottledError."""
        credentials = self._credentials
        form = {"grant_type": "client_credentials"} | ({"scope": credentials.scope} if credentials.scope else {})
        login = Basic(BasicLogin(credentials.client_id, credentials.client_secret))
        try:
            response = await self._client.post(credentials.token_url, data=form, auth=login)
        except httpx.RequestError as error:
            cause = error_for_exception(error, httpx.URL(credentials.token_url).host)
            if isinstance(cause, NotSentError):
                raise cause from error
            # Only the token's answer was lost. The request itself did not leave, so no write is in doubt.
            raise NoTokenError(cause.code, **cause.parameters) from error
        if not is_usable(response):
            raise self._refusal(response)
        try:
            return read_token(parse_json(response.content))
        except ValueError:
            # Without the cause: it could quote the answer, and the token with it.
            missing = self._no_token(response)
        raise missing

    def _no_token(self, response: httpx.Response) -> ApiError:
        """Return what a success without a token means: some servers refuse with the status 200."""
        said = read_error_body(response.content)
        text = said.text or said.code
        # An object is the server's own word; a plain text may be that of anything on the way.
        if text and _OBJECT.match(response.content) and said.code not in _PASSING:
            return self._refused(response.status_code, text)
        lost = error_for_no_data(response, response.content)
        if lost.code == "answered_without_data":
            return NoTokenError(host=response.request.url.host)
        return NoTokenError(lost.code, **lost.parameters)

    def _refusal(self, response: httpx.Response) -> ApiError:
        error = error_for_answer(response, response.content, self._clock.now())
        if isinstance(error, ThrottledError):
            return error
        if isinstance(error, RefusedError):
            # Also a 404: here it speaks of the token's address, and must not be read as "no such reservation".
            text = error.parameters.get("text")
            return self._refused(error.status, None if text is None else str(text))
        return NoTokenError(error.code, **error.parameters)

    def _refused(self, status: int, text: str | None) -> NotAuthorizedError:
        secret = self._credentials.client_secret.get_secret_value()
        names = {"id_setting": self._credentials.id_setting, "url_setting": self._credentials.url_setting}
        # A server may quote the secret back; such a text must reach neither screen nor log.
        if text is None or (secret and secret in text):
            return NotAuthorizedError("token_refused", status=status, **names)
        return NotAuthorizedError("token_refused_with_text", status=status, text=text, **names)


def create_auth(credentials: Credentials, client: httpx.AsyncClient, clock: Clock) -> httpx.Auth:
    """Build what puts these credentials on requests; `client` is used for fetching tokens."""
    match credentials:
        case OAuthClient():
            return OAuth(credentials, client, clock)
        case BearerToken():
            return Bearer(credentials)
        case BasicLogin():
            return Basic(credentials)


def _bearer(token: Token) -> str:
    return f"Bearer {token.value.get_secret_value()}"


def _basic(user: str, password: SecretStr) -> str:
    pair = f"{user}:{password.get_secret_value()}".encode()
    return "Basic " + base64.b64encode(pair).decode("ascii")
