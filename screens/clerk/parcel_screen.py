"""A screen about one parcel: which one it is, what its scan offers, cancelling it, and where an error leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.questions import question_about
from kiosk.errors import KioskError
from kiosk.parcels.steps import Step
from kiosk.words.errors import explain
from kiosk.words.language import N_, _
from kiosk.words.people import recipient
from kiosk.words.plain import shorten
from screens.actions import Action
from screens.base import ClerkScreen
from screens.clerk.same_box import SameBox
from screens.clerk_actions import CANCEL_QUESTION, IT_GOES_OUT, SAME_BOX
from screens.destinations import ShowOutgoing, ShowParcel
from screens.messages import EntryUsed, GoHome, GoTo, NumberAsked, StepDone
from screens.widgets.notice import Greeting

if TYPE_CHECKING:
    from kiosk.desk.dialogue import Dialogue
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services

LONGEST_SHOWN = 34
"""Characters of a number in a heading: the longest carrier's, so that the name behind it is never pushed out."""
SHOWN_SIGNS = 12
"""How many last characters of a number tell in a question which parcel is meant."""

NO_LOCKER = N_("It has no locker. To take it in after all, scan it again.")
GIVES_BACK = N_("Locker {locker} is given back, so it must be empty. To take the parcel in after all, scan it again.")


class ParcelScreen(ClerkScreen):
    """A screen about one parcel."""

    def __init__(self, services: Services, parcel: Parcel | None = None) -> None:
        super().__init__()
        self.services = services
        self._parcel = parcel
        """None while a screen that was made ahead waits for its first parcel."""
        self.same_box = SameBox()

    @property
    def parcel(self) -> Parcel:
        """The parcel that the screen is about."""
        if self._parcel is None:
            raise RuntimeError("a screen is about a parcel once it has begun")
        return self._parcel

    def begin(self, parcel: Parcel, greeting: Greeting) -> None:
        """Be about this parcel from now on, and say first what is special about it; called before it is shown.

        A question about the parcel before is over, and nothing is known of the scan before it.
        """
        self._parcel, self.greeting, self.undo_label = parcel, greeting, ""
        self.turn += 1
        self.same_box.forget()
        if self.is_ready:
            self.asking.stop()

    @property
    def dialogue(self) -> Dialogue:
        """Where answers about the parcel go, in the name of whoever works here."""
        return self.services.dialogue(self.person)

    @property
    def offers(self) -> tuple[Step, ...]:
        """What can be done with the parcel now."""
        return self.services.desk.offers(self.parcel, self.person)

    @property
    def about(self) -> str:
        """The parcel in a few words: the end of its number, which tells parcels apart, and for whom it is."""
        return self._named(LONGEST_SHOWN)

    def allows(self, action: Action) -> bool | None:
        """Offer to join two codes, or to undo it, right after a scan; to give it out or away where the desk does."""
        if action is SAME_BOX and not self.same_box.label:
            return None
        if action is IT_GOES_OUT and (self._parcel is None or Step.MAKE_OUTGOING not in self.offers):
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Name the other box."""
        return self.same_box.label if action is SAME_BOX else super().label_of(action)

    def action_same_box(self) -> None:
        """Make the code scanned last one of the box before, or a parcel of its own again."""
        request = self.same_box.request(self.parcel)
        if request is not None:
            self.app.post_message(NumberAsked(request))

    def action_goes_out(self) -> None:
        """Note that the parcel leaves with a carrier."""
        self.post_message(EntryUsed())
        self.leave(GoTo(ShowOutgoing(self.parcel)))

    def action_details(self) -> None:
        """Show the parcel's page."""
        self.post_message(EntryUsed())
        self.leave(GoTo(ShowParcel(self.parcel)))

    def action_cancel(self) -> None:
        """Ask whether the parcel is to be cancelled."""
        place = self.parcel.place
        meaning = _(GIVES_BACK).format(locker=place.locker_unit_id) if place else _(NO_LOCKER)
        title = _("Cancel parcel {parcel}?").format(parcel=self._named(SHOWN_SIGNS))
        self.ask_first(title, meaning, CANCEL_QUESTION)

    def action_cancel_now(self) -> None:
        """Cancel the parcel, and give its unit back."""
        self.asking.stop()
        place = self.parcel.place
        text = _("Giving locker {unit} back") if place else _("Cancelling")
        waiting = text.format(unit=place.locker_unit_id if place else "")
        home = GoHome(_("Parcel {number} was cancelled.").format(number=self.parcel.tracking_number))
        cancel = self.services.desk.intake.cancel(self.parcel, self.person)
        self.run(cancel, waiting, lambda _parcel: self.leave(home))

    async def failed(self, error: KioskError) -> None:
        """Show the error where the parcel stands now: an error may have moved it."""
        now = await self.as_it_stands()
        if now is None or now == self.parcel:
            self.fail(error)
        else:
            said = explain(error, to_clerk=True)
            self.leave(StepDone(question_about(now), said.line, said.hint))

    async def as_it_stands(self) -> Parcel | None:
        """Return the parcel as the journal has it, None if it is not here any more."""
        known = await self.as_known()
        return known if known is not None and known.present else None

    async def as_known(self) -> Parcel | None:
        """Return the parcel as the journal has it, gone or not; None where that can't be read."""
        try:
            return await self.services.queries.parcel(self.parcel.parcel_id)
        except KioskError:
            return None

    @property
    def bank_label(self) -> str:
        """The name of the parcel's bank as people say it."""
        return self.services.queries.lockers.label(self.parcel.place.locker_bank_id) if self.parcel.place else ""

    def _named(self, signs: int) -> str:
        number, name = shorten(self.parcel.tracking_number, signs, "start"), recipient(self.parcel)
        return _("{number} for {name}").format(number=number, name=name) if name else number
