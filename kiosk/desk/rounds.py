"""A round past the lockers whose parcels nobody collected: each is taken out and goes where the round takes it."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from kiosk.desk.leaving import Leaving
from kiosk.desk.shelf import Shelf
from kiosk.errors import WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import OutgoingReason, ShelfReason


class Goal(Enum):
    """Where a round takes the parcels."""

    SHELF = auto()
    SENDER = auto()
    """Back to the sender: it waits here for the carrier."""
    SENT = auto()
    """It is given to the carrier at once."""


class Plan(NamedTuple):
    """What becomes of the parcels of a round."""

    goal: Goal
    destination: str = ""
    """Who takes those that go back, or where they are brought; nothing for the shelf."""


class Rounds:
    """What is done at each locker."""

    def __init__(self, leaving: Leaving, shelf: Shelf) -> None:
        self._leaving = leaving
        self._shelf = shelf

    async def take_out(self, parcel: Parcel, plan: Plan, person: Person) -> Parcel:
        """Give the locker back of a parcel that was taken out, and record where it goes.

        One that was collected before is returned as that. Raises what `leaving.clear` raises, and ShelfPlaceTakenError
        where another desk was faster: then it is in hand.
        """
        if plan.goal is not Goal.SHELF and not plan.destination.strip():
            raise WrongStateError("no_destination")  # before its locker is given back
        cleared = await self._leaving.clear(parcel, person)
        if not cleared.is_in_hand:
            return cleared
        if plan.goal is Goal.SHELF:
            place = await self._shelf.propose_place()
            return await self._shelf.put_on(cleared, place, ShelfReason.NOT_COLLECTED, person)
        outgoing = await self._leaving.make_outgoing(cleared, plan.destination, OutgoingReason.TO_SENDER, person)
        return await self._leaving.note_sent(outgoing, person) if plan.goal is Goal.SENT else outgoing
