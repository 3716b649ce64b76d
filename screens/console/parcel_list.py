"""Reservations and parcels: filtered by text, state, size and age, sorted, those here or those that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from kiosk.parcels.listing import Age, ParcelFilter, Sort, expires_at
from kiosk.parcels.lockers import SIZES
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import ParcelState
from kiosk.wiring import Services
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number
from kiosk.words.plain import plain
from kiosk.words.states import size_word, state_word
from kiosk.words.times import is_day_first
from screens.actions import Action
from screens.console.actions import ALL_OF_THEM, OPEN, PARCELS_KEYS
from screens.console.base import ConsoleScreen
from screens.console.destinations import Page, ShowParcel
from screens.console.frame import show_filters
from screens.console.wording import short_time, state_of, where, whom
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines
from screens.widgets.table import Column, Table, TableRow

if TYPE_CHECKING:
    from textual.widget import Widget

T = TypeVar("T")

HERE = (
    None,
    ParcelState.TAKEN_IN,
    ParcelState.RESERVED,
    ParcelState.ON_SHELF,
    ParcelState.IN_LOCKER,
    ParcelState.UNRECORDED,
    ParcelState.OUTGOING,
)
GONE = (None, ParcelState.COLLECTED, ParcelState.HANDED_OVER, ParcelState.SENT, ParcelState.CANCELLED)


class ParcelListScreen(ConsoleScreen):
    """The list; filters stay as they were set while other pages are looked at."""

    PAGE = Page.PARCELS
    KEYMAP = PARCELS_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._wanted = ParcelFilter()
        self._found: dict[str, Parcel] = {}
        self._filters = Lines(id="filters")
        self.body = self.table = Table(
            (
                Column(N_("Number"), 13, cut="start", grows=1),
                Column(N_("For"), 13, grows=2),
                Column(N_("Where"), 13, cut="middle", grows=1),
                Column(N_("State"), 15, is_ours=True),
                Column(N_("Since"), 6, is_ours=True),
                Column(N_("Ends"), 6, is_ours=True),
            )
        )

    def compose_content(self) -> Iterable[Widget]:
        """Return the filters in words, and the list."""
        yield self._filters
        yield self.table

    async def read(self, services: Services) -> None:
        """Show what the filters let through."""
        parcels = await services.queries.console.parcels(self._wanted, day_first=is_day_first())
        now, label = services.clock.now(), services.queries.console.label
        self._found = {parcel.parcel_id: parcel for parcel in parcels}
        show_filters(self._filters, _in_words(self._wanted, len(parcels)))
        rows = []
        for parcel in parcels:
            state, tone = state_of(parcel)
            end = expires_at(parcel)
            ends = f"!{short_time(end, now)}" if end is not None and end < now else short_time(end, now)
            cells = (
                parcel.tracking_number,
                whom(parcel),
                where(parcel, label),
                state,
                short_time(parcel.taken_in_at, now),
                ends,
            )
            rows.append(
                TableRow(parcel.parcel_id, cells, ("", "", "", tone, "", "attention" if ends[0] == "!" else ""))
            )
        self.table.show_rows(rows, empty=_nothing(self._wanted))

    def allows(self, action: Action) -> bool:
        """Open what is there; take filters off where there are some."""
        if action is OPEN:
            return bool(self._found)
        return action is not ALL_OF_THEM or self._wanted != ParcelFilter()

    async def action_open(self) -> None:
        """Show the chosen parcel in full."""
        parcel = self._found.get(self.table.chosen or "")
        if parcel is not None:
            await self.console.show(ShowParcel(parcel))

    def action_look_for(self) -> None:
        """Ask what to look for."""
        question = _("Search for a number, a name, a contact id or a department:")
        self.ask(question, lambda text: self._want(self._wanted._replace(text=text)))

    def action_by_state(self) -> None:
        """Go on to the next state."""
        states = GONE if self._wanted.gone else HERE
        self._want(self._wanted._replace(state=_next(states, self._wanted.state)))

    def action_by_size(self) -> None:
        """Go on to the next size."""
        self._want(self._wanted._replace(size=_next((None, *SIZES), self._wanted.size)))

    def action_by_age(self) -> None:
        """Go on to the next age."""
        self._want(self._wanted._replace(age=_next(tuple(Age), self._wanted.age)))

    def action_not_notified(self) -> None:
        """Change between those whose recipients no notice reached, and all."""
        self._want(self._wanted._replace(undeliverable=not self._wanted.undeliverable))

    def action_order(self) -> None:
        """Go on to the next order."""
        self._want(self._wanted._replace(sort=_next(tuple(Sort), self._wanted.sort)))

    def action_gone(self) -> None:
        """Change between the parcels here, and those that are gone, the latest of them first."""
        gone = not self._wanted.gone
        sort = Sort.NEWEST if gone else Sort.OLDEST
        self._want(self._wanted._replace(gone=gone, state=None, sort=sort))

    def action_all_of_them(self) -> None:
        """Take every filter off."""
        self._want(ParcelFilter())

    def _want(self, wanted: ParcelFilter) -> None:
        self._wanted = wanted
        self.message_line.clear()
        self.read_soon()


def _in_words(wanted: ParcelFilter, found: int) -> list[Piece]:
    """Return the filters as words; those that leave something out stand out, also without colour."""
    parts = (
        (_("gone") if wanted.gone else _("here"), wanted.gone),
        (state_word(wanted.state) if wanted.state else _("any state"), wanted.state is not None),
        (size_word(wanted.size) or _("any size"), wanted.size is not None),
        (_(_AGES[wanted.age]), wanted.age is not Age.ANY),
        *([(_("not notified"), True)] if wanted.undeliverable else []),
        (_(_ORDERS[wanted.sort]), False),
    )
    count = ngettext("{count} parcel:", "{count} parcels:", found).format(count=number(found))
    pieces: list[Piece] = [(f"   {count} ", "bold $chosen")]
    for word, narrows in parts:
        pieces += [(f"[{word}]" if narrows else word, "bold $attention" if narrows else "$quiet"), ("  ", "")]
    return [*pieces, (f"/{plain(wanted.text)}", "bold $attention")] if wanted.text else pieces


_AGES = {
    Age.ANY: N_("any age"),
    Age.DAY: N_("over a day"),
    Age.DAYS: N_("over 3 days"),
    Age.WEEK: N_("over a week"),
}

_ORDERS = {
    Sort.OLDEST: N_("oldest first"),
    Sort.NEWEST: N_("newest first"),
    Sort.EXPIRY: N_("by expiry"),
    Sort.LOCKER: N_("by locker"),
    Sort.CONTACT: N_("by recipient"),
}


def _nothing(wanted: ParcelFilter) -> str:
    if wanted == ParcelFilter():
        return _("No parcel is here.")
    key = ALL_OF_THEM.key_label
    if wanted.gone and wanted.text:
        text = _("No match among the latest few thousand that are gone. {key} removes the filters.")
        return text.format(key=key)
    return _("No parcel matches. {key} removes the filters.").format(key=key)


def _next(values: Sequence[T], value: T) -> T:
    at = list(values).index(value) if value in values else -1
    return values[(at + 1) % len(values)]
