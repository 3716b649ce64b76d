"""Put it in locker 7: the one moment that only a person can see. No operation opens a door, so the screen asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from kiosk.desk.proposals import awaited_size, has_any
from kiosk.desk.questions import ChooseLocker, PutIn, Question
from kiosk.errors import KioskError, NoLargerUnitError
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.states import UnitProblem
from kiosk.parcels.steps import Step
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.people import person, where_to_find
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import (
    NO_LARGER_QUESTION,
    OCCUPIED,
    ONCE_MORE_QUESTION,
    OTHER_LOCKER,
    PROBLEM_QUESTION,
    PUT_IN_KEYS,
    TO_OTHER_BANK,
)
from screens.destinations import ShowShelf
from screens.messages import GoTo, ScreenWanted, StepDone
from screens.widgets.bank_doors import BankDoors
from screens.widgets.big_text import BigText
from screens.widgets.drawn import is_large
from screens.widgets.heading import Heading
from screens.widgets.words import Words
from screens.wording import doors_of, is_department

if TYPE_CHECKING:
    from textual.widget import Widget


class PutInScreen(ParcelScreen):
    """Shows the door; asks whether the parcel is in, or what is wrong with it."""

    KEYMAP = PUT_IN_KEYS
    STEP = 4

    def compose_content(self) -> Iterable[Widget]:
        """Return the order, the door's number, and where it is in the bank."""
        yield Heading(_("Parcel {about}").format(about=self.about))
        with Horizontal():
            with Vertical(id="order"):
                yield Words(_("Put it in locker"), classes="-title")
                yield BigText(self._unit, double=True)
                yield Words(self.bank_label, rows=2, classes="-long")
                yield Words(_("for {name}").format(name=person(self.parcel.contact)))
                yield Words(where_to_find(self.parcel.contact), classes="-quiet")
                yield from (Words(words) for words in self._special())
                yield Words(self._held_until(), classes="-quiet")
            yield BankDoors()

    def appear(self) -> None:
        """Show the door among the others, if the bank was read before; the number alone is enough."""
        view = self.services.queries.lockers.seen(self.parcel.place.locker_bank_id) if self.parcel.place else None
        doors = self.query_one(BankDoors)
        doors.display = view is not None and not is_large(self)
        if view is not None:
            doors.doors = doors_of(view, chosen=self._unit)

    @property
    def spoken_number(self) -> str:
        """The locker's number, and its bank."""
        return f"{self._unit}, {self.bank_label}"

    def allows(self, action: Action) -> bool | None:
        """Do not ask whether a shared locker is occupied: it is. Name another bank only where that has a larger one."""
        if action is OCCUPIED and self.parcel.shared:
            return None
        if action is OTHER_LOCKER and Step.RELEASE not in self.offers:
            return None
        if action is TO_OTHER_BANK and not self._has_larger_elsewhere():
            return None
        return super().allows(action)

    def action_is_in(self) -> None:
        """Record the deposit."""
        self.run(
            self.dialogue.is_in(PutIn(self.parcel)),
            _("Recording that it is in locker {unit}").format(unit=self._unit),
            lambda question: self.leave(StepDone(question)),
        )

    def action_problem(self) -> None:
        """Ask what is wrong at the door."""
        self.ask_first(
            _("What is wrong with locker {unit}?").format(unit=self._unit),
            _("The locker is given back, and the parcel gets another one."),
            PROBLEM_QUESTION,
        )

    def action_other_locker(self) -> None:
        """Give the locker back to choose another one: nothing is wrong with it."""
        waiting = _("Giving locker {unit} back").format(unit=self._unit)
        word = _("Locker {unit} was given back. Choose another one.").format(unit=self._unit)
        another = self.dialogue.another_locker(PutIn(self.parcel))
        self.run(another, waiting, lambda question: self.leave(StepDone(question, word)))

    def action_occupied(self) -> None:
        """Take another unit, because something is in this one."""
        self._report(UnitProblem.OCCUPIED, _("Giving locker {unit} back and taking another one"))

    def action_did_not_open(self) -> None:
        """Have the door tried once more: most open then."""
        self.asking.go_back()
        self.ask_first(
            _("Try locker {unit} once more.").format(unit=self._unit),
            _("If it opens, put the parcel in. If it stays shut, the parcel gets another locker."),
            ONCE_MORE_QUESTION,
        )

    def action_still_shut(self) -> None:
        """Take another unit, because the door stays shut."""
        self._report(UnitProblem.DID_NOT_OPEN, _("Giving locker {unit} back and taking another one"))

    def action_too_small(self) -> None:
        """Take a larger unit; where none is free, ask."""
        self._report(UnitProblem.TOO_SMALL, _("Looking for a locker larger than {unit}"))

    def action_put_away(self) -> None:
        """Lay the parcel on the shelf; its unit is given back with that."""
        self.asking.stop()
        self.leave(GoTo(ShowShelf(self.parcel)))

    def action_to_shelf(self) -> None:
        """Give the unit back, and put the parcel on the shelf until a larger one is free."""
        self._give_up(lambda choose: GoTo(ShowShelf(choose.parcel, self._awaited(choose))))

    def action_to_other_bank(self) -> None:
        """Give the unit back, and choose a larger one in another bank."""
        self._give_up(StepDone)

    async def failed(self, error: KioskError) -> None:
        """Ask what is to become of a parcel that fits no locker which is free in this bank."""
        if isinstance(error, NoLargerUnitError) and await self.as_it_stands() == self.parcel:
            said = explain(error, to_clerk=True)
            self.ask_first(said.title, said.sentence, NO_LARGER_QUESTION)
        else:
            await super().failed(error)

    def _give_up(self, to: Callable[[ChooseLocker], ScreenWanted]) -> None:
        self.asking.stop()
        waiting = _("Giving locker {unit} back").format(unit=self._unit)
        given_back = self.dialogue.too_small_for_now(PutIn(self.parcel))
        self.run(given_back, waiting, lambda choose: self.leave(to(choose)))

    def _awaited(self, choose: ChooseLocker) -> LockerSize | None:
        """Return the size for which the parcel waits: the next above the one that was too small."""
        place, contact = self.parcel.place, self.parcel.contact
        view = self.services.queries.lockers.seen(place.locker_bank_id) if place else None
        return awaited_size(view, contact, chosen=None, above=choose.too_small) if view else None

    def _has_larger_elsewhere(self) -> bool:
        place, contact = self.parcel.place, self.parcel.contact
        return place is not None and any(
            view.details.locker_bank_id != place.locker_bank_id and has_any(view, contact, place.size)
            for view in self.services.queries.lockers.seen_banks()
        )

    def _report(self, problem: UnitProblem, waiting: str) -> None:
        self.asking.stop()
        # Now: when the words are said, the parcel may have another unit.
        unit = self._unit

        def go_on(question: Question) -> None:
            text = (
                _("Locker {unit} was given back. Use this one.")
                if isinstance(question, PutIn)
                else _("Locker {unit} was given back. Choose another one.")
            )
            self.leave(StepDone(question, text.format(unit=unit)))

        self.run(self.dialogue.problem(PutIn(self.parcel), problem), waiting.format(unit=unit), go_on)

    @property
    def _unit(self) -> str:
        return self.parcel.place.locker_unit_id if self.parcel.place else ""

    def _held_until(self) -> str:
        expiry = self.parcel.reservation_expiry
        if expiry is None:
            return ""
        return _("held until {time}").format(time=day_and_time(expiry, self.services.clock.now()))

    def _special(self) -> list[str]:
        """Say what is special about the locker: others in it, no code, within reach or not."""
        contact, place = self.parcel.contact, self.parcel.place
        view = self.services.queries.lockers.seen(place.locker_bank_id) if place else None
        units = view.details.locker_units if view else ()
        within_reach = any(unit.accessible for unit in units if unit.locker_unit_id == self._unit)
        words = [_("with the recipient's other parcels")] if self.parcel.shared else []
        words += [_("department: personal id, no code")] if is_department(contact) else []
        if contact is not None and contact.accessible and units:
            words.append(_("locker within reach") if within_reach else _("locker OUT OF REACH"))
        return words
