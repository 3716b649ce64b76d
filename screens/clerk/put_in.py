"""Put it in locker 7: the one moment that only a person can see. No operation opens a door, so the screen asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from kiosk.desk.dialogue import PutIn, Question
from kiosk.parcels.states import UnitProblem
from kiosk.words.language import _
from kiosk.words.people import person, where_to_find
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import OCCUPIED, PROBLEM_QUESTION, PUT_IN_KEYS
from screens.messages import GoTo, StepDone
from screens.route import screen_for
from screens.widgets.bank_doors import BankDoors
from screens.widgets.big_text import BigText
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
                yield Words(self.bank_label)
                yield Words(_("for {name}").format(name=person(self.parcel.contact)))
                yield Words(where_to_find(self.parcel.contact), classes="-quiet")
                yield from (Words(words) for words in self._special())
                yield Words(self._held_until(), classes="-quiet")
            yield BankDoors()

    def appear(self) -> None:
        """Show the door among the others, if the bank was read before; the number alone is enough."""
        view = self.services.queries.lockers.seen(self.parcel.place.locker_bank_id) if self.parcel.place else None
        doors = self.query_one(BankDoors)
        doors.display = view is not None
        if view is not None:
            doors.doors = doors_of(view, chosen=self._unit)

    def allows(self, action: Action) -> bool | None:
        """Do not ask whether a shared locker is occupied: it is."""
        if action is OCCUPIED and self.parcel.shared:
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

    def action_occupied(self) -> None:
        """Take another unit, because something is in this one."""
        self._report(UnitProblem.OCCUPIED, _("Giving locker {unit} back and taking another one"))

    def action_did_not_open(self) -> None:
        """Take another unit, because the door stays shut."""
        self._report(UnitProblem.DID_NOT_OPEN, _("Giving locker {unit} back and taking another one"))

    def action_too_small(self) -> None:
        """Give the unit back and choose a larger size."""
        self._report(UnitProblem.TOO_SMALL, _("Giving locker {unit} back"))

    def _report(self, problem: UnitProblem, waiting: str) -> None:
        self.asking.stop()
        # Now: when the words are said, the parcel may have another unit.
        unit = self._unit

        def go_on(question: Question) -> None:
            if problem is UnitProblem.TOO_SMALL:
                self.leave(GoTo(screen_for(question)))
            elif isinstance(question, PutIn):
                self.leave(StepDone(question, _("Locker {unit} was given back. Use this one.").format(unit=unit)))
            else:
                self.leave(StepDone(question, _("Locker {unit} was given back. Choose another one.").format(unit=unit)))

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
