"""Messages that cross screens: where a parcel goes next. Messages of a widget stand in that widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.message import Message
from textual.screen import Screen

from kiosk.errors import KioskError
from kiosk.tracking.codes import Code
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from kiosk.desk.questions import Question
    from kiosk.parcels.parcel import Parcel
    from screens.destinations import ParcelDestination, TopDestination


@dataclass
class Failed(Message):
    """Something failed, and the screen says so."""

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
    code: Code


class TakeIn(NamedTuple):
    """A number that was typed is to be taken in, or opens the parcel that it finds; or it is a pickup code."""

    number: Code
    is_no_pickup_code: bool = False
    """The clerk was asked, and said so."""
    came_here: bool = False
    """Another desk has it, and the clerk said that it came here after all."""


class MakeNumber(NamedTuple):
    """A parcel without a barcode needs a number."""


@dataclass
class ListAsked(Message):
    """Home is to list something else than before."""


@dataclass
class EntryUsed(Message):
    """What was typed was used, or given up, by another key than Enter or by a tap."""


@dataclass
class EntryProposed(Message):
    """The field of the screen begins with a text, for somebody to put it right."""

    text: str


class ScreenWanted(Message):
    """Another screen is wanted. What a screen asked for that has been left meanwhile moves nothing."""

    origin: Screen[Any] | None = None
    """The screen that asks, where it is to give way."""
    turn: int = 0
    """Which turn of that screen asks."""


@dataclass
class StepDone(ScreenWanted):
    """A step of an intake is done: ask what is next, with a word about what is different now."""

    question: Question
    word: str = ""
    hint: str = ""


@dataclass
class NumberAsked(ScreenWanted):
    """Something is to be done with the numbers of boxes that are in the clerk's hands."""

    what: Join | Separate | TakeIn | MakeNumber


@dataclass
class OpenParcel(ScreenWanted):
    """Show a parcel, wherever it stands."""

    parcel: Parcel
    word: str = ""
    hint: str = ""


@dataclass
class GoHome(ScreenWanted):
    """Leave the screen; what was half done stays under Unfinished."""

    word: str = ""
    hint: str = ""
    kind: NoticeKind = NoticeKind.DONE


@dataclass
class GoTo(ScreenWanted):
    """Show another screen about a parcel instead of this one, with a word about what is different now."""

    to: ParcelDestination
    word: str = ""


@dataclass
class Cover(ScreenWanted):
    """Lay another screen on top of the one that asks, which waits beneath."""

    to: TopDestination


@dataclass
class EndedElsewhere(Message):
    """A flow ended after its screen was left; with what it was about, and the error if it failed."""

    about: str
    error: KioskError | None = None
