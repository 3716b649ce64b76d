"""The steps of `kiosk check` about devices, and the scanner test on a device, whatever reads it."""

from __future__ import annotations

import os
import pty
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli.answers import Answer
from kiosk.cli.check_scanner import check_devices
from kiosk.cli.scanner import read_device
from kiosk.errors import DeviceError
from kiosk.scanner.doctor import Diagnosis, End
from kiosk.settings import Devices
from kiosk.tracking.testcode import TEST_CODE
from tests.cli.harness import Kiosk
from tests.scanner.plug import PipedDevice, Plug
from tests.scanner.us_keyboard import strokes

SCANNER, READER = Path("/dev/input/by-id/scanner"), Path("/dev/input/by-id/reader")
BOTH = Devices(scanner=SCANNER, badge_reader=READER)


@pytest.fixture
def plug() -> Iterator[Plug]:
    plug = Plug()
    yield plug
    plug.put_away()


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    person, program = pty.openpty()
    tty.setraw(program)
    yield person, program
    os.close(person)
    os.close(program)


def test_devices_that_can_be_opened_are_given_back(plug: Plug) -> None:
    opened: list[PipedDevice] = []

    def open_device(path: Path) -> PipedDevice:
        opened.append(plug.open(path))
        return opened[-1]

    step = check_devices(BOTH, open_device)
    assert (step.ok, step.code) == (True, "devices_readable")
    assert step.values == {"scanner": str(SCANNER), "badgeReader": str(READER)}
    assert [device.is_closed for device in opened] == [True, True]


@pytest.mark.parametrize(
    ("why", "ok", "code"),
    [
        ("device_missing", False, "device_missing"),
        ("device_not_allowed", False, "device_not_allowed"),
        # The kiosk that is open has it: that is as it should be.
        ("device_busy", None, "devices_in_use"),
    ],
)
def test_a_device_that_can_not_be_opened(plug: Plug, why: str, ok: bool | None, code: str) -> None:  # noqa: FBT001
    plug.pull_out()
    plug.refusal = why
    step = check_devices(BOTH, plug.open)
    assert (step.ok, step.code) == (ok, code)
    assert step.values["scanner"] == str(SCANNER)


def test_that_the_kiosk_has_one_hides_no_fault_of_the_other() -> None:
    def open_device(path: Path) -> PipedDevice:
        raise DeviceError("device_busy" if path == SCANNER else "device_missing", path=str(path))

    assert check_devices(BOTH, open_device).code == "device_missing"


def test_a_missing_device_fails_the_command_and_says_what_to_do(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DEVICES__SCANNER", "/dev/input/by-id/usb-nothing-event-kbd")
    result = kiosk("check")
    assert result.code == 1
    assert "failed   devices" in result.out


def test_a_scan_is_read_off_the_device_as_it_was_sent(plug: Plug, terminal: tuple[int, int]) -> None:
    device = plug.open(SCANNER)
    plug.send(strokes(f"~{TEST_CODE}\r\n", gap=0.012))
    diagnosis = read_device(device, terminal[1], wait_seconds=5)
    assert isinstance(diagnosis, Diagnosis)
    assert (diagnosis.prefix, diagnosis.end) == ("~", End.ENTER_AND_LINE_FEED)
    # By the kernel's times, though all of it was read at once.
    assert diagnosis.median_ms == pytest.approx(12, abs=0.2)
    assert diagnosis.found is not None
    assert diagnosis.found.layout.name == "US"


@pytest.mark.parametrize(("key", "answer"), [("\x1b", Answer.NONE), ("\x03", Answer.NONE), ("n", Answer.NO)])
def test_a_key_at_the_terminal_says_that_no_scan_comes(
    plug: Plug, terminal: tuple[int, int], key: str, answer: Answer
) -> None:
    os.write(terminal[0], key.encode())
    assert read_device(plug.open(SCANNER), terminal[1], wait_seconds=5) is answer


def test_unplugged_meanwhile_it_ends(plug: Plug, terminal: tuple[int, int]) -> None:
    device = plug.open(SCANNER)
    plug.pull_out()
    assert read_device(device, terminal[1], wait_seconds=5) is Answer.NO


def test_a_dropped_line_ends_it(plug: Plug) -> None:
    person, program = pty.openpty()
    tty.setraw(program)
    os.close(person)
    assert read_device(plug.open(SCANNER), program) is Answer.NONE
    os.close(program)


def test_nobody_is_waited_for_for_ever(plug: Plug, terminal: tuple[int, int]) -> None:
    assert read_device(plug.open(SCANNER), terminal[1], wait_seconds=0.05) is Answer.NONE


def test_both_roles_need_a_device_each(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SCANNER", "BADGE_READER"):
        monkeypatch.setenv(f"KIOSK_DEVICES__{name}", str(SCANNER))
    result = kiosk("check", "--json")
    assert result.code == 1
    assert result.json["steps"][0]["error"]["code"] == "device_twice"
