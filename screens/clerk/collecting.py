"""Somebody stands at the desk to collect: which parcel is theirs, by scan, by name, or by their pickup code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import work

from kiosk.errors import KioskError, UnreadableScanError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.steps import Step
from kiosk.tracking.codes import Code
from kiosk.wiring import Services
from kiosk.words.language import N_, _
from kiosk.words.people import recipient
from kiosk.words.places import where_words
from kiosk.words.times import is_day_first
from screens.actions import Action
from screens.destinations import ShowHandOver
from screens.leaving_actions import COLLECTED_ONE, COLLECTING_KEYS
from screens.messages import Confirmed, EntryUsed, GoTo
from screens.top_page import TopPage
from screens.widgets.field import Field
from screens.widgets.notice import NoticeKind
from screens.widgets.place_list import PlaceList, PlaceRow
from screens.wording import state_word

if TYPE_CHECKING:
    from textual.widget import Widget

NOTHING = N_("No parcel here matches that.")
CODE_IS_FORGOTTEN = N_(
    "If it is a pickup code: the kiosk keeps a code only for minutes, so it can't be checked here. Scan the parcel, or"
    " type the name."
)


class CollectingScreen(TopPage):
    """What is typed is looked for among the parcels that are here; Enter compares it with the codes that are kept.

    Nothing typed or scanned here becomes a parcel, unless it can only be a tracking number: it may be a code.
    """

    KEYMAP = COLLECTING_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._text = ""
        self._found: tuple[Parcel, ...] = ()

    def compose_content(self) -> Iterable[Widget]:
        """Return the field over what fits."""
        yield Field(_("What is collected?"), _("scan the parcel, or type a name, a number, or the pickup code"))
        yield PlaceList(empty=_("Nothing is looked for yet."))

    def entry_changed(self, text: str) -> None:
        """Search for what was typed."""
        if text == self._text or self.busy:
            return
        self._text = self.query_one(Field).text = text
        self.notice.clear()
        self._search(text)

    def entry_completed(self, text: str) -> bool:
        """Look for a code first, then take the parcel that is selected."""
        self._complete(text)
        return True

    async def takes_scan(self, code: Code) -> bool:
        """Hand over the parcel that was scanned, or whose pickup code was."""
        try:
            known = await self.services.desk.scans.known(code.scan)
        except UnreadableScanError:
            known = None
        except KioskError as error:
            self.fail(error)
            return True
        if known is not None and self._can_be_given(known):
            self._hand_over(known)
        elif code.is_certain or known is not None:
            return False
        else:
            self._complete(code)
        return True

    def allows(self, action: Action) -> bool | None:
        """Wait for something to look for."""
        if action is COLLECTED_ONE:
            return bool(self._text) and super().allows(action)
        return super().allows(action)

    def action_collect(self) -> None:
        """Hand over what is selected, as Enter does."""
        self.post_message(Confirmed())

    def action_move(self, by: int) -> None:
        """Move among the parcels."""
        self.query_one(PlaceList).move(by)

    def action_page(self, by: int) -> None:
        """Move among the parcels by a page."""
        self.query_one(PlaceList).page(by)

    def on_place_list_chosen(self, message: PlaceList.Chosen) -> None:
        """Hand over the parcel that was tapped."""
        message.stop()
        if not self.busy and message.index < len(self._found):
            self.post_message(EntryUsed())
            self._hand_over(self._found[message.index])

    @work(group="search", exclusive=True)
    async def _search(self, text: str) -> None:
        try:
            found = await self._fitting(text)
        except KioskError as error:
            self.fail(error)
            return
        if self.is_ready and text == self._text:
            self._found = found
            rows = self.query_one(PlaceList)
            rows.empty = _("No parcel here fits. Enter also looks for a pickup code.")
            rows.show([self._row(each) for each in found])
            self.show_actions()

    def _complete(self, text: str) -> None:
        at = self.query_one(PlaceList).highlighted
        chosen = self._found[at] if at is not None and text == self._text and self._found else None
        self.run(self._find(text, chosen), _("Looking for the parcel"), self._take)

    async def _find(self, text: str, chosen: Parcel | None) -> Parcel | None:
        by_code = await self.services.desk.pickup_codes.parcel_of(text)
        if by_code is not None and self._can_be_given(by_code):
            return by_code
        return chosen or next(iter(await self._fitting(text)), None)

    async def _fitting(self, text: str) -> tuple[Parcel, ...]:
        fits = await self.services.queries.searching.search(text, day_first=is_day_first())
        return tuple(each for each in fits.parcels if self._can_be_given(each))

    def _take(self, parcel: Parcel | None) -> None:
        if parcel is not None:
            self._hand_over(parcel)
            return
        # What was typed may be a code: it does not stay on the screen.
        self._text = self.query_one(Field).text = ""
        self._found = ()
        self.query_one(PlaceList).show(())
        self.notice.say(NoticeKind.LOOK, _(NOTHING), _(CODE_IS_FORGOTTEN))
        self.show_actions()

    def _hand_over(self, parcel: Parcel) -> None:
        self.leave(GoTo(ShowHandOver(parcel)))

    def _can_be_given(self, parcel: Parcel) -> bool:
        return Step.HAND_OVER in self.services.desk.offers(parcel, self.person)

    def _row(self, parcel: Parcel) -> PlaceRow:
        where = where_words(parcel, self.services.queries.lockers.label) or _("in your hands")
        return PlaceRow(where, " · ".join((recipient(parcel), parcel.tracking_number)), state_word(parcel))
