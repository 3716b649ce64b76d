"""The pickup code, as a QR code and large, and once more after it was seen; for a department, how it collects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.desk.pickup_codes import CodeNow, Fate
from kiosk.errors import KioskError
from kiosk.parcels import states
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.pickup_code import PickupCode
from kiosk.wiring import Services
from kiosk.words.facilities import nearby_words
from kiosk.words.language import N_, _, ngettext
from kiosk.words.people import person
from screens.actions import Action
from screens.clerk.code_card import CodeCard
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk.printing import Printing
from screens.clerk.shown_code import GONE, NO_CODE_HINT, ShownCode
from screens.clerk_actions import CODE_KEYS, FACILITIES, LATER, PRINT_SLIP
from screens.destinations import ShowFinder
from screens.flow import begin
from screens.messages import GoHome
from screens.widgets.notice import NoticeKind
from screens.wording import is_department

if TYPE_CHECKING:
    from textual.widget import Widget

NO_CODE = N_("No pickup code came with the deposit.")
REPLACED = N_("It replaces the code that the recipient was given before.")


class CodeScreen(ParcelScreen):
    """Shows the code that waits until somebody says that it was seen.

    With `again` it is one that was seen a short while ago; when its time is over, the screen goes.
    """

    KEYMAP = CODE_KEYS
    STEP = 5

    def __init__(self, services: Services, parcel: Parcel, *, again: bool = False) -> None:
        super().__init__(services, parcel)
        self._again = again
        self._shown = ShownCode(self, self._became)
        self._printing = Printing(self)
        self._knows_a_place = False
        """A place to drop off a parcel is named."""

    def compose_content(self) -> Iterable[Widget]:
        """Return the QR code beside what belongs to it."""
        return self._shown.compose()

    def appear(self) -> None:
        """Fetch the code from the journal, which notes one that is shown again; a department has none."""
        codes, contact = self.services.desk.pickup_codes, self.parcel.contact
        if is_department(contact):
            hint = _("Anyone from {name} can open the locker with a personal id.").format(name=person(contact))
            self.notice.say(NoticeKind.INFO, _("A department collects without a code."), hint)
        else:
            code = codes.show_again(self.parcel, self.person) if self._again else codes.waiting(self.parcel)
            self.run(self._shown.fetch(code), _("Fetching the code"), self._show, opening=True)
        # Once the code stands there: nothing else is worth a wait.
        self.call_after_refresh(begin, self.app, self._look_for_a_place(self.turn))

    def allows(self, action: Action) -> bool | None:
        """Leave a code for later only where one waits."""
        if action is LATER and not self.parcel.code_waiting:
            return None
        if action is FACILITIES and not self._knows_a_place:
            return None
        if action is PRINT_SLIP and not self._printing.offers(states.NoticeKind.SLIP):
            return None
        return super().allows(action)

    def action_print_slip(self) -> None:
        """Print the code for the recipient; it stays here until it was seen."""
        self._printing.ask(states.NoticeKind.SLIP)

    def action_facilities(self) -> None:
        """Find where a parcel can be brought; the code waits beneath."""
        self.cover(ShowFinder())

    def parcels_changed(self, last: Parcel | None) -> None:
        """Look at once what became of the code."""
        del last
        self._shown.follow()
        self._printing.follow()

    async def failed(self, error: KioskError) -> None:
        """Say it, and show what counts by now: a code can be replaced in the moment in which it is confirmed."""
        await super().failed(error)
        self._shown.follow()

    def action_done(self) -> None:
        """Confirm that the code was seen, and go home."""
        home = GoHome(_("Parcel {number} is in.").format(number=self.parcel.tracking_number))
        if self._again:
            self.leave(GoHome())
        elif not self.parcel.code_waiting:
            self.leave(home)
        elif not self._shown.is_fetched:
            # Nobody can have seen it: it goes on waiting, and home lists it as a code to show.
            self.leave(GoHome())
        else:
            self.run(
                self.services.desk.pickup_codes.confirm(self.parcel, self._shown.code, self.person),
                _("Recording that the code was seen"),
                lambda _parcel: self.leave(home),
            )

    def _show(self, fetched: tuple[PickupCode | None, int | None]) -> None:
        code, count = fetched
        self._shown.show(code)
        if code is None:
            self.notice.say(NoticeKind.LOOK, _(GONE) if self._again else _(NO_CODE), _(NO_CODE_HINT))
        elif self._again:
            self.notice.say(NoticeKind.INFO, _("This code was seen before."), _again_words(count))
        elif count is None:
            self.notice.say(NoticeKind.INFO, _("This one code is for all parcels in the locker."), _(REPLACED))
        elif count > 1:
            text = _("This one code is for all {count} parcels in the locker.")
            self.notice.say(NoticeKind.INFO, text.format(count=count), _(REPLACED))

    async def _look_for_a_place(self, turn: int) -> None:
        """Name the nearest place that is open, by the answer that is kept."""
        place = await self.services.facilities.nearest_open()
        if place is not None and self.is_still_at(turn):
            self._knows_a_place = True
            self.query_one(CodeCard).show_nearby(*nearby_words(place, self.services.clock.now()))
            self.show_actions()

    def _became(self, now: CodeNow) -> None:
        if self._again and now.fate is Fate.ENDED:
            self.leave(GoHome())
        elif now.fate is not (Fate.SEEN if self._again and self._shown.code else Fate.WAITS):
            self._shown.leave(now)


def _again_words(count: int | None) -> str:
    """Return what a code that is shown again opens, and that it is recorded."""
    if count is None:
        return _("It opens the locker for all parcels in it. Showing it again is recorded.")
    return ngettext(
        "Showing it again is recorded.",
        "It opens the locker for all {count} parcels in it. Showing it again is recorded.",
        count,
    ).format(count=count)
