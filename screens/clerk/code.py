"""The pickup code, as a QR code and large, and once more after it was seen; for a department, how it collects."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Horizontal, Vertical

from screens.clerk.parcel_step import ParcelScreen
from screens.clerk_actions import CODE_KEYS, LATER
from screens.messages import GoHome
from screens.widgets.big_text import BigText
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.qr_code import QrCode
from screens.widgets.words import Words
from screens.wording import day_and_time, is_department, person, where_to_find

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
    ABSENT: ClassVar[str] = NO_CODE
    """What is said where there is no code."""
    STEP = 5

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._is_fetched = False
        """Whether the code was shown: only then it can have been seen."""

    def compose_content(self) -> Iterable[Widget]:
        """Return the QR code beside what belongs to it."""
        place = self.parcel.place
        yield Heading(f"Parcel {self.about}")
        with Horizontal():
            yield QrCode()
            with Vertical(id="facts"):
                yield Words("No pickup code" if is_department(self.parcel.contact) else "Pickup code", classes="-title")
                yield BigText("ID" if is_department(self.parcel.contact) else "")
                yield Words(f"Locker {place.locker_unit_id}, {self.bank_label}" if place else "", classes="-title")
                yield Words(person(self.parcel.contact))
                yield Words(where_to_find(self.parcel.contact), classes="-quiet")
                yield Words(self._until(), classes="-quiet")

    def appear(self) -> None:
        """Fetch the code from the journal; a department has none."""
        self.query_one(QrCode).display = False
        if is_department(self.parcel.contact):
            self._show_department()
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
        """Return the code, and for which parcels it opens the locker where there may be several."""
        code = await self._code()
        mates = await self.services.desk.open_lockers.mates(self.parcel)
        lying = sum(mate.is_in_locker for mate in mates)
        if lying:
            return code, f"all {lying + 1} parcels"
        return code, "all parcels" if self.parcel.shared and not mates else ""

    async def _code(self) -> SecretStr | None:
        return await self.services.desk.intake.pickup_code(self.parcel)

    def _show(self, fetched: tuple[SecretStr | None, str]) -> None:
        code, opens_for = fetched
        self._is_fetched = True
        self.ask_anew()
        if code is None:
            self.notice.say(NoticeKind.LOOK, self.ABSENT, NO_CODE_HINT)
            return
        text = code.get_secret_value()
        qr_code = self.query_one(QrCode)
        qr_code.display, qr_code.text = True, text
        self.query_one(BigText).text = _grouped(text)
        self._explain(opens_for)

    def _explain(self, opens_for: str) -> None:
        """Say what is special about the code."""
        if opens_for:
            self.notice.say(NoticeKind.INFO, f"One code for {opens_for} in this locker.", REPLACED)

    def _show_department(self) -> None:
        self.notice.say(
            NoticeKind.INFO,
            "A department collects without a code.",
            f"Anyone of {person(self.parcel.contact)} opens the locker with their personal id.",
        )

    def _until(self) -> str:
        expiry = self.parcel.deposit_expiry
        return f"until {day_and_time(expiry, self.services.clock.now())}" if expiry else ""


class CodeAgainScreen(CodeScreen):
    """Shows a code once more that was seen a short while ago; when its time is over, it goes."""

    ABSENT = GONE

    def parcels_changed(self, parcels: Sequence[Parcel]) -> None:
        """Look whether the code may still stand here."""
        del parcels
        self._go_in_time()

    def action_done(self) -> None:
        """Go home."""
        self.leave(GoHome())

    async def _code(self) -> SecretStr | None:
        return await self.services.desk.kept_codes.show_again(self.parcel, self.person)

    def _explain(self, opens_for: str) -> None:
        opens = f"It opens the locker for {opens_for} in it. " if opens_for else ""
        self.notice.say(NoticeKind.INFO, "This code was seen before.", f"{opens}{NOTED}")

    @work(group="code", exclusive=True, exit_on_error=False)
    async def _go_in_time(self) -> None:
        if self._is_fetched and not await self.services.desk.kept_codes.is_kept(self.parcel) and self.is_ready:
            self.leave(GoHome())


def _grouped(code: str) -> str:
    """Write the code in groups of three, as it is read aloud."""
    return " ".join(code[at : at + 3] for at in range(0, len(code), 3)) if len(code) <= 12 else code
