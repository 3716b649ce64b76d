"""The first page: banks with their use, parcels an hour today, and what somebody has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.desk.overview import BankUse, Overview, SizeUse
from kiosk.parcels.parcel import Parcel
from kiosk.words.language import _, ngettext
from kiosk.words.numbers import number
from kiosk.words.plain import broken, fit
from kiosk.words.signs import BLOCK, CROSS, LIGHT, MEDIUM
from kiosk.words.states import size_word
from kiosk.words.times import day_and_time
from screens.console.actions import OVERVIEW_KEYS
from screens.console.base import ConsoleScreen
from screens.console.destinations import Page, ShowParcel
from screens.console.entries import ENTRY_COLUMNS, entry_row
from screens.widgets.bars import occupancy, plot
from screens.widgets.drawn import Piece, in_rows
from screens.widgets.table import Table

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services

PLOT_ROWS, HOURS = 2, 24
_PLOT = 2 * HOURS + 2
"""Columns of the plot with the hours beneath."""
_NAME, _LEAST_SHARE = 15, 9
_ROWS_KEPT_FREE = 3
"""Until the banks are read: with three of them nothing below has to move, which a slow line would pay for."""
_ROWS_ELSEWHERE = 19
"""Rows that frame, plot and a few parcels want; more banks than fit above them are on their own page."""


class OverviewScreen(ConsoleScreen):
    """How things are, on one page; the parcels that somebody has to look at can be opened."""

    PAGE = Page.OVERVIEW
    KEYMAP = OVERVIEW_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._below: list[list[Piece]] = []
        """What stands under the banks: the plot and the counts."""
        self.body = self.table = Table(ENTRY_COLUMNS, heads=False, empty=_("Nothing to look at."))
        self._parcels: dict[str, Parcel] = {}
        self._used: tuple[BankUse, ...] | None = None

    def begin(self) -> None:
        """Draw the empty page; the banks are asked for once everything is open."""
        super().begin()
        self._draw_above()

    def opened(self, services: Services) -> None:
        """Read the journal and ask for the banks."""
        super().opened(services)
        self.action_read(again=False)

    def on_screen_resume(self) -> None:
        """Read what may have grown old meanwhile."""
        if self.services is not None and self._used is not None:
            self.action_read(again=False)

    async def read(self, services: Services) -> None:
        """Show what the journal says; the banks are left as they were read last."""
        overview = await services.queries.console.overview()
        hours = await services.queries.console.parcels_by_hour()
        now, label = services.clock.now(), services.queries.console.label
        # A parcel with several entries is listed once, by the most pressing one.
        first = {entry.parcel.parcel_id: entry for entry in reversed(overview.entries) if entry.parcel}
        shown = [entry for entry in overview.entries if entry.parcel is None or first[entry.parcel.parcel_id] is entry]
        self._parcels = {entry.key: entry.parcel for entry in shown if entry.parcel}
        self._below = [*_plotted(hours, self.app.size.width), [], *_counted(overview)]
        self._draw_above()
        self.table.show_rows([entry_row(entry, label, now) for entry in shown])

    async def action_open(self) -> None:
        """Open the chosen parcel."""
        parcel = self._parcels.get(self.table.chosen or "")
        if parcel is not None:
            await self.console.show(ShowParcel(parcel))

    def action_read(self, *, again: bool = True) -> None:
        """Ask the locker service for what is old."""
        services = self.services
        if services is not None and not self.busy:
            self.run(services.queries.console.banks(again=again), _("Asking the locker service"), self._show_banks)

    def _show_banks(self, used: tuple[BankUse, ...]) -> None:
        self._used = used
        self._draw_above()

    def on_resize(self) -> None:
        """Draw the banks for the new size."""
        # Textual calls the handler of ConsoleScreen too, which draws the frame: no `super()` here.
        self.call_after_refresh(self._draw_above)

    def _draw_above(self) -> None:
        self.table.show_above([*self._bank_lines(), *self._below])

    def _bank_lines(self) -> list[list[Piece]]:
        title = f"   {_('Banks')}"
        if self.services is None or self._used is None:
            return [[(title, "bold $chosen")], [(f"   {_('Not read yet.')}", "$quiet")], *[[]] * _ROWS_KEPT_FREE]
        if not self._used:
            return [[(title, "bold $chosen")], [(f"   {_('This location has no locker bank.')}", "$quiet")]]
        oldest = min((each.view.read_at for each in self._used if each.view), default=None)
        age = _("Read {time}.").format(time=day_and_time(oldest, self.services.clock.now())) if oldest else ""
        sizes = list(dict.fromkeys(use.size for bank in self._used for use in bank.sizes))
        share = max((self.app.size.width - _NAME - 4) // max(len(sizes), 1), _LEAST_SHARE)
        head = "".join(fit(size_word(size) or _("any size"), share) for size in sizes)
        room = max(self.app.size.height - _ROWS_ELSEWHERE, 1)
        left = len(self._used) - room
        legend = [*(_legend() if left < 1 else _more(left)), (age, "$quiet")]
        return [
            [(fit(title, _NAME + 4), "bold $chosen"), (head, "$quiet")],
            *(_bank(bank, sizes, share) for bank in self._used[:room]),
            *([("   ", ""), *row] for row in in_rows(legend, self.app.size.width - 4)),
        ]


def _legend() -> list[Piece]:
    """Say what the bars are made of, and what the number beside them is."""
    text = _("{occupied} in use  {reserved} reserved  {free} free  {out} out; numbers: free.")
    *parts, last = text.format(occupied=BLOCK, reserved=MEDIUM, free=LIGHT, out=CROSS).split("  ")
    return [*((f"{part}  ", "$quiet") for part in parts), (f"{last} ", "$quiet")]


def _more(banks: int) -> list[Piece]:
    """Say how many banks there is no room for."""
    text = ngettext("and {count} more bank on page 2.", "and {count} more banks on page 2.", banks)
    return [(f"{text.format(count=banks)} ", "$quiet")]


def _bank(used: BankUse, sizes: list[str], share: int) -> list[Piece]:
    """Return a bank as a row: for each size a bar, and how many are free."""
    name: Piece = (f"   {fit(used.bank.label, _NAME)} ", "bold")
    if not used.sizes:
        return [name, (_("could not be read"), "$attention")]
    known = {use.size: use for use in used.sizes}
    return [name, *(piece for size in sizes for piece in _size_use(known.get(size), share))]


def _size_use(use: SizeUse | None, share: int) -> list[Piece]:
    if use is None:
        return [(" " * share, "")]
    width = share - 6
    bar = occupancy(use.states, width, max(use.units, 1) if use.units > width else width)
    free = use.states.get("free", 0)
    # None free, but some unknown: 0 would say more than is known.
    count = f"{free:>3}" if free or not use.states.get("unknown") else "  ?"
    return [
        *bar,
        (" " * (width - _cells(bar)), ""),
        (count, "bold $free" if free else "bold $attention"),
        (" " * (share - width - len(count)), ""),
    ]


def _cells(pieces: Sequence[Piece]) -> int:
    return sum(len(text) for text, _style in pieces)


def _plotted(hours: Sequence[int], width: int) -> list[list[Piece]]:
    """Draw the day from midnight to midnight, with words at the right."""
    rows = plot([*hours, *[0] * (HOURS - len(hours))], PLOT_ROWS)
    most = max(hours, default=0)
    busiest = hours.index(most) if most else 0
    text = _("peak {count} from {start} to {end}") if most else ""
    taken_in = ngettext("{count} taken in today", "{count} taken in today", sum(hours))
    axis = "".join(fit(str(hour), 12) for hour in range(0, HOURS, 6)) + "24"
    room = width - _PLOT - 6
    said: list[Piece] = [(row, "$foreground") for row in broken(taken_in.format(count=number(sum(hours))), room)]
    said += [(row, "$quiet") for row in broken(text.format(start=busiest, end=busiest + 1, count=most), room)]
    plotted: list[Piece] = [
        (_("Parcels per hour"), "bold $chosen"),
        *((row, "$chosen") for row in rows),
        (axis, "$quiet"),
    ]
    # Beside the bars, and where that is too short from the heading on.
    beside: list[Piece] = [*([("", "")] if len(said) <= PLOT_ROWS else []), *said, *[("", "")] * len(plotted)]
    return [
        [],
        *(
            [("   ", ""), (fit(words, _PLOT), style), ("   ", ""), more]
            for (words, style), more in zip(plotted, beside, strict=False)
        ),
    ]


def _counted(overview: Overview) -> list[list[Piece]]:
    """Return the counts as rows; of notices only where there are any to tell of."""
    rows = [
        [
            (_("to look into"), len(overview.attention), "attention"),
            (_("not confirmed"), len(overview.unconfirmed), "attention"),
            (_("expired"), len(overview.expired), "attention"),
            (_("on the shelf"), len(overview.on_shelf), "reserved"),
            (_("here"), overview.counted.here, "foreground"),
        ]
    ]
    if overview.undeliverable or overview.owed:
        waiting = ngettext("notice waiting", "notices waiting", overview.owed)
        rows.append(
            [
                (_("not notified"), len(overview.undeliverable), "attention"),
                (waiting, overview.owed, "foreground"),
            ]
        )
    return [[("   ", ""), *(piece for count in row for piece in _count(*count))] for row in rows]


def _count(word: str, count: int, tone: str) -> tuple[Piece, Piece]:
    return (f"{count} ", f"bold ${tone}" if count else "$quiet"), (f"{word}   ", "$quiet")
