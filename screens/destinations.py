"""Where a clerk can be taken: one frozen value for each screen, with what that screen is about.

Values only, so that a screen can ask for another one without importing it; `screens/making.py` makes the screens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from kiosk.desk.boxes import AtAnotherDesk
    from kiosk.desk.rounds import Plan
    from kiosk.facilities.finder import Answer
    from kiosk.facilities.values import Facility, Question
    from kiosk.parcels.listing import Uncollected
    from kiosk.parcels.lockers import LockerSize
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.parcels.states import SignIn
    from kiosk.tracking.codes import Code
    from kiosk.tracking.scan import Scan


class ShowNumber(NamedTuple):
    """Ask which number is the parcel's."""

    parcel: Parcel
    scan: Scan | None = None
    """What its code may be, where that was read a moment ago."""


class ShowLabel(NamedTuple):
    """Show the number that was made for a parcel without a barcode."""

    parcel: Parcel


class ShowRecipient(NamedTuple):
    """Ask for whom the parcel is."""

    parcel: Parcel


class ShowContactId(NamedTuple):
    """Ask for the contact id of somebody who is not in the directory."""

    parcel: Parcel


class ShowLocker(NamedTuple):
    """Ask into which locker the parcel goes."""

    parcel: Parcel
    too_small: LockerSize | None = None
    """The size that the parcel did not fit."""


class ShowShelf(NamedTuple):
    """Propose a place on the shelf."""

    parcel: Parcel
    size: LockerSize | None = None
    """The size of the locker that the parcel waits for."""


class ShowPutIn(NamedTuple):
    """Ask the clerk to put the parcel into its locker."""

    parcel: Parcel


class ShowCode(NamedTuple):
    """Show the pickup code that nobody has seen yet."""

    parcel: Parcel
    again: bool = False
    """Show the one that was seen a short while ago."""


class ShowParcel(NamedTuple):
    """Show what is known about a parcel."""

    parcel: Parcel


class ShowHandOver(NamedTuple):
    """Give a parcel out at the desk."""

    parcel: Parcel
    may_be_new: Code | None = None
    """Its pickup code, where that can be a new parcel's number as well: then that is asked first."""


class ShowOutgoing(NamedTuple):
    """Note that a parcel leaves with a carrier."""

    parcel: Parcel


class ShowPaper(NamedTuple):
    """Show what is printed of a parcel before it is."""

    parcel: Parcel


class ShowNewCode(NamedTuple):
    """Ask why a new pickup code is needed."""

    parcel: Parcel


IntakeDestination: TypeAlias = (
    ShowNumber | ShowLabel | ShowRecipient | ShowContactId | ShowLocker | ShowShelf | ShowPutIn | ShowCode
)
"""The questions of an intake."""

ParcelDestination: TypeAlias = IntakeDestination | ShowParcel | ShowNewCode | ShowHandOver | ShowOutgoing | ShowPaper
"""The screens about a parcel: each takes the place of the one before."""


@dataclass(frozen=True, slots=True)
class ShowFind:
    """Find a parcel, here or gone."""


class ShowElsewhere(NamedTuple):
    """Show where parcels are that are at other desks."""

    found: tuple[AtAnotherDesk, ...]


@dataclass(frozen=True, slots=True)
class ShowFinder:
    """Find where a parcel can be dropped off."""


class ShowFacility(NamedTuple):
    """Show one facility in full."""

    facility: Facility
    answer: Answer


class ShowFacilityChoices(NamedTuple):
    """Choose carrier, service, distance and number of facilities; `then` gets the new question."""

    question: Question
    then: Callable[[Question], None]


class ShowFacilityAddress(NamedTuple):
    """Choose another address to search around; `then` gets the new question."""

    question: Question
    then: Callable[[Question], None]


class ShowAddress(NamedTuple):
    """Ask for the e-mail address of a parcel's recipient.

    `then` gets the parcel as it stands once notices go out again, and the words for that.
    """

    parcel: Parcel
    then: Callable[[Parcel, str], None]


@dataclass(frozen=True, slots=True)
class ShowScannerTest:
    """Test how the scanner is set up."""


@dataclass(frozen=True, slots=True)
class ShowTour:
    """Choose what goes wrong next in the demo."""


@dataclass(frozen=True, slots=True)
class ShowCollecting:
    """Find what somebody collects at the desk, by scan, name or pickup code."""


@dataclass(frozen=True, slots=True)
class ShowExpired:
    """Show what lies in lockers and was not collected in time."""


class ShowRound(NamedTuple):
    """Walk past lockers and take out what nobody collected."""

    parcels: tuple[Uncollected, ...]
    plan: Plan


@dataclass(frozen=True, slots=True)
class ShowLeavingToday:
    """Show what leaves with a carrier today."""


@dataclass(frozen=True, slots=True)
class ShowStocktake:
    """Choose the bank whose lockers are to be counted."""


class ShowCounting(NamedTuple):
    """Count a bank, locker by locker."""

    locker_bank_id: str


class ShowStocktakeResult(NamedTuple):
    """Show what does not fit in a bank after its count, and mend it."""

    locker_bank_id: str


@dataclass(frozen=True, slots=True)
class ShowTasks:
    """Choose what else is to be done at the desk."""


class ShowSignIn(NamedTuple):
    """Ask who works at the desk; `signed_in` does until somebody takes over. `then` and `sign_out` get the answer."""

    then: Callable[[Person, SignIn], None]
    sign_out: Callable[[], None]
    signed_in: str = ""


class ShowLanguages(NamedTuple):
    """Choose a language; `then` is told which."""

    then: Callable[[str], None]


class ShowWayOut(NamedTuple):
    """Ask for an administrator's PIN, which leads out of the program."""


class ShowIdleWarning(NamedTuple):
    """Say that the screen is about to be cleared; `then` is told that somebody is there."""

    seconds: int
    then: Callable[[], None]


class ShowIdle(NamedTuple):
    """Show that nobody is here; `then` is told that somebody is."""

    then: Callable[[], None]
    signs_in: bool


FinderDestination: TypeAlias = ShowFinder | ShowFacility | ShowFacilityChoices | ShowFacilityAddress
ClearingDestination: TypeAlias = (
    ShowCollecting | ShowExpired | ShowRound | ShowLeavingToday | ShowStocktake | ShowCounting | ShowStocktakeResult
)
PeopleDestination: TypeAlias = ShowLanguages | ShowSignIn | ShowWayOut | ShowIdleWarning | ShowIdle
TopDestination: TypeAlias = (
    PeopleDestination
    | FinderDestination
    | ClearingDestination
    | ShowFind
    | ShowElsewhere
    | ShowTasks
    | ShowAddress
    | ShowScannerTest
    | ShowTour
)
"""The screens that lie on top of another one, which waits beneath."""
