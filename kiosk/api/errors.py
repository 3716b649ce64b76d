"""Turns httpx's exceptions and the statuses of answers into the kiosk's errors; what each means is decided here only.

The question that matters for a write is whether it may have happened: `NotSentError` and `RefusedError` say no,
`AnswerLostError` says nobody knows. Statuses: https://docs.shippingapi.pitneybowes.com/reference/http-status-codes.html
"""

from __future__ import annotations

import math
import re
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx

from kiosk.api.error_bodies import ErrorBody, read_error_body
from kiosk.errors import (
    AnswerLostError,
    ApiError,
    NotAuthorizedError,
    NotFoundError,
    NotSentError,
    RefusedError,
    ThrottledError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class NoTokenError(NotSentError):
    """The token could not be fetched, so the request itself never left; title and hint as for no connection."""


def error_for_exception(error: httpx.RequestError, host: str) -> NotSentError | AnswerLostError:
    """Translate what httpx raised while talking to `host`; its own text is left out where it could quote a header."""
    if isinstance(error, _NEVER_LEFT):
        return _not_sent(error, host)
    if isinstance(error, httpx.TimeoutException):
        return AnswerLostError(f"{host} did not answer in time.")
    if isinstance(error, httpx.DecodingError):
        return AnswerLostError(f"The answer of {host} could not be unpacked.")
    return AnswerLostError(f"The connection to {host} broke before the answer was there.")


def error_for_answer(response: httpx.Response, body: bytes, now: datetime) -> ApiError:
    """Translate an answer that is no success, or a success without usable data; `now` dates a Retry-After."""
    host, status = response.request.url.host, response.status_code
    said = read_error_body(body)
    wait = read_retry_after(response.headers.get("Retry-After"), now)
    if status == 429:
        return ThrottledError(said.text or f"{host} asks for fewer calls.", retry_after=wait)
    if status in {401, 403}:
        return NotAuthorizedError(_sentence(host, status, said), status=status, code=said.code)
    if status == 404 and said.is_page:
        # A page is the word of a proxy or of a wrong address, and "no such reservation" must not be taken from it.
        return AnswerLostError(
            f"{host} answered 404 with a web page; the address in the settings may be wrong.", status=404
        )
    if status == 404:
        return NotFoundError(_sentence(host, status, said), status=status, code=said.code)
    if 400 <= status < 500:
        return RefusedError(_sentence(host, status, said), status=status, code=said.code)
    return AnswerLostError(_sentence(host, status, said), status=status, retry_after=wait)


def read_retry_after(raw: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, a number of seconds or a date, as seconds from `now`; None where it says nothing."""
    if raw is None:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}(\.[0-9]*)?\s*", raw):
        return float(raw)
    try:
        moment = parsedate_to_datetime(raw)
    except (ValueError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    seconds = (moment - now).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _sentence(host: str, status: int, said: ErrorBody) -> str:
    if said.text:
        return said.text
    if said.is_page:
        return f"{host} answered {status} with a web page instead of data."
    if 300 <= status < 400:
        return f"{host} sent the request elsewhere ({status}); the address in the settings may be wrong."
    if status < 300:
        return f"{host} answered {status} without usable data."
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    return f"{host} answered {status} ({phrase}) without an explanation."


def _not_sent(error: httpx.RequestError, host: str) -> NotSentError:
    causes = list(_causes(error))
    if isinstance(error, httpx.UnsupportedProtocol):
        message, check = "The address in the settings is not usable", "It must begin with https:// (or http://)"
    elif isinstance(error, httpx.ProxyError):
        message, check = f"The proxy did not connect to {host}", "Check the proxy settings of this machine"
    elif any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        message, check = (
            f"The name {host} was not found",
            "Check the host name in the settings, then the network and DNS",
        )
    elif any(isinstance(cause, ssl.SSLError) for cause in causes):
        message = f"{host} is not trusted: its TLS certificate or protocol was not accepted"
        check = "Check this machine's clock, its certificates (SSL_CERT_FILE) and the host name in the settings"
    elif any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        message, check = f"{host} refused the connection", "Check host name and port in the settings"
    elif isinstance(error, httpx.TimeoutException):
        message, check = f"{host} could not be reached in time", "Check the network and its firewall"
    else:
        message, check = f"{host} could not be reached", "Check the network"
    return NotSentError(f"{message}.", hint=f"{check}. Nothing was changed; try again when the connection is back.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk from an exception down to what the operating system said."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [cause for cause in (current.__cause__, current.__context__) if cause is not None]
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions


def is_usable(response: httpx.Response) -> bool:
    """Tell whether the status promises data."""
    return 200 <= response.status_code < 300
