"""Looks for what does not fit between the server and the journal, and keeps what a person has to look at.

Reads the API only; what it finds becomes an attention item of the parcel, with a cause and a proposal.
"""

from __future__ import annotations

from kiosk.api.lockers import LockersApi
from kiosk.desk.permission import check
from kiosk.errors import ApiError, WrongStateError
from kiosk.journal.store import Journal
from kiosk.parcels.events import AttentionClosed, AttentionRaised
from kiosk.parcels.parcel import AttentionItem, Cause, Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding
from kiosk.parcels.steps import Step


class Findings:
    """Checks after intakes and settled doubts; raises and closes attention items."""

    def __init__(self, api: LockersApi, journal: Journal) -> None:
        self._api = api
        self._journal = journal

    async def check(self, parcel: Parcel, person: Person) -> Parcel:
        """Compare the contact's reservations with the journal once.

        A number that holds two units becomes an attention item. A server that can't be reached is left alone: the
        check is a second look, not a step of the intake.
        """
        if parcel.contact is None or parcel.place is None:
            return parcel
        bank_id = parcel.place.locker_bank_id
        try:
            units = await self._api.get_reservation_list(bank_id, parcel.contact.contact_id)
        except ApiError:
            return parcel
        others = [
            unit
            for unit in units
            if unit.holds(parcel.tracking_number) and unit.locker_unit_id != parcel.place.locker_unit_id
        ]
        for unit in others:
            second = UnitPlace(locker_bank_id=bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)
            parcel = await self.raise_attention(parcel, two_units(second), person)
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


def two_units(second: UnitPlace) -> AttentionItem:
    """Return the item for a number that holds another unit beside the parcel's own."""
    return AttentionItem(finding=Finding.TWO_UNITS, place=second)


def refused_late(place: UnitPlace, cause: Cause) -> AttentionItem:
    """Return the item for a deposit that was delivered late and refused, with the parcel in the locker."""
    return AttentionItem(finding=Finding.REFUSED_LATE, place=place, cause=cause)


def unit_of_somebody_else(cause: Cause) -> AttentionItem:
    """Return the item for a number that another contact's unit holds."""
    return AttentionItem(finding=Finding.UNIT_OF_SOMEBODY_ELSE, cause=cause)
