"""A clerk whose recipients are told of their parcels: takes in, puts in, gives out, moves, forgets, corrects."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable

from kiosk.desk.progress import nobody_looks_on
from kiosk.errors import ApiError, InDoubtError, KioskError, NoFreeUnitError, ShelfPlaceTakenError, StorageError
from kiosk.parcels.lockers import SIZES
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType, IdentityCheck, ShelfReason
from kiosk.parcels.steps import Step
from kiosk.wiring import Services, person_at_desk
from tests.chaos.notes import Notes
from tests.chaos.notices.world import POPULAR, Resident, address, residents

BANKS = ("AOne", "BTwo", "BTwo", "CThree")
ONTO_SHELF = 0.45
ADDS = 0.3
"""A parcel goes into a locker that its recipient has, where there is one."""
ERRANDS = 0.35
GOES_BACK = 0.15
ONWARD = (
    Step.TAKE_BACK,
    Step.CHOOSE_RECIPIENT,
    Step.MOVE_TO_RIGHT_PERSON,
    Step.RESERVE,
    Step.DEPOSIT,
    Step.CONFIRM_CODE,
)
"""What takes a parcel on its way, in this order."""
FORGOTTEN, SENT_AGAIN, SCANNED, DONE = "forgotten", "sent again", "scanned", "done"
"""Notes, beside the journal."""


class Clerk:
    """Takes in parcels in the life of one process; `scanned` are those of earlier lives.

    Without numbers, what is unfinished at the desk is brought to an end, whoever began it.
    """

    def __init__(
        self,
        services: Services,
        notes: Notes,
        rng: random.Random,
        *,
        desk: str,
        numbers: tuple[str, ...],
        scanned: set[str],
    ) -> None:
        self._desk, self._queries = services.desk, services.queries
        self._person = person_at_desk(services.settings)
        self._notes = notes
        self._rng = rng
        self._desk_name = desk
        self._numbers = numbers
        self._scanned = scanned
        self._ways: dict[Step, Callable[[Parcel], Awaitable[Parcel]]] = {
            Step.TAKE_BACK: lambda parcel: self._desk.unrecorded.take_back(parcel, self._person),
            Step.CHOOSE_RECIPIENT: self._choose,
            Step.MOVE_TO_RIGHT_PERSON: lambda parcel: self._desk.reassignment.move(parcel, self._person),
            Step.RESERVE: self._place,
            Step.DEPOSIT: lambda parcel: self._desk.intake.deposit(parcel, self._person),
            Step.CONFIRM_CODE: self._confirm,
        }
        self._errands: tuple[Callable[[], Awaitable[object]], ...] = (
            self._give_out,
            self._give_out,
            self._move,
            self._take_off_shelf,
            self._clear,
            self._renew_code,
            self._send_again,
            self._correct_address,
            self._see_off,
            self._see_off,
        )

    async def work(self) -> None:
        """Go on with what is unfinished, then take in the rest."""
        await self.go_on()
        for number in self._numbers:
            if number not in self._scanned and not await self._queries.journal.find(number):
                parcel = (await self._desk.scans.take_in(f"{number}\r", self._person)).parcel
                self._notes.scanned(number)
                self._scanned.add(number)
                await self._attend(parcel)
                if self._rng.random() < ERRANDS:
                    await self._try(self._rng.choice(self._errands))
                if self._rng.random() < GOES_BACK:
                    await self.go_on()

    async def go_on(self) -> bool:
        """Do what is next about every parcel of this clerk; tell whether nothing is left to do."""
        for parcel in await self._unfinished():
            await self._attend(parcel)
        return not any(map(self._way_on, await self._unfinished()))

    async def _unfinished(self) -> list[Parcel]:
        unfinished = await self._queries.journal.unfinished()
        return [each for each in unfinished if not self._numbers or each.tracking_number in self._numbers]

    def _way_on(self, parcel: Parcel) -> Step | None:
        offered = self._desk.offers(parcel, self._person)
        if parcel.is_in_doubt and Step.CHECK in offered:
            return Step.CHECK
        steps = (step for step in ONWARD if step in offered and self._leads_on(step, parcel))
        return next(steps, None)

    @staticmethod
    def _leads_on(step: Step, parcel: Parcel) -> bool:
        if step is Step.CHOOSE_RECIPIENT:
            return parcel.contact is None or parcel.wrong_recipient
        return step is not Step.MOVE_TO_RIGHT_PERSON or (parcel.is_in_hand and parcel.wrong_recipient)

    async def _attend(self, parcel: Parcel) -> None:
        async def until_it_lies_there() -> None:
            now = parcel
            while step := self._way_on(now):
                before, now = now, await self._step(step, now)
                if now == before:
                    return

        await self._try(until_it_lies_there)

    async def _step(self, step: Step, parcel: Parcel) -> Parcel:
        if step is Step.CHECK:
            return await self._desk.look(parcel, self._person)
        return await self._ways[step](parcel)

    @staticmethod
    async def _try(work: Callable[[], Awaitable[object]]) -> None:
        """Do something; what fails is left for later, the journal has it."""
        try:
            await work()
        except StorageError:
            raise
        except KioskError:
            return

    async def _choose(self, parcel: Parcel) -> Parcel:
        """Choose the recipient: the same after a kill, another one after a mistake, nobody who was forgotten."""
        rng = random.Random(f"{self._desk_name}/{parcel.tracking_number}/{parcel.moved_from}")
        people = residents(self._desk_name)
        if parcel.moved_from or parcel.wrong_recipient or not parcel.tracking_number.startswith("K1A"):
            people = tuple(each for each in people if not each.leaves)
        while True:
            chosen = rng.choice(people[:POPULAR] if rng.random() < 0.5 else people)
            contact = await self._queries.directory.by_id(chosen.contact_id)
            if contact is not None:
                return await self._desk.intake.choose_recipient(parcel, contact, self._person)

    async def _place(self, parcel: Parcel) -> Parcel:
        if self._rng.random() < ONTO_SHELF:
            return await self._put_on_shelf(parcel)
        bank = self._rng.choice(BANKS)
        try:
            if self._rng.random() < ADDS:
                view = await self._queries.lockers.bank(bank)
                for locker in await self._desk.open_lockers.of(parcel, view):
                    return await self._desk.open_lockers.add(parcel, locker, self._person, nobody_looks_on)
            return await self._desk.intake.reserve(parcel, bank, self._rng.choice(SIZES), self._person, nobody_looks_on)
        except NoFreeUnitError:
            return await self._put_on_shelf(parcel)
        except InDoubtError:
            raise
        except ApiError:
            return await self._put_on_shelf(parcel)

    async def _put_on_shelf(self, parcel: Parcel) -> Parcel:
        while True:
            place = await self._desk.shelf.propose_place()
            try:
                return await self._desk.shelf.put_on(parcel, place, ShelfReason.PUT_ASIDE, self._person)
            except ShelfPlaceTakenError:
                continue

    async def _confirm(self, parcel: Parcel) -> Parcel:
        code = await self._desk.pickup_codes.waiting(parcel)
        return await self._desk.pickup_codes.confirm(parcel, code, self._person)

    async def _one_with(self, step: Step) -> Parcel | None:
        """Return an earlier parcel with which a step can be taken, if one comes to mind."""
        for _ in range(6):
            if not self._scanned:
                return None
            found = await self._queries.journal.find(self._rng.choice(sorted(self._scanned)))
            for parcel in found:
                if parcel.contact is not None and step in self._desk.offers(parcel, self._person):
                    return parcel
        return None

    async def _give_out(self) -> None:
        if parcel := await self._one_with(Step.HAND_OVER):
            await self._desk.leaving.hand_over(parcel, "whoever came", IdentityCheck.KNOWN, self._person)

    async def _move(self) -> None:
        """Put a parcel from the wrong person's locker into the right one's."""
        parcel = await self._one_with(Step.MOVE_TO_RIGHT_PERSON)
        if parcel and parcel.is_in_locker and not self._leaves(parcel):
            await self._attend(await self._desk.reassignment.move(parcel, self._person))

    async def _take_off_shelf(self) -> None:
        """Try a parcel on the shelf again, half of them for somebody else."""
        parcel = await self._one_with(Step.TAKE_OFF_SHELF)
        if parcel is None:
            return
        parcel = await self._desk.shelf.take_off(parcel, self._person)
        if self._rng.random() < 0.5 and not self._leaves(parcel):
            somebody = self._rng.choice([each for each in residents(self._desk_name) if not each.leaves])
            contact = await self._queries.directory.by_id(somebody.contact_id)
            assert contact is not None
            parcel = await self._desk.intake.choose_recipient(parcel, contact, self._person)
        await self._attend(parcel)

    async def _clear(self) -> None:
        """Take a parcel out of its locker, and lay it on the shelf."""
        if parcel := await self._one_with(Step.CLEAR):
            parcel = await self._desk.leaving.clear(parcel, self._person)
            if parcel.is_in_hand:
                place = await self._desk.shelf.propose_place()
                await self._desk.shelf.put_on(parcel, place, ShelfReason.NOT_COLLECTED, self._person)

    async def _renew_code(self) -> None:
        if parcel := await self._one_with(Step.RENEW_CODE):
            await self._attend(await self._desk.corrections.renew_code(parcel, "nobody wrote it down", self._person))

    async def _send_again(self) -> None:
        parcel = await self._one_with(Step.SEND_AGAIN)
        if parcel and parcel.contact:
            self._note(SENT_AGAIN, contact=parcel.contact.contact_id)
            await self._desk.notices.send_again(parcel, self._person)

    async def _correct_address(self) -> None:
        unreached = await self._desk.notices.unreached()
        people = [each for each in unreached if each.contact and each.contact.contact_type is ContactType.RECIPIENT]
        if people:
            parcel = self._rng.choice(people)
            assert parcel.contact is not None
            self._note(SENT_AGAIN, contact=parcel.contact.contact_id)
            right = address(self._desk_name, parcel.contact.contact_id)
            await self._desk.notices.correct_address(parcel, right, self._person)

    async def _see_off(self) -> None:
        """Give somebody who moves away all their parcels, and forget them. One clerk does, or two would meet."""
        if not self._numbers or not self._numbers[0].startswith("K1A"):
            return
        going = [each for each in residents(self._desk_name) if each.leaves]
        somebody = self._rng.choice(going)
        if await self._queries.directory.by_id(somebody.contact_id) is None:
            return
        for parcel in await self._queries.journal.here_for(somebody.contact_id):
            await self._desk.leaving.hand_over(parcel, "whoever came", IdentityCheck.KNOWN, self._person)
        await self._desk.privacy.forget(somebody.contact_id, self._person)
        self._note(FORGOTTEN, contact=somebody.contact_id)

    def _leaves(self, parcel: Parcel) -> bool:
        return parcel.contact is not None and parcel.contact.contact_id in _leaving(residents(self._desk_name))

    def _note(self, kind: str, **fields: str) -> None:
        self._notes.write(kind, real=time.time(), **fields)


def _leaving(people: tuple[Resident, ...]) -> set[str]:
    return {each.contact_id for each in people if each.leaves}
