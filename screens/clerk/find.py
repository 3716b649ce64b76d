"""Find a parcel, here or gone: by what is typed or scanned, from the journal at once, from the service when asked."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import TYPE_CHECKING, TypeVar

from textual import work

from kiosk.desk.searching import Fits
from kiosk.errors import ApiError, KioskError
from kiosk.parcels.other_desks import OtherParcel
from kiosk.parcels.parcel import Parcel
from kiosk.tracking.codes import Code
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.other_desks import age_words
from kiosk.words.times import is_day_first
from screens.actions import Action
from screens.base import ClerkScreen
from screens.clerk.find_words import (
    DAYS,
    NOTHING_TYPED,
    OFFLINE,
    WHAT_TO_TYPE,
    contact_at_service,
    count_words,
    found_rows,
    not_here,
    nothing_fits,
    number_at_service,
)
from screens.clerk_actions import ASK_SERVICE, FIND_KEYS, OPEN_FOUND, TAKE_FOUND_IN
from screens.destinations import ShowElsewhere, ShowParcel
from screens.flow import SHOW_WAIT_AFTER_SECONDS, outcome
from screens.messages import EntryUsed, GoTo, NumberAsked, TakeIn
from screens.stack import drop, is_on_top
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import Greeting, NoticeKind
from screens.widgets.parcel_list import ParcelList

if TYPE_CHECKING:
    from textual.widget import Widget

T = TypeVar("T")

ASK_AFTER_SECONDS = 1.0
"""So long nothing may follow a whole number before the service is asked for it."""


class FindScreen(ClerkScreen):
    """A field over what fits it; whoever opens a parcel leaves what lies beneath, which stays under Unfinished."""

    KEYMAP = FIND_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._text = Code()
        """What is looked for."""
        self._is_used = False
        """It was scanned, or Enter was pressed: it stays until something else is typed."""
        self._fits = Fits(Code())
        """What fits the text that was answered last."""
        self._one_after_the_other = asyncio.Lock()

    def compose_content(self) -> Iterable[Widget]:
        """Return the field and the list."""
        yield Field(_("Find a parcel"), _(WHAT_TO_TYPE))
        yield Heading("", _(DAYS))
        yield ParcelList(empty=_(NOTHING_TYPED))

    def entry_changed(self, text: str) -> None:
        """Look for what was typed; until that is known, the list stands."""
        if text or not self._is_used:
            self._look_for(Code(text))

    def entry_completed(self, text: str) -> bool:
        """Open what the list proposes for exactly this text, once it is known."""
        if self._text != text:
            self._look_for(Code(text))
        self._is_used = True
        self._complete(self._text, is_scanned=False)
        return True

    async def takes_scan(self, code: Code) -> bool:
        """Find what was scanned; a parcel that is here is opened."""
        self._look_for(code)
        self._is_used = True
        self._complete(code, is_scanned=True)
        return True

    def allows(self, action: Action) -> bool | None:
        """Open what is selected; take in what is not here; ask for a whole number or for a recipient."""
        fits = self._answer
        if action is OPEN_FOUND:
            return self._highlighted is not None
        if action is TAKE_FOUND_IN:
            return True if fits is not None and fits.may_be_new else None
        if action is ASK_SERVICE:
            return self._is_whole or bool((chosen := self._highlighted) and chosen.contact)
        return super().allows(action)

    def action_open(self) -> None:
        """Open the selected parcel."""
        self.post_message(EntryUsed())
        self._open(self._highlighted)

    def action_take_in(self) -> None:
        """Take the number in, as if it had been typed beneath."""
        self.post_message(EntryUsed())
        if is_on_top(self):
            drop(self)  # first: this screen would find the number instead
            self.app.post_message(NumberAsked(TakeIn(self._text)))

    def action_go_back(self) -> None:
        """Go back to the screen beneath."""
        self.post_message(EntryUsed())
        drop(self)

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self._list.move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self._list.page(by)
        self.show_actions()

    def action_ask_service(self) -> None:
        """Ask the service for the number, or for all that the selected recipient has."""
        chosen = self._highlighted
        if self._is_whole:
            self._ask_for_number(self._text)
        elif chosen is not None and chosen.contact is not None:
            self._ask_for_contact(chosen)

    def on_parcel_list_chosen(self, message: ParcelList.Chosen) -> None:
        """Open the parcel that was tapped."""
        message.stop()
        # The list may hold something else by the time that the tap is looked at.
        if self._list.rows[message.index : message.index + 1] == (message.row,):
            self.post_message(EntryUsed())
            self._open(self._fits.found[message.index])

    def _look_for(self, text: Code) -> None:
        self._text, self._is_used = text, False
        self.query_one(Field).text = text
        self.notice.clear()
        self.workers.cancel_group(self, "service")
        self._search(text)
        self.show_actions()

    @work(group="search", exclusive=True)
    async def _search(self, text: Code) -> None:
        """Search in the background; the search before is dropped."""
        try:
            fits = await outcome(self._find(text), [(SHOW_WAIT_AFTER_SECONDS, self._say_searching)])
        except KioskError as error:
            self.fail(error)
            return
        if not self.is_ready or text != self._text:
            return
        self._show(fits)
        if self._is_whole and text.is_certain and self.services.queries.activity.online:
            self.set_timer(ASK_AFTER_SECONDS, lambda: self._ask_after_pause(text))

    @work(group="complete", exclusive=True)
    async def _complete(self, text: Code, *, is_scanned: bool) -> None:
        """Open what Enter or a scan asked for; a number in full is proposed first."""
        async with self._one_after_the_other:
            try:
                fits = self._answer or await self._find(text)
            except KioskError as error:
                self.fail(error)
                return
        if not is_on_top(self) or text != self._text:
            return
        if self._answer is None or (is_scanned and not fits.is_known):
            self._show(fits)
        if is_scanned and not fits.is_known:
            self._say(not_here(fits))
        else:
            self._open(self._highlighted)

    async def _find(self, text: Code) -> Fits:
        return await self.services.queries.searching.find(text, day_first=is_day_first()) if text else Fits(text)

    def _show(self, fits: Fits) -> None:
        """Show what fits; whoever has moved in the list of the same text stays on that row."""
        chosen = self._highlighted if self._fits.text == fits.text else None
        self._fits = fits
        now = self.services.clock.now()
        self._say_head(count_words(fits) if fits.text else "", age_words(fits.heard_at, now) if fits.text else _(DAYS))
        self._list.empty = nothing_fits(fits) if fits.text else _(NOTHING_TYPED)
        label = self.services.queries.lockers.label
        ids = [parcel.parcel_id for parcel in fits.found]
        row = ids.index(chosen.parcel_id) if chosen is not None and chosen.parcel_id in ids else 0
        self._list.show(found_rows(fits, label, now), row)
        if self.services.queries.activity.is_down and fits.text and not self.notice.title:
            self.notice.say(NoticeKind.LOOK, _(OFFLINE))
        self.show_actions()

    def _open(self, parcel: Parcel | OtherParcel | None) -> None:
        if isinstance(parcel, Parcel):
            self.leave(GoTo(ShowParcel(parcel)))
        elif parcel is not None and (found := self._fits.elsewhere(self._fits.found.index(parcel))) is not None:
            self.cover(ShowElsewhere((found,)))

    def _say_searching(self) -> None:
        if self.is_ready:
            self._say_head(_("Searching..."), "")

    def _say_head(self, text: str, aside: str) -> None:
        heading = self.query_one(Heading)
        heading.text, heading.aside = text, aside

    def _ask_after_pause(self, text: Code) -> None:
        if is_on_top(self) and text == self._text:
            self._ask_for_number(text)

    @work(group="service", exclusive=True)
    async def _ask_for_number(self, text: Code) -> None:
        """Ask every bank for a number; what its answer shows of the parcel is in the list then."""
        comparing = self.services.desk.comparing
        try:
            compared = await self._from_service(comparing.number(text.scan, self.person))
        except KioskError as error:
            self._say_unasked(error, text)
            return
        if self.is_ready and text == self._text:
            self._show(await self._find(text))
            self._say(number_at_service(compared, self.services.queries.lockers.label))

    @work(group="service", exclusive=True)
    async def _ask_for_contact(self, chosen: Parcel | OtherParcel) -> None:
        """Ask every bank for what the recipient of a parcel has."""
        text, contact = self._text, chosen.contact
        if contact is None:
            return
        try:
            compared = await self._from_service(self.services.desk.comparing.contact(contact.contact_id))
        except KioskError as error:
            self._say_unasked(error, text)
            return
        if self.is_ready and text == self._text:
            self._say(contact_at_service(contact, compared, self.services.queries.lockers.label))

    async def _from_service(self, question: Coroutine[object, object, T]) -> T:
        """Return the service's answer, with words while it takes."""
        return await outcome(question, [(SHOW_WAIT_AFTER_SECONDS, self._say_asking)])

    def _say(self, said: Greeting) -> None:
        self.notice.say(said.kind, said.title, said.sentence)

    def _say_asking(self) -> None:
        if self.is_ready:
            self.notice.wait(_("Asking the locker service..."))

    def _say_unasked(self, error: KioskError, text: Code) -> None:
        """Say why the service told nothing; the list stays."""
        if not self.is_ready or text != self._text:
            return
        if isinstance(error, ApiError):
            self.notice.say(NoticeKind.LOOK, _(OFFLINE), explain(error, to_clerk=True).sentence)
        else:
            self.fail(error)

    @property
    def _is_whole(self) -> bool:
        """Whether the text is a parcel's number in full."""
        fits = self._answer
        return fits is not None and (fits.is_known or fits.may_be_new)

    @property
    def _answer(self) -> Fits | None:
        """What fits exactly the present text; None while that is not known."""
        return self._fits if self._fits.text == self._text else None

    @property
    def _highlighted(self) -> Parcel | OtherParcel | None:
        """The parcel that Enter opens; none while the list still answers another text."""
        row = self._list.highlighted
        return None if row is None or self._answer is None else self._fits.found[row]

    @property
    def _list(self) -> ParcelList:
        return self.query_one(ParcelList)
