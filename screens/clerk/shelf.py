"""Onto the shelf: a parcel that can't go into a locker now gets a place and a label, and goes on later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Vertical

from kiosk.desk.questions import question_about, shelf_reason
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ShelfReason
from kiosk.tracking.codes import Code
from kiosk.wiring import Services
from kiosk.words.language import _
from kiosk.words.people import recipient, where_to_find
from kiosk.words.plain import shorten
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import IS_THERE, SHELF_KEYS, WITH_LABEL
from screens.messages import Confirmed, EntryUsed, GoHome, StepDone
from screens.widgets.big_text import BigText
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget

SHOWN_SIGNS = 9
"""How many last characters of a number are worth writing on the parcel."""


class ShelfScreen(ParcelScreen):
    """A shelf place is proposed; another one may be typed. The label's text is shown to be written on the parcel."""

    KEYMAP = SHELF_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services, parcel: Parcel, wanted_size: LockerSize | None = None) -> None:
        super().__init__(services, parcel)
        self._wanted_size = wanted_size
        self._place = ""
        self._typed = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return the field for the place over the label."""
        yield Heading(_("Parcel {about}").format(about=self.about))
        yield Field(_("Put it on the shelf at"), _("type another place if this one is not empty"))
        with Vertical(id="label"):
            yield Words(_("Write on the parcel"), classes="-title")
            yield BigText("")
            yield Words(shorten(self.parcel.tracking_number, SHOWN_SIGNS, "start"), classes="-title")
            yield Words(recipient(self.parcel) or _("recipient unknown"))
            yield Words(where_to_find(self.parcel.contact), classes="-quiet")
            yield Words(day_and_time(self.parcel.taken_in_at, self.services.clock.now()), classes="-quiet")

    def appear(self) -> None:
        """Propose the lowest empty place."""
        self.run(self.services.desk.shelf.propose_place(), _("Looking for an empty place"), self._propose, opening=True)

    @property
    def spoken_number(self) -> str:
        """The place that is proposed."""
        return self._place

    def entry_changed(self, text: str) -> None:
        """Show the place that was typed."""
        self._typed = self.query_one(Field).text = text
        self.query_one(BigText).text = (text or self._place).upper()
        self.notice.clear()
        self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Take the place that was typed; a carrier's number is the next parcel and no place."""
        if Code(text).is_certain:
            return False
        self._hold(text)
        return True

    def allows(self, action: Action) -> bool | None:
        """Wait for a place."""
        if action in {IS_THERE, WITH_LABEL} and not (self._typed or self._place):
            return False
        if action is WITH_LABEL and not self._offers_label:
            return None
        return super().allows(action)

    def action_is_there(self) -> None:
        """Record that it is at the place shown; a typed one is taken as Enter takes it."""
        if self._typed:
            self.post_message(Confirmed())
        else:
            self._hold(self._place)

    def action_with_label(self) -> None:
        """Record that it is at the place shown, and print its label."""
        self.post_message(EntryUsed())
        self._hold(self._typed or self._place, with_label=True)

    def action_go_back(self) -> None:
        """Go back to the step before."""
        self.post_message(EntryUsed())
        self.leave(StepDone(question_about(self.parcel)))

    def _propose(self, place: str) -> None:
        self._place = place
        # Not with the proposal: what was typed while it was looked for stays.
        self.entry_changed(self._typed)
        self.greet()

    def _hold(self, place: str, *, with_label: bool = False) -> None:
        waiting = _("Recording that it is at {place}").format(place=place)
        self.run(
            self._put_on(place, with_label=with_label),
            waiting,
            lambda parcel: self.leave(_home(parcel, with_label=with_label)),
        )

    async def _put_on(self, place: str, *, with_label: bool) -> Parcel:
        desk = self.services.desk
        parcel = await desk.shelf.put_on(self.parcel, place, self._reason, self.person, size=self._wanted_size)
        if with_label:
            await desk.notices.print_label(parcel, self.person)
        return parcel

    @property
    def _offers_label(self) -> bool:
        """Whether there is a printer, and it prints no label without being asked."""
        return self.services.desk.notices.has_printer and not self.services.settings.printer.labels

    @property
    def _reason(self) -> ShelfReason:
        return shelf_reason(
            question_about(self.parcel),
            online=self.services.queries.activity.online,
            sees_no_room=self.services.desk.shelf.sees_no_room(),
            size=self._wanted_size,
        )


def _home(parcel: Parcel, *, with_label: bool) -> GoHome:
    word = (
        _("Parcel {number} is at {place}. Its label is being printed.")
        if with_label
        else _("Parcel {number} is at {place}.")
    )
    return GoHome(word.format(number=parcel.tracking_number, place=parcel.shelf))
