"""What each exception and each status means for a write: did not happen, or nobody knows."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime

import httpx
import pytest

from kiosk.api.errors import error_for_answer, error_for_exception, error_for_no_data, read_retry_after
from kiosk.errors import (
    AnswerLostError,
    ApiError,
    NotAuthorizedError,
    NotFoundError,
    NotSentError,
    RefusedError,
    ThrottledError,
)
from kiosk.words.errors import explain
from tests.api.scripted import NOON, page

NEVER_LEFT = [
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
]
MAY_HAVE_HAPPENED = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
    httpx.LocalProtocolError,
    httpx.DecodingError,
    httpx.TooManyRedirects,
]


@pytest.mark.parametrize("kind", NEVER_LEFT)
def test_without_a_connection_the_request_never_left(kind: type[httpx.RequestError]) -> None:
    assert isinstance(error_for_exception(kind("x"), "h.example"), NotSentError)


@pytest.mark.parametrize("kind", MAY_HAVE_HAPPENED)
def test_after_the_connection_it_may_have_happened(kind: type[httpx.RequestError]) -> None:
    error = error_for_exception(kind("b'Bearer secret'"), "h.example")
    assert isinstance(error, AnswerLostError)
    assert "secret" not in str(error)


def test_every_exception_of_httpx_has_its_meaning() -> None:
    def leaves(kind: type[httpx.RequestError]) -> set[type[httpx.RequestError]]:
        below: list[type[httpx.RequestError]] = kind.__subclasses__()
        return set().union(*map(leaves, below)) if below else {kind}

    assert leaves(httpx.RequestError) == {*NEVER_LEFT, *MAY_HAVE_HAPPENED}


@pytest.mark.parametrize(
    ("cause", "words", "hint"),
    [
        (socket.gaierror(-2, "Name or service not known"), "The host h.example was not found", "host name"),
        (ConnectionRefusedError(111, "refused"), "h.example refused the connection", "port"),
        (ssl.SSLCertVerificationError("self-signed"), "No secure connection to h.example", "certificates"),
        (OSError(101, "unreachable"), "h.example could not be reached", "network"),
        (ExceptionGroup("both", [ConnectionRefusedError(111, "x")]), "h.example refused the connection", "port"),
    ],
)
def test_the_hint_says_what_to_check(cause: Exception, words: str, hint: str) -> None:
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = cause
    told = error_for_exception(error, "h.example")
    assert explain(told).sentence.startswith(words)
    assert hint in explain(told).hint


def answered(status: int, body: bytes = b"", retry_after: str | None = None) -> ApiError:
    headers = {"Retry-After": retry_after} if retry_after else {}
    response = httpx.Response(status, headers=headers, request=httpx.Request("GET", "https://h.example/x"))
    return error_for_answer(response, body, NOON)


def by_proxy(text: str, cause: Exception | None = None) -> str:
    error = httpx.ProxyError(text)
    error.__cause__ = cause
    return error_for_exception(error, "h.example").code


def test_a_proxy_that_wants_a_password_is_told_from_one_that_is_away_and_one_that_refuses() -> None:
    away = httpx.ConnectError("All connection attempts failed")
    not_trusted = httpx.ConnectError("x")
    not_trusted.__cause__ = ssl.SSLCertVerificationError("self-signed")
    assert by_proxy("407 Proxy Authentication Required") == "proxy_wants_password"
    assert by_proxy("503 Service Unavailable") == "proxy_failed"
    assert by_proxy("not reached", away) == "proxy_not_reached"
    assert by_proxy("not reached", not_trusted) == "not_trusted"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("https://portal.hotel.example/login?from=h", "sent_to_other_host"),
        ("https://h.example/api/v2", "sent_elsewhere"),
        ("/login", "sent_elsewhere"),
        ("https://h:port/", "sent_elsewhere"),
        (None, "sent_elsewhere"),
    ],
)
def test_a_redirect_to_another_host_is_a_networks_login(location: str | None, code: str) -> None:
    headers = {} if location is None else {"Location": location}
    request = httpx.Request("POST", "https://h.example/x")
    for body in (b"", page(302).content):
        error = error_for_answer(httpx.Response(302, headers=headers, request=request), body, NOON)
        assert (type(error), error.code) == (AnswerLostError, code)
        assert ("redirected to portal.hotel.example (302)" in explain(error).sentence) == (code == "sent_to_other_host")


def test_a_web_page_with_the_status_of_a_success_says_to_log_in() -> None:
    response = httpx.Response(200, request=httpx.Request("POST", "https://h.example/x"))
    error = error_for_no_data(response, page(200).content)
    assert "A web page came" in explain(error).sentence
    assert "Log in to the network" in explain(error).hint
    assert error_for_no_data(response, b"").code == "answered_without_data"
    assert answered(511, page(511).content).code == "answered_by_network"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, AnswerLostError),
        (204, AnswerLostError),
        (302, AnswerLostError),
        (400, RefusedError),
        (401, NotAuthorizedError),
        (403, NotAuthorizedError),
        (404, NotFoundError),
        (405, RefusedError),
        (409, RefusedError),
        (422, RefusedError),
        (429, ThrottledError),
        (499, RefusedError),
        (500, AnswerLostError),
        (503, AnswerLostError),
        (599, AnswerLostError),
        (700, AnswerLostError),
    ],
)
def test_each_status_has_its_class_and_keeps_its_number(status: int, kind: type[ApiError]) -> None:
    error = answered(status)
    assert type(error) is kind
    assert isinstance(error, RefusedError | AnswerLostError)
    assert error.status == status
    assert str(error)


def test_the_words_and_the_code_of_the_server_are_kept() -> None:
    error = answered(400, b'[{"errorCode":"validation_error","errorDescription":"Unit 7 is taken"}]')
    assert isinstance(error, RefusedError)
    assert (error.code, error.parameters["text"]) == ("service_said", "Unit 7 is taken")
    assert error.service_code == "validation_error"


def test_a_404_page_is_not_the_word_of_the_service() -> None:
    error = answered(404, page(404).content)
    assert isinstance(error, AnswerLostError)
    assert error.status == 404


def test_retry_after_is_kept_for_429_and_503() -> None:
    assert isinstance(throttled := answered(429, retry_after="17"), ThrottledError)
    assert isinstance(busy := answered(503, retry_after="9"), AnswerLostError)
    assert (throttled.retry_after, busy.retry_after) == (17, 9)


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [
        (None, None),
        ("0", 0),
        (" 12 ", 12),
        ("1.5", 1.5),
        ("Mon, 02 Mar 2026 12:00:30 GMT", 30),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("Mon, 02 Mar 2026 12:00:30", 30),
        ("-5", None),
        ("soon", None),
        ("nan", None),
        ("1e999", None),
        ("", None),
        ("²", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(raw: str | None, seconds: float | None) -> None:
    assert read_retry_after(raw, datetime(2026, 3, 2, 12, tzinfo=UTC)) == seconds
