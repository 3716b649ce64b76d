"""What somebody has to look at, in a list, and below it what one entry is about and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.desk.overview import Entry
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding
from kiosk.wiring import Services
from kiosk.words.language import _
from kiosk.words.overview import entry_advice
from screens.actions import Action
from screens.console.actions import ATTENTION_KEYS, OPEN, REPAIRS
from screens.console.base import ConsoleScreen
from screens.console.correcting import Correcting
from screens.console.destinations import Page, ShowParcel
from screens.console.entries import ENTRY_COLUMNS, entry_row
from screens.console.facts import sentences
from screens.widgets.lines import Lines
from screens.widgets.table import Table

if TYPE_CHECKING:
    from textual.widget import Widget


class AttentionScreen(ConsoleScreen):
    """Each entry with its cause, a proposal, and the corrections that fit."""

    PAGE = Page.ATTENTION
    KEYMAP = ATTENTION_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.body = self.table = Table(ENTRY_COLUMNS, empty=_("Nothing to look at."))
        self._about = Lines(id="entry")
        self._entries: dict[str, Entry] = {}
        self._correcting = Correcting(self, self._parcel, self._finding)

    def compose_content(self) -> Iterable[Widget]:
        """Return the list, and what the highlighted entry is about."""
        yield self.table
        yield self._about

    async def read(self, services: Services) -> None:
        """Show every entry as it is."""
        entries = (await services.queries.console.overview()).entries
        now, label = services.clock.now(), services.queries.console.label
        self._entries = {entry.key: entry for entry in entries}
        self.table.show_rows([entry_row(entry, label, now) for entry in entries])

    def draw_keys(self) -> None:
        """Draw the keys and the words for the highlighted entry."""
        super().draw_keys()
        entry = self._entry()
        if entry is None:
            self._about.show([])
            return
        advice = entry_advice(entry)
        self._about.show([[], *sentences(self.size.width, advice.sentence, advice.proposal)])

    def allows(self, action: Action) -> bool:
        """Open what has a parcel, and correct what can be corrected."""
        if action in REPAIRS:
            return self._correcting.allows(action)
        return action is not OPEN or self._parcel() is not None

    def refuse(self, action: Action) -> None:
        """Say what hinders a correction."""
        if action in REPAIRS:
            self._correcting.say_why_not(action)

    async def do(self, action: Action) -> None:
        """Do what a key stands for; a correction asks why first."""
        if action in REPAIRS:
            self._correcting.ask_why(action)
        else:
            await super().do(action)

    async def action_open(self) -> None:
        """Show the parcel in full."""
        parcel = self._parcel()
        if parcel is not None:
            await self.console.show(ShowParcel(parcel))

    def _parcel(self) -> Parcel | None:
        entry = self._entry()
        return entry.parcel if entry else None

    def _finding(self) -> Finding | None:
        entry = self._entry()
        return entry.item.finding if entry and entry.item else None

    def _entry(self) -> Entry | None:
        return self._entries.get(self.table.chosen or "")
