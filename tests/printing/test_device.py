"""Device files: pipes stand for USB printers, for the kernel treats both alike where nobody is at the other end."""

from __future__ import annotations

import fcntl
import os
import select
import threading
import time
from pathlib import Path

import pytest

from kiosk.errors import MaybePrintedError, PrinterAwayError, PrinterError
from kiosk.printing import device
from kiosk.printing.job import Job
from kiosk.settings.printer import Device

DATA = b"\x1b@" + b"picture" * 30_000
"""More than a pipe holds."""


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "lp0"
    os.mkfifo(path)
    return path


def job(data: bytes = DATA, seconds: float = 10.0) -> Job:
    return Job("file:///dev/usb/lp0", data, time.monotonic() + seconds)


def test_a_device_gets_the_job_whole(pipe: Path) -> None:
    received: list[bytes] = []
    # Opened to read and write, for that does not wait for somebody who writes.
    reading = os.open(pipe, os.O_RDWR)

    def read() -> None:
        while sum(map(len, received)) < len(DATA):
            received.append(os.read(reading, 4096))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    device.look(Device(pipe), job())
    device.send(Device(pipe), job())
    reader.join(10)
    os.close(reading)
    assert b"".join(received) == DATA


def test_a_device_behind_which_nobody_is_can_not_be_reached(pipe: Path) -> None:
    for path in (pipe, pipe.with_name("lp1")):
        with pytest.raises(PrinterAwayError) as caught:
            device.send(Device(path), job())
        assert caught.value.code == "printer_unreachable"
        assert caught.value.parameters["text"]


def test_a_device_that_takes_a_part_and_no_more_is_stuck(pipe: Path) -> None:
    reading = os.open(pipe, os.O_RDWR)
    with pytest.raises(MaybePrintedError) as caught:
        device.send(Device(pipe), job(seconds=0.2))
    assert caught.value.code == "printer_stuck"
    # It is full now, and takes nothing of a second job.
    with pytest.raises(PrinterAwayError) as busy:
        device.send(Device(pipe), job(seconds=0.2))
    assert busy.value.code == "printer_busy"
    os.close(reading)


def test_what_the_device_still_holds_at_the_end_is_not_printed_yet(pipe: Path) -> None:
    reading = os.open(pipe, os.O_RDWR)
    holds = fcntl.fcntl(reading, fcntl.F_GETPIPE_SZ)
    device.send(Device(pipe), job(b"x" * (holds // 2)))
    with pytest.raises(MaybePrintedError) as caught:
        device.send(Device(pipe), job(b"x" * (holds // 2), seconds=0.2))
    os.close(reading)
    assert caught.value.code == "printer_stuck"


def test_a_device_that_goes_away_midway_may_have_printed(pipe: Path) -> None:
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def leave() -> None:
        select.select([reading], [], [], 10)
        os.close(reading)

    leaving = threading.Thread(target=leave, daemon=True)
    leaving.start()
    with pytest.raises(MaybePrintedError) as caught:
        device.send(Device(pipe), job())
    leaving.join(10)
    assert caught.value.code == "printer_broke_off"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full: run on Linux")
def test_the_kernels_word_for_no_paper_is_understood() -> None:
    with pytest.raises(PrinterAwayError) as caught:
        device.send(Device(Path("/dev/full")), job())
    assert caught.value.code == "printer_out_of_paper"


def test_a_file_is_no_device(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    for path in (tmp_path, tmp_path / "file"):
        with pytest.raises(PrinterError) as caught:
            device.send(Device(path), job())
        assert (type(caught.value), caught.value.code) == (PrinterError, "printer_no_device")
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere: run as another user")
def test_a_device_of_somebody_else_is_not_allowed(pipe: Path) -> None:
    pipe.chmod(0o400)
    with pytest.raises(PrinterError) as caught:
        device.look(Device(pipe), job())
    assert (type(caught.value), caught.value.code) == (PrinterError, "printer_not_allowed")
