"""Corrections from a page with a chosen parcel: which keys there are, the question why, and what came of it.

What can be corrected, and by whom, is the desk's table of steps; a viewer has none of these keys.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kiosk.desk.corrections import Corrections
from kiosk.desk.pickup_codes import Fate
from kiosk.errors import InDoubtError, WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.pickup_code import PickupCode
from kiosk.parcels.states import Finding
from kiosk.parcels.steps import Step
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.language import N_, _
from kiosk.words.places import place_words
from kiosk.words.states import state_word
from screens.actions import Action
from screens.console.actions import (
    CLOSE,
    COLLECTED,
    EXTEND,
    FREE,
    FREE_SECOND,
    NEW_CODE,
    RELEASE,
    SEE_CODE,
    TAKE_BACK,
)
from screens.console.base import ConsoleScreen
from screens.console.wording import where, whom
from screens.widgets.notice import NoticeKind

STEP_OF = {
    FREE: Step.TAKE_OUT,
    FREE_SECOND: Step.FREE_SECOND_UNIT,
    EXTEND: Step.EXTEND,
    NEW_CODE: Step.RENEW_CODE,
    CLOSE: Step.CLOSE_FINDING,
    RELEASE: Step.TAKE_OFF_SHELF,
    TAKE_BACK: Step.TAKE_BACK,
    COLLECTED: Step.NOTE_COLLECTED,
    SEE_CODE: Step.VIEW_CODE,
}


class _Words(NamedTuple):
    """What is said around one correction; `{place}`, `{hours}` and `{state}` are filled in."""

    question: str
    waiting: str
    done: str = ""
    after: str = ""


_WORDS = {
    Step.TAKE_OUT: _Words(
        N_("Free {place} and cancel the parcel. Why?"),
        N_("Freeing {place}"),
        N_("{place} was given back."),
        N_("The parcel is {state} now. If it is still in there, take it out."),
    ),
    Step.FREE_SECOND_UNIT: _Words(
        N_("Give {place} back; the parcel stays where it is. Why?"),
        N_("Freeing {place}"),
        N_("{place} was given back."),
        N_("The parcel is {state}, as before."),
    ),
    Step.EXTEND: _Words(
        N_("Hold {place} for {hours} hours from now. Why?"),
        N_("Extending the reservation of {place}"),
        N_("{place} is held for longer."),
        N_("The new end is shown with the parcel."),
    ),
    Step.RENEW_CODE: _Words(
        N_("Ask for a new pickup code for {place}; the old one stops working. Why?"),
        N_("Asking for a new pickup code"),
        N_("There is a new pickup code."),
        N_("It waits for the clerk at the desk; the old one no longer works."),
    ),
    Step.CLOSE_FINDING: _Words(
        N_("Close this item. What was found?"),
        N_("Closing the item"),
        N_("The item is closed."),
        N_("What you wrote is in the journal."),
    ),
    Step.TAKE_OFF_SHELF: _Words(
        N_("Take the parcel off {place} and give it back to the clerk. Why?"),
        N_("Taking the parcel off the shelf"),
        N_("The parcel is off the shelf."),
        N_("The clerk finds it under Unfinished."),
    ),
    Step.TAKE_BACK: _Words(
        N_("The parcel is out of {place} and in your hands. How was it found?"),
        N_("Taking the parcel back"),
        N_("The parcel is taken back."),
        N_("The clerk finds it under Unfinished."),
    ),
    Step.NOTE_COLLECTED: _Words(
        N_("The parcel was collected from {place}. How do you know?"),
        N_("Recording that it was collected"),
        N_("The parcel counts as collected."),
        N_("What you wrote is in the journal."),
    ),
    Step.VIEW_CODE: _Words(N_("Show the pickup code that waits for the clerk. Why?"), N_("Reading the pickup code")),
}


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
        return step in screen.services.desk.offers(parcel, screen.person)

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
            # Only closing can be offered for the parcel and not for this entry about it.
            said = explain(why or WrongStateError("hindered_no_finding")).line
        screen.message_line.say(NoticeKind.LOOK, said, _("Nothing was changed. The row below shows the keys that fit."))

    def ask_why(self, action: Action) -> None:
        """Ask why, then carry the correction out."""
        services, parcel = self._screen.services, self._parcel()
        if services is not None and parcel is not None:
            self._ask(services, STEP_OF[action], parcel, self._finding())

    def _ask(self, services: Services, step: Step, parcel: Parcel, finding: Finding | None) -> None:
        screen, words = self._screen, _WORDS[step]
        hours = services.settings.desk.reservation_hours
        spot = _spot(step, parcel, services.queries.console.label)

        def carry_out(reason: str) -> None:
            corrections, waiting = services.desk.corrections, _(words.waiting).format(place=spot)
            if step is Step.VIEW_CODE:
                screen.run(corrections.view_code(parcel, reason, screen.person), waiting, self._show_code)
            else:
                flow = _carried_out(corrections, step, parcel, finding, hours, reason, screen.person)
                screen.run(flow, waiting, lambda after: self._say_done(step, spot, after))

        question = _(words.question).format(place=spot, hours=f"{hours:g}")
        screen.ask(f"{parcel.tracking_number}, {whom(parcel)}: {question}", carry_out)

    def _say_done(self, step: Step, spot: str, parcel: Parcel) -> None:
        words = _WORDS[step]
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


def _spot(step: Step, parcel: Parcel, label: Callable[[str], str]) -> str:
    """Return the locker or shelf place that a correction is about."""
    if step is Step.FREE_SECOND_UNIT and parcel.second_place is not None:
        return place_words(parcel.second_place, label)
    return where(parcel, label) if parcel.shelf or parcel.place else _("its place")


async def _carried_out(
    corrections: Corrections,
    step: Step,
    parcel: Parcel,
    finding: Finding | None,
    hours: float,
    reason: str,
    person: Person,
) -> Parcel:
    if step is Step.CLOSE_FINDING and finding is not None:
        return await corrections.close(parcel, finding, reason, person)
    if step is Step.EXTEND:
        return await corrections.extend(parcel, hours, reason, person)
    plain = {
        Step.TAKE_OUT: corrections.take_out,
        Step.FREE_SECOND_UNIT: corrections.free_second_unit,
        Step.RENEW_CODE: corrections.renew_code,
        Step.TAKE_OFF_SHELF: corrections.take_off_shelf,
        Step.TAKE_BACK: corrections.take_back,
        Step.NOTE_COLLECTED: corrections.note_collected,
    }
    return await plain[step](parcel, reason, person)
