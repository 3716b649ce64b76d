"""A new pickup code in the place of one that was lost or never came: why, and once more whether it is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.desk.questions import question_about
from kiosk.parcels.parcel import Parcel
from kiosk.plain_text import LONGEST_REASON
from kiosk.wiring import Services
from kiosk.words.language import N_, _
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.destinations import ShowParcel
from screens.messages import Confirmed, EntryUsed, GoTo, StepDone
from screens.parcel_actions import NEW_CODE_KEYS, RENEW_QUESTION, THIS_REASON
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.wording import code_void_words

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.tracking.codes import Code

REASONS = (
    (N_("The code was lost"), N_("The recipient does not have it any more.")),
    (N_("The code never arrived"), N_("The recipient was not told.")),
    (N_("The code does not open the locker"), N_("The keypad refuses it.")),
)
"""Why a new code is needed, as a rule, and what that means; translated when shown and recorded."""


class NewCodeScreen(ParcelScreen):
    """A reason is proposed, another one can be typed; the code that somebody has is void afterwards."""

    KEYMAP = NEW_CODE_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._typed = ""
        self._reason = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return the field for a reason over those that are common."""
        yield Heading(_("Parcel {parcel}").format(parcel=self.about))
        yield Field(_("Why is a new pickup code needed?"), _("choose one of these, or type another reason"))
        yield ChoiceList([Choice(_(reason), _(detail)) for reason, detail in REASONS], explains=True)

    def entry_changed(self, text: str) -> None:
        """Show the reason that is typed; nothing of the list is proposed then."""
        self._typed = self.query_one(Field).text = text[:LONGEST_REASON]
        self.query_one(ChoiceList).highlighted = None if text else 0
        self.show_actions()

    def entry_completed(self, text: Code | str) -> bool:
        """Take the reason that was typed, or the one that is proposed."""
        if text:
            self._ask(text)
        else:
            self.action_this_reason()
        return True

    def allows(self, action: Action) -> bool | None:
        """Ask for a reason first."""
        if action is THIS_REASON and not self._typed.strip() and self.query_one(ChoiceList).highlighted is None:
            return False
        return super().allows(action)

    def action_this_reason(self) -> None:
        """Take the reason that is proposed; a typed one is taken as Enter takes it."""
        highlighted = self.query_one(ChoiceList).highlighted
        if self._typed:
            self.post_message(Confirmed())
        elif highlighted is not None:
            self._ask(_(REASONS[highlighted][0]))

    def action_move(self, by: int) -> None:
        """Choose another reason."""
        self.query_one(ChoiceList).move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Choose the first or the last reason."""
        self.query_one(ChoiceList).page(by)
        self.show_actions()

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take the reason that was tapped."""
        message.stop()
        if not self.busy:
            self.post_message(EntryUsed())
            self._ask(_(REASONS[message.index][0]))

    def action_renew(self) -> None:
        """Ask the service for the new code."""
        self.asking.stop()
        renew = self.services.desk.corrections.renew_code(self.parcel, self._reason, self.person)
        self.run(renew, _("Asking for a new pickup code"), lambda parcel: self.leave(_renewed(parcel)))

    def action_go_back(self) -> None:
        """Go back to the parcel's page."""
        self.post_message(EntryUsed())
        self.leave(GoTo(ShowParcel(self.parcel)))

    def _ask(self, reason: str) -> None:
        self._reason = reason
        beside = self.services.desk.open_lockers.numbers_beside(self.parcel)
        self.run(beside, _("Looking up what is in the locker"), self._ask_twice)

    def _ask_twice(self, others: tuple[str, ...]) -> None:
        title = _("Issue a new pickup code for parcel {parcel}?").format(parcel=self.about)
        self.ask_first(title, code_void_words(self.parcel, others), RENEW_QUESTION)


def _renewed(parcel: Parcel) -> StepDone:
    question = question_about(parcel)
    if not parcel.is_in_locker:  # it was collected meanwhile
        return StepDone(question)
    return StepDone(question, _("This is the new code. The one of before is void."))
