"""What a person has to look at: checked for, raised, and closed again.

What a reading shows by itself is compared and recorded in `kiosk/desk/observations.py`.
"""

from __future__ import annotations

from kiosk.desk.lockers import Lockers
from kiosk.desk.permission import check
from kiosk.errors import ApiError, UnknownBankError, WrongStateError
from kiosk.journal.store import Journal
from kiosk.parcels.events import AttentionClosed, AttentionRaised
from kiosk.parcels.parcel import AttentionItem, Cause, Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding
from kiosk.parcels.steps import Step


class Findings:
    """Checks after intakes and settled doubts; raises and closes attention items."""

    def __init__(self, journal: Journal, lockers: Lockers) -> None:
        self._journal = journal
        self._lockers = lockers

    async def check(self, parcel: Parcel, person: Person) -> Parcel:
        """Read the parcel's bank once and record what that shows: another unit that holds its number, a later deposit.

        A service that can't be reached is left alone: the check is a second look, not a step of the intake.
        """
        if parcel.contact is None or parcel.place is None or not parcel.has_unit:
            return parcel
        try:
            return await self._lockers.look(parcel, person)
        except (ApiError, UnknownBankError):
            return parcel

    async def raise_attention(self, parcel: Parcel, item: AttentionItem, person: Person) -> Parcel:
        """Note what somebody has to look at; the same thing is noted once."""
        if item in parcel.attention:
            return parcel
        return await self._journal.append(parcel.parcel_id, AttentionRaised(item=item), person)

    async def close(self, parcel: Parcel, finding: Finding, reason: str, person: Person) -> Parcel:
        """Close an item, with what was found or done about it; raises WrongStateError where it is closed already."""

        def look(known: Parcel) -> None:
            check(Step.CLOSE_FINDING, known, person)
            if finding not in {item.finding for item in known.attention}:
                raise WrongStateError("finding_closed")

        closed = AttentionClosed(finding=finding, reason=reason)
        return await self._journal.append(parcel.parcel_id, closed, person, allowed=look)


def refused_late(place: UnitPlace, cause: Cause) -> AttentionItem:
    """Return the item for a deposit that was delivered late and refused, with the parcel in the locker."""
    return AttentionItem(finding=Finding.REFUSED_LATE, place=place, cause=cause)


def unit_of_somebody_else(cause: Cause, unit: UnitPlace | None = None) -> AttentionItem:
    """Return the item for a number that another contact's unit holds, or a parcel that was put into such a unit."""
    return AttentionItem(finding=Finding.UNIT_OF_SOMEBODY_ELSE, place=unit, cause=cause)


def still_held(place: UnitPlace) -> AttentionItem:
    """Return the item for a unit that the service did not take back from a parcel which has left it."""
    return AttentionItem(finding=Finding.TWO_UNITS, place=place)


def not_found(place: UnitPlace) -> AttentionItem:
    """Return the item for a parcel that is not in the unit in which the service has it."""
    return AttentionItem(finding=Finding.NOT_FOUND, place=place)


def deposit_unclear(place: UnitPlace, cause: Cause) -> AttentionItem:
    """Return the item for a parcel that was put in and is not held any more: only a person knows more."""
    return AttentionItem(finding=Finding.DEPOSIT_UNCLEAR, place=place, cause=cause)


def unit_given_twice(place: UnitPlace) -> AttentionItem:
    """Return the item for a unit that the service gave to two people."""
    return AttentionItem(finding=Finding.UNIT_GIVEN_TWICE, place=place)
