"""Looks for what does not fit between the server and the journal, and keeps what a person has to look at.

Reads the API only; what it finds becomes an attention item of the parcel, with a cause and a proposal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import ApiError
from kiosk.parcels.events import AttentionClosed, AttentionRaised
from kiosk.parcels.parcel import Attention, Cause, Parcel, UnitPlace

if TYPE_CHECKING:
    from kiosk.api.lockers import LockersApi
    from kiosk.journal.store import Actor, Journal


class Oversight:
    """Checks after intakes and settled doubts; raises and closes attention items."""

    def __init__(self, api: LockersApi, journal: Journal) -> None:
        self._api = api
        self._journal = journal

    async def check(self, parcel: Parcel, actor: Actor) -> Parcel:
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
            parcel = await self.raise_attention(parcel, _two_units(parcel.place, second), actor)
        return parcel

    async def raise_attention(self, parcel: Parcel, attention: Attention, actor: Actor) -> Parcel:
        """Note what somebody has to look at; the same thing is noted once."""
        if attention in parcel.attention:
            return parcel
        return await self._journal.append(parcel.parcel_id, AttentionRaised(attention=attention), actor)

    async def close(self, parcel: Parcel, cause: Cause, reason: str, actor: Actor) -> Parcel:
        """Close an item, with what was found or done about it."""
        return await self._journal.append(parcel.parcel_id, AttentionClosed(cause=cause, reason=reason), actor)


def _two_units(first: UnitPlace, second: UnitPlace) -> Attention:
    return Attention(
        cause=Cause.TWO_UNITS,
        sentence=f"Lockers {first.locker_unit_id} and {second.locker_unit_id} are both held for this parcel.",
        proposal=f"Look into locker {second.locker_unit_id}; free it if it is empty.",
        place=second,
    )


def refused_late(place: UnitPlace, reason: str) -> Attention:
    """Return the item for a deposit that was delivered late and refused, with the parcel in the locker."""
    return Attention(
        cause=Cause.REFUSED_LATE,
        sentence=f"The parcel lies in locker {place.locker_unit_id}, but the deposit was refused: {reason}",
        proposal="Take the parcel out and take it in anew.",
        place=place,
    )


def somebody_else(reason: str) -> Attention:
    """Return the item for a number that another contact's unit holds."""
    return Attention(
        cause=Cause.SOMEBODY_ELSE,
        sentence=reason,
        proposal="Compare the label with the locker named; take the parcel in under its right number.",
    )
