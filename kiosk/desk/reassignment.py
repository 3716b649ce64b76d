"""A parcel that lies in the wrong person's locker: out of it, and into a new intake of the same number.

What is half done is a parcel that is marked as having the wrong recipient; `move` goes on from wherever it stands.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from kiosk.errors import InDoubtError, WrongStateError
from kiosk.parcels.events import (
    AttentionRaised,
    CodeAdded,
    ParcelMovedHere,
    ParcelMovedOn,
    ParcelTakenIn,
    WrongRecipientNoticed,
)
from kiosk.parcels.parcel import Parcel, ParcelState

if TYPE_CHECKING:
    from kiosk.desk.intake import Intake
    from kiosk.journal.store import Actor, Journal


class Moving:
    """Moves parcels to the right person."""

    def __init__(self, journal: Journal, intake: Intake) -> None:
        self._journal = journal
        self._intake = intake

    async def move(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Free the unit of this parcel only and take it in anew; return the new parcel, which has no recipient yet.

        One that turns out to be collected is returned as that. Raises WrongStateError, InDoubtError or ApiError; the
        parcel is then where it was, or out of the unit and marked, and the same call goes on.
        """
        parcel = await self._journal.parcel(parcel.parcel_id) or parcel
        if parcel.open_write is not None:
            raise InDoubtError(f"The {parcel.open_write.operation} of this parcel is not confirmed yet.")
        if parcel.state is ParcelState.DEPOSITED:
            if not parcel.wrong_recipient:
                noticed = WrongRecipientNoticed()
                parcel = await self._journal.append(parcel.parcel_id, noticed, actor, only_if=_lies_in_a_unit)
            parcel = await self._intake.give_back(parcel, actor)
        if parcel.state is ParcelState.COLLECTED:
            return parcel
        if not _is_out(parcel):
            raise WrongStateError(f"The parcel is {parcel.state.value}; it lies in nobody's locker.")
        return await self._take_in_anew(parcel, actor)

    async def _take_in_anew(self, parcel: Parcel, actor: Actor) -> Parcel:
        """End the one and begin the other at once: the number is never here twice, and never lost."""
        old, new = parcel.parcel_id, secrets.token_hex(8)
        return await self._journal.append_together(
            [
                (old, ParcelMovedOn(to_parcel_id=new)),
                (
                    new,
                    ParcelTakenIn(
                        tracking_number=parcel.tracking_number, scanned=parcel.scanned, carrier=parcel.carrier
                    ),
                ),
                *((new, CodeAdded(scanned=code, code=code)) for code in parcel.other_codes),
                *((new, AttentionRaised(attention=item)) for item in parcel.attention),
                (new, ParcelMovedHere(from_parcel_id=old)),
            ],
            actor,
            only_if=_is_out,
        )


def _lies_in_a_unit(parcel: Parcel) -> bool:
    return parcel.state is ParcelState.DEPOSITED and parcel.open_write is None


def _is_out(parcel: Parcel) -> bool:
    return parcel.state is ParcelState.TAKEN_IN and parcel.wrong_recipient and parcel.open_write is None
