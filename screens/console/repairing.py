"""Repairs from a page with a chosen parcel: which keys there are, the question why, and what came of it.

A viewer has none of these keys: they are not shown and do nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.parcel_filter import fitting
from kiosk.parcels.operators import Repair
from screens.console.actions import CLOSE, EXTEND, FREE, FREE_SECOND, NEW_CODE, RELEASE, SEE_CODE
from screens.console.lists import ListScreen
from screens.console.telling import place, where, whom
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from pydantic import SecretStr

    from kiosk.desk.corrections import Repairs
    from kiosk.parcels.operators import Operator
    from kiosk.parcels.parcel import Cause, Parcel
    from screens.actions import Action

_REPAIRS = {
    FREE: Repair.FREE,
    FREE_SECOND: Repair.FREE_SECOND,
    EXTEND: Repair.EXTEND,
    NEW_CODE: Repair.NEW_CODE,
    CLOSE: Repair.CLOSE,
    RELEASE: Repair.RELEASE,
    SEE_CODE: Repair.SEE_CODE,
}

_QUESTIONS = {
    Repair.FREE: "Free {place} and give the parcel up. Why?",
    Repair.FREE_SECOND: "Give {place} back; the parcel stays where it is. Why?",
    Repair.EXTEND: "Hold {place} for {hours:g} hours from now. Why?",
    Repair.NEW_CODE: "Ask for a new pickup code for {place}; the old one ends. Why?",
    Repair.CLOSE: "Close this item. What was found?",
    Repair.RELEASE: "Give the parcel back to the clerk, off {place}. Why?",
    Repair.SEE_CODE: "Show the pickup code that waits for the clerk. Why?",
}
_WAITING = {
    Repair.FREE: "Freeing {place}",
    Repair.FREE_SECOND: "Freeing {place}",
    Repair.EXTEND: "Extending the reservation of {place}",
    Repair.NEW_CODE: "Asking for a new pickup code",
    Repair.CLOSE: "Closing the item",
    Repair.RELEASE: "Taking the parcel off the shelf",
    Repair.SEE_CODE: "Reading the pickup code",
}
_DONE = {
    Repair.FREE: ("{place} was given back.", "The parcel is {state} now. If it still lies there, take it out."),
    Repair.FREE_SECOND: ("{place} was given back.", "The parcel is {state}, where it was."),
    Repair.EXTEND: ("{place} is held longer.", "The new end stands in the parcel's lines."),
    Repair.NEW_CODE: (
        "A new pickup code is there.",
        "It waits for the clerk at the desk; the old one no longer works.",
    ),
    Repair.CLOSE: ("The item is closed.", "What you wrote is in the journal."),
    Repair.RELEASE: ("The parcel is off the shelf.", "The clerk finds it under Unfinished."),
}


class RepairScreen(ListScreen):
    """A page that is about one parcel, or about the one in the highlighted row."""

    def chosen_parcel(self) -> Parcel | None:
        """Return the parcel that a repair would be about."""
        return None

    def chosen_cause(self) -> Cause | None:
        """Return the attention item that would be closed."""
        parcel = self.chosen_parcel()
        return parcel.attention[0].cause if parcel and parcel.attention else None

    def allows(self, action: Action) -> bool:
        """Leave out the repairs that this person may not do, or that the parcel as it stands does not need."""
        repair = _REPAIRS.get(action)
        if repair is None:
            return super().allows(action)
        role, parcel = self.operator.role, self.chosen_parcel()
        may = role.may_see_codes if repair is Repair.SEE_CODE else role.may_repair
        if not may or self.busy or parcel is None or self.services is None:
            return False
        return repair in fitting(parcel) and (repair is not Repair.CLOSE or self.chosen_cause() is not None)

    def action_free(self) -> None:
        """Ask why, then free."""
        self._ask_why(Repair.FREE)

    def action_free_second(self) -> None:
        """Ask why, then give the second locker back."""
        self._ask_why(Repair.FREE_SECOND)

    def action_extend(self) -> None:
        """Ask why, then extend."""
        self._ask_why(Repair.EXTEND)

    def action_new_code(self) -> None:
        """Ask why, then get a new code."""
        self._ask_why(Repair.NEW_CODE)

    def action_close(self) -> None:
        """Ask what was found, then close the item."""
        self._ask_why(Repair.CLOSE)

    def action_release(self) -> None:
        """Ask why, then take the parcel off the shelf."""
        self._ask_why(Repair.RELEASE)

    def action_see_code(self) -> None:
        """Ask why, then show the code."""
        self._ask_why(Repair.SEE_CODE)

    def _ask_why(self, repair: Repair) -> None:
        services, parcel, cause = self.services, self.chosen_parcel(), self.chosen_cause()
        if services is None or parcel is None:
            return
        hours = services.settings.desk.reservation_hours
        spot = where(parcel, services.survey.label) if parcel.shelf or parcel.place else "its place"
        if repair is Repair.FREE_SECOND and parcel.second_place is not None:
            spot = place(parcel.second_place, services.survey.label)

        def carry_out(reason: str) -> None:
            waiting = _WAITING[repair].format(place=spot)
            if repair is Repair.SEE_CODE:
                self.run(services.repairs.see_code(parcel, reason, self.operator), waiting, self._show_code)
            else:
                flow = _carried_out(services.repairs, repair, parcel, cause, hours, reason, self.operator)
                self.run(flow, waiting, lambda after: self._say_done(repair, spot, after))

        question = _QUESTIONS[repair].format(place=spot, hours=hours)
        self.ask(f"{parcel.tracking_number}, {whom(parcel)}: {question}", carry_out)

    def _say_done(self, repair: Repair, spot: str, parcel: Parcel) -> None:
        title, sentence = (part.format(place=spot, state=parcel.state.value) for part in _DONE[repair])
        self.voice.foot.say(NoticeKind.DONE, title[:1].upper() + title[1:], sentence)

    def _show_code(self, code: SecretStr | None) -> None:
        """Show a code on this page only: it goes with the page."""
        if code is None:
            self.foot.say(NoticeKind.LOOK, "No pickup code is waiting.", "It was seen, or the clerk got none.")
        elif self.is_current:
            self.foot.say(
                NoticeKind.INFO, f"The pickup code is {code.get_secret_value()}.", "It goes with this page: Esc."
            )


async def _carried_out(  # noqa: PLR0913, PLR0917 - what the flows take
    repairs: Repairs,
    repair: Repair,
    parcel: Parcel,
    cause: Cause | None,
    hours: float,
    reason: str,
    operator: Operator,
) -> Parcel:
    if repair is Repair.CLOSE and cause is not None:
        return await repairs.close(parcel, cause, reason, operator)
    if repair is Repair.EXTEND:
        return await repairs.extend(parcel, hours, reason, operator)
    plain = {
        Repair.FREE: repairs.free,
        Repair.FREE_SECOND: repairs.free_second,
        Repair.NEW_CODE: repairs.new_code,
        Repair.RELEASE: repairs.release,
    }
    return await plain[repair](parcel, reason, operator)
