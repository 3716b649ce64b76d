"""What clerks do between two parcels: give out, clear lockers, send away, take stock, give out new codes.

A box goes with it: it is taken out of its locker before the kiosk is told, and stays in somebody's hands if that fails.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence

from kiosk.desk.rounds import Goal, Plan
from kiosk.errors import KioskError, StorageError
from kiosk.parcels.listing import Uncollected
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Finding, IdentityCheck, OutgoingReason
from kiosk.parcels.steps import Step
from kiosk.wiring import Services, person_at_desk
from tests.chaos.boxes import Boxes
from tests.chaos.case import Where
from tests.chaos.counting import Counting
from tests.chaos.habits import Habits
from tests.chaos.hands import place_in, put_away
from tests.chaos.notes import Notes

CARRIER, DROP_OFF = "Northern Parcels", "Post office, Market Street"
WHY = "The slip was lost"
MOST_STOPS = 4
"""Of a round, and lockers counted in one go."""
GOES_ALONG = 0.6
"""The chance of each other parcel for the same recipient to be given out too."""
LEAVES_TODAY, STAYS_AFTER_ALL = 0.5, 0.2


class Errands:
    """One clerk's errands; `busy` are the ids of the parcels that this clerk is at, `attend` goes on with one."""

    def __init__(
        self,
        services: Services,
        boxes: Boxes,
        notes: Notes,
        habits: Habits,
        rng: random.Random,
        busy: set[str],
        attend: Callable[[Parcel], Awaitable[None]],
    ) -> None:
        self._desk, self._queries = services.desk, services.queries
        self._hours = services.settings.desk.reservation_hours
        self._person = person_at_desk(services.settings)
        self._boxes = boxes
        self._counting = Counting(services, boxes, notes)
        self._habits = habits
        self._rng = rng
        self._busy = busy
        self._attend = attend
        self._kinds = (self._give_out, self._walk_round, self._send, self._carrier_comes, self._renew, self._count)

    async def one(self) -> None:
        """Do one of them; what fails is left for later."""
        try:
            await self._rng.choice(self._kinds)()
        except StorageError:
            raise
        except KioskError:
            return

    async def put_things_down(self, *, of_anybody: bool = False) -> None:
        """Look at the boxes in this clerk's hands, or in anybody's of this desk: each goes where the journal has it."""
        for number in self._boxes.in_hands(of_anybody=of_anybody):
            known = await self._queries.journal.find(number)
            if known and known[0].parcel_id not in self._busy and self._boxes.take(number, from_anybody=of_anybody):
                await self._put_down(number)

    async def look_into(self, parcel: Parcel) -> None:
        """Close the item about a parcel that a stock-take did not find, where it lies in its locker."""
        if any(item.finding is Finding.NOT_FOUND for item in parcel.attention) and self._lies_there(parcel):
            await self._desk.findings.close(parcel, Finding.NOT_FOUND, "", self._person)

    async def _give_out(self) -> None:
        """Give one parcel or several to their recipient, from wherever they are."""
        parcel = await self._some(
            *(each.parcel for each in await self._queries.expiry.uncollected()), *await self._shelf()
        )
        if parcel is None:
            return
        others = await self._desk.handing_over.others_for(parcel)
        wanted = [parcel, *(other for other in others if self._rng.random() < GOES_ALONG)]
        fetched = [each for each in wanted if self._fetch(Step.HAND_OVER, each)]
        try:
            for each in fetched:
                self._boxes.is_leaving(each.tracking_number, Where.GIVEN)
            to = parcel.contact.name if parcel.contact is not None and parcel.contact.name else "J. Doe"
            check = self._rng.choice(list(IdentityCheck))
            signature = self._rng.choice(("", to))
            done = await self._desk.handing_over.give(fetched, to, check, self._person, signature=signature)
            for given in done.given:
                self._boxes.left(given.tracking_number)
        finally:
            await self._let_go(fetched)

    async def _walk_round(self) -> None:
        """Walk past some of the lockers that nobody came to, and take out what lies there."""
        listed = await self._queries.expiry.uncollected()
        if self._rng.random() < 0.2:
            await self._queries.expiry.look(listed)
            listed = await self._queries.expiry.uncollected()
        goal = self._rng.choice(list(Goal))
        plan = Plan(goal, "" if goal is Goal.SHELF else CARRIER)
        begin = self._rng.randrange(max(len(listed), 1))
        for stop in listed[begin : begin + self._rng.randint(1, MOST_STOPS)]:
            try:
                await self._stop_at(stop, plan)
            except StorageError:
                raise
            except KioskError:
                continue  # the round goes on

    async def _stop_at(self, stop: Uncollected, plan: Plan) -> None:
        parcel = await self._queries.parcel(stop.parcel.parcel_id)
        if parcel is None or Step.CLEAR not in self._offered(parcel) or parcel.parcel_id in self._busy:
            return
        chance = self._rng.random()
        if chance < 0.2:
            return
        if chance < 0.4:
            await self._attend(await self._desk.intake.extend(parcel, self._hours, self._person))
        elif not self._fetch(Step.CLEAR, parcel):
            await self._desk.look(parcel, self._person)
        else:
            try:
                if plan.goal is Goal.SENT:
                    self._boxes.is_leaving(parcel.tracking_number, Where.SENT)
                if (await self._desk.rounds.take_out(parcel, plan, self._person)).is_sent:
                    self._boxes.left(parcel.tracking_number)
            finally:
                await self._let_go([parcel])

    async def _send(self) -> None:
        """Lay a parcel from the shelf where the carrier finds it, as a return or back to its sender."""
        parcel = await self._some(*await self._shelf())
        if parcel is None or not self._fetch(Step.MAKE_OUTGOING, parcel):
            return
        try:
            where, why = self._rng.choice((CARRIER, DROP_OFF)), self._rng.choice(list(OutgoingReason))
            await self._desk.leaving.make_outgoing(parcel, where, why, self._person)
        finally:
            await self._let_go([parcel])

    async def _carrier_comes(self) -> None:
        """Give the carrier some of what waits; what is to stay after all is taken back."""
        for parcel in (await self._queries.outgoing.today()).waiting:
            if self._rng.random() >= LEAVES_TODAY or not self._fetch(Step.NOTE_SENT, parcel):
                continue
            try:
                if self._rng.random() < STAYS_AFTER_ALL:
                    await self._desk.unrecorded.take_back(parcel, self._person)
                    continue
                self._boxes.is_leaving(parcel.tracking_number, Where.SENT)
                await self._desk.leaving.note_sent(parcel, self._person)
                self._boxes.left(parcel.tracking_number)
            finally:
                await self._let_go([parcel])

    async def _renew(self) -> None:
        """Issue a new code for somebody who lost theirs."""
        parcel = await self._some(*(each.parcel for each in await self._queries.expiry.uncollected()))
        if parcel is not None and Step.RENEW_CODE in self._offered(parcel):
            await self._desk.open_lockers.numbers_beside(parcel)
            await self._attend(await self._desk.corrections.renew_code(parcel, WHY, self._person))

    async def _count(self) -> None:
        """Count a few lockers, and put right what does not fit."""
        bank = self._rng.choice(self._habits.banks)
        for row in await self._counting.some(bank, self._rng.randint(1, MOST_STOPS), self._rng):
            if row.parcel is not None and row.parcel.parcel_id in self._busy:
                continue
            try:
                mended = await self._counting.put_right(bank, row, self._rng)
            finally:
                await self._put_down(row.number)
            if mended is not None:
                await self._attend(mended)

    async def _shelf(self) -> tuple[Parcel, ...]:
        return await self._desk.shelf.parcels()

    async def _some(self, *parcels: Parcel) -> Parcel | None:
        """Return one of these as it stands."""
        return await self._queries.parcel(self._rng.choice(parcels).parcel_id) if parcels else None

    def _offered(self, parcel: Parcel) -> Sequence[Step]:
        return self._desk.offers(parcel, self._person)

    def _fetch(self, step: Step, parcel: Parcel) -> bool:
        """Fetch a box, if the step is offered, nobody else is at it, and it is there."""
        if parcel.parcel_id in self._busy or step not in self._offered(parcel):
            return False
        if not self._boxes.take(parcel.tracking_number):
            return False
        self._busy.add(parcel.parcel_id)
        return True

    async def _let_go(self, fetched: Sequence[Parcel]) -> None:
        for parcel in fetched:
            self._busy.discard(parcel.parcel_id)
            await self._put_down(parcel.tracking_number)

    async def _put_down(self, number: str) -> None:
        if await put_away(self._boxes, self._queries, number):
            self._boxes.came(number)
            await self._attend((await self._desk.scans.take_in(f"{number}\r", self._person)).parcel)

    def _lies_there(self, parcel: Parcel) -> bool:
        place = place_in(parcel)
        return place is not None and self._boxes.where(parcel.tracking_number).place == place
