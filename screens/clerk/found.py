"""What fits a text that was typed at home: its rows, which is proposed, what each stands for. Draws nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.tracking.codes import Code
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number
from kiosk.words.plain import shorten
from kiosk.words.times import is_day_first
from screens.destinations import ShowElsewhere
from screens.messages import Cover, NumberAsked, OpenParcel, TakeIn
from screens.widgets.notice import NoticeKind
from screens.widgets.parcel_list import ParcelRow
from screens.wording import new_parcel_row

if TYPE_CHECKING:
    from kiosk.desk.handing_over import HandingOver
    from kiosk.desk.searching import Fits, Searching
    from kiosk.parcels.parcel import Parcel
    from screens.base import ClerkScreen
    from screens.clerk.work_queue import WorkQueue

LOOKING = N_("Looking for it")
NOT_OPEN_YET = N_("Type it again in a moment, or scan the parcel.")
SHOWN_SIGNS = 40
"""How much of a text that nothing fits is repeated."""


def rows_of(fits: Fits, queue: WorkQueue) -> list[ParcelRow]:
    """Return what fits as rows; where the text may be a new number, the first row stands for that."""
    parcels = [*map(queue.found_row, fits.parcels), *map(queue.other_row, fits.others)]
    return [new_parcel_row(fits.text), *parcels] if fits.may_be_new else parcels


def head_of(fits: Fits) -> str:
    """Return how many parcels fit."""
    count = len(fits.parcels)
    if fits.is_full:
        return _("Here: {count} or more parcels found").format(count=number(count))
    if not count:
        return _("Not here, but at another desk") if fits.others else _("Not here")
    return ngettext("Here: {count} parcel found", "Here: {count} parcels found", count).format(count=number(count))


def proposed(fits: Fits) -> int | None:
    """Return the row that Enter takes: the best parcel; a new one where none fits, or the number is a whole one."""
    if not fits.parcels:
        return 0 if fits.may_be_new or fits.others else None
    # Row 0 is the new parcel: proposed before others only where a check digit says that the number is whole.
    return 1 if fits.may_be_new and not fits.is_carriers else 0


def opens_at(fits: Fits, row: int | None) -> Parcel | ShowElsewhere | None:
    """Return what a row opens: a parcel, or where one of another desk is; None where it stands for a new one."""
    at = -1 if row is None else row - int(fits.may_be_new)
    if 0 <= at < len(fits.parcels):
        return fits.parcels[at]
    found = fits.elsewhere(at) if len(fits.parcels) <= at < len(fits.found) else None
    return ShowElsewhere((found,)) if found is not None else None


def meant_by(fits: Fits, row: int | None) -> TakeIn | ShowElsewhere | Parcel | None:
    """Return what a row stands for: a number to be taken in, or what it opens; None where neither is there."""
    opens = opens_at(fits, row)
    is_known = fits.is_known and row == 0
    return TakeIn(fits.text) if is_known or (opens is None and fits.may_be_new) else opens


class Finding:
    """Finds what was typed at home among what is here."""

    def __init__(self, searching: Searching, handing_over: HandingOver) -> None:
        self._searching = searching
        self._handing_over = handing_over
        self.one_after_the_other = asyncio.Lock()
        """Held while an Enter is carried out: each is in its order."""

    async def search(self, text: str) -> Fits:
        """Return what fits a text so far."""
        return await self._searching.search(text, day_first=is_day_first())

    async def meant(self, text: str, shown: Fits | None, row: int | None) -> TakeIn | ShowElsewhere | Parcel | None:
        """Return what Enter means behind a text; `shown` is what the list says of it, `row` where the clerk stands."""
        # A typed number with Enter behind it is faster than the search for the list.
        fits = shown or await self._searching.search(text, day_first=is_day_first())
        best = proposed(fits)
        row = row if shown else best
        # A row to which the clerk has moved is meant, whatever the text may be.
        if row == best and await self._handing_over.opened_by(fits.text) is not None:
            return TakeIn(fits.text)
        return meant_by(fits, row)


def is_number(text: str) -> bool:
    """Tell whether a text that was typed can be a parcel's number."""
    from kiosk.desk.searching import may_be_number  # noqa: PLC0415 - the first frame does not wait for it

    return may_be_number(Code(text))


def nothing_fits(text: str) -> str:
    """Return that nothing here fits a text."""
    return _("Nothing here matches “{text}”.").format(text=shorten(text, SHOWN_SIGNS))


def take(screen: ClerkScreen, meant: TakeIn | ShowElsewhere | Parcel | None, text: str) -> None:
    """Open the parcel that is meant, or leave the number to the app; say so where neither is there."""
    if isinstance(meant, TakeIn | ShowElsewhere):
        screen.want(NumberAsked(meant) if isinstance(meant, TakeIn) else Cover(meant))
    elif meant is None:
        screen.notice.say(NoticeKind.LOOK, nothing_fits(text), _("Scan the parcel, or type its number."))
    else:
        screen.want(OpenParcel(meant))


def is_left_to_wait(screen: ClerkScreen, text: str) -> bool:
    """Leave a number to the app while the kiosk opens, and return False; a name can't be looked for yet."""
    if is_number(text):
        return False
    screen.notice.say(NoticeKind.LOOK, _("The kiosk is still opening."), _(NOT_OPEN_YET))
    return True
