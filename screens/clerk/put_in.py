"""Put it in locker 7: the one moment that only a person can see. No operation opens a door, so the screen asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from kiosk.parcels.parcel import UnitProblem
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import OCCUPIED, PROBLEM_QUESTION, PUT_IN_KEYS
from screens.destinations import ShowLocker
from screens.messages import GoTo, StepDone
from screens.widgets.bank_doors import BankDoors
from screens.widgets.big_text import BigText
from screens.widgets.heading import Heading
from screens.widgets.words import Words
from screens.wording import day_and_time, doors_of, is_department, person, where_to_find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.parcels.parcel import Parcel
    from screens.actions import Action


PROBLEM_HINT = "The locker is given back, and the parcel gets another one."


class PutInScreen(ParcelScreen):
    """Shows the door; asks whether the parcel is in, or what is wrong with it."""

    KEYMAP = PUT_IN_KEYS
    STEP = 4

    def compose_content(self) -> Iterable[Widget]:
        """Return the order, the door's number, and where it is in the bank."""
        yield Heading(f"Parcel {self.about}")
        with Horizontal():
            with Vertical(id="order"):
                yield Words("Put it in locker", classes="-title")
                yield BigText(self._unit, double=True)
                yield Words(self.bank_label)
                yield Words(f"for {person(self.parcel.contact)}")
                yield Words(where_to_find(self.parcel.contact), classes="-quiet")
                yield from (Words(words) for words in self._special())
                yield Words(self._held_until(), classes="-quiet")
            yield BankDoors()

    def appear(self) -> None:
        """Show the door among the others, if the bank was read before; the number alone is enough."""
        view = self.services.lookup.seen(self.parcel.place.locker_bank_id) if self.parcel.place else None
        doors = self.query_one(BankDoors)
        doors.display = view is not None
        if view is not None:
            doors.doors = doors_of(view, chosen=self._unit)

    def allows(self, action: Action) -> bool | None:
        """In a shared locker something lies already."""
        if action is OCCUPIED and self.parcel.shared:
            return None
        return super().allows(action)

    def action_is_in(self) -> None:
        """Record the deposit."""
        self.run(
            self.services.intake.deposit(self.parcel, self.services.actor),
            f"Recording that it is in locker {self._unit}",
            lambda parcel: self.leave(StepDone(parcel)),
        )

    def action_problem(self) -> None:
        """Ask what is wrong at the door."""
        self.ask_first(f"What is wrong at locker {self._unit}?", PROBLEM_HINT, PROBLEM_QUESTION)

    def action_occupied(self) -> None:
        """Take another unit, because something is in this one."""
        self._another(UnitProblem.OCCUPIED, f"Giving locker {self._unit} back and taking another one")

    def action_did_not_open(self) -> None:
        """Take another unit, because the door stays shut."""
        self._another(UnitProblem.DID_NOT_OPEN, f"Giving locker {self._unit} back and taking another one")

    def action_too_small(self) -> None:
        """Give the unit back and choose a larger size."""
        self.asking.stop()
        has_room = self.parcel.place is None or self.parcel.shared  # full of others: the size may still be right
        size = None if has_room or self.parcel.place is None else self.parcel.place.size
        self.run(
            self.services.intake.report(self.parcel, UnitProblem.TOO_SMALL, self.services.actor),
            f"Giving locker {self._unit} back",
            lambda parcel: self.leave(GoTo(ShowLocker(parcel, too_small=size))),
        )

    @property
    def _unit(self) -> str:
        return self.parcel.place.locker_unit_id if self.parcel.place else ""

    def _held_until(self) -> str:
        expiry = self.parcel.reservation_expiry
        return f"held until {day_and_time(expiry, self.services.clock.now())}" if expiry else ""

    def _special(self) -> list[str]:
        """Say what is special about the locker: others in it, no code, within reach or not."""
        contact, place = self.parcel.contact, self.parcel.place
        view = self.services.lookup.seen(place.locker_bank_id) if place else None
        units = view.details.locker_units if view else ()
        within_reach = any(unit.accessible for unit in units if unit.locker_unit_id == self._unit)
        words = ["beside the recipient's other parcels"] if self.parcel.shared else []
        words += ["department: personal id, no code"] if is_department(contact) else []
        if contact is not None and contact.accessible and units:
            words.append("reachable locker" if within_reach else "NOT a reachable locker")
        return words

    def _another(self, problem: UnitProblem, waiting: str) -> None:
        self.asking.stop()
        back = f"Locker {self._unit} was given back."

        def go_on(parcel: Parcel) -> None:
            self.leave(StepDone(parcel, f"{back} Take this one." if parcel.place else f"{back} Choose another one."))

        self.run(self._replace(problem), waiting, go_on)

    async def _replace(self, problem: UnitProblem) -> Parcel:
        place = self.parcel.place
        parcel = await self.services.intake.report(self.parcel, problem, self.services.actor)
        if place is None or place.size is None:
            return parcel
        return await self.services.intake.reserve(
            parcel, place.locker_bank_id, place.size, self.services.actor, lambda _: None
        )
