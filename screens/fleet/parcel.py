"""One parcel, and everything that happened at any desk to a parcel with its number, in one order of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.words.events import event_line
from kiosk.words.fleet import whose_words
from kiosk.words.language import N_, _, ngettext
from kiosk.words.people import where_to_find
from kiosk.words.plain import plain
from kiosk.words.states import size_word
from screens.actions import Action
from screens.console.actions import OPEN
from screens.console.facts import field
from screens.console.wording import NOTHING, full_time
from screens.fleet.actions import PARCEL_KEYS
from screens.fleet.base import FleetScreen
from screens.fleet.destinations import FleetPage, ShowFleetEvent
from screens.fleet.wording import at_desk, state_of, what_is_wrong, when, where
from screens.widgets.drawn import Piece
from screens.widgets.table import Column, Table, TableRow

if TYPE_CHECKING:
    from kiosk.fleet.finding import FleetParcel
    from kiosk.fleet.looking import FleetServices
    from kiosk.fleet.records import FleetRecord
    from kiosk.parcels.people import Person


class FleetParcelScreen(FleetScreen):
    """Opened from a list; Esc goes back there."""

    PAGE = FleetPage.PARCELS
    KEYMAP = PARCEL_KEYS

    def __init__(self, person: Person, parcel: FleetParcel) -> None:
        super().__init__(person)
        self._parcel = parcel
        self._events: dict[str, FleetRecord] = {}
        self.body = self.table = Table(
            (
                Column(N_("When"), 13, is_ours=True),
                Column(N_("What happened"), 30, is_ours=True, grows=3),
                Column(N_("Desk"), 15, cut="middle", grows=1),
                Column(N_("By"), 10, grows=1, is_spare=True),
            ),
            empty=_("Asking the centre..."),
            stays_on_top=True,
        )

    def begin(self) -> None:
        """Show what the list knew; the rest is asked for."""
        super().begin()
        if self.services is not None:
            self._show_above(self.services, 0)

    async def read(self, services: FleetServices) -> None:
        """Show everything that happened."""
        looking = services.looking
        events = await looking.history(self._parcel)
        self._events = {each.key: each for each in events}
        now = services.clock.now()
        self._show_above(services, len({each.record.desk for each in events}))
        self.table.show_rows(
            [
                TableRow(
                    each.key,
                    (
                        when(each, now),
                        event_line(each.record.event, looking.label),
                        at_desk(each.desk_name, each.site),
                        each.record.person,
                    ),
                    ("quiet", "", "quiet", "quiet"),
                )
                for each in reversed(events)
            ],
            empty=_("The desk has not told of any event yet."),
        )

    def allows(self, action: Action) -> bool:
        """Open what is there."""
        return action is not OPEN or bool(self._events)

    async def action_open(self) -> None:
        """Show the highlighted event in full."""
        record = self._events.get(self.table.chosen or "")
        if record is not None:
            await self.console.show(ShowFleetEvent(record))

    async def action_return(self) -> None:
        """Go back to the list."""
        await self.app.pop_screen()

    def _show_above(self, services: FleetServices, desks: int) -> None:
        self.table.show_above(_facts(self._parcel, services.looking.label, desks))


def _facts(parcel: FleetParcel, label: Callable[[str], str], desks: int) -> list[list[Piece]]:
    state, tone = state_of(parcel)
    found = where_to_find(parcel.whose.contact)
    lines = [
        [(f"   {plain(parcel.tracking_number)}   ", "bold $chosen"), (state, f"bold ${tone}")],
        [],
        field(_("For"), " · ".join(filter(None, (whose_words(parcel.whose) or NOTHING, found)))),
        field(_("Desk"), at_desk(parcel.desk_name, parcel.site)),
        field(_("Where"), " · ".join(filter(None, (where(parcel, label), size_word(parcel.size))))),
        field(_("Taken in"), full_time(parcel.taken_in_at)),
    ]
    if parcel.findings or parcel.in_doubt:
        lines.append([(f"   ! {what_is_wrong(parcel)}", "bold $broken")])
    if desks > 1:
        text = ngettext("{count} desk had this number.", "{count} desks had this number.", desks)
        lines.append([(f"   {text.format(count=desks)}", "bold $attention")])
    return [*lines, []]
