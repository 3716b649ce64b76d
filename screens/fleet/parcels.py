"""Finds parcels of every desk: by the beginning or the end of a number, or by a contact id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.words.fleet import whose_words
from kiosk.words.language import N_, _, ngettext
from kiosk.words.plain import plain
from screens.actions import Action
from screens.console.actions import OPEN
from screens.console.wording import NOTHING, short_time
from screens.fleet.actions import LOOK_FOR, PARCELS_KEYS
from screens.fleet.base import FleetScreen
from screens.fleet.destinations import FleetPage, ShowFleetParcel
from screens.fleet.wording import at_desk, state_of, where
from screens.widgets.lines import Lines
from screens.widgets.table import Column, Table, TableRow

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.fleet.finding import FleetParcel
    from kiosk.fleet.looking import FleetServices
    from kiosk.parcels.people import Person

MOST = 100
"""As many as `kiosk/fleet/finding.py` finds."""


class FleetParcelsScreen(FleetScreen):
    """The list; the search stays while other pages are looked at."""

    PAGE = FleetPage.PARCELS
    KEYMAP = PARCELS_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._search = ""
        self._found: dict[str, FleetParcel] = {}
        self._about = Lines(id="about")
        self.body = self.table = Table(
            (
                Column(N_("Number"), 14, cut="start", grows=1),
                Column(N_("For"), 12, grows=2),
                Column(N_("Desk"), 14, cut="middle", grows=2),
                Column(N_("Where"), 10, cut="middle", grows=1),
                Column(N_("State"), 14, is_ours=True),
                Column(N_("Since"), 6, is_ours=True),
            ),
            empty=_("Press {key} to search.").format(key=LOOK_FOR.key_label),
        )

    def compose_content(self) -> Iterable[Widget]:
        """Return a line about what was found, and the list."""
        yield self._about
        yield self.table

    async def read(self, services: FleetServices) -> None:
        """Show what the search finds by now."""
        parcels = await services.looking.find(self._search)
        self._found = {parcel.key: parcel for parcel in parcels}
        now, label = services.clock.now(), services.looking.label
        empty = _("No parcel of any desk begins or ends like that. Press {key} to search again.")
        self._about.show([[(f"   {self._in_words()}", "bold $chosen")], []])
        self.table.show_rows(
            [
                TableRow(
                    parcel.key,
                    (
                        parcel.tracking_number,
                        whose_words(parcel.whose) or NOTHING,
                        at_desk(parcel.desk_name, parcel.site),
                        where(parcel, label),
                        state_of(parcel)[0],
                        short_time(parcel.since, now),
                    ),
                    ("", "", "quiet", "", state_of(parcel)[1], ""),
                )
                for parcel in parcels
            ],
            empty=(empty if self._search else _("Press {key} to search.")).format(key=LOOK_FOR.key_label),
        )

    def allows(self, action: Action) -> bool:
        """Open what is there."""
        return action is not OPEN or bool(self._found)

    async def action_open(self) -> None:
        """Show what happened to the chosen parcel."""
        parcel = self._found.get(self.table.chosen or "")
        if parcel is not None:
            await self.console.show(ShowFleetParcel(parcel))

    def action_look_for(self) -> None:
        """Ask what to look for."""
        self.ask(_("Search for the beginning or the end of a number, or a contact id:"), self._look_for)

    def _look_for(self, text: str) -> None:
        self._search = text
        self.message_line.clear()
        self.read_soon()

    def _in_words(self) -> str:
        if not self._search:
            return _("Parcels of all desks")
        if len(self._found) >= MOST:
            text = _("The latest {count} with /{text}: type more of the number to find others.")
        else:
            text = ngettext("{count} parcel with /{text}", "{count} parcels with /{text}", len(self._found))
        return text.format(count=len(self._found), text=plain(self._search))
