"""Corrections from a page with a chosen parcel: which keys there are, the question why, and what came of it.

What can be corrected, and by whom, is the desk's table of steps; a viewer has none of these keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from kiosk.desk.correcting import Carry, carry, corrections_of
from kiosk.desk.pickup_codes import Fate
from kiosk.errors import InDoubtError, WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.pickup_code import PickupCode
from kiosk.parcels.states import Finding, IdentityCheck, OutgoingReason
from kiosk.parcels.steps import Step
from kiosk.wiring import Services
from kiosk.words.corrections import (
    CHECKS,
    DESTINATION,
    HOW_CHECKED,
    NAME,
    NOT_AN_ANSWER,
    NOTHING_CHANGED,
    REASONS,
    USER,
    WHY_SENT,
    Words,
    words_of,
)
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.places import place_words
from kiosk.words.states import state_word
from screens.actions import Action
from screens.console.actions import (
    CHANGE_USER,
    CLOSE,
    COLLECTED,
    EXTEND,
    FREE,
    FREE_SECOND,
    FREE_UNIT,
    HAND_OVER,
    NEW_CODE,
    OUTGOING,
    RELEASE,
    SEE_CODE,
    SEND_AGAIN,
    SENT,
    TAKE_BACK,
    TAKE_OUT,
)
from screens.console.base import ConsoleScreen
from screens.console.wording import where, whom
from screens.widgets.notice import NoticeKind

Answer = TypeVar("Answer")

STEP_OF = {
    CLOSE: Step.CLOSE_FINDING,
    FREE: Step.TAKE_OUT,
    FREE_SECOND: Step.FREE_SECOND_UNIT,
    EXTEND: Step.EXTEND,
    NEW_CODE: Step.RENEW_CODE,
    CHANGE_USER: Step.CHANGE_USER,
    TAKE_OUT: Step.CLEAR,
    HAND_OVER: Step.HAND_OVER,
    OUTGOING: Step.MAKE_OUTGOING,
    SENT: Step.NOTE_SENT,
    RELEASE: Step.TAKE_OFF_SHELF,
    TAKE_BACK: Step.TAKE_BACK,
    COLLECTED: Step.NOTE_COLLECTED,
    SEND_AGAIN: Step.SEND_AGAIN,
    SEE_CODE: Step.VIEW_CODE,
}
NEEDS = {**STEP_OF, FREE_UNIT: Step.TAKE_OUT}
"""The step that somebody's role must have for each key; a whole locker is freed parcel by parcel."""

_HINDERED_HERE = {Step.CLOSE_FINDING: "hindered_no_finding", Step.SEND_AGAIN: "nothing_to_send"}
"""Why what is offered for the parcel is not offered all the same: not for this entry, or not at this desk."""


class Correcting:
    """A part of a screen that is about one parcel, or about the one in the highlighted row."""

    def __init__(
        self, screen: ConsoleScreen, parcel: Callable[[], Parcel | None], finding: Callable[[], Finding | None]
    ) -> None:
        self._screen = screen
        self._parcel = parcel
        """Gives the parcel that a correction would be about."""
        self._finding = finding
        """Gives the attention item that would be closed."""
        self._shown: PickupCode | None = None
        """The pickup code that stands on the page."""

    def allows(self, action: Action) -> bool:
        """Leave out what the desk does not offer this person for the parcel as it is."""
        step, screen, parcel = STEP_OF[action], self._screen, self._parcel()
        if screen.busy or parcel is None or screen.services is None:
            return False
        if step is Step.CLOSE_FINDING and self._finding() is None:
            return False
        return step in corrections_of(screen.services.desk, parcel, screen.person)

    def say_why_not(self, action: Action) -> None:
        """Say what hinders a correction whose key was pressed all the same."""
        screen, parcel = self._screen, self._parcel()
        if screen.services is None:
            return
        if parcel is None:
            said = _("No parcel is selected.")
        elif screen.busy:
            said = _("The last correction is still under way.")
        else:
            why = screen.services.desk.why_not(STEP_OF[action], parcel, screen.person)
            said = explain(why or WrongStateError(_HINDERED_HERE[STEP_OF[action]])).line
        screen.message_line.say(NoticeKind.LOOK, said, _("Nothing was changed. The row below shows the keys that fit."))

    def ask_why(self, action: Action) -> None:
        """Ask why, and before that what else has to be known; then carry the correction out."""
        services, parcel, step = self._screen.services, self._parcel(), STEP_OF[action]
        if services is None or parcel is None:
            return
        corrections, person = services.desk.corrections, self._screen.person
        match step:
            case Step.HAND_OVER:

                def hand_over(name: str, checked: IdentityCheck) -> None:
                    self._ask(step, parcel, lambda why: corrections.hand_over(parcel, name, checked, why, person))

                self._screen.ask(_(NAME), lambda name: self._choose(HOW_CHECKED, CHECKS, partial(hand_over, name)))
            case Step.MAKE_OUTGOING:

                def send(place: str, reason: OutgoingReason) -> None:
                    self._ask(step, parcel, lambda why: corrections.make_outgoing(parcel, place, reason, why, person))

                self._screen.ask(_(DESTINATION), lambda place: self._choose(WHY_SENT, REASONS, partial(send, place)))
            case Step.CHANGE_USER:

                def change_user(user_id: str) -> None:
                    self._ask(step, parcel, lambda why: corrections.change_user(parcel, user_id, why, person))

                self._screen.ask(_(USER), change_user)
            case Step.VIEW_CODE:
                self._ask_to_view(services, parcel)
            case _:
                hours = services.settings.desk.reservation_hours
                self._ask(
                    step, parcel, carry(services.desk, step, parcel, person, finding=self._finding(), hours=hours)
                )

    def _choose(self, question: str, answers: Mapping[str, Answer], then: Callable[[Answer], None]) -> None:
        """Ask for one of several letters."""

        def take(answer: str) -> None:
            if (chosen := answers.get(answer.lower())) is not None:
                then(chosen)
            else:
                said = _(NOT_AN_ANSWER).format(answer=answer)
                self._screen.message_line.say(NoticeKind.LOOK, said, _(NOTHING_CHANGED))

        self._screen.ask(_(question), take)

    def _ask(self, step: Step, parcel: Parcel, carry: Carry) -> None:
        spot, words = self._spot(step, parcel), words_of(step, parcel)

        def carry_out(reason: str) -> None:
            waiting = _(words.waiting).format(place=spot)
            self._screen.run(carry(reason), waiting, lambda after: self._say_done(words, spot, after))

        self._ask_for_reason(parcel, words, spot, carry_out)

    def _ask_to_view(self, services: Services, parcel: Parcel) -> None:
        words = words_of(Step.VIEW_CODE, parcel)

        def carry_out(reason: str) -> None:
            code = services.desk.corrections.view_code(parcel, reason, self._screen.person)
            self._screen.run(code, _(words.waiting), self._show_code)

        self._ask_for_reason(parcel, words, "", carry_out)

    def _ask_for_reason(self, parcel: Parcel, words: Words, spot: str, then: Callable[[str], None]) -> None:
        hours = self._screen.services.settings.desk.reservation_hours if self._screen.services else 0
        question = _(words.question).format(place=spot, hours=f"{hours:g}")
        self._screen.ask(f"{parcel.tracking_number}, {whom(parcel)}: {question}", then)

    def _spot(self, step: Step, parcel: Parcel) -> str:
        """Return the locker or shelf place that a correction is about."""
        label = self._screen.services.queries.console.label if self._screen.services else str
        if step is Step.FREE_SECOND_UNIT and parcel.second_place is not None:
            return place_words(parcel.second_place, label)
        return where(parcel, label) if parcel.shelf or parcel.place else _("its place")

    def _say_done(self, words: Words, spot: str, parcel: Parcel) -> None:
        title = _(words.done).format(place=spot)
        after = _(words.after).format(state=state_word(parcel.state))
        self._screen.front.message_line.say(NoticeKind.DONE, title[:1].upper() + title[1:], after)

    async def follow_code(self, services: Services) -> None:
        """Take the code that is shown off the page where it is not the one that waits any more."""
        parcel, shown, line = self._parcel(), self._shown, self._screen.message_line
        # While something is asked, the line's text is the answer; the code stands there again afterwards.
        is_gone = shown is None or not (line.is_asking or shown.secret.get_secret_value() in line.text)
        if parcel is None or is_gone:
            self._shown = None
            return
        try:
            now = await services.desk.pickup_codes.fate(parcel, shown)
        except InDoubtError as error:
            self._screen.fail(error)
            return
        if now.fate is not Fate.WAITS:
            title = _("The pickup code that was shown here does not wait for the clerk any more.")
            line.say(NoticeKind.LOOK, title, _("What happened to it is listed above."))

    def _show_code(self, code: PickupCode | None) -> None:
        """Show a code on this page only: it goes with the page."""
        line = self._screen.message_line
        if code is None:
            line.say(NoticeKind.LOOK, _("No pickup code is waiting."), _("The clerk has seen it, or there was none."))
        # Unlike other words never on `front`: a code must not follow to a page where nobody asked for it.
        elif self._screen.is_current:
            self._shown = code
            title = _("The pickup code is {code}.").format(code=code.secret.get_secret_value())
            line.say(NoticeKind.INFO, title, _("It disappears when you leave this page (Esc)."))
