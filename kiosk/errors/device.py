"""An input device of the desk can't be read."""

from __future__ import annotations

from kiosk.errors.base import KioskError


class DeviceError(KioskError):
    """Scanner or badge reader can't be read as a device; the code says why, and it is tried again."""

    code = "device_failed"
    retryable = True
