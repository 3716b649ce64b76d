"""One parcel, wherever it stands: what is known about it, its whole history, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work

from kiosk.errors import KioskError
from kiosk.parcels.holding import HoldUntil
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.steps import Step
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.language import _
from screens.actions import Action
from screens.clerk.changing import Changing
from screens.clerk.going_on import GoingOn
from screens.clerk.parcel_card import ParcelCard
from screens.clerk.parcel_facts import situation
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk.parcel_steps import MAIN_LABELS, STEP_OF, UNTIL, asks_something, main_step
from screens.clerk.printing import STEPS, Printing
from screens.clerk.waits_elsewhere import WaitsElsewhere
from screens.clerk_actions import FACILITIES, NO
from screens.destinations import ShowCode, ShowFinder, ShowHandOver, ShowNewCode, ShowOutgoing, ShowPaper, ShowShelf
from screens.messages import GoTo, OpenParcel
from screens.parcel_actions import (
    ADDRESS,
    GO_ON,
    HAVE_IT,
    MORE,
    MORE_QUESTION,
    NEW_CODE,
    PAPER,
    PARCEL_KEYS,
    RIGHT_PERSON,
    SHOW_CODE,
)
from screens.widgets.notice import Greeting, NoticeKind

if TYPE_CHECKING:
    from textual.widget import Widget


class ParcelPageScreen(ParcelScreen):
    """Shows a parcel in any state; the likely steps are in the row of keys, the others behind one of them."""

    KEYMAP = PARCEL_KEYS

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._changing = Changing(self)
        self._going_on = GoingOn(self)
        self._code_is_kept = False
        """Its pickup code was seen a short while ago and can be shown again."""

    def compose_content(self) -> Iterable[Widget]:
        """Return what is known over what happened."""
        yield ParcelCard()
        yield WaitsElsewhere(self)

    def appear(self) -> None:
        """Say what just happened, else what the state means."""
        self.query_one(ParcelCard).show_facts(self.parcel, self._place, (), "", self.services.clock.now())
        self._read_history()
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
        self._read_history()
        now = last if last is not None and last.parcel_id == self.parcel.parcel_id else self.parcel
        # A flow of this page that is still under way says itself what became of the parcel.
        if self.parcel.is_in_doubt and not now.is_in_doubt and not self.busy:
            self.leave(OpenParcel(now))

    def allows(self, action: Action) -> bool | None:
        """Offer what the desk offers."""
        if action in STEP_OF and STEP_OF[action] not in self.offers:
            return None
        if action in UNTIL and not self._changing.offers_end(UNTIL[action]):
            return None
        fits = {
            GO_ON: self._main is not None or asks_something(self.parcel),
            SHOW_CODE: self._can_show_code or Step.RENEW_CODE in self.offers,
            NEW_CODE: self._can_show_code,  # else it is in the row
            RIGHT_PERSON: not self._is_moving,
            FACILITIES: Step.MAKE_OUTGOING in self.offers,
            HAVE_IT: self._main is not Step.TAKE_BACK,
            ADDRESS: self.services.desk.notices.are_sent or self.parcel.is_undeliverable,
            PAPER: any(map(Printing(self).offers, STEPS)),
        }
        if action is MORE and all(self.allows(each) is None for each in MORE_QUESTION.row if each is not NO):
            return None
        return super().allows(action) if fits.get(action, True) else None

    def label_of(self, action: Action) -> str:
        """Say what going on means, and whether the code can still be shown."""
        if action is SHOW_CODE and not self._can_show_code:
            return super().label_of(NEW_CODE)
        if action is GO_ON and self._main is not None:
            return _(MAIN_LABELS[self._main])
        return super().label_of(action)

    def action_go_on(self) -> None:
        """Take the next step; a parcel that is gone begins again."""
        self._going_on.go_on(self._main)

    def action_have_it(self) -> None:
        """Record that the parcel is in the clerk's hands."""
        self._going_on.have_it()

    def action_address(self) -> None:
        """Put the recipient's address right, and send the notice again."""
        self._going_on.ask_for_address()

    def action_not_cancelled(self) -> None:
        """Take the cancelled intake up again."""
        self._going_on.not_cancelled()

    def action_more(self) -> None:
        """Show what else can be done."""
        self._changing.show_more()

    def action_hand_over(self) -> None:
        """Give the parcel out at the desk."""
        self.leave(GoTo(ShowHandOver(self.parcel)))

    def action_send(self) -> None:
        """Say where the parcel goes with a carrier."""
        self.leave(GoTo(ShowOutgoing(self.parcel)))

    def action_paper(self) -> None:
        """Show the slip or the label, to be printed."""
        self.leave(GoTo(ShowPaper(self.parcel)))

    def action_place(self) -> None:
        """Choose a place on the shelf."""
        self.leave(GoTo(ShowShelf(self.parcel)))

    def action_keep_longer(self) -> None:
        """Ask how long its locker is to be held."""
        self._changing.keep_longer()

    def action_hold_until(self, until: str) -> None:
        """Hold the reserved locker until then."""
        self._changing.hold(HoldUntil(until))

    def action_record_again(self) -> None:
        """Record the deposit again."""
        self._changing.record_again()

    def action_take_out(self) -> None:
        """Ask whether the parcel is to be taken out of its locker."""
        self._changing.take_out()

    def action_taken_out(self) -> None:
        """Record that it is out of its locker."""
        self._changing.taken_out()

    def action_give_back(self) -> None:
        """Ask whether its locker is to be given back."""
        self._changing.give_back()

    def action_give_back_now(self) -> None:
        """Give its locker back."""
        self._changing.give_back_now()

    def action_move(self, by: int) -> None:
        """Scroll the history."""
        self.query_one(ParcelCard).history.move(by)

    def action_page(self, by: int) -> None:
        """Scroll the history by a page."""
        self.query_one(ParcelCard).history.page(by)

    def action_facilities(self) -> None:
        """Find where a parcel can be brought."""
        self.cover(ShowFinder())

    def action_show_code(self) -> None:
        """Show the pickup code again while it is kept, else issue a new one."""
        self.leave(GoTo(ShowCode(self.parcel, again=True) if self._can_show_code else ShowNewCode(self.parcel)))

    def action_new_code(self) -> None:
        """Issue a new code."""
        self.leave(GoTo(ShowNewCode(self.parcel)))

    def action_right_person(self) -> None:
        """Ask whether the parcel is out, then take it off its locker and in anew."""
        self._going_on.ask_whether_out(self._place)

    def action_note_collected(self) -> None:
        """Ask whether the parcel was collected."""
        self._going_on.ask_whether_collected(self._place)

    def action_is_collected(self) -> None:
        """Record that the parcel was collected."""
        self._going_on.is_collected()

    def action_is_out(self) -> None:
        """Take the parcel off its locker and in anew."""
        self._going_on.move()

    def action_settled(self) -> None:
        """Close what was to be looked into."""
        self._going_on.settled()

    def action_check(self) -> None:
        """Ask the locker service where the parcel is."""
        look = self.services.desk.look(self.parcel, self.person)
        self.run(look, _("Asking the locker service"), self._show)

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

    @work(group="history", exclusive=True, exit_on_error=False)
    async def _read_history(self) -> None:
        """Read what happened, and what is known beside the parcel."""
        card = self.query_one(ParcelCard)
        try:
            await card.read(self.services, self.parcel, self._place)
        except KioskError as error:
            if self.is_ready:
                card.show_no_history(explain(error, to_clerk=True).title)

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
    def _can_show_code(self) -> bool:
        return self._code_is_kept and Step.SHOW_CODE_AGAIN in self.offers

    @property
    def _main(self) -> Step | None:
        """The step that going on means, where it is not the next question of the intake."""
        asks_for_address = self.parcel.is_undeliverable and not asks_something(self.parcel)
        return main_step(self.offers, is_moving=self._is_moving, asks_for_address=asks_for_address)

    @property
    def _is_moving(self) -> bool:
        """Whether it is out of the wrong person's locker, and on its way to the right one."""
        return self.parcel.place is None and Step.MOVE_TO_RIGHT_PERSON in self.offers

    def _situation(self) -> Greeting | None:
        """Return what the parcel's state means; of one that was scanned again, what its scan found."""
        said = situation(self.parcel, self._place, self._holder, is_moving=self._is_moving)
        if said is not None and said.kind is NoticeKind.INFO and self.greeting.title:
            return Greeting(self.greeting.title, said.sentence, self.greeting.kind)
        return said

    @property
    def _place(self) -> str:
        place = self.parcel.place
        if place is None:
            return ""
        return _("locker {unit}, {bank}").format(unit=place.locker_unit_id, bank=self.bank_label)
