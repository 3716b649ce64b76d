"""One event in full: every field, the personal ones where they are kept, and its place in the chain."""

from __future__ import annotations

from typing import Any

from kiosk.parcels.people import Person
from kiosk.parcels.records import ChainState, EventRecord
from kiosk.wiring import Services
from kiosk.words.events import event_words
from kiosk.words.language import _
from kiosk.words.signs import CROSS, TICK
from screens.actions import Action
from screens.console.actions import EVENT_KEYS, OPEN
from screens.console.base import ConsoleScreen
from screens.console.destinations import Page, ShowParcel
from screens.console.facts import event_fields, field, fields_of
from screens.console.wording import NOTHING, full_time
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines


class EventScreen(ConsoleScreen):
    """A page to read; Enter goes on to the event's parcel."""

    PAGE = Page.JOURNAL
    KEYMAP = EVENT_KEYS

    def __init__(self, person: Person, sequence: int) -> None:
        super().__init__(person)
        self.body = self.page = Lines(id="page")
        self._sequence = sequence
        self._parcel_id: str | None = None

    async def read(self, services: Services) -> None:
        """Show the event and what its neighbours in the chain say."""
        found = await services.queries.console.event(self._sequence)
        if found is None:
            self.page.show([[(f"   {_('There is no event {number}.').format(number=self._sequence)}", "$quiet")]])
            return
        event, personal, chain = found
        self._parcel_id = event.parcel_id
        self.page.show(_lines(event, personal, chain, self.size.width))

    def allows(self, action: Action) -> bool:
        """Go on to the parcel where there is one."""
        return action is not OPEN or self._parcel_id is not None

    async def action_open(self) -> None:
        """Show the event's parcel."""
        services = self.services
        if services is not None and self._parcel_id is not None:
            parcel = await services.queries.console.parcel(self._parcel_id)
            if parcel is not None:
                await self.console.show(ShowParcel(parcel))

    async def action_return(self) -> None:
        """Go back."""
        await self.app.pop_screen()


def _lines(event: EventRecord, personal: dict[str, Any] | None, chain: ChainState, width: int) -> list[list[Piece]]:
    head = _("Event {number}: {words}").format(number=event.sequence, words=event_words(event.event))
    lines: list[list[Piece]] = [
        [(f"   {head}", "bold $chosen")],
        [],
        field(_("When"), full_time(event.at)),
        field(_("By"), event.person),
        field(_("Kiosk"), event.kiosk),
        field(_("Parcel"), event.tracking_number or NOTHING),
    ]
    lines += event_fields(event.event, width)
    if personal is not None:
        lines += [[], [(f"   {_('Personal fields, which can be erased')}", "$quiet")]]
        lines += fields_of(personal, width)
    sign, tone = (TICK, "done") if chain.sound else (CROSS, "broken")
    verdict = _("The chain is intact here") if chain.sound else _("The chain is broken here")
    return [
        *lines,
        [],
        [(f"   {sign} {verdict}", f"bold ${tone}")],
        field(_("content matches hash"), _yes_or_no(chain.unchanged)),
        field(_("follows the one before"), _yes_or_no(chain.follows)),
        field(_("the next one follows"), _yes_or_no(chain.is_followed)),
        field(_("hash"), chain.hash),
        field(_("previous hash"), chain.previous),
    ]


def _yes_or_no(answer: bool | None) -> str:  # noqa: FBT001 - the answer is what it is about
    """Return an answer about the chain; there is none of what would follow the last event."""
    match answer:
        case None:
            return _("it is the last one")
        case True:
            return _("yes")
        case False:
            return _("no")
