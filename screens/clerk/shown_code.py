"""The pickup code that stands on a screen: its card, and what becomes of it while it is shown.

Another process may replace it or free its locker. How it is fetched, and what Done means, is the screen's business.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING

from kiosk.desk.pickup_codes import CodeNow, Fate
from kiosk.desk.questions import NothingToAsk, question_about
from kiosk.errors import InDoubtError, KioskError
from kiosk.parcels.pickup_code import PickupCode
from kiosk.words.language import N_, _
from kiosk.words.times import day_and_time
from screens.clerk.code_card import CodeCard
from screens.messages import GoHome, StepDone
from screens.parcel_actions import SHOW_CODE
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.worker import WorkType

    from screens.clerk.parcel_screen import ParcelScreen

LOOK_EVERY_SECONDS = 1.0
"""How often a screen looks what became of its code: one short reading of the journal."""

GONE = N_("The pickup code is no longer kept here.")
NO_CODE_HINT = N_("The parcel is in its locker. Its page issues a new code.")
FIRST = (N_("The pickup code is here now."), N_("Give it to the recipient."))
FATES = {
    Fate.SEEN: (
        N_("Somebody else has confirmed this pickup code."),
        N_("It opens the locker. {key} shows it again for a few minutes."),
    ),
    Fate.REPLACED: (
        N_("This is a new pickup code. The one shown before no longer opens the locker."),
        N_("Give this one to the recipient."),
    ),
    Fate.OF_ANOTHER_PARCEL: (
        N_("Another parcel was put in: the pickup code shown before no longer opens the locker."),
        N_("The code of parcel {number}, under Unfinished, opens it for all parcels inside."),
    ),
    Fate.ENDED: (GONE, NO_CODE_HINT),
    Fate.OUT: (
        N_("Parcel {number} is no longer in its locker; its pickup code is of no use."),
        N_("Its line in the list says what became of it."),
    ),
}
"""What is said where a code that was shown does not count any more, and what to do; translated when shown."""


class ShownCode:
    """A part of a screen. `became` is called with what became of the code, again and again, until the screen goes."""

    def __init__(self, screen: ParcelScreen, became: Callable[[CodeNow], None]) -> None:
        self._screen = screen
        self._became = became
        self._is_doubted = False
        """Whether it was said that another code may be on its way."""
        self.code: PickupCode | None = None
        """What is shown; None before it is fetched, and where there is none."""
        self.is_fetched = False
        """Whether what there is was shown: only then it can have been seen."""

    def compose(self) -> Iterable[Widget]:
        """Return the card on which the code will stand."""
        screen, parcel = self._screen, self._screen.parcel
        yield Heading(_("Parcel {parcel}").format(parcel=screen.about))
        expiry = parcel.deposit_expiry
        until = _("until {time}").format(time=day_and_time(expiry, screen.services.clock.now())) if expiry else ""
        yield CodeCard(parcel, screen.bank_label, until)

    async def fetch(self, read: Coroutine[object, object, PickupCode | None]) -> tuple[PickupCode | None, int | None]:
        """Return the code, and how many parcels it opens the locker for; None where only the service knows that."""
        code = await read
        others = await self._screen.services.desk.open_lockers.others_in_unit(self._screen.parcel)
        inside = sum(other.is_in_locker for other in others)
        return code, None if self._screen.parcel.shared and not others else inside + 1

    def show(self, code: PickupCode | None) -> None:
        """Show what was fetched, and keep looking what becomes of it."""
        self.is_fetched, self.code = True, code
        # The code is there only now: an Enter that came before it can't confirm that it was seen.
        self._screen.ask_anew()
        if code is not None:
            self._screen.query_one(CodeCard).show(code.secret.get_secret_value())
        self._screen.set_interval(LOOK_EVERY_SECONDS, self.follow)

    def follow(self) -> None:
        """Look what became of the code."""
        if self.is_fetched and not self._screen.busy:
            # The function: a coroutine whose worker is cancelled before it begins would never be awaited.
            look: WorkType[None] = self._look
            self._screen.run_worker(look, group="code", exclusive=True)

    def leave(self, now: CodeNow) -> None:
        """Show the parcel as it is now, with what became of its code."""
        is_first = now.fate is Fate.REPLACED and self.code is None
        number, key = (now.other or now.parcel).tracking_number, SHOW_CODE.key_label
        title, hint = (_(text).format(number=number, key=key) for text in (FIRST if is_first else FATES[now.fate]))
        if now.fate is Fate.OUT:
            # Not the parcel's page: there the key that was Done would take the parcel in again.
            self._screen.leave(GoHome(title, hint, NoticeKind.LOOK))
        elif now.fate is Fate.REPLACED:
            self._screen.leave(StepDone(question_about(now.parcel), title, hint))
        else:
            self._screen.leave(StepDone(NothingToAsk(now.parcel), title, hint))

    async def _look(self) -> None:
        try:
            now = await self._screen.services.desk.pickup_codes.fate(self._screen.parcel, self.code)
        except InDoubtError as error:
            if not self._is_doubted and self._screen.is_ready:
                self._is_doubted = True
                self._screen.fail(error)
            return
        except KioskError:
            return  # a journal that can't be read now is read again in a moment
        if not self._screen.is_ready or self._screen.busy:
            return
        if self._is_doubted:
            self._is_doubted = False
            self._screen.greet()
        self._became(now)
