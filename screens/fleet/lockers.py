"""Parcels per hour of each site in the last day, and how full each bank is, as its desks last told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.words.language import _, ngettext
from kiosk.words.numbers import number
from kiosk.words.plain import fit
from kiosk.words.signs import BLOCK, LIGHT
from screens.console.wording import short_time
from screens.fleet.actions import LOCKERS_KEYS
from screens.fleet.base import FleetScreen
from screens.fleet.destinations import FleetPage
from screens.widgets.bars import occupancy, plot
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines

if TYPE_CHECKING:
    from kiosk.fleet.looking import FleetServices
    from kiosk.fleet.usage import BankUse, SiteHours
    from kiosk.parcels.people import Person

_SITE, _BANK, _BAR = 14, 18, 20


class LockersScreen(FleetScreen):
    """A page to read; arrows scroll it."""

    PAGE = FleetPage.LOCKERS
    KEYMAP = LOCKERS_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.body = self.page = Lines([[(f"   {_('Asking the centre...')}", "$quiet")]], id="page")

    async def read(self, services: FleetServices) -> None:
        """Show the banks and the hours as they are known."""
        sites, banks = await services.looking.parcels_by_hour(), await services.looking.banks()
        now = services.clock.now()
        self.page.show([*_hours(sites), [], *_banks(banks, now)])


def _hours(sites: Sequence[SiteHours]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[(f"   {_('Parcels per hour, the last 24 hours')}", "bold $chosen")]]
    if not sites:
        return [*lines, [(f"   {_('No desk has joined, or none of your sites.')}", "$quiet")]]
    # Local hours, as the clocks on the walls: the first one stands under its bar.
    first = sites[0].begins_at.astimezone().hour
    axis = "".join(fit(str((first + at) % 24), 8) for at in range(0, 24, 4))
    lines.append([(f"   {' ' * _SITE} {axis}", "$quiet")])
    for site in sites:
        count = _("{count}, peak {peak}").format(count=number(sum(site.taken_in)), peak=number(max(site.taken_in)))
        (bars,) = plot(site.taken_in, 1)
        lines.append([(f"   {fit(site.site, _SITE, 'middle')} ", "bold"), (bars, "$chosen"), (f" {count}", "$quiet")])
    return lines


def _banks(banks: Sequence[BankUse], now: datetime) -> list[list[Piece]]:
    legend = _("{occupied} in use  {free} free").format(occupied=BLOCK, free=LIGHT)
    lines: list[list[Piece]] = [[(f"   {_('Banks')}", "bold $chosen"), (f"   {legend}", "$quiet")]]
    if not banks:
        return [*lines, [(f"   {_('No desk has told of a bank yet.')}", "$quiet")]]
    return [*lines, *(_bank(each, now) for each in banks)]


def _bank(use: BankUse, now: datetime) -> list[Piece]:
    states = {"occupied": use.units - use.free, "free": use.free}
    bar = occupancy(states, _BAR, max(use.units, _BAR))
    text = ngettext("{free} of {units} free, {time}", "{free} of {units} free, {time}", use.free)
    told = text.format(free=use.free, units=use.units, time=short_time(use.told_at, now))
    return [
        (f"   {fit(use.site, _SITE, 'middle')} {fit(use.label, _BANK, 'middle')} ", "bold"),
        *bar,
        (" " * (_BAR - sum(len(text) for text, _style in bar)), ""),
        (f" {told}", "bold $free" if use.free else "bold $attention"),
    ]
