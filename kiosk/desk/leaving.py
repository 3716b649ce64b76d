"""How a parcel leaves otherwise than in its recipient's hands at the locker: cleared out, given out, sent away.

Each step is a row of `kiosk/parcels/steps.py`; no step opens a door.
"""

from __future__ import annotations

from kiosk.desk.findings import Findings, still_held
from kiosk.desk.intake import Intake
from kiosk.desk.permission import allowed
from kiosk.desk.requests import WritePath
from kiosk.desk.writes.wanted import Wanted, place_of
from kiosk.errors import InDoubtError, NotFoundError, RefusedError, WrongStateError
from kiosk.journal.store import Journal
from kiosk.parcels.leaving import CancelUndone, ParcelHandedOver, ParcelMadeOutgoing, ParcelSent
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import IdentityCheck, Operation, OutgoingReason
from kiosk.parcels.steps import Step

LONGEST_TEXT = 80
"""Characters of a name or a destination that are kept."""


class Leaving:
    """The steps; each goes with the person who takes it, and raises what `permission.allowed` says."""

    def __init__(self, journal: Journal, write_path: WritePath, intake: Intake, findings: Findings) -> None:
        self._journal = journal
        self._write_path = write_path
        self._intake = intake
        self._findings = findings

    async def clear(self, parcel: Parcel, person: Person) -> Parcel:
        """Take a parcel out of its locker: it is in somebody's hands, and others in the same unit stay.

        One that turns out to be collected is returned as that. Raises InDoubtError or ApiError.
        """
        return await self._intake.give_back(parcel, person, Step.CLEAR)

    async def hand_over(
        self, parcel: Parcel, to: str, checked: IdentityCheck, person: Person, *, signature: str = ""
    ) -> Parcel:
        """Record that a parcel was given out at the desk, and give back its unit, if it has one: now, or later.

        Whatever the network does, it is given out when this returns: what is left at the service is settled in the
        background, or pointed out. Raises WrongStateError where nobody is named, and InDoubtError, with nothing
        recorded, while something about the parcel or its unit is on its way.
        """
        name = _one_line(to)
        if not name:
            raise WrongStateError("nobody_named")
        given = ParcelHandedOver(to=name, checked=checked, signature=_one_line(signature) or None)
        if not parcel.has_unit:
            may = allowed(Step.HAND_OVER, person)

            def look(known: Parcel) -> None:
                may(known)
                if known.has_unit:  # another process reserved a unit meanwhile
                    raise WrongStateError("changed_meanwhile")

            return await self._journal.append(parcel.parcel_id, given, person, allowed=look)
        place = place_of(parcel)
        try:
            wanted = Wanted(Operation.FREE, place)
            return await self._write_path.perform(parcel, wanted, person, Step.HAND_OVER, behind=given)
        except NotFoundError:  # the unit was given back already
            return await self._now(parcel)
        except InDoubtError:
            now = await self._now(parcel)
            if not now.is_gone:
                raise
            return now
        except RefusedError:
            return await self._findings.raise_attention(await self._now(parcel), still_held(place), person)

    async def make_outgoing(self, parcel: Parcel, destination: str, reason: OutgoingReason, person: Person) -> Parcel:
        """Note that a parcel is to leave with a carrier, and where to; raises WrongStateError for nowhere."""
        where = _one_line(destination)
        if not where:
            raise WrongStateError("no_destination")
        outgoing, may = ParcelMadeOutgoing(destination=where, reason=reason), allowed(Step.MAKE_OUTGOING, person)
        return await self._journal.append(parcel.parcel_id, outgoing, person, allowed=may)

    async def note_sent(self, parcel: Parcel, person: Person) -> Parcel:
        """Note that a parcel has left with its carrier."""
        return await self._journal.append(
            parcel.parcel_id, ParcelSent(), person, allowed=allowed(Step.NOTE_SENT, person)
        )

    async def undo_cancel(self, parcel: Parcel, person: Person) -> Parcel:
        """Take up an intake again that was given up by mistake; raises WrongStateError where its number came again."""
        may = allowed(Step.UNDO_CANCEL, person)
        return await self._journal.append(parcel.parcel_id, CancelUndone(), person, allowed=may)

    async def _now(self, parcel: Parcel) -> Parcel:
        return await self._journal.parcel(parcel.parcel_id) or parcel


def _one_line(text: str) -> str:
    """Return what was typed as one line that can be written down."""
    # A terminal can bring half a character, a lone surrogate, which can't be written as UTF-8.
    return " ".join(text.encode(errors="replace").decode().split())[:LONGEST_TEXT]
