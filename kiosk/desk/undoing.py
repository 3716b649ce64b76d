"""What somebody at the desk can take back for a minute: the last thing that was done with a parcel, if it was a slip.

Each way back is a step of its own (`kiosk/parcels/steps.py`), so nothing is undone that the table forbids.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from kiosk.clock import Clock
from kiosk.desk.boxes import Boxes, code_of
from kiosk.desk.leaving import Leaving
from kiosk.desk.permission import allowed
from kiosk.desk.shelf import Shelf
from kiosk.errors import WrongStateError
from kiosk.journal import reading
from kiosk.journal.store import Journal
from kiosk.parcels.events import Event, ParcelCancelled, ParcelJoined, ParcelPutOnShelf, RecipientChosen
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.steps import Step, hindrance

OFFERED_FOR: Final = timedelta(minutes=1)

_UNDONE: Final[dict[type[Event], Step]] = {
    RecipientChosen: Step.CHOOSE_RECIPIENT,
    ParcelPutOnShelf: Step.PUT_ON_SHELF,
    ParcelJoined: Step.JOIN,
    ParcelCancelled: Step.CANCEL,
}
"""What can be undone: by the event with which it was recorded."""

_WAY_BACK: Final[dict[Step, Step]] = {
    Step.CHOOSE_RECIPIENT: Step.CHOOSE_RECIPIENT,
    Step.PUT_ON_SHELF: Step.TAKE_OFF_SHELF,
    Step.CANCEL: Step.UNDO_CANCEL,
}
"""The step that undoes each; joining is undone on the other box."""


class Undoing:
    """Undoes the last step of a parcel."""

    def __init__(self, journal: Journal, boxes: Boxes, shelf: Shelf, leaving: Leaving, clock: Clock) -> None:
        self._journal = journal
        self._boxes = boxes
        self._shelf = shelf
        self._leaving = leaving
        self._clock = clock

    async def offered(self, parcel: Parcel, person: Person) -> Step | None:
        """Return the last thing done with the parcel, if it was done within a minute and can be undone."""
        ways = [step for step in _WAY_BACK.values() if hindrance(step, parcel, person.role) is None]
        if not ways and parcel.joined_to is None:
            return None  # as after most steps, and then nothing need be read
        # A search through all events of a parcel: it has a few dozen.
        events = await reading.of_parcel(self._journal.connection, parcel.parcel_id)
        if not events or not timedelta(0) <= self._clock.now() - events[-1].at < OFFERED_FOR:
            return None
        step = _UNDONE.get(type(events[-1].event))
        if step is None:
            return None
        if step is Step.JOIN:
            box = await self._box_of(parcel)
            return step if box is not None and hindrance(Step.TAKE_CODE_OFF, box, person.role) is None else None
        return step if _WAY_BACK[step] in ways else None

    async def undo(self, parcel: Parcel, person: Person) -> Parcel:
        """Undo it, and return the parcel that goes on; raises WrongStateError where nothing is to be undone by now."""
        match await self.offered(parcel, person):
            case Step.CHOOSE_RECIPIENT:
                nobody, may = RecipientChosen(contact=None), allowed(Step.CHOOSE_RECIPIENT, person)
                return await self._journal.append(parcel.parcel_id, nobody, person, allowed=may)
            case Step.PUT_ON_SHELF:
                return await self._shelf.take_off(parcel, person)
            case Step.CANCEL:
                return await self._leaving.undo_cancel(parcel, person)
            case Step.JOIN if (box := await self._box_of(parcel)) is not None:
                return (await self._boxes.separate(box, code_of(parcel), person)).parcels[0]
            case _:
                raise WrongStateError("nothing_to_undo")

    async def _box_of(self, parcel: Parcel) -> Parcel | None:
        return await self._journal.parcel(parcel.joined_to) if parcel.joined_to is not None else None
