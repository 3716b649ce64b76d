"""The last look at a desk, when nothing happens any more: every bank and every parcel that is here is read once.

Then stock is taken of all banks: what does not fit is judged.
"""

from __future__ import annotations

from kiosk.errors import KioskError, StorageError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ShelfReason
from kiosk.parcels.steps import Step
from kiosk.wiring import Services, person_at_desk
from tests.chaos.boxes import Boxes
from tests.chaos.counting import Counting
from tests.chaos.notes import Notes
from tests.journal.book import every_parcel


class Closing:
    """Somebody who looks at everything before the desk closes."""

    def __init__(self, services: Services, boxes: Boxes, notes: Notes) -> None:
        self._notes = notes
        self._boxes = boxes
        self._counting = Counting(services, boxes, notes)
        self._desk, self._queries = services.desk, services.queries
        self._person = person_at_desk(services.settings)

    async def look(self) -> None:
        """Read what the service holds; what turns out to be in hand goes on the shelf."""
        for bank in await self._queries.lockers.banks():
            await self._queries.lockers.bank(bank.locker_bank_id, fresh=True)
        for parcel in await every_parcel(self._queries.journal):
            try:
                await self._look_at(parcel)
            except StorageError:
                raise
            except KioskError:
                continue
        for bank in await self._queries.lockers.banks():
            for row in await self._counting.all(bank.locker_bank_id):
                unit, outcome = row.locker_unit_id, row.outcome.value
                self._notes.write("misfit", number=row.number, bank=bank.locker_bank_id, unit=unit, outcome=outcome)
        counted = (await self._queries.console.overview()).counted
        self._notes.write("counted", here=counted.here, in_units=counted.in_units)

    async def _look_at(self, parcel: Parcel) -> None:
        if Step.CHECK in self._desk.offers(parcel, self._person):
            parcel = await self._desk.findings.check(await self._desk.look(parcel, self._person), self._person)
        if parcel.is_in_hand:
            self._boxes.take(parcel.tracking_number)
            place = await self._desk.shelf.propose_place()
            await self._desk.shelf.put_on(parcel, place, ShelfReason.PUT_ASIDE, self._person)
            self._boxes.put_down(parcel.tracking_number)
