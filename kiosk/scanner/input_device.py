"""An input device of Linux, opened for the kiosk alone: the only place that knows evdev.

What its events type is in `keystrokes.py`, who reads it and opens it again in `device_reader.py`.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kiosk.errors import DeviceError
from kiosk.scanner.keystrokes import ENTER, EV_KEY, KeyEvent

if TYPE_CHECKING:
    import evdev

_NOT_THERE = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR}
_NO_DEVICE = {errno.ENOTTY, errno.EINVAL, errno.EISDIR}
_CODES = (
    (_NOT_THERE, "device_missing"),
    ({errno.EACCES, errno.EPERM}, "device_not_allowed"),
    ({errno.EBUSY}, "device_busy"),
    (_NO_DEVICE, "device_is_none"),
)
"""What each error of the system means."""


class InputDevice(Protocol):
    """A device that is open, and that nobody else hears any more."""

    @property
    def fd(self) -> int:
        """What tells that there is something to read."""
        ...

    def read(self) -> Sequence[KeyEvent]:
        """Return the events that wait; raises DeviceError once the device is gone."""
        ...

    def held(self) -> Sequence[int]:
        """Return the keys that are down."""
        ...

    def close(self) -> None:
        """Give the device back."""
        ...


OpenDevice = Callable[[Path], InputDevice]
"""Opens a device; raises DeviceError."""


class EvdevDevice:
    """A device of the kernel."""

    def __init__(self, device: evdev.InputDevice[str]) -> None:
        self._device = device
        self.fd: int = device.fd
        """What tells that there is something to read."""

    def read(self) -> Sequence[KeyEvent]:
        """Return the events that wait; raises DeviceError once the device is gone."""
        try:
            events = [KeyEvent(each.type, each.code, each.value, each.timestamp()) for each in self._device.read()]
        except BlockingIOError:  # it was woken for nothing
            return []
        except OSError as error:
            raise DeviceError("device_missing", path=str(self._device.path)) from error
        # It tells of nothing to read by an error; an end without one is the device's, too.
        if not events:
            raise DeviceError("device_missing", path=str(self._device.path))
        return events

    def held(self) -> Sequence[int]:
        """Return the keys that are down; none where the device is gone, which the next reading tells."""
        try:
            return list(self._device.active_keys())
        except (OSError, SystemError):  # evdev 2.0.0 fails without an error of its own
            return []

    def close(self) -> None:
        """Give the device back."""
        self._device.close()


def open_input_device(path: Path) -> InputDevice:
    """Open a keyboard for this process alone; raises DeviceError."""
    if find_spec("evdev") is None:
        raise DeviceError("evdev_not_installed")
    import evdev  # noqa: PLC0415 - the package of an extra

    try:
        device = evdev.InputDevice(str(path), readonly=True)
    except OSError as error:
        raise why(path, error) from error
    if ENTER not in device.capabilities().get(EV_KEY, ()):
        device.close()
        raise DeviceError("device_is_none", path=str(path))
    try:
        device.grab()
    except OSError as error:
        device.close()
        raise why(path, error) from error
    return EvdevDevice(device)


def why(path: Path, error: OSError) -> DeviceError:
    """Return what an error of the system means for a device."""
    for numbers, code in _CODES:
        if error.errno in numbers:
            return DeviceError(code, path=str(path))
    return DeviceError("device_failed", path=str(path), text=error.strerror or str(error))
