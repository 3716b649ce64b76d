"""Home: scan the next parcel, or type to find one; below, how much waits, and the parcels of a day or a pile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import work
from textual.widget import Widget

from kiosk.errors import KioskError
from kiosk.parcels.piles import Pile
from kiosk.words.language import N_, _
from kiosk.words.numbers import number
from screens.actions import Action
from screens.base import ClerkScreen
from screens.clerk import found
from screens.clerk.work_queue import ListWanted, WorkQueue
from screens.clerk_actions import CLEAR, HOME_KEYS, TAKE_IN
from screens.destinations import ShowFinder, ShowTasks
from screens.entry import MAKE_NUMBER
from screens.flow import with_words
from screens.messages import Confirmed, EntryUsed, ListAsked, MakeNumber, NumberAsked, OpenParcel
from screens.widgets.count_row import CountRow
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.parcel_list import ParcelList, ParcelRow
from screens.widgets.step_bar import StepBar

if TYPE_CHECKING:
    from kiosk.desk.handing_over import HandingOver
    from kiosk.desk.queries import Home
    from kiosk.desk.searching import Fits, Searching
    from kiosk.parcels.parcel import Parcel

OPENING = N_("Opening the journal...")


class HomeScreen(ClerkScreen):
    """Where every intake begins and ends. Drawn before anything else is loaded; parcels come later."""

    KEYMAP = HOME_KEYS
    STEP = 1
    SHOWS_ENTRY = True

    def __init__(self) -> None:
        super().__init__()
        self.queue = WorkQueue()
        """What is listed while nothing is typed."""
        self._finding: found.Finding | None = None
        """Finds what is here; None until everything is open."""
        self._sample: Widget | None = None
        self._typed = ""
        self._fits: Fits | None = None
        """What fits the text typed, while it is shown in the place of the list."""

    def compose_content(self) -> Iterable[Widget]:
        """Return the field, the counts and the list."""
        yield Field(*_field())
        yield CountRow()
        yield Heading(self.queue.head())
        yield ParcelList(empty=_(OPENING))

    def appear(self) -> None:
        """Show the counts, which nobody has counted yet."""
        self.query_one(CountRow).items = self.queue.counts()

    def on_screen_resume(self) -> None:
        """Go on with the next parcel, whichever was chosen before."""
        self.queue.chosen = None

    def search_by(self, searching: Searching, handing_over: HandingOver) -> None:
        """Search by these from now on, as everything is open."""
        self._finding = found.Finding(searching, handing_over)
        self.entry_changed(self._typed)

    async def offer(self, sample: Widget | None) -> None:
        """Show this in the place of an empty list, for a newcomer to begin with."""
        if self._sample is not None:
            await self._sample.remove()
        self._sample = sample
        if sample is not None:
            await self.mount(sample, after=self.query_one(ParcelList))
        self._show_sample()

    def say_anew(self) -> None:
        """Say everything in the language that is spoken now."""
        self.query_one(Field).say(*_field())
        self.query_one(StepBar).refresh(layout=True)
        self.notice.clear()
        self.query_one(CountRow).items = self.queue.counts()
        self._show_list()

    def show_home(self, home: Home, today: date, bank_label: Callable[[str], str]) -> None:
        """Show what was read, unless something else is wanted by now."""
        wanted = self.queue.wanted
        self.queue.show(home, today, bank_label)
        self.query_one(CountRow).items = self.queue.counts()
        if self.queue.wanted != wanted:
            self.post_message(ListAsked())
        if self._fits is not None:
            self._search(self._typed)
        else:
            self._show_list()

    def entry_changed(self, text: str) -> None:
        """Show what was typed, and what it fits; until that is known, the list stands."""
        self._typed = self.query_one(Field).text = text
        if text and text != MAKE_NUMBER:
            self.notice.clear()
            self._search(text)
        elif self._fits is not None:
            self._show_list()
        self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Open what was typed, or leave a number to the app that is not here yet."""
        if not text:
            self.action_open()
            return True
        if text == MAKE_NUMBER:
            return False
        if self._finding is None:
            return found.is_left_to_wait(self, text)
        self._complete(self._finding, text, self._shown_for(text), self.query_one(ParcelList).highlighted)
        return True

    def label_of(self, action: Action) -> str:
        """Name what Enter and Esc do now."""
        if action is CLEAR and not self._typed:
            return _("Today")
        if action is not TAKE_IN or not self._can_open:
            return super().label_of(action)
        if self._typed or self.queue.chosen is not None:
            return _("Open")
        return _("Next: {count} waiting").format(count=number(self.queue.waiting))

    def allows(self, action: Action) -> bool | None:
        """Enter needs something that fits what was typed, or a parcel to go on with."""
        if action is TAKE_IN and self._typed:
            fits = self._shown_for(self._typed)
            return fits is None or fits.may_be_new or bool(fits.found)
        if action is TAKE_IN:
            return self._can_open
        if action is CLEAR and not self._typed and self.queue.is_today:
            return None
        return super().allows(action)

    def action_open(self) -> None:
        """Open the chosen parcel or the next one, or take in the number typed."""
        if self._typed:
            self.post_message(Confirmed())
        elif self._can_open:
            self._open(self.queue.opens)

    def action_clear(self) -> None:
        """Clear what was typed, or list today again."""
        if not self._typed:
            self.queue.want(ListWanted())
            self.post_message(ListAsked())
        self._clear_typed()

    def action_no_barcode(self) -> None:
        """Make a number for a parcel without a barcode."""
        self._clear_typed()
        self.post_message(NumberAsked(MakeNumber()))

    def action_tasks(self) -> None:
        """Choose what else is to be done."""
        self.action_clear()
        self.cover(ShowTasks())

    def action_facilities(self) -> None:
        """Find where a parcel can be brought."""
        self._clear_typed()
        self.cover(ShowFinder())

    def action_pile(self, name: str) -> None:
        """List a pile, or today again where it is listed already; an empty one holds nothing to list."""
        pile = Pile(name)
        if self.queue.can_count(pile):
            self._clear_typed()
            self.queue.want_pile(pile)
            self.post_message(ListAsked())

    def action_last(self) -> None:
        """Open the parcel that was worked on last."""
        self._clear_typed()
        self._open(self.queue.last)

    def action_day(self, by: int) -> None:
        """List the day before or after; within a text that is typed an arrow does nothing."""
        if not self._typed and self._finding is not None:
            self.queue.want_day(by)
            self.post_message(ListAsked())

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self._move(ParcelList.move, by)

    def action_page(self, by: int) -> None:
        """Move in the list by a window full."""
        self._move(ParcelList.page, by)

    def on_parcel_list_chosen(self, message: ParcelList.Chosen) -> None:
        """Open the parcel that was tapped, or take in the number that was."""
        message.stop()
        if self.query_one(ParcelList).rows[message.index : message.index + 1] != (message.row,):
            return  # the list holds something else by now
        if self._fits is None:
            self._open(self.queue.parcels[message.index])
        else:
            fits = self._fits
            self._clear_typed()
            found.take(self, found.meant_by(fits, message.index), fits.text)

    def _open(self, parcel: Parcel | None) -> None:
        if parcel is not None:
            self.want(OpenParcel(parcel))

    def _clear_typed(self) -> None:
        self.post_message(EntryUsed())
        self.entry_changed("")

    def _move(self, move: Callable[[ParcelList, int], None], by: int) -> None:
        """Move, and note to which parcel; behind the end of a page ask for the one that lies there."""
        parcels = self.query_one(ParcelList)
        before = parcels.highlighted
        move(parcels, by)
        if self._fits is None and self.queue.move(before, parcels.highlighted, by):
            self.post_message(ListAsked())
        self.show_actions()

    @work(group="search", exclusive=True)
    async def _search(self, text: str) -> None:
        """Search in the background; the search before is dropped."""
        try:
            fits = await with_words(self, self._finding.search(text), _(found.LOOKING)) if self._finding else None
        except KioskError as error:
            self.fail(error)
            return
        if fits is not None and self.is_ready and text == self._typed:
            self._show_fits(fits)

    def _show_fits(self, fits: Fits) -> None:
        """Show what fits in the place of the day's parcels; of a number that is not here, that it can be taken in."""
        parcels = self.query_one(ParcelList)
        # The list is drawn anew in the background too: whoever has moved in it stays on that row.
        moved = parcels.highlighted if self._fits is not None and self._fits.text == fits.text else None
        self._fits = fits
        row = found.proposed(fits) if moved is None else moved
        self._show(found.head_of(fits), found.rows_of(fits, self.queue), row, found.nothing_fits(fits.text))

    def _show_list(self) -> None:
        """Show the list that was read last, with what Enter takes."""
        self._fits = None
        self._show(self.queue.head(), self.queue.rows(), self.queue.row_opened, self.queue.empty())

    def _show(self, head: str, rows: Sequence[ParcelRow], row: int | None, empty: str) -> None:
        parcels, heading = self.query_one(ParcelList), self.query_one(Heading)
        heading.text, heading.aside = head, self.queue.last_words()
        parcels.goes_on = self.queue.goes_on if self._fits is None else (False, False)
        parcels.show(rows, row, empty=empty)
        self._show_sample()
        self.show_actions()

    def _show_sample(self) -> None:
        """Show what a newcomer can begin with instead of an empty list; only the demo has it."""
        if self._sample is not None:
            self._sample.display = self._fits is None and self.queue.is_idle
            self.query_one(ParcelList).display = not self._sample.display

    @work(group="complete")
    async def _complete(self, finding: found.Finding, text: str, shown: Fits | None, highlighted: int | None) -> None:
        """Do what Enter asked for, in the order in which it was asked; `shown` is what the list says of the text."""
        async with finding.one_after_the_other:
            try:
                meant = await with_words(self, finding.meant(text, shown, highlighted), _(found.LOOKING))
            except KioskError as error:
                self.fail(error)
                return
            found.take(self, meant, text)

    def _shown_for(self, text: str) -> Fits | None:
        """Return what fits exactly this text; None while the list does not answer it yet."""
        return self._fits if self._fits is not None and self._fits.text == text else None

    @property
    def _can_open(self) -> bool:
        """Whether Enter opens a parcel."""
        if self._typed:
            fits = self._shown_for(self._typed)
            return fits is not None and found.opens_at(fits, self.query_one(ParcelList).highlighted) is not None
        return self._fits is None and self.queue.opens is not None


def _field() -> tuple[str, str]:
    """Return what stands above the field, and in it while it is empty."""
    return _("Scan the parcel"), _("or type its number, a name, a locker or a shelf place")
