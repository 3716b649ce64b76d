"""The steps of an intake as a clerk takes them, and what comes in between."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable

from kiosk.desk.progress import nobody_looks_on
from kiosk.desk.questions import PutIn
from kiosk.errors import (
    ApiError,
    InDoubtError,
    KioskError,
    NoFreeUnitError,
    NoLargerUnitError,
    ShelfPlaceTakenError,
    WrongStateError,
)
from kiosk.parcels.lockers import SIZES, LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role, ShelfReason, UnitProblem
from kiosk.parcels.steps import Step
from kiosk.wiring import Services, person_at_desk
from tests.chaos.boxes import Boxes
from tests.chaos.case import Where
from tests.chaos.habits import Contacts, Habits
from tests.chaos.hands import place_in, put_away
from tests.chaos.notes import Notes
from tests.chaos.showing import Showing

ONWARD = (
    Step.SETTLE_NUMBER,
    Step.TAKE_BACK,
    Step.MOVE_TO_RIGHT_PERSON,
    Step.RESERVE,
    Step.CHOOSE_RECIPIENT,
    Step.DEPOSIT,
    Step.CONFIRM_CODE,
)
"""What takes a parcel on its way, in the order in which a clerk would choose."""
ANOTHER_LOCKER = 0.3
"""Of the lockers that are given back at the door, those with which nothing is wrong."""


class Intake:
    """One clerk's hands."""

    def __init__(
        self,
        services: Services,
        showing: Showing,
        notes: Notes,
        boxes: Boxes,
        habits: Habits,
        rng: random.Random,
        seed: str,
    ) -> None:
        self._desk, self._queries = services.desk, services.queries
        self._dialogue = services.dialogue(person_at_desk(services.settings))
        self._person = person_at_desk(services.settings)
        self._operator = Person(name="operator", role=Role.OPERATOR, user_id=self._person.user_id)
        self._showing = showing
        self._notes = notes
        self._boxes = boxes
        self._habits = habits
        self._rng = rng
        self._contacts = Contacts(seed)
        self._ways: dict[Step, Callable[[Parcel], Awaitable[Parcel]]] = {
            Step.CHECK: self._look,
            Step.SETTLE_NUMBER: self._settle_number,
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
        if parcel.is_outgoing:
            return None
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

    async def _settle_number(self, parcel: Parcel) -> Parcel:
        return await self._desk.scans.choose_number(parcel, self._person)

    async def _look_into_locker(self, parcel: Parcel) -> Parcel:
        """Say what became of a parcel that was put in unrecorded: it lies there, or its recipient has it."""
        if self._boxes.where(parcel.tracking_number).where is Where.RECIPIENT:
            return await self._desk.unrecorded.note_collected(parcel, self._person)
        return await self._with_the_box(parcel, lambda each: self._desk.unrecorded.take_back(each, self._person))

    async def _choose(self, parcel: Parcel) -> Parcel:
        parcel = await self._desk.intake.choose_recipient(parcel, self._contacts.of(parcel), self._person)
        return await self._maybe_a_slip(parcel)

    async def _move(self, parcel: Parcel) -> Parcel:
        return await self._with_the_box(parcel, lambda each: self._desk.reassignment.move(each, self._person))

    async def _maybe_a_slip(self, parcel: Parcel) -> Parcel:
        """Undo now and then what was done a moment ago; what is in the way of that stays done."""
        if self._rng.random() >= self._habits.slips:
            return parcel
        try:
            return await self._desk.undoing.undo(parcel, self._person)
        except WrongStateError:
            return parcel

    async def _with_the_box(self, parcel: Parcel, step: Callable[[Parcel], Awaitable[Parcel]]) -> Parcel:
        """Take a step with the box in one's hands; raises WrongStateError where it is not to be had.

        It may have been put into its locker before.
        """
        number = parcel.tracking_number
        try:
            if not self._boxes.take(number):
                raise WrongStateError("changed_meanwhile", tracking_number=number)
            return await step(parcel)
        finally:
            await put_away(self._boxes, self._queries, number)

    async def _place(self, parcel: Parcel) -> Parcel:
        """Choose a locker and reserve; lay the parcel on the shelf where that can't be."""
        if self._boxes.is_at_another_desk(parcel.tracking_number):
            return await self._desk.intake.cancel(parcel, self._person)
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
        if self._boxes.is_at_another_desk(parcel.tracking_number):
            return await self._desk.intake.cancel(parcel, self._person)
        chance, habits = self._rng.random(), self._habits
        if chance < habits.cancels and self.offers(Step.CANCEL, parcel):
            return await self._with_the_box(parcel, self._cancel)
        chance -= habits.cancels
        if chance < habits.problems and self.offers(Step.REPORT_UNIT, parcel):
            other = self._blocked if chance < habits.blocked else self._another_locker
            return await self._with_the_box(parcel, other)
        if self._rng.random() < habits.extends and self.offers(Step.EXTEND, parcel, self._operator):
            hours = self._rng.randint(30, 90)
            parcel = await self._desk.corrections.extend(parcel, hours, "comes on Friday", self._operator)
        return await self._deposit(parcel)

    async def _cancel(self, parcel: Parcel) -> Parcel:
        return await self._maybe_a_slip(await self._desk.intake.cancel(parcel, self._person))

    async def _blocked(self, parcel: Parcel) -> Parcel:
        problem = self._rng.choice((UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN))
        return (await self._dialogue.problem(PutIn(parcel), problem)).parcel

    async def _another_locker(self, parcel: Parcel) -> Parcel:
        """Ask for a larger locker, or for another one although nothing is wrong with this one."""
        question = PutIn(parcel)
        if self._rng.random() < ANOTHER_LOCKER:
            return (await self._dialogue.another_locker(question)).parcel
        try:
            return (await self._dialogue.problem(question, UnitProblem.TOO_SMALL)).parcel
        except NoLargerUnitError:
            return (await self._dialogue.too_small_for_now(question)).parcel

    async def _deposit(self, parcel: Parcel) -> Parcel:
        """Say that the parcel is in, and note what the kiosk says to that: whoever put it in stands there."""
        number, place = parcel.tracking_number, place_in(parcel)
        if place is None or not self._boxes.put_in(number, place):
            raise WrongStateError("changed_meanwhile", tracking_number=number)
        self._notes.write("put in", number=number)
        try:
            deposited = await self._desk.intake.deposit(parcel, self._person)
        except InDoubtError:
            self._notes.write("answered", number=number)
            raise
        except KioskError:
            self._notes.write("told", number=number)
            # Out of a locker that may not be this parcel's any more.
            self._boxes.take(number)
            await put_away(self._boxes, self._queries, number)
            raise
        self._notes.write("answered", number=number)
        return deposited

    async def _put_on_shelf(self, parcel: Parcel, reason: ShelfReason, size: LockerSize | None = None) -> Parcel:
        return await self._with_the_box(parcel, lambda each: self._lay_down(each, reason, size))

    async def _lay_down(self, parcel: Parcel, reason: ShelfReason, size: LockerSize | None) -> Parcel:
        while True:
            place = await self._desk.shelf.propose_place()
            try:
                laid = await self._desk.shelf.put_on(parcel, place, reason, self._person, size=size)
            except ShelfPlaceTakenError:
                continue
            return await self._maybe_a_slip(laid)
