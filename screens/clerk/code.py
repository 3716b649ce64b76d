"""The pickup code, as a QR code and large, and once more after it was seen; for a department, how it collects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from screens.clerk.code_card import CodeCard
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import CODE_KEYS, LATER
from screens.messages import GoHome
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.wording import day_and_time, is_department, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import SecretStr
    from textual.widget import Widget

    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.actions import Action

NO_CODE = "No pickup code came with the deposit"
REPLACED = "It replaces the code that the recipient was given before."
NOTED = "The journal notes who had it shown again."
GONE = "The pickup code is kept no longer"
NO_CODE_HINT = "The parcel is in its locker. Ask the operator for a new code."


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
        yield Heading(f"Parcel {self.about}")
        yield _card(self)

    def appear(self) -> None:
        """Fetch the code from the journal; a department has none."""
        if is_department(self.parcel.contact):
            self.notice.say(
                NoticeKind.INFO,
                "A department collects without a code.",
                f"Anyone of {person(self.parcel.contact)} opens the locker with their personal id.",
            )
        else:
            self.run(self._fetch(), "Fetching the code", self._show, opening=True)

    def allows(self, action: Action) -> bool | None:
        """Leave a code for later only where there is one."""
        if action is LATER and not self.parcel.code_waiting:
            return None
        return super().allows(action)

    def action_done(self) -> None:
        """Confirm that the code was seen, and go home."""
        home = GoHome(f"Parcel {self.parcel.tracking_number} is in.")
        if not self.parcel.code_waiting:
            self.leave(home)
            return
        if not self._is_fetched:
            self.leave(GoHome())
            return
        self.run(
            self.services.desk.intake.confirm_code(self.parcel, self.person),
            "Noting that the code was seen",
            lambda _: self.leave(home),
        )

    async def _fetch(self) -> tuple[SecretStr | None, str]:
        return await self.services.desk.intake.pickup_code(self.parcel), await _opens_for(self.services, self.parcel)

    def _show(self, fetched: tuple[SecretStr | None, str]) -> None:
        code, opens_for = fetched
        self._is_fetched = True
        self.ask_anew()
        if code is None:
            self.notice.say(NoticeKind.LOOK, NO_CODE, NO_CODE_HINT)
            return
        self.query_one(CodeCard).show(code.get_secret_value())
        if opens_for:
            self.notice.say(NoticeKind.INFO, f"One code for {opens_for} in this locker.", REPLACED)


class CodeAgainScreen(ParcelScreen):
    """Shows a code once more that was seen a short while ago; when its time is over, it goes."""

    KEYMAP = CODE_KEYS
    STEP = 5

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._is_fetched = False

    def compose_content(self) -> Iterable[Widget]:
        """Return the QR code beside what belongs to it."""
        yield Heading(f"Parcel {self.about}")
        yield _card(self)

    def appear(self) -> None:
        """Fetch the code from where it is kept, which the journal notes."""
        self.run(self._fetch(), "Fetching the code", self._show, opening=True)

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

    async def _fetch(self) -> tuple[SecretStr | None, str]:
        code = await self.services.desk.kept_codes.show_again(self.parcel, self.person)
        return code, await _opens_for(self.services, self.parcel)

    def _show(self, fetched: tuple[SecretStr | None, str]) -> None:
        code, opens_for = fetched
        self._is_fetched = True
        self.ask_anew()
        if code is None:
            self.notice.say(NoticeKind.LOOK, GONE, NO_CODE_HINT)
            return
        self.query_one(CodeCard).show(code.get_secret_value())
        opens = f"It opens the locker for {opens_for} in it. " if opens_for else ""
        self.notice.say(NoticeKind.INFO, "This code was seen before.", f"{opens}{NOTED}")

    @work(group="code", exclusive=True, exit_on_error=False)
    async def _go_in_time(self) -> None:
        if self._is_fetched and not await self.services.desk.kept_codes.is_kept(self.parcel) and self.is_ready:
            self.leave(GoHome())


def _card(screen: ParcelScreen) -> CodeCard:
    expiry = screen.parcel.deposit_expiry
    until = f"until {day_and_time(expiry, screen.services.clock.now())}" if expiry else ""
    return CodeCard(screen.parcel, screen.bank_label, until)


async def _opens_for(services: Services, parcel: Parcel) -> str:
    """Return for which parcels the code opens the locker, where there may be several."""
    mates = await services.desk.open_lockers.mates(parcel)
    lying = sum(mate.is_in_locker for mate in mates)
    if lying:
        return f"all {lying + 1} parcels"
    return "all parcels" if parcel.shared and not mates else ""
