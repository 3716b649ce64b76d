"""A parcel that lies in the wrong person's locker: out of it, and into a new intake of the same number.

What is half done is a parcel that is marked as having the wrong recipient; `move` goes on from wherever it stands.
"""

from __future__ import annotations

import secrets

from kiosk.desk.intake import Intake
from kiosk.desk.permission import allowed, check
from kiosk.errors import WrongStateError
from kiosk.journal.store import Journal
from kiosk.parcels.events import (
    AttentionRaised,
    CodeAdded,
    Event,
    ParcelMovedHere,
    ParcelMovedOn,
    ParcelTakenIn,
    WrongRecipientNoticed,
)
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.steps import Step


class Reassignment:
    """Moves parcels to the right person."""

    def __init__(self, journal: Journal, intake: Intake) -> None:
        self._journal = journal
        self._intake = intake

    async def move(self, parcel: Parcel, person: Person) -> Parcel:
        """Give back the unit of this parcel only and take it in anew; return the new parcel, without a recipient yet.

        One that turns out to be collected is returned as that. Raises WrongStateError, InDoubtError or ApiError; the
        parcel is then where it was, or out of the unit and marked, and the same call goes on.
        """
        parcel = await self._journal.parcel(parcel.parcel_id) or parcel  # half done it goes on from where it stands
        if parcel.is_in_locker:
            if not parcel.wrong_recipient:
                noticed, may = WrongRecipientNoticed(), allowed(Step.MOVE_TO_RIGHT_PERSON, person)
                parcel = await self._journal.append(parcel.parcel_id, noticed, person, allowed=may)
            parcel = await self._intake.give_back(parcel, person, Step.MOVE_TO_RIGHT_PERSON)
            if parcel.is_gone:
                return parcel
        return await self._take_in_anew(parcel, person)

    async def _take_in_anew(self, parcel: Parcel, person: Person) -> Parcel:
        """End the one and begin the other at once: the number is never here twice, and never lost."""
        old, new = parcel.parcel_id, secrets.token_hex(8)
        again = ParcelTakenIn(tracking_number=parcel.tracking_number, scanned=parcel.scanned, carrier=parcel.carrier)
        events: list[tuple[str, Event]] = [
            # First: a number is here only once, and the new parcel is refused while the old one is.
            (old, ParcelMovedOn(to_parcel_id=new)),
            (new, again),
            *((new, CodeAdded(scanned=code, code=code)) for code in parcel.other_codes),
            *((new, AttentionRaised(item=item)) for item in parcel.attention),
            (new, ParcelMovedHere(from_parcel_id=old)),
        ]

        def look(known: Parcel) -> None:
            check(Step.MOVE_TO_RIGHT_PERSON, known, person)
            if known.place is not None:  # another process put it into a unit meanwhile
                raise WrongStateError("changed_meanwhile")

        return await self._journal.append_together(events, person, allowed=look)
