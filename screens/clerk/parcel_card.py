"""What the parcel's page shows: the number with the state, what is known a line each, and below all that happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Vertical

from kiosk.notify.hours import rules_of
from kiosk.parcels.parcel import Parcel
from kiosk.words.events import event_line
from kiosk.words.language import _, ngettext
from kiosk.words.notices import standing_words
from kiosk.words.places import Label
from kiosk.words.plain import fit, shorten
from kiosk.words.times import day_and_time
from screens.clerk.parcel_facts import Fact, facts_of
from screens.widgets.heading import Heading
from screens.widgets.history import Entry, History
from screens.widgets.lines import Lines
from screens.wording import state_word

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.parcels.records import EventRecord
    from kiosk.wiring import Services

_LEAST_NAME = 12
"""Columns of what a line is called, at least."""
_AT_80 = 76
"""Columns of a whole line at 80."""


class ParcelCard(Vertical):
    """The facts have the rows that they need; what happened has the rest, and is scrolled."""

    def __init__(self) -> None:
        super().__init__()
        self._number, self._facts = Heading(id="number"), Lines(id="facts")
        self._past = Heading(_("History"), id="past")
        self.history = History(id="history")
        self._shown: tuple[Fact, ...] = ()
        self._name_width = _LEAST_NAME

    def compose(self) -> Iterable[Widget]:
        """Put the facts over the history."""
        yield from (self._number, self._facts, self._past, self.history)

    def on_resize(self) -> None:
        """Fit the facts to the new width."""
        self._draw()

    async def read(self, services: Services, parcel: Parcel, place: str) -> None:
        """Read and show what happened, what else is in the locker, and how it stands with notices.

        Raises StorageError.
        """
        events = await services.queries.console.history(parcel.parcel_id)
        others = await services.desk.open_lockers.numbers_beside(parcel)
        owed = await services.desk.notices.owed_of(parcel)
        if self.is_attached:
            now, hours = services.clock.now(), rules_of(services.settings.notices)
            self.show_history(events, services.queries.lockers.label, now)
            self.show_facts(parcel, place, others, standing_words(parcel, events, owed, hours, now), now)

    def show_facts(self, parcel: Parcel, place: str, others: Sequence[str], notice: str, now: datetime) -> None:
        """Show what is known, as `facts_of` says it."""
        state, facts = state_word(parcel), tuple(facts_of(parcel, place, others, notice, now, _AT_80 - _LEAST_NAME))
        self._name_width = max([_LEAST_NAME, *(cell_len(name) + 1 for name, _said in facts)])
        if self._name_width > _LEAST_NAME:
            facts = tuple(facts_of(parcel, place, others, notice, now, _AT_80 - self._name_width))
        # The state stands beside the number, where even the longest number leaves it room at 80 columns.
        beside = cell_len(parcel.tracking_number) + cell_len(state) <= 70
        self._number.text, self._number.aside = parcel.tracking_number, state if beside else ""
        self._shown = facts if beside else ((_("State"), state), *facts)
        self._draw()

    def show_history(self, events: Sequence[EventRecord], label: Label, now: datetime) -> None:
        """Show what happened, the latest first."""
        self.history.show_entries(
            [
                Entry(day_and_time(each.at, now), event_line(each.event, label, to_clerk=True), each.person)
                for each in events[::-1]
            ]
        )
        text = ngettext("{count} entry", "{count} entries, the latest first", len(events))
        self._past.aside = text.format(count=len(events))

    def show_no_history(self, why: str) -> None:
        """Say why what happened is not shown."""
        self._past.aside = why

    def _draw(self) -> None:
        self._facts.styles.height = len(self._shown)
        room = self.app.size.width - self._name_width - 4
        self._facts.show(
            [("  ", ""), (fit(name, self._name_width), "$quiet"), (shorten(said, room), "bold")]
            for name, said in self._shown
        )
