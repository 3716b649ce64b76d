"""The pickup code, as a QR code and large, and once more after it was seen; for a department, how it collects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work

from kiosk.parcels.parcel import Parcel
from kiosk.wiring import Services
from kiosk.words.language import N_, _, ngettext
from kiosk.words.people import person
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.clerk.code_card import CodeCard
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import CODE_KEYS, LATER
from screens.messages import GoHome
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.wording import is_department

if TYPE_CHECKING:
    from pydantic import SecretStr
    from textual.widget import Widget

NO_CODE = N_("No pickup code came with the deposit.")
REPLACED = N_("It replaces the code that the recipient was given before.")
GONE = N_("The pickup code is no longer kept here.")
NO_CODE_HINT = N_("The parcel is in its locker. Ask the operator for a new code.")


class CodeScreen(ParcelScreen):
    """Shows the code that waits until somebody says that it was seen."""

    KEYMAP = CODE_KEYS
    STEP = 5

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._is_fetched = False
        """Whether the code was shown: only then it can have been seen."""

    def compose_content(self) -> Iterable[Widget]:
        """Return the QR code beside what belongs to it."""
        yield Heading(_("Parcel {parcel}").format(parcel=self.about))
        yield _card(self)

    def appear(self) -> None:
        """Fetch the code from the journal; a department has none."""
        if is_department(self.parcel.contact):
            self.notice.say(
                NoticeKind.INFO,
                _("A department collects without a code."),
                _("Anyone from {name} can open the locker with a personal id.").format(
                    name=person(self.parcel.contact)
                ),
            )
        else:
            self.run(self._fetch(), _("Fetching the code"), self._show, opening=True)

    def allows(self, action: Action) -> bool | None:
        """Leave a code for later only where there is one."""
        if action is LATER and not self.parcel.code_waiting:
            return None
        return super().allows(action)

    def action_done(self) -> None:
        """Confirm that the code was seen, and go home."""
        home = GoHome(_("Parcel {number} is in.").format(number=self.parcel.tracking_number))
        if not self.parcel.code_waiting:
            self.leave(home)
            return
        # Nobody can have seen it: it goes on waiting, and home lists it as a code to show.
        if not self._is_fetched:
            self.leave(GoHome())
            return
        self.run(
            self.services.desk.intake.confirm_code(self.parcel, self.person),
            _("Recording that the code was seen"),
            lambda _parcel: self.leave(home),
        )

    async def _fetch(self) -> tuple[SecretStr | None, int | None]:
        return await self.services.desk.intake.pickup_code(self.parcel), await _parcels_inside(
            self.services, self.parcel
        )

    def _show(self, fetched: tuple[SecretStr | None, int | None]) -> None:
        code, count = fetched
        self._is_fetched = True
        # The code is there only now: an Enter that came before it can't confirm that it was seen.
        self.ask_anew()
        if code is None:
            self.notice.say(NoticeKind.LOOK, _(NO_CODE), _(NO_CODE_HINT))
            return
        self.query_one(CodeCard).show(code.get_secret_value())
        if count is None:
            self.notice.say(NoticeKind.INFO, _("This one code is for all parcels in the locker."), _(REPLACED))
        elif count > 1:
            text = _("This one code is for all {count} parcels in the locker.")
            self.notice.say(NoticeKind.INFO, text.format(count=count), _(REPLACED))


class CodeAgainScreen(ParcelScreen):
    """Shows a code once more that was seen a short while ago; when its time is over, it goes."""

    KEYMAP = CODE_KEYS
    STEP = 5

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._is_fetched = False

    def compose_content(self) -> Iterable[Widget]:
        """Return the QR code beside what belongs to it."""
        yield Heading(_("Parcel {parcel}").format(parcel=self.about))
        yield _card(self)

    def appear(self) -> None:
        """Fetch the code from where it is kept, which the journal notes."""
        self.run(self._fetch(), _("Fetching the code"), self._show, opening=True)

    def allows(self, action: Action) -> bool | None:
        """Leave a code for later only where another one waits."""
        if action is LATER and not self.parcel.code_waiting:
            return None
        return super().allows(action)

    def parcels_changed(self, parcels: Sequence[Parcel]) -> None:
        """Look whether the code may still stand here."""
        del parcels
        self._go_in_time()

    def action_done(self) -> None:
        """Go home."""
        self.leave(GoHome())

    async def _fetch(self) -> tuple[SecretStr | None, int | None]:
        code = await self.services.desk.kept_codes.show_again(self.parcel, self.person)
        return code, await _parcels_inside(self.services, self.parcel)

    def _show(self, fetched: tuple[SecretStr | None, int | None]) -> None:
        code, count = fetched
        self._is_fetched = True
        self.ask_anew()
        if code is None:
            self.notice.say(NoticeKind.LOOK, _(GONE), _(NO_CODE_HINT))
            return
        self.query_one(CodeCard).show(code.get_secret_value())
        self.notice.say(NoticeKind.INFO, _("This code was seen before."), _again_words(count))

    @work(group="code", exclusive=True, exit_on_error=False)
    async def _go_in_time(self) -> None:
        if self._is_fetched and not await self.services.desk.kept_codes.is_kept(self.parcel) and self.is_ready:
            self.leave(GoHome())


def _card(screen: ParcelScreen) -> CodeCard:
    expiry = screen.parcel.deposit_expiry
    until = _("until {time}").format(time=day_and_time(expiry, screen.services.clock.now())) if expiry else ""
    return CodeCard(screen.parcel, screen.bank_label, until)


def _again_words(count: int | None) -> str:
    """Return what a code that is shown again opens, and that it is recorded."""
    if count is None:
        return _("It opens the locker for all parcels in it. Showing it again is recorded.")
    return ngettext(
        "Showing it again is recorded.",
        "It opens the locker for all {count} parcels in it. Showing it again is recorded.",
        count,
    ).format(count=count)


async def _parcels_inside(services: Services, parcel: Parcel) -> int | None:
    """Return how many parcels the code opens the locker for; None where there are others, and how many is unknown."""
    others = await services.desk.open_lockers.others_in_unit(parcel)
    inside = sum(other.is_in_locker for other in others)
    return None if parcel.shared and not others else inside + 1
