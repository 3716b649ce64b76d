"""What somebody has to look at, at any desk, and below it what one entry is about; an alarm is closed with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from kiosk.fleet.concerns import Alarm, Concerns, ParkedEvent
from kiosk.fleet.finding import FleetParcel
from kiosk.fleet.looking import MAY_CLOSE
from kiosk.words.fleet import alarm_advice, alarm_word, parked_advice
from kiosk.words.language import N_, _
from kiosk.words.plain import plain
from kiosk.words.signs import TICK
from screens.actions import Action
from screens.console.actions import OPEN
from screens.console.facts import sentences
from screens.console.wording import full_time, short_time
from screens.fleet.actions import ALARMS_KEYS, CLOSE
from screens.fleet.base import FleetScreen
from screens.fleet.destinations import FleetPage, ShowFleetParcel
from screens.fleet.wording import at_desk, what_is_wrong, where
from screens.widgets.lines import Lines
from screens.widgets.notice import NoticeKind
from screens.widgets.table import Column, Table, TableRow

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.fleet.looking import FleetServices
    from kiosk.parcels.people import Person

Entry: TypeAlias = Alarm | ParkedEvent | FleetParcel


class AlarmsScreen(FleetScreen):
    """Open alarms first, then events that can't be read, then parcels, then alarms that were closed."""

    PAGE = FleetPage.ALARMS
    KEYMAP = ALARMS_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._entries: dict[str, Entry] = {}
        self._about = Lines(id="entry")
        self.body = self.table = Table(
            (
                Column(N_("What"), 20, is_ours=True, grows=1),
                Column(N_("About"), 16, cut="start", grows=1),
                Column(N_("Desk"), 26, cut="middle", grows=2),
                Column(N_("Since"), 6, is_ours=True),
            ),
            empty=_("Asking the centre..."),
        )

    def compose_content(self) -> Iterable[Widget]:
        """Return the list, and what the highlighted entry is about."""
        yield self.table
        yield self._about

    async def read(self, services: FleetServices) -> None:
        """Show every entry as it is."""
        found, now = await services.looking.concerns(), services.clock.now()
        self._entries = {f"{type(each).__name__} {each.key}": each for each in _in_order(found)}
        rows = [_row(key, entry, now) for key, entry in self._entries.items()]
        self.table.show_rows(rows, empty=_("Nothing to look at."))

    def draw_keys(self) -> None:
        """Draw the keys and the words for the highlighted entry."""
        super().draw_keys()
        entry, services = self._entry(), self.services
        if entry is None or services is None:
            self._about.show([])
            return
        said = _said(entry, services)
        self._about.show([[], *sentences(self.size.width, *said)])

    def allows(self, action: Action) -> bool:
        """Open what is a parcel, and close what is an open alarm."""
        entry = self._entry()
        if action is CLOSE:
            is_open = isinstance(entry, Alarm) and entry.closed_at is None
            return is_open and self.person.role in MAY_CLOSE and not self.busy
        return action is not OPEN or isinstance(entry, FleetParcel)

    def refuse(self, action: Action) -> None:
        """Say what hinders closing."""
        if action is not CLOSE:
            return
        entry = self._entry()
        if self.person.role not in MAY_CLOSE:
            said = _("Your role does not close alarms.")
        elif isinstance(entry, FleetParcel):
            said = _("What a desk found is closed at that desk.")
        elif isinstance(entry, Alarm):
            said = _("This alarm is closed already.")
        else:
            said = _("This is no alarm.")
        self.message_line.say(NoticeKind.LOOK, said, _("Nothing was changed. The row below shows the keys that fit."))

    async def action_open(self) -> None:
        """Show the parcel with its history."""
        entry = self._entry()
        if isinstance(entry, FleetParcel):
            await self.console.show(ShowFleetParcel(entry))

    def action_close(self) -> None:
        """Ask why, then close the highlighted alarm."""
        services, entry = self.services, self._entry()
        if services is None or not isinstance(entry, Alarm):
            return
        alarm = entry

        def close(reason: str) -> None:
            flow = services.looking.close_alarm(alarm, reason, self.person)
            self.run(flow, _("Closing the alarm"), lambda _nothing: self._say_closed())

        question = _("Close this alarm of {desk}. What was found?")
        self.ask(question.format(desk=plain(alarm.desk_name)), close)

    def _say_closed(self) -> None:
        self.message_line.say(NoticeKind.DONE, _("The alarm is closed."), _("It opens again if it is raised again."))
        self.draw_keys()

    def _entry(self) -> Entry | None:
        return self._entries.get(self.table.chosen or "")


def _in_order(found: Concerns) -> tuple[Entry, ...]:
    is_open = [each for each in found.alarms if each.closed_at is None]
    return (*is_open, *found.parked, *found.parcels, *(each for each in found.alarms if each.closed_at is not None))


def _row(key: str, entry: Entry, now: datetime) -> TableRow:
    event = _("event {number}")
    if isinstance(entry, Alarm):
        is_closed = entry.closed_at is not None
        what = (f"{TICK if is_closed else '!'} {alarm_word(entry.kind)}", event.format(number=entry.sequence))
        tone, at = "quiet" if is_closed else "broken", entry.raised_at
    elif isinstance(entry, ParkedEvent):
        what = (f"! {_('not readable')}", event.format(number=entry.sequence))
        tone, at = "attention", entry.stored_at
    else:
        what, tone, at = (f"! {what_is_wrong(entry)}", entry.tracking_number), "attention", entry.since
    cells = (*what, at_desk(entry.desk_name, entry.site), short_time(at, now))
    return TableRow(key, cells, (tone, "", "quiet", ""))


def _said(entry: Entry, services: FleetServices) -> tuple[str, ...]:
    """Return what an entry is about, and what to do."""
    if isinstance(entry, Alarm):
        if entry.closed_at is not None:
            text = _("Closed by {person}, {time}: {reason}")
            closed = text.format(person=entry.closed_by, time=full_time(entry.closed_at), reason=entry.reason)
            return alarm_advice(entry.kind, entry.sequence).sentence, closed
        return tuple(alarm_advice(entry.kind, entry.sequence))
    if isinstance(entry, ParkedEvent):
        return tuple(parked_advice(entry.sequence, entry.sqlstate))
    place = where(entry, services.looking.label)
    return (
        _("Parcel {number}, {place}: {what}.").format(
            number=entry.tracking_number, place=place, what=what_is_wrong(entry)
        ),
        _("It is mended at its desk, or in that desk's console. Enter shows what happened."),
    )
