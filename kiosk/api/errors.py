"""Turns httpx's exceptions and the statuses of answers into the kiosk's errors; what each means is decided here only.

The question that matters for a write is whether it may have happened: `NotSentError` and `RefusedError` say no,
`AnswerLostError` says nobody knows. Statuses: https://docs.shippingapi.pitneybowes.com/reference/http-status-codes.html
"""

from __future__ import annotations

import math
import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from kiosk.api.error_bodies import ErrorBody, clean, read_error_body
from kiosk.api.network import NO_ANSWER
from kiosk.errors import (
    AnswerLostError,
    ApiError,
    NotAuthorizedError,
    NotFoundError,
    NotSentError,
    Parameter,
    RefusedError,
    ThrottledError,
)

SERVICE_SAID = "service_said"
"""The code of an error whose parameter `text` is the service's own words."""

# Whatever is not listed may have reached the service, so a write that failed by it is in doubt.
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def error_for_exception(error: httpx.RequestError, host: str) -> NotSentError | AnswerLostError:
    """Translate what httpx raised while talking to `host`; its own text is left out where it could quote a header."""
    if isinstance(error, _NEVER_LEFT):
        return NotSentError(_why_not_sent(error), host=host)
    if isinstance(error, httpx.TimeoutException):
        return AnswerLostError("answer_timed_out", host=host)
    if isinstance(error, httpx.DecodingError):
        return AnswerLostError("answer_not_unpacked", host=host)
    return AnswerLostError("connection_broke", host=host)


def error_for_answer(response: httpx.Response, body: bytes, now: datetime) -> ApiError:
    """Translate an answer that is no success, or a success without usable data; `now` dates a Retry-After."""
    host, status = response.request.url.host, response.status_code
    said = read_error_body(body)
    wait = read_retry_after(response.headers.get("Retry-After"), now)
    if status == 429:
        if said.text:
            return ThrottledError(SERVICE_SAID, text=said.text, host=host, retry_after=wait)
        return ThrottledError(host=host, retry_after=wait)
    if status == 404 and said.is_page:
        # A page is the word of a proxy or of a wrong address, and "no such reservation" must not be taken from it.
        return AnswerLostError("not_found_page", host=host, status=404)
    if 300 <= status < 400:
        return _sent_elsewhere(response)
    code, parameters = _told(host, status, said)
    if 400 <= status < 500:
        refused = {401: NotAuthorizedError, 403: NotAuthorizedError, 404: NotFoundError}.get(status, RefusedError)
        # https://www.rfc-editor.org/rfc/rfc6750#section-3.1: what is wrong with a token may stand in the header alone.
        challenge = response.headers.get("WWW-Authenticate", "")
        service_code = "invalid_token" if "invalid_token" in challenge else said.code
        return refused(code, status=status, service_code=service_code, **parameters)
    return AnswerLostError(code, status=status, retry_after=wait, **parameters)


def error_for_no_data(response: httpx.Response, body: bytes) -> AnswerLostError:
    """Return the error for a success whose body is no data; a web page comes from a network that wants a login."""
    code = "answered_by_network" if read_error_body(body).is_page else "answered_without_data"
    return AnswerLostError(code, host=response.request.url.host, status=response.status_code)


def speaks_of_token(error: NotAuthorizedError) -> bool:
    """Tell whether a 403 is about the token, and not about what it was for."""
    said = f"{error.parameters.get('text')} {error.service_code}".lower()
    return error.status == 403 and any(name in said for name in ("token", "jwt"))


def read_retry_after(raw: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, a number of seconds or a date, as seconds from `now`; None where it says nothing."""
    if raw is None:
        return None
    # float() alone would take `nan`, `-1` and `1e9` as well.
    if re.fullmatch(r"\s*[0-9]{1,9}(\.[0-9]*)?\s*", raw):
        return float(raw)
    try:
        moment = parsedate_to_datetime(raw)
    except (ValueError, OverflowError):
        return None
    # A date with the zone -0000 comes back naive, and is in UTC.
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    seconds = (moment - now).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _told(host: str, status: int, said: ErrorBody) -> tuple[str, dict[str, Parameter]]:
    """Return as code and parameters what an answer tells."""
    if said.text:
        return SERVICE_SAID, {"text": said.text, "host": host}
    if status == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED:
        return "answered_by_network", {"host": host}
    if said.is_page:
        return "answered_with_page", {"host": host}
    if status < 300:
        return "answered_without_data", {"host": host}
    if status in set(HTTPStatus):
        return "unexplained", {"host": host, "phrase": HTTPStatus(status).phrase}
    return "unknown_status", {"host": host}


def _sent_elsewhere(response: httpx.Response) -> AnswerLostError:
    """Return the error for a redirect; one to another host is a network's way to its login page, as a rule."""
    host, status = response.request.url.host, response.status_code
    try:
        to = httpx.URL(response.headers.get("Location", "")).host or host
    except httpx.InvalidURL:
        to = host
    if to == host:
        return AnswerLostError("sent_elsewhere", host=host, status=status)
    return AnswerLostError("sent_to_other_host", host=host, to=clean(to, 100), status=status)


def _why_not_sent(error: httpx.RequestError) -> str:
    """Return the code of what kept a request from leaving."""
    causes = list(_causes(error))
    if isinstance(error, httpx.UnsupportedProtocol):
        return "address_not_usable"
    if isinstance(error, httpx.ProxyError) and not any(isinstance(cause, ssl.SSLError) for cause in causes):
        return _why_no_proxy(error, causes)
    # A name with an empty or endless label fails in Python's IDNA codec, before a resolver is asked.
    if any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        return "name_not_found"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "not_trusted"
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return "connection_refused"
    return "connect_timed_out" if isinstance(error, httpx.TimeoutException) else "not_reached"


def _why_no_proxy(error: httpx.ProxyError, causes: list[BaseException]) -> str:
    if any(isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout) for cause in causes):
        return "proxy_not_reached"
    if str(error) == NO_ANSWER:
        return "proxy_gave_no_answer"
    # httpcore has the status of the answer to CONNECT at the beginning of its text, and nowhere else.
    return "proxy_wants_password" if str(error).startswith("407") else "proxy_failed"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk from an exception down to what the operating system said."""
    # Cause and context are often the same exception, and could lead in a circle.
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [cause for cause in (current.__cause__, current.__context__) if cause is not None]
        # A host with several addresses fails with a group: an error for each address.
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions


def is_usable(response: httpx.Response) -> bool:
    """Tell whether the status promises data."""
    return 200 <= response.status_code < 300
