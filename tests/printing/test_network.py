"""Printers in the network: silent, refusing, breaking off, out of paper. All of them real, on loopback."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from kiosk.errors import MaybePrintedError, PrinterAwayError, PrinterError
from kiosk.printing import network
from kiosk.printing.job import Job
from kiosk.settings.printer import Host
from tests.printing.printers import (
    COVER_OPEN,
    CUT,
    GOOD,
    OUT_OF_PAPER,
    Behaviour,
    NetworkPrinter,
    drops_at_once,
    drops_midway,
    takes_all,
    takes_nothing,
    tells,
)

DATA = b"\x1b@\x1dv0" + b"picture" * 20_000 + CUT
SOON, LATER = 0.6, 10.0


def send(printer: NetworkPrinter, *, seconds: float = LATER, asks_status: bool = True) -> None:
    job = Job(printer.address, DATA, time.monotonic() + seconds)
    network.send(Host("127.0.0.1", printer.port), job, asks_status=asks_status)


def refused(behaviour: Behaviour, *, seconds: float = LATER) -> PrinterError:
    with NetworkPrinter(behaviour) as printer, pytest.raises(PrinterError) as caught:
        send(printer, seconds=seconds)
    assert caught.value.parameters["printer"] == printer.address
    return caught.value


def test_a_printer_that_tells_its_status_gets_the_job_whole() -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        send(printer)
    assert bytes(printer.received) == DATA


def test_a_printer_that_answers_nothing_gets_the_job_and_is_believed() -> None:
    with NetworkPrinter(takes_all) as printer:
        send(printer)
    assert bytes(printer.received).endswith(DATA)


def test_a_label_printer_is_asked_nothing() -> None:
    with NetworkPrinter(takes_all) as printer:
        send(printer, asks_status=False)
    assert bytes(printer.received) == DATA


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (tells(OUT_OF_PAPER), "printer_out_of_paper"),
        (tells(COVER_OPEN), "printer_cover_open"),
        (drops_at_once, "printer_refused"),
    ],
)
def test_before_anything_left_it_is_sure_that_nothing_was_printed(behaviour: Behaviour, code: str) -> None:
    error = refused(behaviour)
    assert (type(error), error.code) == (PrinterAwayError, code)
    assert error.retryable


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (tells(GOOD, OUT_OF_PAPER), "printer_out_of_paper_midway"),
        (tells(GOOD, COVER_OPEN), "printer_cover_open_midway"),
        (drops_midway, "printer_broke_off"),
    ],
)
def test_after_that_paper_may_have_come_out(behaviour: Behaviour, code: str) -> None:
    error = refused(behaviour)
    assert (type(error), error.code) == (MaybePrintedError, code)
    assert not error.retryable


def test_a_printer_that_told_its_status_and_is_silent_after_the_job_is_stuck() -> None:
    error = refused(tells(GOOD, None), seconds=SOON)
    assert (type(error), error.code) == (MaybePrintedError, "printer_stuck")


def test_a_printer_that_takes_nothing_is_stuck() -> None:
    error = refused(takes_nothing, seconds=SOON)
    assert (type(error), error.code) == (MaybePrintedError, "printer_stuck")


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_port_on_which_nobody_listens_refuses(closed_port: int) -> None:
    job = Job("tcp://127.0.0.1", DATA, time.monotonic() + LATER)
    for act in (network.send, network.look):
        with pytest.raises(PrinterAwayError) as caught:
            act(Host("127.0.0.1", closed_port), job, asks_status=True)
        assert caught.value.code == "printer_refused"


@pytest.mark.parametrize("host", ["no-such-printer.invalid", "a" * 70, "ü..x"])
def test_a_host_that_is_not_there_can_not_be_reached(host: str) -> None:
    with pytest.raises(PrinterAwayError) as caught:
        network.look(Host(host, 9100), Job("tcp://x", b"", time.monotonic() + LATER), asks_status=False)
    assert caught.value.code == "printer_unreachable"
    assert caught.value.parameters["text"]


def test_a_look_prints_nothing_and_tells_whether_the_status_is_known() -> None:
    def looked(behaviour: Behaviour) -> object:
        with NetworkPrinter(behaviour) as printer:
            job = Job(printer.address, b"", time.monotonic() + LATER)
            status = network.look(Host("127.0.0.1", printer.port), job, asks_status=True)
        assert not printer.received.replace(b"\x10\x04\x02", b"")
        return status

    assert looked(tells(GOOD)) is not None
    assert looked(takes_all) is None
