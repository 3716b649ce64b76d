"""How a parcel goes on from its page: what the main key means, and what somebody says has happened to it."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING

from kiosk.desk.questions import NothingToAsk, question_about
from kiosk.parcels.steps import Step
from kiosk.words.language import _
from screens.destinations import ShowAddress
from screens.messages import GoHome, OpenParcel, StepDone
from screens.parcel_actions import COLLECTED_QUESTION, RIGHT_PERSON_QUESTION
from screens.widgets.notice import Greeting, NoticeKind

if TYPE_CHECKING:
    from kiosk.desk.desk import Desk
    from kiosk.parcels.parcel import Parcel
    from screens.clerk.parcel_screen import ParcelScreen


class GoingOn:
    """A part of the parcel's page."""

    def __init__(self, screen: ParcelScreen) -> None:
        self._screen = screen

    def go_on(self, step: Step | None) -> None:
        """Take the step that going on means, else ask what the intake asks next."""
        screen, desk, parcel = self._screen, self._desk, self._screen.parcel
        match step:
            case Step.TAKE_IN_AGAIN:
                screen.run(
                    desk.scans.take_in(parcel.tracking_number, screen.person),
                    _("Taking it in"),
                    lambda taken: screen.leave(StepDone(question_about(taken.parcel))),
                )
            case Step.MOVE_TO_RIGHT_PERSON:
                self.move()
            case Step.NOTE_SENT:
                word = _("Parcel {number} has left.").format(number=parcel.tracking_number)
                sent = desk.leaving.note_sent(parcel, screen.person)
                screen.run(sent, _("Recording that it was sent"), lambda _parcel: screen.leave(GoHome(word)))
            case Step.TAKE_BACK:
                self.have_it()
            case Step.CORRECT_ADDRESS:
                self.ask_for_address()
            case Step.TAKE_OFF_SHELF:
                word = _("Take the parcel off the shelf: it is at {place}.").format(place=parcel.shelf)
                self._ask_next(desk.shelf.take_off(parcel, screen.person), _("Taking it off the shelf"), word)
            case _:
                screen.leave(StepDone(question_about(parcel)))

    def have_it(self) -> None:
        """Record that the parcel is in the clerk's hands."""
        self._screen.asking.stop()
        taken = self._desk.unrecorded.take_back(self._screen.parcel, self._screen.person)
        self._ask_next(taken, _("Taking it back"), _("The parcel is in your hands."))

    def ask_for_address(self) -> None:
        """Ask for the recipient's e-mail address, and send the notice again."""
        self._screen.asking.stop()
        self._screen.cover(ShowAddress(self._screen.parcel, self._sent_again))

    def not_cancelled(self) -> None:
        """Take the cancelled intake up again."""
        self._screen.asking.stop()
        again = self._desk.leaving.undo_cancel(self._screen.parcel, self._screen.person)
        self._ask_next(again, _("Taking the intake up again"), _("The parcel is not cancelled any more."))

    def ask_whether_out(self, place: str) -> None:
        """Ask whether the parcel is out of the wrong person's locker."""
        title = _("Take the parcel out of {place} first.").format(place=place)
        self._screen.ask_first(title, _("Is it out? Then choose the right person."), RIGHT_PERSON_QUESTION)

    def ask_whether_collected(self, place: str) -> None:
        """Ask whether the parcel was collected."""
        title = _("Is the parcel not in {place}?").format(place=place)
        self._screen.ask_first(title, _("Then it was collected, and its intake is over."), COLLECTED_QUESTION)

    def is_collected(self) -> None:
        """Record that the parcel was collected."""
        self._screen.asking.stop()
        noted = self._desk.unrecorded.note_collected(self._screen.parcel, self._screen.person)
        self._show_again(noted, _("Recording that it was collected"))

    def settled(self) -> None:
        """Close what was to be looked into."""
        parcel = self._screen.parcel
        finding, reason = parcel.attention[0].finding, _("looked into at the desk")
        close = self._desk.findings.close(parcel, finding, reason, self._screen.person)
        self._show_again(close, _("Recording that it was looked into"))

    def move(self) -> None:
        """Take the parcel off the wrong person's locker, and in anew."""
        screen, place = self._screen, self._screen.parcel.place
        screen.asking.stop()
        waiting = _("Taking the parcel out of locker {unit}").format(unit=place.locker_unit_id) if place else ""
        move = self._desk.reassignment.move(screen.parcel, screen.person)
        screen.run(move, waiting or _("Taking it in again"), self._moved)

    def _moved(self, parcel: Parcel) -> None:
        question = question_about(parcel)
        if isinstance(question, NothingToAsk):  # it was collected meanwhile
            self._screen.leave(OpenParcel(parcel))
            return
        word = _("The parcel is out of its locker and in your hands.")
        self._screen.leave(StepDone(question, word, _("Choose the right person.")))

    def _sent_again(self, parcel: Parcel, word: str) -> None:
        screen = self._screen
        screen.begin(parcel, Greeting())
        screen.appear()
        screen.show_actions()
        screen.notice.say(NoticeKind.DONE, word)

    @property
    def _desk(self) -> Desk:
        return self._screen.services.desk

    def _ask_next(self, flow: Coroutine[object, object, Parcel], waiting: str, word: str) -> None:
        self._screen.run(flow, waiting, lambda parcel: self._screen.leave(StepDone(question_about(parcel), word)))

    def _show_again(self, flow: Coroutine[object, object, Parcel], waiting: str) -> None:
        self._screen.run(flow, waiting, lambda parcel: self._screen.leave(OpenParcel(parcel)))
