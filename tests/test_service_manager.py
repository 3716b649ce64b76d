"""What systemd hears of the kiosk, and that nobody waits for it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.service_manager import ServiceManager


@pytest.fixture
def address(tmp_path: Path) -> str:
    return str(tmp_path / "notify")


@pytest.fixture
def listener(address: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(address)
        listening.setblocking(False)
        yield listening


def test_it_hears_what_is_told(listener: socket.socket, address: str) -> None:
    ServiceManager({"NOTIFY_SOCKET": address}).tell("READY=1")
    assert listener.recv(100) == b"READY=1"


def test_an_address_without_a_file_is_understood() -> None:
    name = f"kiosk-test-{os.getpid()}"
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(f"\0{name}")
        listening.setblocking(False)
        ServiceManager({"NOTIFY_SOCKET": f"@{name}"}).tell("READY=1")
        assert listening.recv(100) == b"READY=1"


def test_one_that_does_not_read_or_is_gone_holds_nobody_up(listener: socket.socket, address: str) -> None:
    manager = ServiceManager({"NOTIFY_SOCKET": address})
    for _ in range(10_000):
        manager.tell("WATCHDOG=1")
    assert listener.recv(100) == b"WATCHDOG=1"
    listener.close()
    manager.tell("STOPPING=1")


def test_without_it_nobody_is_told() -> None:
    manager = ServiceManager({"WATCHDOG_USEC": "400000"})
    manager.tell("READY=1")
    assert manager.tell_every_seconds is None


@pytest.mark.parametrize(
    ("variables", "seconds"),
    [
        ({}, 1.0),
        ({"WATCHDOG_USEC": "30000000"}, 1.0),
        ({"WATCHDOG_USEC": "400000"}, 0.1),
        ({"WATCHDOG_USEC": "400000", "WATCHDOG_PID": str(os.getpid())}, 0.1),
        ({"WATCHDOG_USEC": "400000", "WATCHDOG_PID": "1"}, 1.0),
        ({"WATCHDOG_USEC": "soon"}, 1.0),
        ({"WATCHDOG_USEC": "0"}, 1.0),
    ],
)
def test_how_often_it_is_told_that_the_process_lives(variables: dict[str, str], seconds: float) -> None:
    assert ServiceManager({"NOTIFY_SOCKET": "/nowhere", **variables}).tell_every_seconds == seconds
