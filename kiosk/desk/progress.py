"""What the desk is doing while a front end waits: codes, which `kiosk/words/progress.py` says in words."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple


class Doing(StrEnum):
    """What is under way."""

    RESERVING_UNIT = "reserving_unit"
    RESERVING_SIZE = "reserving_size"
    """The bank tells no units: the service chooses one."""
    TAKEN_MEANWHILE = "taken_meanwhile"
    """Another desk was faster; the next unit is looked for."""
    ADDING = "adding"
    NAMING_AGAIN = "naming_again"
    """The unit lost older parcels with the change: all are named once more."""


class Progress(NamedTuple):
    """One thing that is under way."""

    doing: Doing
    locker_unit_id: str = ""
    size: str = ""
    bank: str = ""
    tracking_numbers: tuple[str, ...] = ()


Tell = Callable[[Progress], None]
"""Where a step tells what it is doing."""


def nobody_looks_on(_: Progress) -> None:
    """Tell nobody: for scripts and for what happens in the background."""
