"""Reading a device: its times, its silences, what is lost, and how it comes back."""

from __future__ import annotations

import asyncio
import errno
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Self

import pytest

from kiosk.errors import DeviceError
from kiosk.scanner.device_reader import LONGEST_PAUSE_SECONDS, DeviceReader, Signs
from kiosk.scanner.input_device import EvdevDevice, InputDevice, open_input_device, why
from kiosk.scanner.keystrokes import EV_KEY, DeviceClock, KeyEvent
from kiosk.scanner.listening import Take
from kiosk.scanner.machine import SILENCES, Machine
from kiosk.scanner.tokens import Act, Lost, Scan
from kiosk.tracking.codes import Code
from tests.scanner.plug import Plug
from tests.scanner.quick_loop import QuickLoop
from tests.scanner.us_keyboard import ENTER, LEFT_SHIFT, SYN, report, strokes

PATH = Path("/dev/input/by-id/usb-scanner-event-kbd")
DROPPED = KeyEvent(SYN, 3, 0, 0.0)
UPS = "1Z999AA10123456784"
PATIENCE = 20.0
no_evdev = pytest.mark.skipif(
    find_spec("evdev") is None, reason="no evdev: gcc, linux-libc-dev, python3-dev; make venv"
)


class ListeningLoop:
    """Reads a device in the loop itself, so that nothing comes from another thread at its own time."""

    def __init__(self, device: InputDevice, take: Take) -> None:
        self._fd = device.fd
        asyncio.get_running_loop().add_reader(device.fd, self._read, device, take)

    def stop(self) -> None:
        asyncio.get_running_loop().remove_reader(self._fd)

    @staticmethod
    def _read(device: InputDevice, take: Take) -> None:
        try:
            take(device.read())
        except DeviceError as error:
            take(error)


class Desk:
    """Somebody who hears a device, on a loop that does not wait."""

    def __init__(self) -> None:
        self.loop = QuickLoop()
        self.plug = Plug()
        self.reader = DeviceReader(PATH, self.plug.open, hear=self._hear, tell=self._tell, listen=ListeningLoop)
        self.machine = Machine(is_certain=lambda code: code.startswith("1Z"), only_scans=True)
        self.heard: list[Signs | Lost] = []
        self.told: list[tuple[float, str]] = []
        self.acts: list[Act] = []

    def _hear(self, heard: Signs | Lost) -> None:
        self.heard.append(heard)
        if isinstance(heard, Lost):
            self.machine.forget_typed()
            return
        self.acts += [act for each in heard.arrivals for act in self.machine.feed(each.token, each.at)]
        self.acts += self.machine.quiet(heard.at)

    def _tell(self, error: DeviceError | None) -> None:
        self.told.append((self.loop.time(), error.code if error else "open"))

    def start(self) -> None:
        self.after(self.reader.start)

    def after(self, act: object = None, *, seconds: float = 0.0) -> None:
        """Do something, and let so many seconds pass."""

        async def passing() -> None:
            if callable(act):
                act()
            await asyncio.sleep(seconds)

        self.loop.run_until_complete(passing())

    def scan(self, text: str, end: str = "\r", *, rest: float = 5.0) -> None:
        self.plug.scan(text, end, rest=rest)
        self.after(seconds=1.0)

    @property
    def signs(self) -> str:
        return "".join(
            each.token.character or "" for heard in self.heard if isinstance(heard, Signs) for each in heard.arrivals
        )


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.after(desk.reader.close)
    desk.plug.put_away()
    desk.loop.close()


def test_a_scan_is_a_scan_at_once_where_it_is_certain(desk: Desk) -> None:
    desk.start()
    desk.plug.scan(UPS)
    desk.after()
    assert desk.acts == [Scan((Code(UPS),))]


def test_what_may_be_a_line_of_something_waits_for_silence(desk: Desk) -> None:
    desk.start()
    desk.plug.scan("PO 4711")
    desk.after()
    assert desk.acts == []
    desk.after(seconds=0.2)
    assert desk.acts == [Scan((Code("PO 4711"),))]


def test_the_lines_of_one_burst_are_one_scan_and_two_scans_are_two_though_they_are_read_together(desk: Desk) -> None:
    desk.start()
    desk.scan("[)>\x1e06\rLINE 2")
    assert desk.acts == [Scan((Code("[)>\x1e06"), Code("LINE 2")))]
    desk.acts.clear()
    # The program stood still meanwhile: only the kernel's times tell that they came apart.
    desk.plug.scan("PO 1")
    desk.plug.scan("PO 2", rest=1.0)
    desk.after(seconds=1.0)
    assert desk.acts == [Scan((Code("PO 1"),)), Scan((Code("PO 2"),))]


def test_silences_are_told_once_each_and_only_when_nothing_waits(desk: Desk) -> None:
    desk.start()
    desk.scan("T1")
    last = desk.heard[-len(SILENCES) - 1]
    assert isinstance(last, Signs)
    silences = [heard.at - last.at for heard in desk.heard if isinstance(heard, Signs) and not heard.arrivals]
    assert len(silences) == len(SILENCES)
    assert all(silent > silence for silent, silence in zip(silences, SILENCES, strict=True))
    told = len(desk.heard)
    desk.after(seconds=60.0)
    assert len(desk.heard) == told


def test_a_scanner_without_an_end_is_ended_by_silence(desk: Desk) -> None:
    desk.machine.ends_by_silence = True
    desk.start()
    desk.scan("PO 4711", end="")
    assert desk.acts == [Scan((Code("PO 4711"),))]


def test_a_device_that_is_missing_is_tried_again_ever_more_rarely(desk: Desk) -> None:
    desk.plug.pull_out()
    desk.start()
    desk.after(seconds=120.0)
    times = [at for at, _ in desk.told]
    pauses = [round(later - sooner, 1) for sooner, later in pairwise(times)]
    assert pauses[:4] == [1.0, 2.0, 4.0, 8.0]
    assert set(pauses[3:]) == {LONGEST_PAUSE_SECONDS}
    assert {code for _, code in desk.told} == {"device_missing"}


def test_unplugged_in_the_middle_it_says_so_and_comes_back_without_the_part(desk: Desk) -> None:
    desk.start()
    desk.plug.scan("1Z999AA1", end="")
    desk.after(seconds=0.01)
    desk.plug.pull_out()
    desk.after(seconds=30.0)
    assert Lost() in desk.heard
    assert desk.told[-1][1] == "device_missing"
    assert desk.plug.tries <= 7
    assert desk.plug.device is not None
    assert desk.plug.device.is_closed
    desk.plug.plug_in()
    desk.after(seconds=LONGEST_PAUSE_SECONDS)
    assert desk.told[-1][1] == "open"
    desk.scan("1Z0123456784")
    assert desk.acts == [Scan((Code("1Z0123456784"),))]


def test_a_whole_code_right_before_it_was_unplugged_counts(desk: Desk) -> None:
    desk.start()
    desk.plug.scan("PO 4711")
    desk.after(seconds=0.01)
    assert desk.acts == []
    desk.after(desk.plug.pull_out, seconds=0.01)
    assert desk.acts == [Scan((Code("PO 4711"),))]
    assert Lost() not in desk.heard


def test_unplugged_at_rest_nothing_was_lost(desk: Desk) -> None:
    desk.start()
    desk.scan("T1")
    desk.after(desk.plug.pull_out, seconds=1.0)
    assert Lost() not in desk.heard
    assert desk.told[-1][1] == "device_missing"


def test_a_device_that_comes_and_goes_is_no_busy_loop(desk: Desk) -> None:
    desk.start()
    for _ in range(5):
        desk.plug.pull_out()
        desk.after(seconds=0.1)
        desk.plug.plug_in()
        desk.after(seconds=10.0)
    assert desk.plug.tries <= 11


def test_what_the_kernel_dropped_is_told_and_the_rest_of_that_scan_does_not_count(desk: Desk) -> None:
    desk.start()
    desk.plug.send([*strokes("1Z999AA1"), DROPPED, *report(), *strokes("56784\r")])
    desk.after(seconds=1.0)
    assert Lost() in desk.heard
    assert desk.acts == []
    desk.scan("1Z0123456784")
    assert desk.acts == [Scan((Code("1Z0123456784"),))]


def test_what_is_held_is_asked_after_a_loss(desk: Desk) -> None:
    desk.plug.held = [LEFT_SHIFT]
    desk.start()
    desk.plug.send([*report((LEFT_SHIFT, 0)), DROPPED, *report()])
    desk.after(seconds=1.0)
    desk.scan("a")
    assert desk.signs == "A\r"


def test_once_closed_nothing_is_tried_or_read(desk: Desk) -> None:
    desk.start()
    desk.after(desk.reader.close, seconds=60.0)
    assert (desk.plug.tries, desk.heard) == (1, [])
    desk.plug.pull_out()
    desk.start()
    desk.after(desk.reader.close, seconds=60.0)
    assert desk.plug.tries == 2


def test_a_clock_that_is_set_anew_does_not_go_back() -> None:
    clock = DeviceClock()
    assert [round(clock.taken(at), 3) for at in (100.0, 100.25, 40.0, 40.25, 40.25)] == [0.0, 0.25, 0.25, 0.5, 0.5]


@no_evdev
def test_evdev_reads_the_same_off_the_file(desk: Desk) -> None:
    kind = import_module("evdev").InputDevice

    def opened(path: Path) -> EvdevDevice:
        piped = desk.plug.open(path)
        piped.is_closed = True  # evdev closes it
        device = kind.__new__(kind)  # a pipe has no answer to what its constructor asks
        device.fd, device.path = piped.fd, str(path)
        return EvdevDevice(device)

    desk.reader = DeviceReader(PATH, opened, hear=desk._hear, tell=desk._tell, listen=ListeningLoop)
    desk.start()
    desk.scan("]C1" + UPS)
    assert desk.signs == "]C1" + UPS + "\r"
    desk.after(desk.plug.pull_out, seconds=0.5)
    assert [code for _, code in desk.told] == ["open", "device_missing"]


@no_evdev
@pytest.mark.parametrize(("name", "code"), [("nothing", "device_missing"), ("a file", "device_is_none")])
def test_what_is_no_device_is_said_to_be_that(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(DeviceError) as raised:
        open_input_device(tmp_path / name)
    assert (raised.value.code, raised.value.parameters["path"]) == (code, str(tmp_path / name))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "device_not_allowed"),
        (errno.EBUSY, "device_busy"),
        (errno.ENODEV, "device_missing"),
        (errno.EIO, "device_failed"),
    ],
)
def test_each_refusal_of_the_system_has_its_code(number: int, code: str) -> None:
    assert why(PATH, OSError(number, "?")).code == code


class Kernel(ModuleType):
    """Stands for evdev where there is no device: a keyboard, as far as the kernel would say."""

    def __init__(self, keys: Sequence[int] = (ENTER,), refusal: int = 0) -> None:
        super().__init__("evdev")
        self.__spec__ = ModuleSpec("evdev", None)
        self.InputDevice = self.opened
        self._keys, self._refusal = keys, refusal
        self.fd = 7
        self.done: list[str] = []

    def opened(self, path: str, *, readonly: bool) -> Self:
        self.done.append(f"open {path} {'to read' if readonly else 'to write'}")
        return self

    def capabilities(self) -> dict[int, Sequence[int]]:
        return {EV_KEY: self._keys}

    def grab(self) -> None:
        if self._refusal:
            raise OSError(self._refusal, "?")
        self.done.append("grab")

    def close(self) -> None:
        self.done.append("close")


def test_a_device_is_opened_to_read_and_for_the_kiosk_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Kernel()
    monkeypatch.setitem(sys.modules, "evdev", kernel)
    assert open_input_device(PATH).fd == 7
    assert kernel.done == [f"open {PATH} to read", "grab"]


@pytest.mark.parametrize(
    ("kernel", "code"),
    [(Kernel(keys=(0x110,)), "device_is_none"), (Kernel(refusal=errno.EBUSY), "device_busy")],
    ids=["a mouse", "grabbed by another"],
)
def test_what_can_not_be_used_is_closed_again(monkeypatch: pytest.MonkeyPatch, kernel: Kernel, code: str) -> None:
    monkeypatch.setitem(sys.modules, "evdev", kernel)
    with pytest.raises(DeviceError) as raised:
        open_input_device(PATH)
    assert raised.value.code == code
    assert kernel.done[-1] == "close"


def test_without_the_extra_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "evdev", None)
    with pytest.raises(DeviceError) as raised:
        open_input_device(PATH)
    assert raised.value.code == "evdev_not_installed"


async def test_a_loop_that_stands_still_loses_nothing_of_a_scan() -> None:
    plug, heard, codes, is_all = (
        Plug(),
        list[Signs | Lost](),
        [f"PO {number:04}" for number in range(40)],
        asyncio.Event(),
    )

    def text() -> str:
        signs = (each for told in heard if isinstance(told, Signs) for each in told.arrivals)
        return "".join(each.token.character or "" for each in signs)

    def hear(told: Signs | Lost) -> None:
        heard.append(told)
        if text() == "".join(f"{code}\r" for code in codes):
            is_all.set()

    reader = DeviceReader(PATH, plug.open, hear=hear, tell=lambda _: None)
    reader.start()
    for code in codes:
        plug.scan(code, rest=1.0)
    end = time.monotonic() + PATIENCE
    while plug.waiting and time.monotonic() < end:
        pass  # the loop does nothing, and the device is read all the same
    assert heard == []
    async with asyncio.timeout(PATIENCE):
        await is_all.wait()
    # No silence was taken for one before what waited was taken.
    assert all(each.arrivals for each in heard if isinstance(each, Signs))
    reader.close()
    plug.put_away()
