"""The HTTP front: addresses, methods, bodies, headers, connections, starting and stopping."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.errors import SettingsError
from kiosk.simulator.messages import MAX_BODY
from kiosk.simulator.server import Simulator
from tests.simulator.line import ask, connect, send
from tests.simulator.world import BANKS, PERSON, START, World

RESERVE = f"{BANKS}/AOne/lockers/reserve"


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with Simulator(tmp_path, clock=ManualClock(START)) as simulator:
        yield simulator.url


def host(url: str) -> str:
    """Return the header that a client sends of itself."""
    return f"Host: {url.removeprefix('http://')}\r\n"


def raw_answer(url: str, request: bytes) -> bytes:
    """Send bytes as they are and read until the server closes."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_the_address_is_on_loopback(url: str) -> None:
    assert url.startswith("http://127.0.0.1:")


def test_answers_are_json(url: str) -> None:
    for path in (BANKS, f"{BANKS}/Nowhere", "/", "/_simulator/state"):
        seen = ask(url, "GET", path)
        assert seen.headers["content-type"] == "application/json"
        assert seen.value


def test_answers_bear_the_time_by_which_the_service_goes(url: str) -> None:
    assert parsedate_to_datetime(ask(url, "GET", BANKS).headers["date"]) == START


def test_one_connection_carries_many_requests(url: str) -> None:
    with closing(connect(url)) as line:
        send(line, "GET", BANKS)
        first = line.sock.getsockname()
        for path in (BANKS, "/nowhere", f"{BANKS}/AOne"):
            send(line, "GET", path)
        send(line, "POST", RESERVE, b"{broken")
        assert line.sock.getsockname() == first


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/parcelpoint",
        "/api/v1/lockerBanks",
        f"{BANKS}/",
        f"{BANKS}/AOne/",
        f"{BANKS}//lockers/sizes",
        f"{BANKS}/AOne/lockers",
        f"{BANKS}/AOne/lockers/reserved/",
        f"{BANKS}/AOne/lockers/reserved/a/b",
        "/_simulator",
    ],
)
def test_an_unknown_address_is_not_found(url: str, path: str) -> None:
    assert ask(url, "GET", path).status == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", BANKS, "GET"),
        ("PUT", RESERVE, "POST"),
        ("GET", f"{BANKS}/AOne/lockers/1/deposit", "PATCH"),
        ("DELETE", f"{BANKS}/AOne/lockers/1/free", "POST"),
        ("GET", "/auth/api/v1/token", "POST"),
        ("PATCH", "/_simulator/faults", "DELETE, GET, POST"),
        ("OPTIONS", BANKS, "GET"),
    ],
)
def test_a_wrong_method_is_told_the_right_one(url: str, method: str, path: str, allowed: str) -> None:
    seen = ask(url, method, path)
    assert seen.status == 405
    assert seen.headers["allow"] == allowed


def test_head_has_no_body(url: str) -> None:
    seen = ask(url, "HEAD", BANKS)
    assert seen.status == 405
    assert seen.body == b""


def test_a_body_may_have_a_mebibyte_and_no_more(url: str) -> None:
    assert ask(url, "POST", RESERVE, b" " * MAX_BODY).status == 400
    seen = ask(url, "POST", RESERVE, b" " * (MAX_BODY + 1))
    assert seen.status == 413
    assert seen.headers["connection"] == "close"


def test_a_wrong_length_is_refused(url: str) -> None:
    for header, status in ((b"Content-Length: -1", b"400"), (b"Transfer-Encoding: chunked", b"411")):
        answer = raw_answer(url, b"POST / HTTP/1.1\r\n" + header + b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 " + status)
        assert b"Connection: close" in answer


def test_a_request_that_breaks_off_does_nothing(url: str) -> None:
    head = f"POST {RESERVE} HTTP/1.1\r\n{host(url)}Authorization: Bearer demo-token\r\nContent-Length: 500\r\n\r\n"
    assert raw_answer(url, head.encode() + b'{"userId":') == b""
    assert ask(url, "GET", "/_simulator/state").value["requests"] == 0


def test_only_this_machines_own_names_are_answered_to(url: str) -> None:
    port = url.rpartition(":")[2]
    for name in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}"):
        assert ask(url, "GET", BANKS, headers={"Host": name}).status == 200
    for name in (f"evil.example:{port}", "127.0.0.1", "localhost:1", "", f"127.0.0.1:{port}.evil.example"):
        seen = ask(url, "GET", "/_simulator/state", headers={"Host": name})
        assert (seen.status, "pickupCode" in seen.body.decode()) == (421, False)
    assert raw_answer(url, f"GET {BANKS} HTTP/1.0\r\n\r\n".encode()).startswith(b"HTTP/1.1 421 ")
    assert ask(url, "GET", f"http://evil.example{BANKS}").status == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1", ""])
def test_a_web_page_gets_no_answer_and_does_nothing(url: str, origin: str) -> None:
    unit = {"lockerBankId": "AOne", "lockerUnitId": "1"}
    for method, path, body in (("GET", "/_simulator/state", None), ("POST", "/_simulator/pickup", unit)):
        assert ask(url, method, path, body, headers={"Origin": origin}).status == 403
    assert ask(url, "DELETE", "/_simulator/faults", headers={"Origin": origin}).status == 403
    assert ask(url, "GET", BANKS, headers={"Origin": url}).status == 200
    assert ask(url, "GET", "/_simulator/state").value["requests"] == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "json"])
def test_a_body_that_does_not_call_itself_json_is_not_read(url: str, kind: str) -> None:
    fault = {"fault": "503"}
    assert ask(url, "POST", "/_simulator/faults", fault, headers={"Content-Type": kind}).status == 415
    assert ask(url, "GET", BANKS).status == 200
    right = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert ask(url, "POST", "/_simulator/faults", fault, headers=right).status == 200


def test_a_token_is_asked_for_with_a_form(url: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": "Basic ZGVtbzpkZW1v"}
    for path in ("/auth/api/v1/token", "/oauth/token"):
        form = b"grant_type=client_credentials"
        assert ask(url, "POST", path, form, headers=headers).value["access_token"]
        assert ask(url, "POST", path, form, headers=headers | {"Content-Type": "text/plain"}).status == 415


def test_the_transaction_id_comes_back_on_every_answer(url: str) -> None:
    for path in (BANKS, f"{BANKS}/Nowhere", "/nowhere"):
        seen = ask(url, "GET", path, headers={"X-PB-TransactionId": "intent-1"})
        assert seen.headers["x-pb-transactionid"] == "intent-1"
    assert "x-pb-transactionid" not in ask(url, "GET", BANKS).headers


def test_a_folded_header_does_not_break_the_answer(url: str) -> None:
    request = f"GET {BANKS} HTTP/1.1\r\n{host(url)}X-PB-TransactionId: a\r\n Evil: b\r\n\r\n"
    head = raw_answer(url, request.encode()).partition(b"\r\n\r\n")[0]
    assert b"\r\nX-PB-TransactionId: a   Evil: b" in head


@pytest.mark.parametrize(
    ("number", "sent"),
    [
        ("a/b", "a%2Fb"),
        ("50%", "50%25"),
        ("%41", "%2541"),
        ("漢字", "%E6%BC%A2%E5%AD%97"),
        ("a?b#c", "a%3Fb%23c"),
        ("..", ".."),
        ("a+b", "a+b"),
        ("ü", "\xc3\xbc"),  # as raw bytes
    ],
)
def test_a_number_arrives_as_it_was_meant(url: str, number: str, sent: str) -> None:
    body = {
        "userId": "clerk",
        "size": "small",
        "contactId": PERSON,
        "contactType": "recipient",
        "trackingNumber": number,
    }
    assert ask(url, "POST", RESERVE, body).status == 200
    path = f"{BANKS}/AOne/lockers/reserved/{sent}".encode("latin-1")
    rest = f" HTTP/1.1\r\n{host(url)}Authorization: Bearer demo-token\r\n\r\n"
    assert raw_answer(url, b"GET " + path + rest.encode()).startswith(b"HTTP/1.1 200 ")


def test_nonsense_on_the_line_does_not_end_the_server(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    for nonsense in (b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"A" * 70000, b""):
        raw_answer(url, nonsense)
    assert ask(url, "GET", BANKS).status == 200
    assert capfd.readouterr() == ("", "")


def test_a_fault_of_our_own_is_a_500_and_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    world = World(tmp_path)
    with world.core._state.transaction() as db:
        db.execute("DROP TABLE counters")
    with caplog.at_level(logging.ERROR):
        assert world.ask("GET", BANKS).status == 500
    assert "no such table" in caplog.text
    assert world.ask("GET", "/nowhere").status == 404
    world.core.close()


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with Simulator(tmp_path) as simulator:
        port = int(simulator.url.rpartition(":")[2])
        with pytest.raises(SettingsError, match=f"port_taken .port={port}"):
            Simulator(tmp_path, port=port).start()
        assert ask(simulator.url, "GET", BANKS).status == 200


def test_a_stopped_port_can_be_used_again_at_once(tmp_path: Path) -> None:
    with Simulator(tmp_path) as simulator:
        port = int(simulator.url.rpartition(":")[2])
        ask(simulator.url, "GET", BANKS)
    with Simulator(tmp_path, port=port) as again:
        assert ask(again.url, "GET", BANKS).status == 200


def test_stopping_ends_open_connections_and_refuses_new_ones(tmp_path: Path) -> None:
    simulator = Simulator(tmp_path)
    simulator.start()
    url = simulator.url
    with closing(connect(url)) as line:
        send(line, "GET", BANKS)
        started = time.monotonic()
        simulator.stop()
        assert time.monotonic() - started < 0.4
        with pytest.raises(ConnectionError):
            send(line, "GET", BANKS)
    with pytest.raises(ConnectionRefusedError):
        ask(url, "GET", BANKS)


def test_starting_and_stopping_keep_to_their_order(tmp_path: Path) -> None:
    simulator = Simulator(tmp_path)
    simulator.stop()
    with pytest.raises(RuntimeError):
        _ = simulator.url
    with simulator, pytest.raises(RuntimeError):
        simulator.start()
    simulator.stop()
    with simulator:
        assert ask(simulator.url, "GET", BANKS).status == 200
