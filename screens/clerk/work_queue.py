"""What home lists: the parcels of a day or a pile, a page at a time, and which one Enter takes. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kiosk.parcels.piles import Pile
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number
from kiosk.words.plain import shorten
from kiosk.words.signs import ARROW, ARROW_BACK
from kiosk.words.times import day_name
from screens.actions import Action
from screens.clerk_actions import (
    CODES_TO_SHOW,
    DAY_AFTER,
    DAY_BEFORE,
    EXPIRED,
    LAST,
    LOCKER_FREE,
    UNDELIVERABLE,
    UNFINISHED,
)
from screens.widgets.count_row import CountItem
from screens.widgets.parcel_list import ParcelRow
from screens.wording import in_one_line, other_row, parcel_row

if TYPE_CHECKING:
    from kiosk.desk.queries import Home, Listing
    from kiosk.parcels.other_desks import OtherParcel
    from kiosk.parcels.parcel import Parcel

PILES = {
    Pile.UNFINISHED: UNFINISHED,
    Pile.CODE_TO_SHOW: CODES_TO_SHOW,
    Pile.LOCKER_FREE: LOCKER_FREE,
    Pile.EXPIRED: EXPIRED,
    Pile.UNDELIVERABLE: UNDELIVERABLE,
}
"""The piles that are counted at home, from left to right, and the key of each."""

SHOWN_SIGNS = 6
"""How many last signs of its number tell the parcel that was worked on last from the one before."""

EMPTY_TODAY = N_("No parcels yet today. Scan the first one.")
EMPTY_DAY = N_("No parcel was taken in on this day.")


class ListWanted(NamedTuple):
    """Which page of which list: a pile, or a day, or today where neither is named."""

    pile: Pile | None = None
    day: date | None = None
    page: int = 0

    def listing(self, today: date) -> Listing:
        """Return the list."""
        return self.pile or (today if self.day is None else self.day)


class WorkQueue:
    """The list of home, as it was read last."""

    def __init__(self) -> None:
        self.wanted = ListWanted()
        self.chosen: str | None = None
        """The id of the parcel to which the clerk has moved; None while Enter takes the next one."""
        self._edge: int | None = None
        """Which row of the page that is on its way the clerk moved to: the first, or the last (-1)."""
        self._home: Home | None = None
        self._today = date.min
        self._bank_label: Callable[[str], str] = str

    @property
    def is_today(self) -> bool:
        """Whether the list is the one that home begins with."""
        return self.wanted.pile is None and self.wanted.day is None

    @property
    def is_idle(self) -> bool:
        """Whether it is known that nothing came today."""
        return self.is_today and self._home is not None and not self._home.total

    @property
    def parcels(self) -> tuple[Parcel, ...]:
        """What the page holds."""
        return self._home.parcels if self._home else ()

    @property
    def opens(self) -> Parcel | None:
        """The one that Enter takes: the chosen one, else the next one."""
        chosen = (parcel for parcel in self.parcels if parcel.parcel_id == self.chosen)
        return next(chosen, self._home.next if self._home else None)

    @property
    def row_opened(self) -> int | None:
        """The row of that one; None where it stands on no row of this page."""
        # By its id: another row may stand at the old place by now.
        ids = [parcel.parcel_id for parcel in self.parcels]
        return ids.index(self.opens.parcel_id) if self.opens and self.opens.parcel_id in ids else None

    @property
    def waiting(self) -> int:
        """How many lie in the pile that Enter goes through."""
        return self._count(self.wanted.pile or Pile.INTAKE)

    def show(self, home: Home, today: date, bank_label: Callable[[str], str]) -> None:
        """Have what was read; a pile that is worked off gives way to today, a page that is gone to the first one."""
        self._home, self._today, self._bank_label = home, today, bank_label
        if self.wanted.pile is not None and not home.total:
            self.want(ListWanted())
        elif self.wanted.page and not home.parcels:
            self.want(self.wanted._replace(page=0))
        elif self._edge is not None and home.parcels:
            self.chosen, self._edge = home.parcels[self._edge].parcel_id, None

    def want(self, wanted: ListWanted) -> None:
        """List something else, from the one on that Enter takes."""
        self.wanted, self.chosen, self._edge = wanted, None, None

    def want_pile(self, pile: Pile) -> None:
        """List a pile, or today again where it is listed already."""
        self.want(ListWanted() if pile is self.wanted.pile else ListWanted(pile))

    def want_day(self, by: int) -> None:
        """List the day before or after; from a pile, count from today. Nothing lies behind today."""
        day = (self.wanted.day or self._today) + timedelta(days=by)
        self.want(ListWanted(day=day if day < self._today else None))

    def move(self, before: int | None, row: int | None, by: int) -> bool:
        """Choose the row to which the clerk moved from another; behind an end of the page, want the page there.

        Returns whether another page is wanted.
        """
        # While a page is on its way, a key that is held asks for no further one.
        if self._home is None or row is None or self._edge is not None:
            return False
        end = self._home.first + len(self.parcels)
        if row != before or not (end < self._home.total if by > 0 else self._home.first > 0):
            self.chosen = self.parcels[row].parcel_id
            return False
        self.want(self.wanted._replace(page=self.wanted.page + (1 if by > 0 else -1)))
        self._edge = 0 if by > 0 else -1
        return True

    @property
    def goes_on(self) -> tuple[bool, bool]:
        """Whether there are pages before and after this one."""
        home = self._home
        return home is not None and home.first > 0, home is not None and home.first + len(self.parcels) < home.total

    def can_count(self, pile: Pile) -> bool:
        """Tell whether the pile holds anything to list."""
        return self._count(pile) > 0

    def rows(self) -> list[ParcelRow]:
        """Return the page as rows."""
        return [self.row(parcel) for parcel in self.parcels]

    def row(self, parcel: Parcel) -> ParcelRow:
        """Return a parcel as a row of the list."""
        home = self._home
        # Who goes through those of whom no notice reached anybody wants to see why.
        asks_for_address = self.wanted.pile is Pile.UNDELIVERABLE
        return parcel_row(
            parcel,
            self._bank_label,
            # In a day's list each was taken in on that day.
            on=self.wanted.day or self._today,
            has_room=home is not None and parcel.parcel_id in home.with_room and not asks_for_address,
            is_named=home is not None and parcel.parcel_id in home.named,
        )

    def found_row(self, parcel: Parcel) -> ParcelRow:
        """Return a parcel that was searched for as a row: its name in full."""
        return parcel_row(parcel, self._bank_label, on=self._today)

    def other_row(self, parcel: OtherParcel) -> ParcelRow:
        """Return a parcel of another desk that was searched for as a row."""
        return other_row(parcel, self._bank_label, on=self._today)

    def head(self) -> str:
        """Return what the list is, and how many it has."""
        home = self._home
        if home is None:
            return _("Parcels")
        if self.wanted.pile is not None:
            head = _("{pile}: {count}").format(pile=_(PILES[self.wanted.pile].label), count=number(home.total))
        else:
            day = day_name(self.wanted.day or self._today, self._today)
            words = ngettext("{day}: {count} parcel", "{day}: {count} parcels", home.total)
            head = words.format(day=day, count=number(home.total))
        if len(home.parcels) == home.total:
            return head
        first, last = home.first + 1, home.first + len(home.parcels)
        return _("{list}, {first} to {last}").format(list=head, first=number(first), last=number(last))

    @property
    def last(self) -> Parcel | None:
        """The parcel that was worked on last."""
        return self._home.last if self._home else None

    def last_words(self) -> str:
        """Return the parcel that was worked on last, its place first; empty where it has none."""
        row = self.row(self.last) if self.last else None
        return _("Last: {parcel}").format(parcel=in_one_line(row)) if row and row.place else ""

    def empty(self) -> str:
        """Return what an empty list says."""
        return _(EMPTY_DAY) if self.wanted.day is not None else _(EMPTY_TODAY)

    def counts(self) -> list[CountItem]:
        """Return the counts as targets, the ways to other days, and the one to the parcel worked on last."""
        items = [
            CountItem(
                action.name,
                number(self._count(pile)) if self._home else "",
                _(action.label),
                action.key_label,
                enabled=self.can_count(pile),
                lit=pile is self.wanted.pile,
            )
            for pile, action in PILES.items()
            if pile is not Pile.UNDELIVERABLE or self._may_be_undeliverable
        ]
        items.append(_way(DAY_BEFORE, ARROW_BACK))
        if self.wanted.day is not None:
            return [*items, _way(DAY_AFTER, ARROW)]
        return [*items, _way(LAST, shorten(self.last.tracking_number, SHOWN_SIGNS, "start"))] if self.last else items

    @property
    def _may_be_undeliverable(self) -> bool:
        """Whether this desk sends notices, or did once."""
        is_sending = self._home is not None and self._home.tells_recipients
        return is_sending or self._count(Pile.UNDELIVERABLE) > 0

    def _count(self, pile: Pile) -> int:
        return self._home.counts.get(pile, 0) if self._home else 0


def _way(action: Action, sign: str) -> CountItem:
    return CountItem(action.name, sign, _(action.label), action.key_label)
