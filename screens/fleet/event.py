"""One event of one desk in full, but for its personal fields, with both clocks' times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.words.events import event_words
from kiosk.words.fleet import offset_words
from kiosk.words.language import _
from screens.console.facts import event_fields, field
from screens.console.wording import NOTHING, full_time
from screens.fleet.actions import EVENT_KEYS
from screens.fleet.base import FleetScreen
from screens.fleet.destinations import FleetPage
from screens.fleet.wording import at_desk
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines

if TYPE_CHECKING:
    from kiosk.fleet.looking import FleetServices
    from kiosk.fleet.records import FleetRecord
    from kiosk.parcels.people import Person


class FleetEventScreen(FleetScreen):
    """A page to read: an event never changes."""

    PAGE = FleetPage.JOURNAL
    KEYMAP = EVENT_KEYS

    def __init__(self, person: Person, record: FleetRecord) -> None:
        super().__init__(person)
        self.body = self.page = Lines(id="page")
        self._record = record

    async def read(self, services: FleetServices) -> None:
        """Show the event."""
        del services
        self.page.show(_lines(self._record, self.size.width))

    async def action_return(self) -> None:
        """Go back."""
        await self.app.pop_screen()


def _lines(told: FleetRecord, width: int) -> list[list[Piece]]:
    event = told.record
    head = _("Event {number}: {words}").format(number=event.sequence, words=event_words(event.event))
    lines: list[list[Piece]] = [
        [(f"   {head}", "bold $chosen")],
        [],
        field(_("Desk"), at_desk(told.desk_name, told.site)),
        field(_("When, by its clock"), full_time(event.at)),
    ]
    if told.clock_offset:
        lines.append(field(_("When, by the centre's"), full_time(told.happened_at)))
        lines.append(field(_("The desk's clock was"), offset_words(told.clock_offset)))
    lines += [
        field(_("By"), event.person),
        field(_("Kiosk"), event.kiosk),
        field(_("Parcel"), event.tracking_number or NOTHING),
    ]
    return [*lines, *event_fields(event.event, width)]
