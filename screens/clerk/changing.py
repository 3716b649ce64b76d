"""Changes of what a parcel's locker holds, asked for on its page: keep it longer, take it out, give it back.

Each is asked for twice, and says whom it concerns: others in the locker, and the code that somebody has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.desk.questions import question_about
from kiosk.parcels.holding import HoldUntil
from kiosk.words.language import _, ngettext
from kiosk.words.people import recipient
from kiosk.words.times import day_and_time
from screens.actions import Keymap
from screens.destinations import ShowShelf
from screens.messages import GoTo, OpenParcel, StepDone
from screens.parcel_actions import (
    GIVE_BACK_QUESTION,
    HOLD_QUESTION,
    MORE_QUESTION,
    RECORD_AGAIN_QUESTION,
    TAKE_OUT_QUESTION,
)
from screens.widgets.notice import NoticeKind
from screens.wording import code_void_words

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from screens.clerk.parcel_screen import ParcelScreen


class Changing:
    """A part of the parcel's page."""

    def __init__(self, screen: ParcelScreen) -> None:
        self._screen = screen

    def show_more(self) -> None:
        """Show what else can be done with the parcel."""
        hint = _("Back leaves everything as it is.")
        if self._screen.parcel.is_in_locker and (name := recipient(self._screen.parcel)):
            hint = _("Another parcel for {name} is proposed this locker when it is scanned.").format(name=name)
        self._ask(_("What else is to be done with parcel {parcel}?"), hint, MORE_QUESTION)

    def keep_longer(self) -> None:
        """Ask until when; a parcel that is in its locker is deposited anew, which is asked once more."""
        parcel = self._screen.parcel
        if parcel.is_in_locker:
            self._ask_about_others(self._ask_to_record_again)
        elif self._ends:
            text = _("Hold locker {locker} for parcel {parcel}: how long?")
            end, now = parcel.reservation_expiry, self._screen.services.clock.now()
            held = _("It is held until {time}.").format(time=day_and_time(end, now)) if end else ""
            self._ask(text, held, HOLD_QUESTION)
        else:
            days = f"{self._screen.services.settings.desk.longest_hold_days:g}"
            title = _("A locker is held for at most {days} days after its parcel was taken in.").format(days=days)
            self._screen.notice.say(NoticeKind.LOOK, title, _("Put the parcel in, or give its locker back."))

    def offers_end(self, until: HoldUntil) -> bool:
        """Tell whether the settings allow this end, and it is later than the present one."""
        return until in self._ends

    def hold(self, until: HoldUntil) -> None:
        """Hold the reserved locker until then."""
        screen = self._screen
        hours = self._ends.get(until)
        screen.asking.stop()
        if hours is None:  # midnight has passed while it was asked
            return
        extend = screen.services.desk.intake.extend(screen.parcel, hours, screen.person)
        screen.run(extend, _("Holding the locker for longer"), self._held)

    def record_again(self) -> None:
        """Deposit the parcel anew, and show the new code."""
        screen = self._screen
        screen.asking.stop()
        extend = screen.services.desk.intake.extend(screen.parcel, 0, screen.person)
        screen.run(extend, _("Recording the deposit again"), lambda parcel: screen.leave(_kept(parcel)))

    def take_out(self) -> None:
        """Ask whether this one parcel is to be taken out."""
        self._ask_about_others(self._ask_to_take_out)

    def taken_out(self) -> None:
        """Record that it is out, and go on with the shelf."""
        screen = self._screen
        screen.asking.stop()
        clear = screen.services.desk.leaving.clear(screen.parcel, screen.person)
        screen.run(clear, _("Taking the parcel out of its locker"), lambda parcel: screen.leave(_out(parcel)))

    def give_back(self) -> None:
        """Ask whether the reserved locker is to be given back."""
        text = _("Give locker {locker} back? It was held for parcel {parcel}.")
        self._ask(text, _("The parcel stays in your hands, and you choose another locker."), GIVE_BACK_QUESTION)

    def give_back_now(self) -> None:
        """Give the reserved locker back, and ask for another one."""
        screen = self._screen
        screen.asking.stop()
        word = _("Locker {locker} was given back.").format(locker=self._locker)
        release = screen.services.desk.intake.release(screen.parcel, screen.person)
        screen.run(
            release,
            _("Giving locker {locker} back").format(locker=self._locker),
            lambda parcel: screen.leave(StepDone(question_about(parcel), word)),
        )

    @property
    def _ends(self) -> dict[HoldUntil, float]:
        return self._screen.services.desk.intake.ends_to_choose(self._screen.parcel)

    @property
    def _locker(self) -> str:
        place = self._screen.parcel.place
        return place.locker_unit_id if place else ""

    def _ask_about_others(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """Look up what else lies in the locker, then ask."""
        screen = self._screen
        screen.asking.stop()
        beside = screen.services.desk.open_lockers.numbers_beside(screen.parcel)
        screen.run(beside, _("Looking up what is in the locker"), then)

    def _ask_to_record_again(self, others: tuple[str, ...]) -> None:
        void = code_void_words(self._screen.parcel, others)
        sentence = _("The deposit is recorded again, and the locker service decides how long. {void}").format(void=void)
        self._ask(_("Keep parcel {parcel} in locker {locker} for longer?"), sentence, RECORD_AGAIN_QUESTION)

    def _ask_to_take_out(self, others: tuple[str, ...]) -> None:
        stay = ngettext("Parcel {others} stays in it.", "Parcels {others} stay in it.", len(others))
        sentence = _("No door opens by this: have it opened, and take this parcel out.")
        if others:
            sentence = f"{sentence} {stay.format(others=', '.join(others))}"
        self._ask(_("Take parcel {parcel} out of locker {locker}?"), sentence, TAKE_OUT_QUESTION)

    def _ask(self, title: str, sentence: str, question: Keymap) -> None:
        screen = self._screen
        screen.asking.stop()
        screen.ask_first(title.format(parcel=screen.about, locker=self._locker), sentence, question)

    def _held(self, parcel: Parcel) -> None:
        self._screen.leave(OpenParcel(parcel, _("The locker is held for longer."), _("Put the parcel in.")))


def _kept(parcel: Parcel) -> StepDone:
    if not parcel.is_in_locker:  # it was collected meanwhile
        return StepDone(question_about(parcel))
    return StepDone(question_about(parcel), _("It is kept for longer, and the code of before is void."))


def _out(parcel: Parcel) -> OpenParcel | GoTo:
    if parcel.is_gone:
        return OpenParcel(parcel)
    return GoTo(ShowShelf(parcel), _("The parcel is out of its locker and in your hands."))
