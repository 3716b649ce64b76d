"""One parcel, wherever it stands: what is known about it, and the one thing to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from kiosk.parcels.parcel import ParcelState
from kiosk.words.errors import explain
from kiosk.words.language import _
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import (
    CANCEL,
    CHECK,
    GO_ON,
    PARCEL_KEYS,
    RIGHT_PERSON,
    RIGHT_PERSON_QUESTION,
    SETTLED,
    SHOW_CODE,
)
from screens.destinations import ShowCodeAgain, ShowFinder
from screens.messages import GoTo, OpenParcel, StepDone
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.wording import day_and_time, person, state_word, where_to_find

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from kiosk.errors import KioskError
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.actions import Action


class ParcelPageScreen(ParcelScreen):
    """Shows a parcel that lies in a locker, is in doubt, or is done; a clerk can look where it really is."""

    KEYMAP = PARCEL_KEYS

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._code_is_kept = False
        """Its pickup code was seen a short while ago and can be shown again."""

    def compose_content(self) -> Iterable[Widget]:
        """Return what is known, a line each."""
        yield Heading(self.parcel.tracking_number, id="number")
        for name, value in self._facts():
            yield Heading(f"{name:<12}{value}")

    def appear(self) -> None:
        """Say what the state means."""
        self._look_for_code()
        if self.greeting.sentence and (self.parcel.open_write is not None or not self.parcel.attention):
            self.greet()  # what just happened, and what to do
        elif self.parcel.open_write is not None:
            self.notice.say(
                NoticeKind.LOOK,
                f"Whether the {self.parcel.open_write.operation.value} was done is not known yet.",
                "The kiosk goes on asking by itself. Nothing is lost; keep the parcel where it is.",
            )
        elif self.parcel.attention:
            item = self.parcel.attention[0]
            self.notice.say(NoticeKind.STOP, item.sentence, item.proposal)
        elif self._is_moving:
            self.notice.say(
                NoticeKind.LOOK,
                "This parcel was in the wrong person's locker and is out of it.",
                f"Press {GO_ON.key_label} to choose the right person.",
            )
        elif self.parcel.state is ParcelState.HELD:
            self.notice.say(NoticeKind.INFO, f"This parcel lies on the shelf at {self.parcel.shelf}.")
        elif self.parcel.state is ParcelState.DEPOSITED:
            self.notice.say(
                self.greeting.kind if self.greeting.title else NoticeKind.INFO,
                self.greeting.title or f"This parcel lies in {self._place}.",
                f"If it was collected and this is another one with its number, press {CHECK.key_label}.",
            )

    def parcels_changed(self, parcels: Sequence[Parcel]) -> None:
        """Go on as soon as it is known in the background what became of the parcel."""
        self._look_for_code()
        now = next((parcel for parcel in parcels if parcel.parcel_id == self.parcel.parcel_id), self.parcel)
        if self.parcel.open_write is not None and now.open_write is None and not self.busy:
            self.leave(OpenParcel(now))

    def allows(self, action: Action) -> bool | None:
        """Offer what fits the state."""
        parcel = self.parcel
        done = parcel.state in {ParcelState.COLLECTED, ParcelState.CANCELLED}
        in_locker, is_open = parcel.state is ParcelState.DEPOSITED, parcel.open_write is not None
        fits = {
            GO_ON: not (is_open or in_locker),
            CHECK: not (done or self._is_moving or parcel.state is ParcelState.HELD),
            SHOW_CODE: self._code_is_kept,
            RIGHT_PERSON: in_locker and not is_open,
            CANCEL: not (done or in_locker or is_open),
            SETTLED: bool(parcel.attention),
        }
        return super().allows(action) if fits.get(action, True) else None

    def label_of(self, action: Action) -> str:
        """Say what going on means for a parcel that is done, or on the shelf."""
        if action is GO_ON and self.parcel.state in {ParcelState.COLLECTED, ParcelState.CANCELLED}:
            return _("Take in again")
        if action is GO_ON and self.parcel.state is ParcelState.HELD:
            return _("Take it off")
        if action is GO_ON and self._is_moving:
            return super().label_of(RIGHT_PERSON)
        return super().label_of(action)

    def action_go_on(self) -> None:
        """Take the next step; a parcel that is done begins anew."""
        if self.parcel.state in {ParcelState.COLLECTED, ParcelState.CANCELLED}:
            self.run(
                self.services.scans.take_in(self.parcel.tracking_number, self.services.actor),
                "Taking it in",
                lambda taken: self.leave(StepDone(taken.parcel)),
            )
        elif self._is_moving:
            self._move()
        elif self.parcel.state is ParcelState.HELD:
            word = f"Take the parcel off the shelf: it lies at {self.parcel.shelf}."
            self.run(
                self.services.holding.resume(self.parcel, self.services.actor),
                "Taking it off the shelf",
                lambda parcel: self.leave(StepDone(parcel, word)),
            )
        else:
            self.leave(StepDone(self.parcel))

    def action_facilities(self) -> None:
        """Find where a parcel can be brought."""
        self.cover(ShowFinder())

    def action_show_code(self) -> None:
        """Show the pickup code again."""
        self.leave(GoTo(ShowCodeAgain(self.parcel)))

    def action_right_person(self) -> None:
        """Ask whether the parcel is out, then take it off its locker and in anew."""
        self.ask_first(
            f"Take the parcel out of {self._place} first.",
            "Is it out? Then choose the right person.",
            RIGHT_PERSON_QUESTION,
        )

    def action_is_out(self) -> None:
        """Take the parcel off its locker and in anew."""
        self.asking.stop()
        self._move()

    def action_settled(self) -> None:
        """Close what was to be looked into."""
        close = self.services.oversight.close(
            self.parcel, self.parcel.attention[0].cause, "looked into at the desk", self.services.actor
        )
        self.run(close, "Noting that it was looked into", lambda parcel: self.leave(OpenParcel(parcel)))

    def action_check(self) -> None:
        """Ask the locker service where the parcel is."""
        self.run(self._look(), "Asking the locker service", self._show)

    def _move(self) -> None:
        self.run(
            self.services.moving.move(self.parcel, self.services.actor),
            f"Taking the parcel off {self._place}" if self._place else "Taking it in anew",
            self._moved,
        )

    def _moved(self, parcel: Parcel) -> None:
        if parcel.state is ParcelState.COLLECTED:
            self.leave(OpenParcel(parcel))
        else:
            self.leave(StepDone(parcel, "The parcel is off its locker and in your hands.", "Choose the right person."))

    async def failed(self, error: KioskError) -> None:
        """Show the page again, as the parcel stands now, with what went wrong."""
        now = await self.as_it_stands()
        if now is None or now == self.parcel:
            self.fail(error)
        else:
            said = explain(error)
            self.leave(OpenParcel(now, said.line, said.hint))

    @work(group="code", exclusive=True, exit_on_error=False)
    async def _look_for_code(self) -> None:
        """Offer the code while it is kept."""
        is_kept = await self.services.kept_codes.is_kept(self.parcel)
        if is_kept is not self._code_is_kept and self.is_ready:
            self._code_is_kept = is_kept
            self.show_actions()

    async def _look(self) -> Parcel:
        if self.parcel.open_write is not None:
            return await self.services.recovery.settle(self.parcel, self.services.actor)
        return await self.services.lookup.refresh(self.parcel, self.services.actor)

    def _show(self, parcel: Parcel) -> None:
        if parcel == self.parcel:
            self.notice.say(NoticeKind.DONE, f"The locker service says the same: {self._place}.")
        else:
            self.leave(OpenParcel(parcel))

    @property
    def _is_moving(self) -> bool:
        in_hand = self.parcel.state is ParcelState.TAKEN_IN and self.parcel.open_write is None
        return in_hand and self.parcel.wrong_recipient

    @property
    def _place(self) -> str:
        place = self.parcel.place
        return f"locker {place.locker_unit_id}, {self.bank_label}" if place else ""

    def _facts(self) -> Iterable[tuple[str, str]]:
        parcel, now = self.parcel, self.services.clock.now()
        yield "State", state_word(parcel)
        if parcel.contact is not None:
            yield "Recipient", person(parcel.contact)
            yield "", where_to_find(parcel.contact)
        elif parcel.recipient_read:
            yield "Label says", parcel.recipient_read
        if parcel.moved_to is not None:
            yield "ScreenWanted on", "taken out for the right person, under the same number"
        if parcel.moved_from is not None:
            yield "ScreenWanted here", "it lay in the wrong person's locker before"
        if parcel.shelf is not None and parcel.hold_reason is not None:
            yield "Shelf", f"{parcel.shelf}, {parcel.hold_reason.value}"
        if parcel.place is not None:
            yield "Place", self._place[:1].upper() + self._place[1:]
        yield "Taken in", day_and_time(parcel.taken_in_at, now)
        if parcel.deposited_at is not None:
            yield "Put in", day_and_time(parcel.deposited_at, now)
        if parcel.deposit_expiry is not None:
            yield "Until", day_and_time(parcel.deposit_expiry, now)
