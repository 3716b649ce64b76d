"""The path of a request: addresses arrive unchanged, reads are repeated, writes are not, the line's state is told."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import traceback
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.api.dates import read_date
from kiosk.api.lockers import LockersApi
from kiosk.api.transport import Connection, ConnectionState, create_transport
from kiosk.errors import AnswerLostError, ApiError, NotSentError, RefusedError, SettingsError, ThrottledError
from kiosk.words.errors import explain
from tests.api.scripted import BEARER, NOON, OAUTH, Reply, ScriptedServer, answer, page

BANKS = "GET /parcelpoint/api/v1/lockerBanks"
FREE = "POST /parcelpoint/api/v1/lockerBanks/A/lockers/7/free"


class Echo(BaseHTTPRequestHandler):
    """Answers each request with its own path, as a unit's name."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = b'{"lockerUnitId": "7"}'
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def echo() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as httpd:
        httpd.seen = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield httpd
        httpd.shutdown()
        thread.join()


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@example("..")
@example(".")
@example("contact/684a")
@example("50%")
@example("%2F")
@example("%zz")
@example("?a=b&c#d")
@example("\\ [bold]x[/]\t\r\n\x00")
@example("JJD 0099/99:äöü 📦")
def test_any_tracking_number_arrives_as_it_is(echo: ThreadingHTTPServer, number: str) -> None:
    async def ask() -> None:
        url = f"http://127.0.0.1:{echo.server_port}/parcelpoint"
        async with LockersApi(create_transport(url=url, credentials=BEARER)) as api:
            await api.get_reservation("AOne", number)

    asyncio.run(ask())
    path, _, query = echo.seen.pop().partition("?")  # type: ignore[attr-defined]
    *rest, segment = path.split("/")
    assert "/".join(rest) == "/parcelpoint/api/v1/lockerBanks/AOne/lockers/reserved"
    assert unquote(segment, errors="strict") == number
    assert segment not in {".", ".."}
    assert query == ("isTrackNumUrlEncoded=true" if segment != number else "")


def failures() -> list[Reply]:
    return [
        httpx.ReadTimeout("late"),
        httpx.ReadError("cut"),
        httpx.RemoteProtocolError("cut"),
        answer({"message": "x"}, 500),
        answer(status=503),
        page(502),
        page(200),
        page(404),
        answer(status=200),
        answer(status=302, headers={"Location": "https://portal.example/"}),
        httpx.Response(200, content=b'{"lockerUnitId": "7'),
        httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(200, content=b'\xff{"a":1}'),
        httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip")),
    ]


@pytest.mark.parametrize("index", range(len(failures())))
async def test_a_write_without_a_usable_answer_is_in_doubt_and_sent_once(server: ScriptedServer, index: int) -> None:
    server.on(FREE, failures()[index])
    with pytest.raises(AnswerLostError):
        await server.api().free_reservation("A", "7", user_id="u", transaction_id="x")
    assert len(server.requests) == 1
    assert server.waits == []


@pytest.mark.parametrize("index", range(len(failures())))
async def test_a_read_without_a_usable_answer_is_asked_again(server: ScriptedServer, index: int) -> None:
    server.on(BANKS, failures()[index], failures()[index], answer(["A"]))
    (bank,) = await server.api().get_locker_banks()
    assert bank.locker_bank_id == "A"
    assert len(server.waits) == 2


async def test_a_read_is_asked_three_times_at_most(server: ScriptedServer) -> None:
    server.on(BANKS, *[answer(status=500) for _ in range(3)])
    with pytest.raises(AnswerLostError):
        await server.api().get_locker_banks()


async def test_a_read_without_a_connection_is_tried_twice(server: ScriptedServer) -> None:
    server.on(BANKS, httpx.ConnectError("no"), httpx.ConnectError("no"))
    with pytest.raises(NotSentError):
        await server.api().get_locker_banks()


async def test_a_write_without_a_connection_is_tried_once(server: ScriptedServer) -> None:
    server.on(FREE, httpx.ConnectError("no"))
    with pytest.raises(NotSentError):
        await server.api().free_reservation("A", "7", user_id="u", transaction_id="x")


async def test_a_throttled_read_waits_as_long_as_it_is_asked_to(server: ScriptedServer) -> None:
    server.on(BANKS, answer(status=429, headers={"Retry-After": "20"}), answer([]))
    await server.api().get_locker_banks()
    assert 20 <= server.waits[0] <= 21


async def test_a_throttled_write_is_refused_at_once(server: ScriptedServer) -> None:
    server.on(FREE, answer(status=429, headers={"Retry-After": "20"}))
    with pytest.raises(ThrottledError):
        await server.api().free_reservation("A", "7", user_id="u", transaction_id="x")


@settings(deadline=None)
@given(status=st.integers(200, 599), body=st.binary(max_size=60), retry_after=st.none() | st.text("0123456789-.:, GMT"))
def test_any_answer_is_json_or_an_error_of_ours(status: int, body: bytes, retry_after: str | None) -> None:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    reply = httpx.Response(status, content=body, headers=headers)
    way = create_transport(
        url="https://lockers.example", credentials=BEARER, transport=httpx.MockTransport(lambda _: reply)
    )
    told = None
    try:
        asyncio.run(way.request("POST", ["x"]))
    except ApiError as error:
        told = error
    assert status < 300 if told is None else explain(told).sentence and explain(told).hint


async def test_a_pickup_code_in_an_unreadable_answer_is_in_no_traceback(server: ScriptedServer) -> None:
    server.on(
        "PATCH /parcelpoint/api/v1/lockerBanks/A/lockers/7/deposit",
        httpx.Response(200, content=b'{"pickupCode": "NR8PBW"'),
        answer({"pickupCode": {"value": "NR8PBW"}}),
    )
    api = server.api()
    for _ in range(2):
        with pytest.raises(AnswerLostError) as caught:
            await api.update_deposit("A", "7", parcels=[], transaction_id="x")
        assert "NR8PBW" not in "".join(traceback.format_exception(caught.value))


async def test_a_transaction_id_can_not_break_the_headers(server: ScriptedServer) -> None:
    server.on(FREE, answer({"lockerUnitId": "7"}))
    await server.api().free_reservation("A", "7", user_id="u", transaction_id="a:1-b\r\nX: ü")
    assert server.sent.headers["X-PB-TransactionId"] == "a:1-b%0D%0AX%3A%20%C3%BC".replace("%3A", ":")


class Dripping(httpx.AsyncByteStream):
    """A body that never ends."""

    def __init__(self, chunk: bytes) -> None:
        self._chunk = chunk
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield self._chunk
            await asyncio.sleep(0)

    async def aclose(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("chunk", "seconds", "words"),
    [(b"", 0.02, "answer_not_finished"), (b" " * 4_000_000, 30, "answer_too_large")],
)
async def test_a_body_without_end_is_given_up(server: ScriptedServer, chunk: bytes, seconds: float, words: str) -> None:
    body = Dripping(chunk)
    server.on("POST /x", httpx.Response(200, stream=body))
    way = create_transport(
        url="https://lockers.example", credentials=BEARER, read_seconds=seconds, transport=httpx.MockTransport(server)
    )
    with pytest.raises(AnswerLostError, match=words):
        await way.request("POST", ["x"])
    assert body.closed


async def test_a_refusal_stays_one_when_its_explanation_is_lost(server: ScriptedServer) -> None:
    server.on(FREE, httpx.Response(400, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip")))
    with pytest.raises(RefusedError):
        await server.api().free_reservation("A", "7", user_id="u", transaction_id="x")


async def test_the_line_is_told_when_it_comes_and_goes(server: ScriptedServer) -> None:
    told: list[Connection] = []
    way = create_transport(
        url="https://lockers.example",
        credentials=BEARER,
        clock=server.clock,
        transport=httpx.MockTransport(server),
        on_connection=told.append,
    )
    assert way.connection == Connection(ConnectionState.UNKNOWN, None)
    steps: list[tuple[Reply, ConnectionState]] = [
        (answer({}), ConnectionState.ONLINE),
        (answer(status=400), ConnectionState.ONLINE),
        (answer(status=500), ConnectionState.ONLINE),
        (httpx.ConnectError("no"), ConnectionState.OFFLINE),
        (httpx.ReadTimeout("late"), ConnectionState.OFFLINE),
        (page(503), ConnectionState.OFFLINE),
        (page(200), ConnectionState.OFFLINE),
        (answer(status=401), ConnectionState.ONLINE),
    ]
    for reply, state in steps:
        server.on("POST /x", reply)
        with contextlib.suppress(RefusedError, NotSentError, AnswerLostError):
            await way.request("POST", ["x"])
        assert way.connection.state is state
    assert [connection.state for connection in told] == [
        ConnectionState.ONLINE,
        ConnectionState.OFFLINE,
        ConnectionState.ONLINE,
    ]
    assert told[0].since == NOON


@pytest.mark.parametrize(
    "url",
    [
        "",
        "lockers.example",
        "/parcelpoint",
        "ftp://lockers.example",
        "https://",
        "https://user:pass@lockers.example",
        "https://lockers.example/?a=b",
        "https://lockers.example:99999",
        "https://lockers.example:port",
        "https://[::1",
    ],
)
def test_an_unusable_address_names_its_setting(url: str) -> None:
    with pytest.raises(SettingsError, match=r"setting=lockers\.url\)"):
        create_transport(url=url, credentials=BEARER)
    with pytest.raises(SettingsError, match=r"setting=lockers\.token_url\)"):
        create_transport(url="https://lockers.example", credentials=replace(OAUTH, token_url=url))


async def test_a_real_refused_connection_says_what_to_check() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with LockersApi(create_transport(url=f"http://127.0.0.1:{port}", credentials=BEARER)) as api:
        with pytest.raises(NotSentError, match="connection_refused") as caught:
            await api.free_reservation("A", "7", user_id="u", transaction_id="x")
    assert "port" in explain(caught.value).hint


async def test_the_time_of_an_answer_is_handed_on(server: ScriptedServer) -> None:
    heard: list[datetime] = []
    api = server.api(BEARER)
    api.hear_dates(heard.append)
    said = "Mon, 02 Mar 2026 12:00:05 GMT"
    dates = (said, "Mon, 02 Mar 2026 13:00:05 +0100", "yesterday", "", said.replace("2026", "1926"))
    server.on(BANKS, *(answer([], headers={"Date": date}) for date in dates), answer([]))
    for _ in range(len(dates) + 1):
        await api.get_locker_banks()
    assert heard == [NOON + timedelta(seconds=5)] * 2


@given(st.text() | st.from_regex(r"\w{3}, \d+ Mar \d+ \d+:\d+:\d+ ([A-Z]{3}|[+-]\d+)", fullmatch=True))
def test_no_date_of_an_answer_raises_anything(text: str) -> None:
    date = read_date(text)
    assert date is None or date.tzinfo is UTC
