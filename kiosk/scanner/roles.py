"""What a device of the desk is for. Values only."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.settings.devices import Devices


class DeviceRole(StrEnum):
    """Which device of the desk something comes from; named like its setting."""

    SCANNER = "scanner"
    """Reads barcodes."""
    BADGE_READER = "badge_reader"
    """Reads who somebody is; nothing of it is ever a parcel."""


def paths_of(devices: Devices) -> dict[DeviceRole, Path]:
    """Return the devices that the settings name."""
    named = {DeviceRole.SCANNER: devices.scanner, DeviceRole.BADGE_READER: devices.badge_reader}
    return {role: path for role, path in named.items() if path is not None}
