"""A clerk: takes parcels in, and goes on after a restart with what is unfinished.

What can be done next is what the desk offers for the parcel; which of it, and how well it goes, the seed decides.
"""

from __future__ import annotations

import asyncio
import random
import time

from kiosk.errors import KioskError, StorageError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.steps import Step
from kiosk.wiring import Services, person_at_desk
from tests.chaos.boxes import Boxes
from tests.chaos.errands import Errands
from tests.chaos.habits import Habits, sizes_for
from tests.chaos.intake import Intake
from tests.chaos.notes import Notes
from tests.chaos.showing import Showing
from tests.chaos.weather import RESERVATION_SECONDS

LANES = 2
"""Parcels on their way at the same time: the next scan comes while the last one's requests are still out."""
SETTLING_ROUNDS = 3


class Clerk:
    """Works off the parcels `1..parcels` of one kiosk, in the life of one process."""

    def __init__(
        self,
        services: Services,
        showing: Showing,
        notes: Notes,
        boxes: Boxes,
        habits: Habits,
        *,
        kiosk: str,
        seed: str,
        life: int,
        parcels: int,
    ) -> None:
        self._settling = services.settling
        self._desk, self._queries = services.desk, services.queries
        self._person = person_at_desk(services.settings)
        self._notes = notes
        self._habits = habits
        self._kiosk = kiosk
        self._parcels = parcels
        self._rng = random.Random(f"{seed}/{kiosk}/{life}")
        self._boxes = boxes
        self._intake = Intake(services, showing, notes, boxes, habits, self._rng, seed)
        self._busy: set[str] = set()
        self._errands = Errands(services, boxes, notes, habits, self._rng, self._busy, self._attend)
        self._back_at: dict[str, float] = {}
        """When the clerk comes back to parcels that were left before their lockers."""
        self._next = 1

    async def work(self) -> None:
        """Settle, go on with what is unfinished, then take in the rest."""
        await self.settle()
        await self._put_things_down()
        await self._go_on_with_unfinished()
        self._next = await self._first_maybe_missing()
        async with asyncio.TaskGroup() as lanes:
            for _ in range(LANES):
                lanes.create_task(self._lane())
        await self.settle()
        await self._go_on_with_unfinished()

    async def finish(self, rounds: int = 20) -> bool:
        """Bring everything to an end on a sound line: deposited with its code shown, or on the shelf."""
        for _ in range(rounds):
            await self._settling.settle_all()
            await self._errands.put_things_down(of_anybody=True)
            for parcel in await self._queries.journal.unfinished():
                await self._attend(parcel)
                await self._errands.look_into(parcel)
            if not any(map(self._intake.way_on, await self._queries.journal.unfinished())):
                return True
        return False

    async def settle(self) -> None:
        """Let recovery look until nothing is open, or patience ends."""
        for _ in range(SETTLING_ROUNDS):
            await self._settling.settle_all()
            if not any(parcel.is_in_doubt for parcel in await self._queries.journal.unfinished()):
                return

    async def _put_things_down(self) -> None:
        try:
            await self._errands.put_things_down()
        except StorageError:
            raise
        except KioskError:
            return

    async def _go_on_with_unfinished(self) -> None:
        """Do the next step about every parcel that somebody has to do something about."""
        for parcel in await self._queries.journal.unfinished():
            is_own = parcel.tracking_number.startswith(f"{self._kiosk}-")
            if not is_own and self._rng.random() >= self._habits.helps_out:
                continue
            if self._back_at.get(parcel.parcel_id, 0) > time.monotonic():
                continue
            if not self._intake.offers(Step.TAKE_OFF_SHELF, parcel):
                await self._attend(parcel)
            elif self._rng.random() < 0.2:
                await self._take_off_shelf(parcel)

    async def _lane(self) -> None:
        while self._next <= self._parcels:
            place, self._next = self._next, self._next + 1
            if await self._queries.journal.find(self._number(place)):
                continue
            box = await self._box_in_hand() if self._rng.random() < self._habits.slips else None
            if box is not None:
                await self._take_for_one_box(self._number(place), box)
            else:
                await self._take_in(self._number(place))
            if self._rng.random() < self._habits.errands:
                await self._errands.one()
            if self._rng.random() < self._habits.takes_in_again:
                await self._take_in_again(self._number(self._rng.randint(1, place)))
            if self._rng.random() < 0.15:
                await self._go_on_with_unfinished()
                await self._put_things_down()

    async def _take_in(self, number: str) -> None:
        taken = await self._desk.scans.take_in(f"{number}\r", self._person)
        self._notes.scanned(number)
        await self._attend(taken.parcel)

    async def _box_in_hand(self) -> Parcel | None:
        """Return a parcel that this clerk could take another box for; None where there is none."""
        unfinished = await self._queries.journal.unfinished()
        free = (parcel for parcel in unfinished if parcel.parcel_id not in self._busy)
        return next((parcel for parcel in free if self._intake.offers(Step.JOIN, parcel)), None)

    async def _take_for_one_box(self, number: str, box: Parcel) -> None:
        """Take the box that is scanned next for that one, and undo it at once."""
        self._busy.add(box.parcel_id)
        try:
            scanned = (await self._desk.scans.take_in(f"{number}\r", self._person)).parcel
            self._notes.scanned(number)
            await self._desk.boxes.join(scanned, box, self._person)
            scanned = await self._queries.parcel(scanned.parcel_id) or scanned
            await self._attend(await self._desk.undoing.undo(scanned, self._person))
        except StorageError:
            raise
        except KioskError:
            return
        finally:
            self._busy.discard(box.parcel_id)

    async def _take_in_again(self, number: str) -> None:
        """Scan a number that was here before: if that parcel is gone, this is another one."""
        known = await self._queries.journal.find(number)
        if known and self._intake.offers(Step.TAKE_IN_AGAIN, await self._look(known[0])):
            self._boxes.came(number)
            await self._take_in(number)

    async def _look(self, parcel: Parcel) -> Parcel:
        if not self._intake.offers(Step.CHECK, parcel):
            return parcel
        try:
            return await self._desk.look(parcel, self._person)
        except StorageError:
            raise
        except KioskError:
            return parcel

    def _number(self, place: int) -> str:
        return f"{self._kiosk}-{place:05d}"

    async def _first_maybe_missing(self) -> int:
        """Find the end of what was taken in; just before it the lanes may have been written down out of order."""
        known, missing = 0, self._parcels + 1
        while missing - known > 1:
            middle = (known + missing) // 2
            if await self._queries.journal.find(self._number(middle)):
                known = middle
            else:
                missing = middle
        return max(known - 2 * LANES, 1)

    async def _attend(self, parcel: Parcel) -> None:
        """Do what is next about a parcel, unless the other lane is at it; what fails is left for later."""
        if parcel.parcel_id in self._busy:
            return
        self._busy.add(parcel.parcel_id)
        try:
            parcel = await self._queries.parcel(parcel.parcel_id) or parcel
            while step := self._intake.way_on(parcel):
                if step is Step.DEPOSIT and self._is_called_away(parcel):
                    return
                parcel = await self._intake.take(step, parcel)
            await self._intake.look_back(parcel)
        except StorageError:
            raise
        except KioskError:
            return  # the journal has it, the next look goes on from there
        finally:
            self._busy.discard(parcel.parcel_id)

    def _is_called_away(self, parcel: Parcel) -> bool:
        if parcel.parcel_id in self._back_at or self._rng.random() >= self._habits.called_away:
            return False
        self._back_at[parcel.parcel_id] = time.monotonic() + RESERVATION_SECONDS * self._rng.uniform(0.8, 1.2)
        return True

    async def _take_off_shelf(self, parcel: Parcel) -> None:
        """Try a parcel on the shelf again where there is room for it."""
        try:
            view = await self._queries.lockers.bank(self._rng.choice(self._habits.banks))
            if parcel.parcel_id in self._busy or not any(map(view.free_units, sizes_for(parcel))):
                return
            taken_off = await self._desk.shelf.take_off(parcel, self._person)
        except StorageError:
            raise
        except KioskError:
            return
        await self._attend(taken_off)
