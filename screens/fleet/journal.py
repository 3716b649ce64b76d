"""The journals of all desks, live: the newest events on top, filtered by person, kind, number, desk and time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.fleet.searching import MOST, Wanted
from kiosk.parcels.days import read_day
from kiosk.words.events import event_line
from kiosk.words.kinds_of_events import kinds_named
from kiosk.words.language import N_, _
from kiosk.words.plain import plain
from kiosk.words.times import is_day_first, local_time
from screens.actions import Action
from screens.console.actions import ALL_OF_THEM, OPEN
from screens.console.frame import show_filters
from screens.console.wording import NOTHING
from screens.fleet.actions import JOURNAL_KEYS
from screens.fleet.base import FleetScreen
from screens.fleet.destinations import FleetPage, ShowFleetEvent
from screens.fleet.wording import at_desk, when
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines
from screens.widgets.notice import NoticeKind
from screens.widgets.table import Column, Table, TableRow

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.fleet.looking import FleetServices
    from kiosk.fleet.records import FleetRecord
    from kiosk.parcels.people import Person

AT_ONCE = 100
"""Events read at a time; the next ones are read when the last row is reached."""


class FleetJournalScreen(FleetScreen):
    """While the first row is highlighted, new events come in on top."""

    PAGE = FleetPage.JOURNAL
    KEYMAP = JOURNAL_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._wanted = Wanted()
        self._events: tuple[FleetRecord, ...] = ()
        self._is_all = False
        """Whether the oldest event that fits is among those that were read."""
        self._is_too_wide = False
        """Whether more people, desks or parcels are meant than can be looked through."""
        self._filters = Lines(id="filters")
        self.body = self.table = Table(
            (
                Column(N_("When"), 13, is_ours=True),
                Column(N_("What happened"), 26, is_ours=True, grows=3),
                Column(N_("Parcel"), 9, cut="start", grows=1),
                Column(N_("By"), 7, grows=1, is_spare=True),
                Column(N_("Desk"), 13, cut="middle", grows=1),
            ),
            empty=_("Asking the centre..."),
            stays_on_top=True,
        )

    def compose_content(self) -> Iterable[Widget]:
        """Return the filters in words, and the list."""
        yield self._filters
        yield self.table

    async def read(self, services: FleetServices) -> None:
        """Read the newest events, and as far back as the list went before."""
        limit = max(len(self._events), AT_ONCE)
        events = await services.looking.events(self._wanted, limit=limit)
        self._is_too_wide, self._events = events is None, events or ()
        self._is_all = len(self._events) < limit
        self._show(services)

    def allows(self, action: Action) -> bool:
        """Open what is there; take filters off where there are some."""
        if action is OPEN:
            return bool(self._events)
        return action is not ALL_OF_THEM or self._wanted != Wanted()

    async def action_open(self) -> None:
        """Show the chosen event in full."""
        found = next((each for each in self._events if each.key == self.table.chosen), None)
        if found is not None:
            await self.console.show(ShowFleetEvent(found))

    def action_by_person(self) -> None:
        """Ask whose events."""
        question = _("Whose events? A part of the name, or nothing for everybody's:")
        self.ask(question, lambda text: self._want(self._wanted._replace(person=text)))

    def action_by_kind(self) -> None:
        """Ask for which kind of event."""
        question = _("Which events? A word such as deposited, or nothing for all:")
        self.ask(question, lambda text: self._want(self._wanted._replace(kind=text, kinds=kinds_named(text))))

    def action_by_number(self) -> None:
        """Ask for which parcels."""
        question = _("Which parcels? The beginning of a number, or nothing for all:")
        self.ask(question, lambda text: self._want(self._wanted._replace(number=text)))

    def action_by_desk(self) -> None:
        """Ask for which desk."""
        question = _("Which desk or site? A part of its name, or nothing for all:")
        self.ask(question, lambda text: self._want(self._wanted._replace(desk=text)))

    def action_by_time(self) -> None:
        """Ask up to when."""
        self.ask(_("Up to when? A day such as 2026-11-24, or with a time: 2026-11-24 14:30:"), self._want_until)

    def action_all_of_them(self) -> None:
        """Take every filter off."""
        self._want(Wanted())

    def moved(self) -> None:
        """Read on at the end."""
        super().moved()
        near_end = self.table.highlighted >= len(self._events) - 1
        if near_end and self._events and not self._is_all and self.services is not None:
            self.run_worker(self._read_older(self.services), group="older", exclusive=True, exit_on_error=True)

    def _want_until(self, text: str) -> None:
        until = read_moment(text, datetime.now().astimezone())
        if text and until is None:
            self.message_line.say(NoticeKind.LOOK, _("That is no day."), _("Nothing was changed."))
            self.draw_keys()
        else:
            self._want(self._wanted._replace(until=until))

    def _want(self, wanted: Wanted) -> None:
        self._wanted, self._events = wanted, ()
        self.message_line.clear()
        # Up to the first row: there new events come in on top again.
        self.table.move(-len(self.table.rows))
        self.read_soon()

    async def _read_older(self, services: FleetServices) -> None:
        async with self.one_at_a_time:  # a reading of the newest at the same time would forget these again
            if not self._events:
                return  # another search began meanwhile
            try:
                older = await services.looking.events(self._wanted, limit=AT_ONCE, after=self._events[-1])
            except KioskError as error:
                self.fail(error)
                return
            self._is_all = len(older or ()) < AT_ONCE
            self._events = (*self._events, *(older or ()))
            self._show(services)

    def _show(self, services: FleetServices) -> None:
        now = services.clock.now()
        show_filters(self._filters, _in_words(self._wanted))
        self.table.show_rows(
            [
                TableRow(
                    each.key,
                    (
                        when(each, now),
                        event_line(each.record.event, services.looking.label),
                        each.record.tracking_number or NOTHING,
                        each.record.person,
                        at_desk(each.desk_name, each.site),
                    ),
                    ("quiet", "", "", "quiet", "quiet"),
                )
                for each in self._events
            ],
            empty=self._nothing(),
        )

    def _nothing(self) -> str:
        if self._is_too_wide:
            return _("More than {count} people, desks or parcels are meant: type more.").format(count=MOST)
        return _("No event matches.") if self._wanted != Wanted() else _("No desk has told of anything yet.")


def read_moment(text: str, now: datetime) -> datetime | None:
    """Return the end of the day, or the minute, that a text names in local time; None where it names none."""
    day_text, _blank, time_text = text.strip().partition(" ")
    day = read_day(day_text, now.date(), day_first=is_day_first())
    if day is None:
        return None
    if not time_text.strip():
        return datetime.combine(day + timedelta(days=1), time()).astimezone()
    try:
        return datetime.combine(day, time.fromisoformat(time_text.strip()).replace(tzinfo=None)).astimezone()
    except ValueError:
        return None


def _in_words(wanted: Wanted) -> list[Piece]:
    """Return the filters as words; those that leave something out stand out, also without colour."""
    parts = (
        (_("by {person}"), _("by anybody"), wanted.person),
        (_("kind {person}"), _("any kind"), wanted.kind),
        (_("number {person}"), _("any number"), wanted.number),
        (_("at {person}"), _("at any desk"), wanted.desk),
        (_("up to {person}"), _("live, newest first"), local_time(wanted.until) if wanted.until else ""),
    )
    pieces: list[Piece] = [("  ", "")]
    for chosen, every, value in parts:
        said = chosen.format(person=plain(value)) if value else every
        pieces.append((f" [{said}]", "bold $chosen") if value else (f" {said} ", "$quiet"))
    return pieces
