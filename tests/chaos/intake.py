"""The steps of an intake as a clerk takes them, and what comes in between."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable

from kiosk.desk.progress import nobody_looks_on
from kiosk.errors import ApiError, InDoubtError, KioskError, NoFreeUnitError, ShelfPlaceTakenError
from kiosk.parcels.lockers import SIZES, LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import ParcelState, Role, ShelfReason, UnitProblem
from kiosk.parcels.steps import Step
from kiosk.wiring import Services, person_at_desk
from tests.chaos.habits import Contacts, Habits
from tests.chaos.notes import Notes, TakenOut
from tests.chaos.showing import Showing

ONWARD = (
    Step.TAKE_BACK,
    Step.MOVE_TO_RIGHT_PERSON,
    Step.RESERVE,
    Step.CHOOSE_RECIPIENT,
    Step.DEPOSIT,
    Step.CONFIRM_CODE,
)
"""What takes a parcel on its way, in the order in which a clerk would choose."""


class Intake:
    """One clerk's hands."""

    def __init__(
        self,
        services: Services,
        showing: Showing,
        notes: Notes,
        taken_out: TakenOut,
        habits: Habits,
        rng: random.Random,
        seed: str,
    ) -> None:
        self._desk, self._queries = services.desk, services.queries
        self._person = person_at_desk(services.settings)
        self._operator = Person(name="operator", role=Role.OPERATOR, user_id=self._person.user_id)
        self._showing = showing
        self._notes = notes
        self._taken_out = taken_out
        self._habits = habits
        self._rng = rng
        self._contacts = Contacts(seed)
        self._ways: dict[Step, Callable[[Parcel], Awaitable[Parcel]]] = {
            Step.CHECK: self._look,
            Step.TAKE_BACK: self._look_into_locker,
            Step.MOVE_TO_RIGHT_PERSON: self._move,
            Step.CHOOSE_RECIPIENT: self._choose,
            Step.RESERVE: self._place,
            Step.DEPOSIT: self._put_in,
            Step.CONFIRM_CODE: self._showing.show,
        }

    def way_on(self, parcel: Parcel) -> Step | None:
        """Return the step that takes the parcel further, of those that the desk offers; None where it may stay."""
        offered = self._desk.offers(parcel, self._person)
        if parcel.is_in_doubt and Step.CHECK in offered:
            return Step.CHECK
        steps = (step for step in ONWARD if step in offered)
        # One that lies in a locker is moved only if it lies there by mistake; half moved, it must go on.
        return next((step for step in steps if parcel.is_in_hand or step is not Step.MOVE_TO_RIGHT_PERSON), None)

    def offers(self, step: Step, parcel: Parcel, person: Person | None = None) -> bool:
        """Tell whether somebody can take the step now."""
        return step in self._desk.offers(parcel, person or self._person)

    async def take(self, step: Step, parcel: Parcel) -> Parcel:
        """Take a step that leads on; raises KioskError."""
        return await self._ways[step](parcel)

    async def look_back(self, parcel: Parcel) -> None:
        """Look at a parcel whose intake is done: it may be in the wrong locker, or its code is wanted once more."""
        if not parcel.is_in_locker or parcel.is_in_doubt:
            return
        chance = self._rng.random()
        if chance < self._habits.moves and self.offers(Step.MOVE_TO_RIGHT_PERSON, parcel):
            await self._move(parcel)
        elif chance > 1 - self._habits.shows_again and self.offers(Step.SHOW_CODE_AGAIN, parcel):
            await self._showing.show_again(parcel)

    async def _look(self, parcel: Parcel) -> Parcel:
        return await self._desk.look(parcel, self._person)

    async def _look_into_locker(self, parcel: Parcel) -> Parcel:
        """Say what became of a parcel that was put in unrecorded: it lies there, or its recipient has it."""
        known = await self._queries.journal.find(parcel.tracking_number)
        noted = sum(each.state is ParcelState.COLLECTED for each in known)
        if self._taken_out.times(parcel.tracking_number) > noted:
            return await self._desk.unrecorded.note_collected(parcel, self._person)
        return await self._desk.unrecorded.take_back(parcel, self._person)

    async def _choose(self, parcel: Parcel) -> Parcel:
        return await self._desk.intake.choose_recipient(parcel, self._contacts.of(parcel), self._person)

    async def _move(self, parcel: Parcel) -> Parcel:
        return await self._desk.reassignment.move(parcel, self._person)

    async def _place(self, parcel: Parcel) -> Parcel:
        """Choose a locker and reserve; lay the parcel on the shelf where that can't be."""
        if self._rng.random() < self._habits.set_aside:
            return await self._put_on_shelf(parcel, ShelfReason.PUT_ASIDE)
        bank, size = self._rng.choice(self._habits.banks), self._rng.choice(SIZES)
        try:
            return await self._add(parcel, bank) or await self._desk.intake.reserve(
                parcel, bank, size, self._person, nobody_looks_on
            )
        except NoFreeUnitError:
            return await self._put_on_shelf(parcel, ShelfReason.NO_UNIT, size)
        except InDoubtError:
            raise
        except ApiError:
            return await self._put_on_shelf(parcel, ShelfReason.NO_NETWORK, size)

    async def _add(self, parcel: Parcel, bank: str) -> Parcel | None:
        """Add the parcel to a locker that its recipient has; None where there is none."""
        if self._rng.random() >= self._habits.adds:
            return None
        lockers = await self._desk.open_lockers.of(parcel, await self._queries.lockers.bank(bank))
        if not lockers:
            return None
        return await self._desk.open_lockers.add(parcel, self._rng.choice(lockers), self._person, nobody_looks_on)

    async def _put_in(self, parcel: Parcel) -> Parcel:
        """Put the parcel in, or do what comes in between."""
        chance, habits = self._rng.random(), self._habits
        if chance < habits.cancels and self.offers(Step.CANCEL, parcel):
            return await self._desk.intake.cancel(parcel, self._person)
        chance -= habits.cancels
        if chance < habits.problems and self.offers(Step.REPORT_UNIT, parcel):
            blocked = (UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN)
            problem = self._rng.choice(blocked) if chance < habits.blocked else UnitProblem.TOO_SMALL
            return await self._desk.intake.report_unit(parcel, problem, self._person)
        if self._rng.random() < habits.extends and self.offers(Step.EXTEND, parcel, self._operator):
            hours = self._rng.randint(30, 90)
            parcel = await self._desk.corrections.extend(parcel, hours, "comes on Friday", self._operator)
        return await self._deposit(parcel)

    async def _deposit(self, parcel: Parcel) -> Parcel:
        """Say that the parcel is in, and note what the kiosk says to that: whoever put it in stands there."""
        number = parcel.tracking_number
        self._notes.write("put in", number=number)
        try:
            deposited = await self._desk.intake.deposit(parcel, self._person)
        except InDoubtError:
            self._notes.write("answered", number=number)
            raise
        except KioskError:
            self._notes.write("told", number=number)
            raise
        self._notes.write("answered", number=number)
        return deposited

    async def _put_on_shelf(self, parcel: Parcel, reason: ShelfReason, size: LockerSize | None = None) -> Parcel:
        while True:
            place = await self._desk.shelf.propose_place()
            try:
                return await self._desk.shelf.put_on(parcel, place, reason, self._person, size=size)
            except ShelfPlaceTakenError:
                continue
