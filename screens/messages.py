"""Messages that cross screens: where a parcel goes next. Messages of a widget stand in that widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from kiosk.errors import KioskError
    from kiosk.models.lockers import LockerSize
    from kiosk.models.parcels import Parcel


@dataclass
class Scanned(Message):
    """A scan came in that belongs to no field of the screen: a new parcel."""

    text: str


@dataclass
class Confirmed(Message):
    """The main key was tapped instead of Enter, while a field holds text."""


@dataclass
class StepDone(Message):
    """A step of an intake is done: show what the parcel needs next, with a word about what is different now."""

    parcel: Parcel
    word: str = ""


@dataclass
class Opened(Message):
    """Somebody wants to see a parcel, wherever it stands."""

    parcel: Parcel


@dataclass
class WentHome(Message):
    """The screen is left; what was half done stays under Unfinished."""

    word: str = ""


@dataclass
class Showed(Message):
    """Another screen is wanted for the same parcel, by its name in the registry."""

    screen: str
    parcel: Parcel
    too_small: LockerSize | None = None
    """The size that the parcel did not fit."""


@dataclass
class EndedElsewhere(Message):
    """A flow ended after its screen was left; with the error, if it failed."""

    error: KioskError | None = None
