"""A clerk without a screen: takes parcels in, decides by the seed, goes on after a restart with what is unfinished."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.errors import ApiError, InDoubtError, KioskError, NoFreeUnitError, ShelfPlaceTakenError, StorageError
from kiosk.parcels.contacts import Contact, ContactType
from kiosk.parcels.lockers import SIZES, LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState, ShelfReason, UnitProblem
from kiosk.recipients.reading import Row, read_rows
from kiosk.simulator.seeds import contacts_file

if TYPE_CHECKING:
    from kiosk.wiring import Services
    from tests.chaos.notes import Notes

LANES = 2
"""Parcels on their way at the same time: the next scan comes while the last one's requests are still out."""
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
        self._services = services
        self._actor = services.person
        self._notes = notes
        self._habits = habits
        self._seed = seed
        self._parcels = parcels
        self._rng = random.Random(f"{seed}/{services.person.kiosk}/{life}")
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
            left = await self._services.lookup.unfinished()
            if all(
                each.state is ParcelState.ON_SHELF and each.open_write is None for each in left if not _is_raised(each)
            ):
                return True
        return False

    async def settle(self, rounds: int) -> None:
        """Let recovery look until nothing is open, or patience ends."""
        for _ in range(rounds):
            await self._services.recovery.settle_all(self._actor)
            if not any(parcel.open_write for parcel in await self._services.lookup.unfinished()):
                return

    async def go_on_with_unfinished(self, *, shelf: bool = True) -> None:
        """Do the next step about every parcel that somebody has to do something about."""
        for parcel in await self._services.lookup.unfinished():
            if parcel.state is not ParcelState.ON_SHELF:
                await self._attend(parcel)
            elif shelf and self._rng.random() < 0.2:
                await self._resume(parcel)

    async def _lane(self) -> None:
        while self._next <= self._parcels:
            number, self._next = self.number(self._next), self._next + 1
            if await self._services.journal.find(number):
                continue
            taken = await self._services.scans.take_in(f"{number}\r", self._actor)
            self._notes.write("scanned", number=number)
            await self._attend(taken.parcel)
            if self._rng.random() < 0.15:
                await self.go_on_with_unfinished()

    def number(self, place: int) -> str:
        return f"{self._actor.kiosk}-{place:05d}"

    async def _first_maybe_missing(self) -> int:
        """Find the end of what was taken in; just before it the lanes may have been written down out of order."""
        known, missing = 0, self._parcels + 1
        while missing - known > 1:
            middle = (known + missing) // 2
            if await self._services.journal.find(self.number(middle)):
                known = middle
            else:
                missing = middle
        return max(known - 2 * LANES, 1)

    async def _note_settled(self) -> None:
        """Note again what a kill may have kept from being noted."""
        since = self._services.clock.now() - LOOKS_BACK
        for parcel in await self._services.journal.changed_since(since):
            if parcel.state is ParcelState.IN_LOCKER and parcel.open_write is None and not parcel.code_waiting:
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
            await self._next_steps(await self._services.journal.parcel(parcel.parcel_id) or parcel)
        except StorageError:
            raise
        except KioskError:
            return  # the journal has it, the next look goes on from there
        finally:
            self._busy.discard(parcel.parcel_id)

    async def _next_steps(self, parcel: Parcel) -> None:
        if parcel.open_write is not None:
            parcel = await self._services.recovery.settle(parcel, self._actor)
        if parcel.state is ParcelState.TAKEN_IN:
            parcel = await self._place(parcel)
        if parcel.state is ParcelState.RESERVED:
            parcel = await self._put_in(parcel)
        if parcel.state is ParcelState.IN_LOCKER:
            await self._show_code(parcel)

    async def _place(self, parcel: Parcel) -> Parcel:
        """Choose recipient and size and reserve; lay it on the shelf where that can't be."""
        if parcel.contact is None:
            parcel = await self._services.intake.choose_recipient(parcel, self._contact_for(parcel), self._actor)
        if self._rng.random() < self._habits.set_aside:
            return await self._hold(parcel, ShelfReason.PUT_ASIDE)
        bank, size = self._rng.choice(self._habits.banks), self._rng.choice(SIZES)
        return await self._reserve(parcel, bank, size)

    async def _reserve(self, parcel: Parcel, bank: str, size: LockerSize) -> Parcel:
        try:
            reserved = await self._services.intake.reserve(parcel, bank, size, self._actor, _say_nothing)
        except NoFreeUnitError:
            return await self._hold(parcel, ShelfReason.NO_UNIT, size)
        except InDoubtError:
            raise
        except ApiError:
            return await self._hold(parcel, ShelfReason.NO_NETWORK, size)
        return await self._services.oversight.check(reserved, self._actor)

    async def _put_in(self, parcel: Parcel) -> Parcel:
        intake, chance, habits = self._services.intake, self._rng.random(), self._habits
        if chance < habits.cancels:
            return await intake.cancel(parcel, self._actor)
        chance -= habits.cancels
        if chance < habits.problems:
            blocked = (UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN)
            problem = self._rng.choice(blocked) if chance < habits.blocked else UnitProblem.TOO_SMALL
            return await self._place_again(await intake.report(parcel, problem, self._actor))
        if self._rng.random() < habits.extends:
            parcel = await intake.extend(parcel, self._rng.randint(30, 90), self._actor)
        return await intake.deposit(parcel, self._actor)

    async def _place_again(self, parcel: Parcel) -> Parcel:
        if parcel.state is not ParcelState.TAKEN_IN:
            return parcel
        again = await self._reserve(parcel, self._rng.choice(self._habits.banks), self._rng.choice(SIZES))
        return await self._services.intake.deposit(again, self._actor) if again.state is ParcelState.RESERVED else again

    async def _show_code(self, parcel: Parcel) -> None:
        if parcel.code_waiting:
            code = await self._services.intake.pickup_code(parcel)
            shown = code.get_secret_value() if code else None
            self._notes.write("shown", number=parcel.tracking_number, code=shown)
            parcel = await self._services.intake.confirm_code(parcel, self._actor)
        self._note_done(parcel)
        await self._services.oversight.check(parcel, self._actor)

    async def _hold(self, parcel: Parcel, reason: ShelfReason, size: LockerSize | None = None) -> Parcel:
        while True:
            place = await self._services.holding.propose_place()
            try:
                return await self._services.holding.hold(parcel, place, reason, self._actor, size=size)
            except ShelfPlaceTakenError:
                continue

    async def _resume(self, parcel: Parcel) -> None:
        """Try a held parcel again where there is room for it."""
        try:
            view = await self._services.lookup.bank(self._rng.choice(self._habits.banks))
            if parcel.parcel_id in self._busy or not any(map(view.free_units, _sizes_for(parcel))):
                return
            resumed = await self._services.holding.resume(parcel, self._actor)
        except StorageError:
            raise
        except KioskError:
            return
        await self._attend(resumed)

    def _contact_for(self, parcel: Parcel) -> Contact:
        rng = random.Random(f"{self._seed}/{parcel.tracking_number}")
        return rng.choice(self._departments if rng.random() < 0.15 else self._contacts)


def _is_raised(parcel: Parcel) -> bool:
    """Tell whether only an operator's item is left about a parcel."""
    return bool(parcel.attention) and parcel.open_write is None and parcel.state is ParcelState.IN_LOCKER


def _sizes_for(parcel: Parcel) -> tuple[LockerSize, ...]:
    return (parcel.wanted_size,) if parcel.wanted_size else SIZES


def _say_nothing(_: str) -> None:
    return
