"""A clerk without a screen: takes parcels in, and goes on after a restart with what is unfinished.

What can be done next is what the desk offers for the parcel; which of it, and how well it goes, the seed decides.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from kiosk.desk.progress import nobody_looks_on
from kiosk.errors import ApiError, InDoubtError, KioskError, NoFreeUnitError, ShelfPlaceTakenError, StorageError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import SIZES, LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import ContactType, Role, ShelfReason, UnitProblem
from kiosk.parcels.steps import Step
from kiosk.recipients.reading import Row, read_rows
from kiosk.simulator.seeds import contacts_file
from kiosk.wiring import Services, person_at_desk
from tests.chaos.notes import Notes

LANES = 2
"""Parcels on their way at the same time: the next scan comes while the last one's requests are still out."""
ONWARD = (Step.RESERVE, Step.CHOOSE_RECIPIENT, Step.DEPOSIT, Step.CONFIRM_CODE)
"""What takes a parcel on its way, in the order in which a clerk would choose."""
LOOKS_BACK = timedelta(seconds=30)
"""How far before a kill a finished intake may lie whose note got lost."""


@dataclass(frozen=True)
class Habits:
    """How often something else happens than the straight way, and where parcels go."""

    banks: tuple[str, ...] = ("AOne", "BTwo", "CThree")
    problems: float = 0.05
    blocked: float = 0.006
    """Doors reported as occupied or shut; the kiosk leaves such a unit alone for a day, so there are few."""
    cancels: float = 0.04
    extends: float = 0.06
    set_aside: float = 0.03


USUAL = Habits()


def demo_contacts() -> list[Contact]:
    """Return the people and departments that the simulated service knows."""
    rows = [row for row in read_rows(contacts_file()) if isinstance(row, Row)]
    return [
        Contact(
            contact_id=row.contact_id,
            contact_type=ContactType(row.contact_type),
            name=row.name,
            accessible=row.accessible,
        )
        for row in rows
    ]


class Clerk:
    """Works off the parcels `1..parcels` of one kiosk, in the life of one process."""

    def __init__(
        self,
        services: Services,
        notes: Notes,
        habits: Habits,
        *,
        seed: str,
        life: int,
        parcels: int,
    ) -> None:
        self._settling, self._clock = services.settling, services.clock
        self._desk, self._queries = services.desk, services.queries
        self._kiosk = services.settings.desk.name
        self._person = person_at_desk(services.settings)
        self._operator = Person(name="operator", role=Role.OPERATOR, user_id=self._person.user_id)
        self._notes = notes
        self._habits = habits
        self._seed = seed
        self._parcels = parcels
        self._rng = random.Random(f"{seed}/{self._kiosk}/{life}")
        self._contacts = demo_contacts()
        self._departments = [each for each in self._contacts if each.contact_type is ContactType.DEPARTMENT]
        self._busy: set[str] = set()
        self._next = 1

    async def work(self) -> None:
        """Settle, go on with what is unfinished, then take in the rest."""
        await self._note_settled()
        await self.settle(rounds=3)
        await self.go_on_with_unfinished()
        self._next = await self._first_maybe_missing()
        async with asyncio.TaskGroup() as lanes:
            for _ in range(LANES):
                lanes.create_task(self._lane())
        await self.settle(rounds=3)
        await self.go_on_with_unfinished()

    async def finish(self, rounds: int = 20) -> bool:
        """Bring everything to an end on a sound line: deposited with its code shown, or on the shelf."""
        self._habits = Habits(banks=self._habits.banks, problems=0, blocked=0, cancels=0, extends=0, set_aside=0)
        await self._note_settled()
        for _ in range(rounds):
            await self.settle(rounds=1)
            await self.go_on_with_unfinished(shelf=False)
            if not any(map(self._way_on, await self._queries.journal.unfinished())):
                return True
        return False

    async def settle(self, rounds: int) -> None:
        """Let recovery look until nothing is open, or patience ends."""
        for _ in range(rounds):
            await self._settling.settle_all()
            if not any(parcel.is_in_doubt for parcel in await self._queries.journal.unfinished()):
                return

    async def go_on_with_unfinished(self, *, shelf: bool = True) -> None:
        """Do the next step about every parcel that somebody has to do something about."""
        for parcel in await self._queries.journal.unfinished():
            if not self._offers(Step.TAKE_OFF_SHELF, parcel):
                await self._attend(parcel)
            elif shelf and self._rng.random() < 0.2:
                await self._resume(parcel)

    async def _lane(self) -> None:
        while self._next <= self._parcels:
            number, self._next = self.number(self._next), self._next + 1
            if await self._queries.journal.find(number):
                continue
            taken = await self._desk.scans.take_in(f"{number}\r", self._person)
            self._notes.write("scanned", number=number)
            await self._attend(taken.parcel)
            if self._rng.random() < 0.15:
                await self.go_on_with_unfinished()

    def number(self, place: int) -> str:
        return f"{self._kiosk}-{place:05d}"

    async def _first_maybe_missing(self) -> int:
        """Find the end of what was taken in; just before it the lanes may have been written down out of order."""
        known, missing = 0, self._parcels + 1
        while missing - known > 1:
            middle = (known + missing) // 2
            if await self._queries.journal.find(self.number(middle)):
                known = middle
            else:
                missing = middle
        return max(known - 2 * LANES, 1)

    async def _note_settled(self) -> None:
        """Note again what a kill may have kept from being noted."""
        _, changed = await self._queries.journal.home(self._clock.now() - LOOKS_BACK)
        for parcel, _ in changed:
            if self._way_on(parcel) is None:
                self._note_done(parcel)

    def _note_done(self, parcel: Parcel) -> None:
        if parcel.place is not None:
            place = parcel.place
            self._notes.write(
                "settled", number=parcel.tracking_number, bank=place.locker_bank_id, unit=place.locker_unit_id
            )

    async def _attend(self, parcel: Parcel) -> None:
        """Do what is next about a parcel, unless the other lane is at it; what fails is left for later."""
        if parcel.parcel_id in self._busy:
            return
        self._busy.add(parcel.parcel_id)
        try:
            await self._go_on(await self._queries.parcel(parcel.parcel_id) or parcel)
        except StorageError:
            raise
        except KioskError:
            return  # the journal has it, the next look goes on from there
        finally:
            self._busy.discard(parcel.parcel_id)

    async def _go_on(self, parcel: Parcel) -> None:
        """Take one step after the other, until the parcel has come to an end or lies on the shelf."""
        ways: dict[Step, Callable[[Parcel], Awaitable[Parcel]]] = {
            Step.CHECK: self._look,
            Step.CHOOSE_RECIPIENT: self._choose,
            Step.RESERVE: self._place,
            Step.DEPOSIT: self._put_in,
            Step.CONFIRM_CODE: self._show_code,
        }
        while step := self._way_on(parcel):
            parcel = await ways[step](parcel)
        if self._offers(Step.CHECK, parcel):
            self._note_done(parcel)
            await self._desk.findings.check(parcel, self._person)

    def _way_on(self, parcel: Parcel) -> Step | None:
        """Return the step that takes the parcel further, of those that the desk offers; None where it may stay."""
        offered = self._desk.offers(parcel, self._person)
        if parcel.is_in_doubt and Step.CHECK in offered:
            return Step.CHECK
        return next((step for step in ONWARD if step in offered), None)

    def _offers(self, step: Step, parcel: Parcel, person: Person | None = None) -> bool:
        return step in self._desk.offers(parcel, person or self._person)

    async def _look(self, parcel: Parcel) -> Parcel:
        return await self._desk.look(parcel, self._person)

    async def _choose(self, parcel: Parcel) -> Parcel:
        return await self._desk.intake.choose_recipient(parcel, self._contact_for(parcel), self._person)

    async def _place(self, parcel: Parcel) -> Parcel:
        """Choose a size and reserve; lay the parcel on the shelf where that can't be."""
        if self._rng.random() < self._habits.set_aside:
            return await self._put_on_shelf(parcel, ShelfReason.PUT_ASIDE)
        bank, size = self._rng.choice(self._habits.banks), self._rng.choice(SIZES)
        try:
            reserved = await self._desk.intake.reserve(parcel, bank, size, self._person, nobody_looks_on)
        except NoFreeUnitError:
            return await self._put_on_shelf(parcel, ShelfReason.NO_UNIT, size)
        except InDoubtError:
            raise
        except ApiError:
            return await self._put_on_shelf(parcel, ShelfReason.NO_NETWORK, size)
        return await self._desk.findings.check(reserved, self._person)

    async def _put_in(self, parcel: Parcel) -> Parcel:
        """Put the parcel in, or do what comes in between."""
        chance, habits = self._rng.random(), self._habits
        if chance < habits.cancels and self._offers(Step.CANCEL, parcel):
            return await self._desk.intake.cancel(parcel, self._person)
        chance -= habits.cancels
        if chance < habits.problems and self._offers(Step.REPORT_UNIT, parcel):
            blocked = (UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN)
            problem = self._rng.choice(blocked) if chance < habits.blocked else UnitProblem.TOO_SMALL
            return await self._desk.intake.report_unit(parcel, problem, self._person)
        if self._rng.random() < habits.extends and self._offers(Step.EXTEND, parcel, self._operator):
            hours = self._rng.randint(30, 90)
            parcel = await self._desk.corrections.extend(parcel, hours, "comes on Friday", self._operator)
        return await self._desk.intake.deposit(parcel, self._person)

    async def _show_code(self, parcel: Parcel) -> Parcel:
        code = await self._desk.pickup_codes.waiting(parcel)
        shown = code.secret.get_secret_value() if code else None
        self._notes.write("shown", number=parcel.tracking_number, code=shown)
        return await self._desk.pickup_codes.confirm(parcel, code, self._person)

    async def _put_on_shelf(self, parcel: Parcel, reason: ShelfReason, size: LockerSize | None = None) -> Parcel:
        while True:
            place = await self._desk.shelf.propose_place()
            try:
                return await self._desk.shelf.put_on(parcel, place, reason, self._person, size=size)
            except ShelfPlaceTakenError:
                continue

    async def _resume(self, parcel: Parcel) -> None:
        """Try a parcel on the shelf again where there is room for it."""
        try:
            view = await self._queries.lockers.bank(self._rng.choice(self._habits.banks))
            if parcel.parcel_id in self._busy or not any(map(view.free_units, _sizes_for(parcel))):
                return
            taken_off = await self._desk.shelf.take_off(parcel, self._person)
        except StorageError:
            raise
        except KioskError:
            return
        await self._attend(taken_off)

    def _contact_for(self, parcel: Parcel) -> Contact:
        rng = random.Random(f"{self._seed}/{parcel.tracking_number}")
        return rng.choice(self._departments if rng.random() < 0.15 else self._contacts)


def _sizes_for(parcel: Parcel) -> tuple[LockerSize, ...]:
    return (parcel.wanted_size,) if parcel.wanted_size else SIZES
