"""Every desk by its site: is it here, how old is what is known of it, its clock and version, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.words.fleet import offset_words, standing_sentences
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number
from kiosk.words.signs import FULL, HOLLOW
from kiosk.words.times import since
from screens.console.facts import sentences
from screens.console.wording import NOTHING, short_time
from screens.fleet.actions import DESKS_KEYS
from screens.fleet.base import FleetScreen
from screens.fleet.destinations import FleetPage
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines
from screens.widgets.table import Column, Table, TableRow

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.fleet.looking import FleetServices
    from kiosk.fleet.standings import Standing
    from kiosk.parcels.people import Person


class DesksScreen(FleetScreen):
    """The list, and below it what the highlighted desk is about."""

    PAGE = FleetPage.DESKS
    KEYMAP = DESKS_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._found: dict[str, Standing] = {}
        self._about, self._entry = Lines(id="about"), Lines(id="entry")
        self.body = self.table = Table(
            (
                Column(N_("Site"), 10, cut="middle", grows=1),
                Column(N_("Desk"), 12, cut="middle", grows=2),
                Column(N_("State"), 6, is_ours=True),
                Column(N_("Known"), 6, is_ours=True),
                Column(N_("Clock"), 7, is_ours=True),
                Column(N_("Version"), 7, is_spare=True),
                Column(N_("Waits"), 6, right=True),
                Column(N_("Items"), 5, right=True),
            ),
            empty=_("Asking the centre..."),
        )

    def compose_content(self) -> Iterable[Widget]:
        """Return the counts, the list, and what the highlighted desk is about."""
        yield self._about
        yield self.table
        yield self._entry

    async def read(self, services: FleetServices) -> None:
        """Show every desk as it stands."""
        desks, now = await services.looking.standings(), services.clock.now()
        self._found = {each.desk: each for each in desks}
        self._about.show([_counted(desks), []])
        self.table.show_rows([_row(each, now) for each in desks], empty=_("No desk has joined, or none of your sites."))

    def draw_keys(self) -> None:
        """Draw the keys and the words for the highlighted desk."""
        super().draw_keys()
        desk, services = self._found.get(self.table.chosen or ""), self.services
        if desk is None or services is None:
            self._entry.show([])
            return
        away = since(desk.seen_at, services.clock.now()) if desk.seen_at else ""
        here = ngettext("{count} parcel is there.", "{count} parcels are there.", desk.here).format(
            count=number(desk.here)
        )
        name = f"{desk.name} · {desk.site}"
        self._entry.show([[], *sentences(self.size.width, name, " ".join((*standing_sentences(desk, away), here)))])


def _row(desk: Standing, now: datetime) -> TableRow:
    sign, word, tone = (HOLLOW, _("away"), "attention") if desk.is_away else (FULL, _("here"), "free")
    off = desk.is_clock_off
    clock = NOTHING if desk.clock_offset is None else offset_words(desk.clock_offset) if off else _("right")
    look = desk.alarms + desk.parked + desk.to_look_at
    cells = (
        desk.site,
        desk.name,
        f"{sign} {word}",
        # "now" and not the minute: a quiet screen is not painted.
        short_time(desk.known_at if desk.seen_at else None, now) if desk.is_away else _("now"),
        f"!{clock}" if off else clock,
        desk.program or NOTHING,
        number(desk.waiting) if desk.waiting else NOTHING,
        (f"!{look}" if desk.alarms else str(look)) if look else NOTHING,
    )
    tones = ("quiet", "", tone, "quiet", "attention" if off else "quiet", "quiet", "", "broken" if desk.alarms else "")
    return TableRow(desk.desk, cells, tones)


def _counted(desks: Sequence[Standing]) -> list[Piece]:
    """Return how many there are, and how many of them are away."""
    away = sum(each.is_away for each in desks)
    count = ngettext("{count} desk", "{count} desks", len(desks)).format(count=number(len(desks)))
    absent = ngettext("{count} away", "{count} away", away).format(count=number(away))
    return [
        (f"   {count}", "bold $chosen"),
        (f"   {absent}", "bold $attention" if away else "$quiet"),
    ]
