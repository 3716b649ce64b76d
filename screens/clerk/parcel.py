"""One parcel, wherever it stands: what is known about it, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work

from kiosk.desk.dialogue import NothingToAsk, Question, TakeCode, question_about
from kiosk.errors import KioskError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.steps import Step
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.findings import advice_on
from kiosk.words.language import _
from kiosk.words.requests import not_confirmed
from screens.actions import Action
from screens.clerk.parcel_facts import facts_of
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import (
    CANCEL,
    CHECK,
    COLLECTED_QUESTION,
    GO_ON,
    NOTE_COLLECTED,
    PARCEL_KEYS,
    RIGHT_PERSON,
    RIGHT_PERSON_QUESTION,
    SETTLED,
    SHOW_CODE,
)
from screens.destinations import ShowCode, ShowFinder
from screens.messages import GoTo, OpenParcel, StepDone
from screens.widgets.heading import Heading
from screens.widgets.notice import Greeting, NoticeKind

if TYPE_CHECKING:
    from textual.widget import Widget


class ParcelPageScreen(ParcelScreen):
    """Shows a parcel that is in a locker, in doubt, or is done; a clerk can look where it really is."""

    KEYMAP = PARCEL_KEYS

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._code_is_kept = False
        """Its pickup code was seen a short while ago and can be shown again."""

    def compose_content(self) -> Iterable[Widget]:
        """Return what is known, a line each."""
        yield Heading(self.parcel.tracking_number, id="number")
        for name, value in facts_of(self.parcel, self._place, self.services.clock.now()):
            yield Heading(f"{name:<12}{value}")

    def appear(self) -> None:
        """Say what just happened, else what the state means."""
        self._look_for_code()
        if self.parcel.is_unrecorded:
            self._look_for_holder()
        if self.greeting.sentence and (self.parcel.is_in_doubt or not self.parcel.attention):
            self.greet()
        elif (said := self._situation()) is not None:
            self.notice.say(said.kind, said.title, said.sentence)

    def parcels_changed(self, last: Parcel | None) -> None:
        """Go on as soon as it is known in the background what became of the parcel."""
        self._look_for_code()
        now = last if last is not None and last.parcel_id == self.parcel.parcel_id else self.parcel
        # A flow of this page that is still under way says itself what became of the parcel.
        if self.parcel.is_in_doubt and not now.is_in_doubt and not self.busy:
            self.leave(OpenParcel(now))

    def allows(self, action: Action) -> bool | None:
        """Offer what the desk offers."""
        offers = self.offers
        fits = {
            GO_ON: self._main is not None or self._asks_something,
            CHECK: Step.CHECK in offers,
            SHOW_CODE: self._code_is_kept and Step.SHOW_CODE_AGAIN in offers,
            RIGHT_PERSON: Step.MOVE_TO_RIGHT_PERSON in offers and not self._is_moving,
            CANCEL: Step.CANCEL in offers,
            NOTE_COLLECTED: Step.NOTE_COLLECTED in offers,
            SETTLED: Step.CLOSE_FINDING in offers,
        }
        return super().allows(action) if fits.get(action, True) else None

    def label_of(self, action: Action) -> str:
        """Say what going on means for a parcel that is done, or on the shelf."""
        if action is not GO_ON:
            return super().label_of(action)
        match self._main:
            case Step.TAKE_IN_AGAIN:
                return _("Take in again")
            case Step.TAKE_OFF_SHELF:
                return _("Take off shelf")
            case Step.TAKE_BACK:
                return _("I have it")
            case Step.MOVE_TO_RIGHT_PERSON:
                return super().label_of(RIGHT_PERSON)
            case _:
                return super().label_of(action)

    def action_go_on(self) -> None:
        """Take the next step; a parcel that is gone begins again."""
        match self._main:
            case Step.TAKE_IN_AGAIN:
                self.run(
                    self.services.desk.scans.take_in(self.parcel.tracking_number, self.person),
                    _("Taking it in"),
                    lambda taken: self.leave(StepDone(question_about(taken.parcel))),
                )
            case Step.MOVE_TO_RIGHT_PERSON:
                self._move()
            case Step.TAKE_BACK:
                self.run(
                    self.services.desk.unrecorded.take_back(self.parcel, self.person),
                    _("Taking it back"),
                    lambda parcel: self.leave(StepDone(question_about(parcel), _("The parcel is in your hands."))),
                )
            case Step.TAKE_OFF_SHELF:
                word = _("Take the parcel off the shelf: it is at {place}.").format(place=self.parcel.shelf)
                self.run(
                    self.services.desk.shelf.take_off(self.parcel, self.person),
                    _("Taking it off the shelf"),
                    lambda parcel: self.leave(StepDone(question_about(parcel), word)),
                )
            case _:
                self.leave(StepDone(self._question))

    def action_facilities(self) -> None:
        """Find where a parcel can be brought."""
        self.cover(ShowFinder())

    def action_show_code(self) -> None:
        """Show the pickup code again."""
        self.leave(GoTo(ShowCode(self.parcel, again=True)))

    def action_right_person(self) -> None:
        """Ask whether the parcel is out, then take it off its locker and in anew."""
        self.ask_first(
            _("Take the parcel out of {place} first.").format(place=self._place),
            _("Is it out? Then choose the right person."),
            RIGHT_PERSON_QUESTION,
        )

    def action_note_collected(self) -> None:
        """Ask whether the parcel was collected."""
        self.ask_first(
            _("Is the parcel not in {place}?").format(place=self._place),
            _("Then it was collected, and its intake is over."),
            COLLECTED_QUESTION,
        )

    def action_is_collected(self) -> None:
        """Record that the parcel was collected."""
        self.asking.stop()
        self.run(
            self.services.desk.unrecorded.note_collected(self.parcel, self.person),
            _("Recording that it was collected"),
            lambda parcel: self.leave(OpenParcel(parcel)),
        )

    def action_is_out(self) -> None:
        """Take the parcel off its locker and in anew."""
        self.asking.stop()
        self._move()

    def action_settled(self) -> None:
        """Close what was to be looked into."""
        finding = self.parcel.attention[0].finding
        close = self.services.desk.findings.close(self.parcel, finding, _("looked into at the desk"), self.person)
        self.run(close, _("Recording that it was looked into"), lambda parcel: self.leave(OpenParcel(parcel)))

    def action_check(self) -> None:
        """Ask the locker service where the parcel is."""
        look = self.services.desk.look(self.parcel, self.person)
        self.run(look, _("Asking the locker service"), self._show)

    def _move(self) -> None:
        self.run(
            self.services.desk.reassignment.move(self.parcel, self.person),
            _("Taking the parcel out of {place}").format(place=self._place) if self._place else _("Taking it in again"),
            self._moved,
        )

    def _moved(self, parcel: Parcel) -> None:
        question = question_about(parcel)
        if isinstance(question, NothingToAsk):  # it was collected meanwhile
            self.leave(OpenParcel(parcel))
            return
        word = _("The parcel is out of its locker and in your hands.")
        self.leave(StepDone(question, word, _("Choose the right person.")))

    async def failed(self, error: KioskError) -> None:
        """Show the page again, as the parcel stands now, with what went wrong."""
        now = await self.as_known()  # also of one that was given up meanwhile: nothing can be asked about that any more
        if now is None or now == self.parcel:
            self.fail(error)
        else:
            said = explain(error, to_clerk=True)
            self.leave(OpenParcel(now, said.line, said.hint))

    @work(group="code", exclusive=True, exit_on_error=False)
    async def _look_for_code(self) -> None:
        """Offer the code while it is kept."""
        is_kept = await self.services.desk.pickup_codes.is_kept(self.parcel)
        if is_kept is not self._code_is_kept and self.is_ready:
            self._code_is_kept = is_kept
            self.show_actions()

    @work(group="holder", exclusive=True, exit_on_error=False)
    async def _look_for_holder(self) -> None:
        """Say whose locker it is by now."""
        place = self.parcel.place
        if place is None:
            return
        with suppress(KioskError):  # the page says without it what to do
            await self.services.desk.lockers.bank(place.locker_bank_id)
        if self.is_ready and self._holder and (said := self._situation()) is not None:
            self.notice.say(said.kind, said.title, said.sentence)

    @property
    def _holder(self) -> str:
        place = self.parcel.place
        return self.services.desk.lockers.holder(place) if place is not None else ""

    def _show(self, parcel: Parcel) -> None:
        if parcel == self.parcel:
            self.notice.say(NoticeKind.DONE, _("The locker service says the same: {place}.").format(place=self._place))
        else:
            self.leave(OpenParcel(parcel))

    @property
    def _question(self) -> Question:
        """What the intake asks next."""
        return question_about(self.parcel)

    @property
    def _asks_something(self) -> bool:
        """Whether the intake goes on; a code that was seen is no question any more."""
        is_seen = isinstance(self._question, TakeCode) and not self.parcel.code_waiting
        return not is_seen and not isinstance(self._question, NothingToAsk)

    @property
    def _main(self) -> Step | None:
        """The step that going on means, where it is not the next question of the intake."""
        if self._is_moving:
            return Step.MOVE_TO_RIGHT_PERSON
        ways = (Step.TAKE_IN_AGAIN, Step.TAKE_OFF_SHELF, Step.TAKE_BACK)
        return next((step for step in ways if step in self.offers), None)

    @property
    def _is_moving(self) -> bool:
        """Whether it is out of the wrong person's locker, and on its way to the right one."""
        return self.parcel.place is None and Step.MOVE_TO_RIGHT_PERSON in self.offers

    def _situation(self) -> Greeting | None:
        """Return what the parcel's state means, and what to do."""
        parcel = self.parcel
        if parcel.open_write is not None:
            hint = _("Leave the parcel where it is. Nothing is lost: the kiosk keeps checking.")
            return Greeting(not_confirmed(parcel.open_write.operation), hint, NoticeKind.LOOK)
        if parcel.attention:
            advice = advice_on(parcel.attention[0], parcel, self._holder)
            return Greeting(advice.sentence, advice.proposal, NoticeKind.STOP)
        if self._is_moving:
            title = _("This parcel was taken out of the wrong person's locker.")
            hint = _("Press {key} to choose the right person.").format(key=GO_ON.key_label)
            return Greeting(title, hint, NoticeKind.LOOK)
        if parcel.is_unrecorded:
            title = _("This parcel was put into {place}, and is not recorded there.").format(place=self._place)
            return Greeting(title, _("Say that you have it, or that it was collected."), NoticeKind.LOOK)
        if parcel.is_on_shelf:
            return Greeting(_("This parcel is on the shelf at {place}.").format(place=parcel.shelf))
        if parcel.is_in_locker:
            hint = _("If it was collected and this is another parcel with the same number, press {key}.")
            title = self.greeting.title or _("This parcel is in {place}.").format(place=self._place)
            kind = self.greeting.kind if self.greeting.title else NoticeKind.INFO
            return Greeting(title, hint.format(key=CHECK.key_label), kind)
        return None

    @property
    def _place(self) -> str:
        place = self.parcel.place
        if place is None:
            return ""
        return _("locker {unit}, {bank}").format(unit=place.locker_unit_id, bank=self.bank_label)
