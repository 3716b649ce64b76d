"""Home: scan the next parcel, or type to find one; below, what fits, or what is unfinished and what was done today."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.widget import Widget

from kiosk.errors import KioskError
from kiosk.tracking.codes import Code
from kiosk.words.language import N_, _, ngettext
from kiosk.words.plain import shorten
from screens.actions import Action
from screens.base import ClerkScreen
from screens.clerk_actions import CLEAR, HOME_KEYS, TAKE_IN
from screens.destinations import ShowFinder
from screens.entry import MAKE_NUMBER
from screens.messages import Confirmed, EntryUsed, MakeNumber, NumberAsked, OpenParcel, TakeIn
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.parcel_list import ParcelList, ParcelRow
from screens.wording import new_parcel_row, parcel_row

if TYPE_CHECKING:
    from kiosk.desk.searching import Fits, Searching
    from kiosk.parcels.parcel import Parcel

EMPTY = N_("No parcels yet today. Scan the first one.")
OPENING = N_("Opening the journal...")
SCAN_IT = N_("Scan the parcel, or type its number.")
NOT_OPEN_YET = N_("Type it again in a moment, or scan the parcel.")

SHOWN_SIGNS = 40
"""How much of a text that nothing fits is repeated."""


class HomeScreen(ClerkScreen):
    """Where every intake begins and ends. Drawn before anything else is loaded; parcels come later."""

    KEYMAP = HOME_KEYS
    STEP = 1
    SHOWS_ENTRY = True

    def __init__(self) -> None:
        super().__init__()
        self._parcels: tuple[Parcel, ...] = ()
        """What is unfinished and what was done today."""
        self._rows: list[ParcelRow] = []
        self._head = (_("Parcels"), "")
        self._bank_label: Callable[[str], str] = str
        self._finding: Searching | None = None
        """Searches what is here; None until everything is open."""
        self._typed = ""
        self._fits: Fits | None = None
        """What fits the text typed, while it is shown in the place of the parcels of the day."""
        self._one_after_the_other = asyncio.Lock()

    def compose_content(self) -> Iterable[Widget]:
        """Return the field and the list."""
        yield Field(_("Scan the parcel"), _("or type its number, a name, a locker or a shelf place"))
        yield Heading(self._head[0])
        yield ParcelList(empty=_(OPENING))

    def find_by(self, finding: Searching) -> None:
        """Search by this from now on, as everything is open."""
        self._finding = finding
        self.entry_changed(self._typed)

    def show_parcels(
        self,
        unfinished: Sequence[Parcel],
        today: Sequence[Parcel],
        bank_label: Callable[[str], str],
        with_room: Container[str],
        named: Container[str],
    ) -> None:
        """Show what is unfinished first, then the rest of today.

        `with_room` are held parcels that could go on now; of all but those in `named` only initials are shown.
        """
        chosen = self._highlighted() if self._fits is None else None
        done = [parcel for parcel in today if not parcel.unfinished]
        self._parcels, self._bank_label = (*unfinished, *done), bank_label
        every = {parcel.parcel_id for parcel in (*unfinished, *today)}
        words = _("Unfinished: {count}").format(count=len(unfinished)) if unfinished else _("Today")
        of_today = ngettext("{count:,} parcel today", "{count:,} parcels today", len(every))
        self._head = (words, of_today.format(count=len(every)))
        self._rows = [
            parcel_row(each, bank_label, has_room=each.parcel_id in with_room, is_named=each.parcel_id in named)
            for each in self._parcels
        ]
        if self._fits is not None:
            self._search(self._typed)
            return
        ids = [parcel.parcel_id for parcel in self._parcels]
        # By its id: another row may stand at the old place by now.
        self._show_day(ids.index(chosen.parcel_id) if chosen and chosen.parcel_id in ids else None)

    def entry_changed(self, text: str) -> None:
        """Show what was typed, and what it fits; until that is known, the list stands."""
        self._typed = self.query_one(Field).text = text
        if text and text != MAKE_NUMBER:
            self.notice.clear()
            self._search(text)
        elif self._fits is not None:
            self._show_day(None)
        self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Open what was typed, or leave a number to the app that is not here yet."""
        if not text:
            self.action_open()
            return True
        if text == MAKE_NUMBER:
            return False
        if self._finding is None:
            return self._waits(text)
        fits = self._shown_for(text)
        self._complete(self._finding, text, fits, self.query_one(ParcelList).highlighted)
        return True

    def label_of(self, action: Action) -> str:
        """Name what Enter does now."""
        if action is TAKE_IN and self._highlighted() is not None:
            return _("Open")
        return super().label_of(action)

    def allows(self, action: Action) -> bool | None:
        """Enter needs something that fits what was typed, or a chosen parcel."""
        if action is TAKE_IN and self._typed:
            fits = self._shown_for(self._typed)
            return fits is None or fits.may_be_new or bool(fits.parcels)
        if action is TAKE_IN:
            return self._highlighted() is not None
        if action is CLEAR and not self._typed:
            return None
        return super().allows(action)

    def action_open(self) -> None:
        """Open the chosen parcel, or take in the number typed."""
        chosen = self._highlighted()
        if self._typed:
            self.post_message(Confirmed())
        elif chosen is not None:
            self.post_message(OpenParcel(chosen))

    def action_clear(self) -> None:
        """Clear what was typed."""
        self.post_message(EntryUsed())
        self.entry_changed("")

    def action_no_barcode(self) -> None:
        """Make a number for a parcel without a barcode."""
        self.action_clear()
        self.post_message(NumberAsked(MakeNumber()))

    def action_facilities(self) -> None:
        """Find where a parcel can be brought."""
        self.action_clear()
        self.cover(ShowFinder())

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.query_one(ParcelList).move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self.query_one(ParcelList).page(by)
        self.show_actions()

    def on_parcel_list_chosen(self, message: ParcelList.Chosen) -> None:
        """Open the parcel that was tapped, or take in the number that was."""
        message.stop()
        if self.query_one(ParcelList).rows[message.index : message.index + 1] != (message.row,):
            return  # the list holds something else by now
        if self._fits is None:
            self.post_message(OpenParcel(self._parcels[message.index]))
        else:
            fits = self._fits
            self.action_clear()
            self._take(fits, message.index)

    @work(group="search", exclusive=True)
    async def _search(self, text: str) -> None:
        """Search in the background; the search before is dropped."""
        if self._finding is None:
            return
        try:
            fits = await self._finding.search(text)
        except KioskError as error:
            self.fail(error)
            return
        if self.is_ready and text == self._typed:
            self._show_fits(fits)

    def _show_fits(self, fits: Fits) -> None:
        """Show what fits in the place of the day's parcels; of a number that is not here, that it can be taken in."""
        parcels = self.query_one(ParcelList)
        # The list is drawn anew in the background too: whoever has moved in it stays on that row.
        moved = parcels.highlighted if self._fits is not None and self._fits.text == fits.text else None
        self._fits = fits
        rows = [parcel_row(each, self._bank_label, has_room=False) for each in fits.parcels]
        if fits.may_be_new:
            rows.insert(0, new_parcel_row(fits.text))
        parcels.empty = _nothing_fits(fits.text)
        parcels.show(rows, _proposed(fits) if moved is None else moved)
        count = len(fits.parcels)
        if fits.is_full:
            words = _("{count:,} or more parcels found")
        else:
            words = ngettext("{count:,} parcel found", "{count:,} parcels found", count)
        self._show_head(_("Here") if count else _("Not here"), words.format(count=count) if count else "")
        self.show_actions()

    def _show_day(self, highlighted: int | None) -> None:
        """Show what is unfinished and what was done today."""
        self._fits = None
        parcels = self.query_one(ParcelList)
        parcels.empty = _(EMPTY)
        parcels.show(self._rows, highlighted)
        self._show_head(*self._head)
        self.show_actions()

    def _show_head(self, text: str, aside: str) -> None:
        heading = self.query_one(Heading)
        heading.text, heading.aside = text, aside

    @work(group="complete")
    async def _complete(self, finding: Searching, text: str, shown: Fits | None, highlighted: int | None) -> None:
        """Do what Enter asked for, in the order in which it was asked; `shown` is what the list says of the text."""
        async with self._one_after_the_other:
            try:
                # A typed number with Enter behind it is faster than the search for the list.
                fits = shown or await finding.search(text)
            except KioskError as error:
                self.fail(error)
                return
            self._take(fits, highlighted if shown else _proposed(fits))

    def _take(self, fits: Fits, row: int | None) -> None:
        """Open the parcel of a row, or leave the number to the app; say so where neither is there."""
        parcel = _parcel_at(fits, row)
        is_known = fits.is_known and row == 0
        if is_known or (parcel is None and fits.may_be_new):
            self.post_message(NumberAsked(TakeIn(fits.text)))
        elif self.is_current and parcel is not None:  # else it was typed ahead, and another screen came
            self.post_message(OpenParcel(parcel))
        elif parcel is None:
            self.notice.say(NoticeKind.LOOK, _nothing_fits(fits.text), _(SCAN_IT))

    def _waits(self, text: str) -> bool:
        """Leave a number to the app while the kiosk opens; a name can't be looked for yet."""
        from kiosk.desk.searching import may_be_number  # noqa: PLC0415 - the first frame does not wait for it

        if may_be_number(Code(text)):
            return False
        self.notice.say(NoticeKind.LOOK, _("The kiosk is still opening."), _(NOT_OPEN_YET))
        return True

    def _shown_for(self, text: str) -> Fits | None:
        """Return what fits exactly this text; None while the list does not answer it yet."""
        return self._fits if self._fits is not None and self._fits.text == text else None

    def _highlighted(self) -> Parcel | None:
        """Return the parcel that Enter opens."""
        row = self.query_one(ParcelList).highlighted
        if self._typed:
            fits = self._shown_for(self._typed)
            return _parcel_at(fits, row) if fits else None
        return self._parcels[row] if self._fits is None and self._parcels and row is not None else None


def _proposed(fits: Fits) -> int | None:
    """Return the row that Enter takes: the best parcel; a new one where none fits, or the number is a whole one."""
    if not fits.parcels:
        return 0 if fits.may_be_new else None
    # Row 0 is the new parcel: proposed before others only where a check digit says that the number is whole.
    return 1 if fits.may_be_new and not fits.is_carriers else 0


def _parcel_at(fits: Fits, row: int | None) -> Parcel | None:
    """Return the parcel of a row; where the text may be a new number, the first row stands for that."""
    at = -1 if row is None else row - int(fits.may_be_new)
    return fits.parcels[at] if 0 <= at < len(fits.parcels) else None


def _nothing_fits(text: str) -> str:
    return _("Nothing here matches “{text}”.").format(text=shorten(text, SHOWN_SIGNS))
