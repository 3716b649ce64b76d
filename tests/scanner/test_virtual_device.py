"""A scanner that the kernel itself makes up (uinput): opened, grabbed, read, unplugged."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import DeviceError
from kiosk.scanner.input_device import InputDevice, open_input_device
from kiosk.scanner.keystrokes import EV_KEY, EV_SYN, KeyEvent, Keystrokes
from kiosk.scanner.tokens import Key, Sign
from tests.scanner.us_keyboard import strokes

UINPUT = Path("/dev/uinput")
PATIENCE = 10.0
pytestmark = pytest.mark.skipif(
    find_spec("evdev") is None or not os.access(UINPUT, os.W_OK),
    reason="no virtual input device: as root, modprobe uinput, and evdev (make venv)",
)


@pytest.fixture
def scanner() -> Iterator[Any]:
    scanner = import_module("evdev").UInput(name="kiosk test scanner")
    yield scanner
    scanner.close()


def sent(scanner: Any, text: str) -> None:
    for event in strokes(text):
        if event.kind in {EV_KEY, EV_SYN}:
            scanner.write(event.kind, event.code, event.value)


def events_of(device: InputDevice, count: int) -> list[KeyEvent]:
    events, end = list[KeyEvent](), time.monotonic() + PATIENCE
    while sum(event.kind == EV_KEY and event.value == 1 for event in events) < count and time.monotonic() < end:
        events += device.read()
    return events


def test_what_the_kernel_tells_of_a_scan_is_what_was_scanned(scanner: Any) -> None:
    device = open_input_device(Path(scanner.device.path))
    sent(scanner, "1z-9\r")
    keys = Keystrokes()
    typed = [token for event in events_of(device, 5) if (token := keys.feed(event)) is not None]
    assert typed == [*map(Sign, "1z-9"), Key("enter", "\r")]
    device.close()


def test_only_one_program_has_it(scanner: Any) -> None:
    path = Path(scanner.device.path)
    device = open_input_device(path)
    with pytest.raises(DeviceError) as raised:
        open_input_device(path)
    assert raised.value.code == "device_busy"
    device.close()
    open_input_device(path).close()


def test_unplugged_it_is_missing(scanner: Any) -> None:
    path = Path(scanner.device.path)
    device = open_input_device(path)
    scanner.close()
    with pytest.raises(DeviceError) as raised:
        events_of(device, 1)
    assert raised.value.code == "device_missing"
    assert list(device.held()) == []
    device.close()
    with pytest.raises(DeviceError) as raised:
        open_input_device(path)
    assert raised.value.code == "device_missing"
