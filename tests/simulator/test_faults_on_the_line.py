"""Every fault as a client meets it, and the next request, which must be served as if nothing had been."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import IncompleteRead, RemoteDisconnected
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.simulator.server import Simulator
from tests.simulator.line import Seen, ask, connect, send
from tests.simulator.world import BANKS, PERSON, START

RESERVE = f"{BANKS}/AOne/lockers/reserve"
FIND = f"{BANKS}/AOne/lockers/reserved/T1"
BODY = {
    "userId": "clerk",
    "size": "small",
    "contactId": PERSON,
    "contactType": "recipient",
    "trackingNumber": "T1",
}


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    faults = "late-seconds=0.4,slow-seconds=0.1,held-seconds=0.3"
    with Simulator(tmp_path, faults=faults, clock=ManualClock(START)) as simulator:
        yield simulator.url


def reserve_with(url: str, fault: str) -> Seen:
    assert ask(url, "POST", "/_simulator/faults", {"fault": fault}).status == 200
    return ask(url, "POST", RESERVE, BODY)


def is_reserved(url: str) -> bool:
    return ask(url, "GET", FIND).status == 200


def test_lost_commits_and_ends_the_connection_without_an_answer(url: str) -> None:
    with pytest.raises(RemoteDisconnected):
        reserve_with(url, "lost")
    assert is_reserved(url)


def test_cut_ends_the_connection_before_anything_is_done(url: str) -> None:
    with pytest.raises(RemoteDisconnected):
        reserve_with(url, "cut")
    assert not is_reserved(url)


def test_late_commits_and_answers_when_the_client_has_gone(url: str) -> None:
    ask(url, "POST", "/_simulator/faults", {"fault": "late"})
    with pytest.raises(TimeoutError):
        ask(url, "POST", RESERVE, BODY, timeout=0.2)
    assert is_reserved(url)


def test_held_is_done_when_the_client_has_gone(url: str) -> None:
    ask(url, "POST", "/_simulator/faults", {"fault": "held", "operation": "createReservation"})
    with pytest.raises(TimeoutError):
        ask(url, "POST", RESERVE, BODY, timeout=0.1)
    assert not is_reserved(url)
    end = time.monotonic() + 5
    while not is_reserved(url):
        assert time.monotonic() < end


def test_what_is_held_comes_after_what_is_asked_meanwhile(url: str) -> None:
    ask(url, "POST", "/_simulator/faults", {"fault": "held", "operation": "createReservation"})
    with pytest.raises(TimeoutError):
        ask(url, "POST", RESERVE, BODY, timeout=0.1)
    repeated = ask(url, "POST", RESERVE, BODY).value["lockerUnitId"]
    end = time.monotonic() + 0.5  # the first request comes within it, and is refused
    while time.monotonic() < end:
        assert ask(url, "GET", FIND).value["lockerUnitId"] == repeated


def test_a_late_answer_is_whole_for_a_client_that_waits(url: str) -> None:
    started = time.monotonic()
    assert reserve_with(url, "late").value["trackingNumber"] == "T1"
    assert time.monotonic() - started >= 0.4


def test_slow_commits_and_answers_after_a_while(url: str) -> None:
    started = time.monotonic()
    assert reserve_with(url, "slow").status == 200
    assert time.monotonic() - started >= 0.1
    assert is_reserved(url)


def test_half_commits_and_ends_within_the_json(url: str) -> None:
    with pytest.raises(IncompleteRead) as caught:
        reserve_with(url, "half")
    assert len(caught.value.partial) == pytest.approx(caught.value.expected or 0, abs=1)
    with pytest.raises(ValueError):
        json.loads(caught.value.partial)
    assert is_reserved(url)


def test_html_commits_and_answers_with_a_page(url: str) -> None:
    seen = reserve_with(url, "html")
    assert seen.status == 200
    assert seen.headers["content-type"] == "text/html"
    assert b"<html>" in seen.body
    assert is_reserved(url)


@pytest.mark.parametrize(
    ("fault", "status", "done"),
    [("401", 401, False), ("429", 429, False), ("500", 500, False), ("503", 503, False), ("500-done", 500, True)],
)
def test_a_status_comes_with_a_message(url: str, fault: str, status: int, done: bool) -> None:  # noqa: FBT001 - a table
    seen = reserve_with(url, fault)
    assert seen.status == status
    assert list(seen.value) == ["message"]
    assert "retry-after" not in seen.headers
    assert is_reserved(url) is done


def test_429_can_say_how_long_to_wait(url: str) -> None:
    seen = reserve_with(url, "429-after")
    assert seen.status == 429
    assert seen.headers["retry-after"] == "1"
    assert not is_reserved(url)


def test_an_empty_refusal_has_no_body(url: str) -> None:
    ask(url, "POST", "/_simulator/faults", {"fault": "404", "body": "empty"})
    seen = ask(url, "GET", FIND)
    assert seen.status == 404
    assert seen.body == b""
    assert seen.headers["content-length"] == "0"


def test_the_connection_stays_open_after_an_injected_status(url: str) -> None:
    with closing(connect(url)) as line:
        for fault in ("503", "429", "html", "slow", "500-done"):
            send(line, "POST", "/_simulator/faults", {"fault": fault})
            port = line.sock.getsockname()
            send(line, "GET", BANKS)
            assert line.sock.getsockname() == port


def test_faults_by_chance_spare_the_state(tmp_path: Path) -> None:
    with Simulator(tmp_path / "other", faults="cut=1") as simulator:
        with pytest.raises(RemoteDisconnected):
            ask(simulator.url, "GET", BANKS)
        assert ask(simulator.url, "GET", "/_simulator/state").value["requests"] == 1


def test_stopping_does_not_wait_for_late_answers(tmp_path: Path) -> None:
    simulator = Simulator(tmp_path / "other", faults="late=1,late-seconds=60")
    simulator.start()
    with closing(connect(simulator.url)) as line:
        line.request("GET", BANKS, headers={"Authorization": "Bearer demo-token"})
        while ask(simulator.url, "GET", "/_simulator/state").value["requests"] < 1:
            pass
        started = time.monotonic()
        simulator.stop()
        assert time.monotonic() - started < 1
        with pytest.raises(ConnectionError):
            line.getresponse()
