"""What keeps scanner and badge reader from being read, in a few words with what to do: for a line without more room."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.errors import DeviceError
from kiosk.scanner.roles import DeviceRole
from kiosk.words.language import N_, _

_UNPLUGGED = {
    DeviceRole.SCANNER: N_("scanner not found: plug it in"),
    DeviceRole.BADGE_READER: N_("badge reader not found: plug it in"),
}
_UNREADABLE = {
    DeviceRole.SCANNER: N_("scanner can't be read: tell the operator"),
    DeviceRole.BADGE_READER: N_("badge reader can't be read: tell the operator"),
}


def device_signs(ailing: Mapping[DeviceRole, DeviceError]) -> str:
    """Return what is wrong with the first device that can't be read; empty where all can."""
    for role in DeviceRole:
        if (error := ailing.get(role)) is not None:
            return _((_UNPLUGGED if error.code == "device_missing" else _UNREADABLE)[role])
    return ""
