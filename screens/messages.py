"""Messages that cross screens: where a parcel goes next. Messages of a widget stand in that widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from kiosk.errors import KioskError
    from kiosk.parcels.lockers import LockerSize
    from kiosk.parcels.parcel import Parcel
    from screens.base import ClerkScreen
    from screens.widgets.notice import NoticeKind


@dataclass
class Rang(Message):
    """Somebody who does not look at the screen shall hear what happened."""

    kind: NoticeKind


@dataclass
class Confirmed(Message):
    """The main key was tapped instead of Enter, while a field holds text."""


class Join(NamedTuple):
    """The code scanned last is on the same box as the one before it."""

    parcel: Parcel
    other: Parcel


class Separate(NamedTuple):
    """A code is not on this box after all."""

    parcel: Parcel
    code: str


class TakeIn(NamedTuple):
    """A number that was typed is to be taken in, or opens the parcel that it finds."""

    number: str


class MakeNumber(NamedTuple):
    """A parcel without a barcode needs a number."""


@dataclass
class NumberAsked(Message):
    """Something is to be done with the numbers of boxes that are in the clerk's hands."""

    what: Join | Separate | TakeIn | MakeNumber


@dataclass
class EntryUsed(Message):
    """What was typed was used, or given up, by another key than Enter or by a tap."""


class Moved(Message):
    """Another screen is wanted. What a screen asked for that has been left meanwhile moves nothing."""

    origin: ClerkScreen | None = None
    """The screen that asks, where it is to give way."""
    turn: int = 0
    """Which turn of that screen asks."""

    def still_wanted(self, shown: Sequence[Screen[Any]]) -> bool:
        """Tell whether the screen that asks is still there."""
        return self.origin is None or (self.origin in shown and self.origin.turn == self.turn)


@dataclass
class StepDone(Moved):
    """A step of an intake is done: show what the parcel needs next, with a word about what is different now."""

    parcel: Parcel
    word: str = ""
    hint: str = ""


@dataclass
class Opened(Moved):
    """Somebody wants to see a parcel, wherever it stands."""

    parcel: Parcel
    word: str = ""
    hint: str = ""


@dataclass
class WentHome(Moved):
    """The screen is left; what was half done stays under Unfinished."""

    word: str = ""


@dataclass
class Showed(Moved):
    """Another screen is wanted for the same parcel, by its name in the registry."""

    screen: str
    parcel: Parcel
    size: LockerSize | None = None
    """The size that the parcel did not fit, or waits for on the shelf."""


@dataclass
class Covered(Moved):
    """Another screen is wanted on top of the one that asks, which waits beneath; by its name in the registry."""

    screen: str
    values: tuple[object, ...] = ()
    """What it is about."""


@dataclass
class EndedElsewhere(Message):
    """A flow ended after its screen was left; with what it was about, and the error if it failed."""

    about: str
    error: KioskError | None = None
