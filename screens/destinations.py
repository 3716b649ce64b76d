"""Where a clerk can be taken: one frozen value for each screen, with what that screen is about.

Values only, so that a screen can ask for another one without importing it; `screens/making.py` makes the screens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from kiosk.facilities.finder import Answer
    from kiosk.facilities.values import Facility, Question
    from kiosk.parcels.lockers import LockerSize
    from kiosk.parcels.parcel import Parcel
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
    """Ask who is given the parcel at the desk."""

    parcel: Parcel


class ShowOutgoing(NamedTuple):
    """Ask where a parcel that leaves with a carrier goes."""

    parcel: Parcel


class ShowNewCode(NamedTuple):
    """Ask why a new pickup code is needed."""

    parcel: Parcel


ParcelDestination: TypeAlias = (
    ShowNumber
    | ShowLabel
    | ShowRecipient
    | ShowContactId
    | ShowLocker
    | ShowShelf
    | ShowPutIn
    | ShowCode
    | ShowParcel
    | ShowHandOver
    | ShowOutgoing
    | ShowNewCode
)
"""The screens about a parcel: each takes the place of the one before."""


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


@dataclass(frozen=True, slots=True)
class ShowScannerTest:
    """Test how the scanner is set up."""


TopDestination: TypeAlias = ShowFinder | ShowFacility | ShowFacilityChoices | ShowFacilityAddress | ShowScannerTest
"""The screens that lie on top of another one, which waits beneath."""
