"""What leaves with a carrier today, by where it goes: ticked off when it was brought, or given to the driver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.desk.outgoing import LeavingToday
from kiosk.errors import KioskError
from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.parcels.parcel import Parcel
from kiosk.words.language import _, ngettext
from kiosk.words.people import recipient
from kiosk.words.plain import shorten
from kiosk.words.states import outgoing_word
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.leaving_actions import ALL_LEFT, ALL_LEFT_QUESTION, LEAVING_TODAY_KEYS, LEFT
from screens.top_page import TopPage
from screens.widgets.heading import Heading
from screens.widgets.place_list import PlaceList, PlaceRow
from screens.wording import state_word

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.wiring import Services

SHOWN_SIGNS = 40
"""How much of a place's name is repeated in a question."""


class LeavingTodayScreen(TopPage):
    """What waits stands first, one place after the other; then what has left today."""

    KEYMAP = LEAVING_TODAY_KEYS

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._today = LeavingToday((), ())

    def compose_content(self) -> Iterable[Widget]:
        """Return how many leave, over the list."""
        yield Heading(_("Leaving today"))
        yield PlaceList(empty=_("Nothing waits for a carrier, and nothing has left today."))

    def appear(self) -> None:
        """Read what leaves."""
        self._read()

    def allows(self, action: Action) -> bool | None:
        """Tick off only what waits; all of a place only where there is more than one."""
        chosen = self._chosen()
        if action is LEFT:
            return chosen is not None and super().allows(action)
        if action is ALL_LEFT:
            return chosen is not None and len(self._of(chosen.destination)) > 1 and super().allows(action)
        return super().allows(action)

    def action_left(self) -> None:
        """Tick the selected parcel off."""
        if (parcel := self._chosen()) is not None:
            self._tick_off((parcel,))

    def action_all_left(self) -> None:
        """Ask whether everything for the same place left."""
        if (parcel := self._chosen()) is None:
            return
        count = len(self._of(parcel.destination))
        title = _("Did all {count} parcels for {place} leave?")
        place = shorten(parcel.destination, SHOWN_SIGNS)
        meaning = _("They are ticked off, and are no longer here.")
        self.ask_first(title.format(count=count, place=place), meaning, ALL_LEFT_QUESTION)

    def action_they_left(self) -> None:
        """Tick everything for the same place off."""
        self.asking.stop()
        if (parcel := self._chosen()) is not None:
            self._tick_off(self._of(parcel.destination))

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.query_one(PlaceList).move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self.query_one(PlaceList).page(by)
        self.show_actions()

    def on_place_list_chosen(self, message: PlaceList.Chosen) -> None:
        """Select what was tapped; ticking off is a key, for it can't be taken back."""
        message.stop()
        self.show_actions()

    async def failed(self, error: KioskError) -> None:
        """Say what failed over the list as it is by now: somebody else may have ticked it off."""
        self._read()
        self.fail(error)

    def _read(self) -> None:
        self.run(self.services.queries.outgoing.today(), _("Looking for what leaves"), self._show, opening=True)

    def _tick_off(self, parcels: tuple[Parcel, ...]) -> None:
        self.run(self._sent(parcels), _("Recording that it left"), lambda _sent: self._read())

    async def _sent(self, parcels: tuple[Parcel, ...]) -> None:
        for parcel in parcels:
            await self.services.desk.leaving.note_sent(parcel, self.person)

    def _show(self, today: LeavingToday) -> None:
        self._today = today
        heading, rows = self.query_one(Heading), self.query_one(PlaceList)
        waiting, sent = len(today.waiting), len(today.sent)
        heading.text = ngettext("{count} parcel leaves", "{count} parcels leave", waiting).format(count=waiting)
        heading.aside = ngettext("{count} left today", "{count} left today", sent).format(count=sent) if sent else ""
        of_place = Counter(each.destination for each in today.waiting)
        drawn = [self._row(each, of_place[each.destination]) for each in today.waiting]
        drawn += [self._row(each, 0) for each in today.sent]
        # Behind the one that was ticked off stands the next that waits.
        rows.show(drawn, min(rows.highlighted or 0, max(waiting - 1, 0)))
        self.show_actions()

    def _row(self, parcel: Parcel, of_place: int) -> PlaceRow:
        carrier = CARRIER_NAMES[parcel.carrier] if parcel.carrier is not None else ""
        reason = outgoing_word(parcel.outgoing_reason) if parcel.outgoing_reason is not None else ""
        since = day_and_time(parcel.taken_in_at, self.services.clock.now())
        detail = " · ".join(
            part for part in (carrier, parcel.tracking_number, reason, recipient(parcel), since) if part
        )
        if not parcel.is_outgoing:
            return PlaceRow(parcel.destination, detail, state_word(parcel), tone="free")
        return PlaceRow(
            parcel.destination, detail, _("{count} go there").format(count=of_place) if of_place > 1 else ""
        )

    def _chosen(self) -> Parcel | None:
        """Return what waits and is selected."""
        at = self.query_one(PlaceList).highlighted
        return self._today.waiting[at] if at is not None and at < len(self._today.waiting) else None

    def _of(self, destination: str) -> tuple[Parcel, ...]:
        return tuple(each for each in self._today.waiting if each.destination == destination)
