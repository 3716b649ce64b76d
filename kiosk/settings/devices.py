"""The section `[devices]`: scanner and badge reader as devices of their own, apart from the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section, WrongValueError


def _is_another(reader: Path | None, section: ValidationInfo) -> Path | None:
    if reader is not None and reader == section.data.get("scanner"):
        raise WrongValueError("device_twice")
    return reader


class Devices(Section):
    """Which input devices the kiosk reads by itself; without a path it types like any keyboard."""

    scanner: AbsolutePath = None
    """The scanner's device, such as `/dev/input/by-id/usb-...-event-kbd`: what it sends is always a scan."""
    badge_reader: Annotated[AbsolutePath, AfterValidator(_is_another)] = None
    """The badge reader's device: what it sends is always a badge, and never a parcel."""
