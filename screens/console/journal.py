"""The journal, live: the newest events on top, searching, and proving the chain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.parcels.people import Person
from kiosk.parcels.records import EventRecord, Verdict
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.events import event_line
from kiosk.words.journal import damage
from kiosk.words.kinds_of_events import kinds_named
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number
from kiosk.words.plain import plain
from screens.actions import Action
from screens.console.actions import JOURNAL_KEYS, LOOK_FOR, OPEN, VERIFY
from screens.console.base import ConsoleScreen
from screens.console.destinations import Page, ShowEvent
from screens.console.wording import NOTHING, event_time
from screens.widgets.lines import Lines
from screens.widgets.notice import NoticeKind
from screens.widgets.table import Column, Table, TableRow

if TYPE_CHECKING:
    from textual.widget import Widget

AT_ONCE = 100
"""Events read at a time; the next ones are read when the last row is reached."""

TELL_EVERY = 20_000
"""Events between two words about how far the check is: one repaint a second or two."""


class JournalScreen(ConsoleScreen):
    """While the first row is highlighted, new events come in on top."""

    PAGE = Page.JOURNAL
    KEYMAP = JOURNAL_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._search, self._kinds = "", frozenset[str]()
        self._events: tuple[EventRecord, ...] = ()
        self._told = 0
        self._about = Lines(id="about")
        self.body = self.table = Table(
            (
                Column(N_("No"), 6, right=True),
                Column(N_("When"), 12, is_ours=True),
                Column(N_("What happened"), 32, is_ours=True, grows=3),
                Column(N_("Parcel"), 10, cut="start", grows=1),
                Column(N_("By"), 8, grows=1, is_spare=True),
            ),
            stays_on_top=True,
        )
        self._is_all = False
        """Whether the oldest event that fits is among those that were read."""

    def compose_content(self) -> Iterable[Widget]:
        """Return a line about what is shown, and the list."""
        yield self._about
        yield self.table

    async def read(self, services: Services) -> None:
        """Read the newest events, and as far back as the list went before."""
        last = await services.queries.console.last_sequence()
        limit = max(len(self._events), AT_ONCE)
        self._events = await services.queries.console.events(search=self._search, kinds=self._kinds, limit=limit)
        self._is_all = len(self._events) < limit
        self._show(services, last)

    def allows(self, action: Action) -> bool:
        """Open what is there; prove one chain at a time."""
        return bool(self._events) if action is OPEN else action is not VERIFY or not self.busy

    async def action_open(self) -> None:
        """Show the chosen event in full."""
        if self.table.chosen is not None:
            await self.console.show(ShowEvent(int(self.table.chosen)))

    def action_look_for(self) -> None:
        """Ask what to look for."""
        self.ask(_("Search for a tracking number, a person, or a word such as deposited:"), self._want)

    def moved(self) -> None:
        """Read on at the end."""
        super().moved()
        self._read_on()

    def action_verify(self) -> None:
        """Prove the journal in the background, with words about how far it is."""
        services = self.services
        if services is not None:
            self._told = 0
            self.run(services.queries.console.verify(self._tell), _("Verifying the journal"), self._say_verdict)

    def _tell(self, events: int) -> None:
        if events - self._told >= TELL_EVERY:
            self._told = events
            words = _("Verifying the journal: {count} events read so far, each twice...").format(count=number(events))
            self.front.message_line.say(NoticeKind.WAIT, words)

    def _say_verdict(self, verdict: Verdict) -> None:
        line = self.front.message_line
        if verdict.sound:
            text = ngettext(
                "The journal is sound: {count} event.", "The journal is sound: all {count} events.", verdict.events
            )
            line.say(NoticeKind.DONE, text.format(count=number(verdict.events)))
            return
        said = explain(damage(verdict))
        line.say(NoticeKind.STOP, said.line, said.hint)

    def _want(self, search: str) -> None:
        self._search, self._kinds, self._events = search, kinds_named(search), ()
        # Up to the first row: there new events come in on top again.
        self.table.move(-len(self.table.rows))
        self.read_soon()

    def _read_on(self) -> None:
        near_end = self.table.highlighted >= len(self._events) - 1
        if near_end and self._events and not self._is_all and self.services is not None:
            self.run_worker(self._read_older(self.services), group="older", exclusive=True, exit_on_error=True)

    async def _read_older(self, services: Services) -> None:
        async with self.one_at_a_time:  # a reading of the newest at the same time would forget these again
            if not self._events:
                return  # another search began meanwhile
            try:
                oldest = self._events[-1].sequence
                older = await services.queries.console.events(
                    search=self._search, kinds=self._kinds, before=oldest, limit=AT_ONCE
                )
                last = await services.queries.console.last_sequence()
            except KioskError as error:
                self.fail(error)
                return
            self._is_all = len(older) < AT_ONCE
            self._events = (*self._events, *older)
            self._show(services, last)

    def _show(self, services: Services, last: int) -> None:
        now = services.clock.now()
        search = _("matching /{text}").format(text=plain(self._search))
        what = search if self._search else _("live, newest first")
        count = ngettext("{count} event", "{count} events", last).format(count=number(last))
        self._about.show([[(f"   {count}", "bold $chosen"), (f"   {what}", "$quiet")], []])
        rows = [
            TableRow(
                str(event.sequence),
                (
                    str(event.sequence),
                    event_time(event.at, now),
                    event_line(event.event, services.queries.console.label),
                    event.tracking_number or NOTHING,
                    event.person,
                ),
                ("quiet", "quiet", "", "", "quiet"),
            )
            for event in self._events
        ]
        self.table.show_rows(
            rows,
            empty=_("No event matches. Press {key} to search again.").format(key=LOOK_FOR.key_label)
            if self._search
            else _("No event yet."),
        )
