"""What lies in lockers and was not collected in time, or soon will not have been; here a round past them begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from textual import work

from kiosk.desk.rounds import Goal, Plan
from kiosk.errors import KioskError
from kiosk.parcels.listing import Uncollected
from kiosk.words.expiry import time_over
from kiosk.words.language import N_, _, ngettext, pgettext
from kiosk.words.people import recipient, where_to_find
from kiosk.words.places import where_words
from kiosk.words.states import size_word
from screens.actions import Action
from screens.destinations import ShowRound
from screens.leaving_actions import EXPIRED_KEYS, GOAL, ONLY_THIS, ROUND, ROUND_QUESTION
from screens.messages import Confirmed, EntryUsed
from screens.top_page import TopPage
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.place_list import PlaceList, PlaceRow

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.wiring import Services

GOALS = {
    Goal.SHELF: (N_("To: the shelf"), N_("Each is put on the shelf, at a place that is named.")),
    Goal.SENDER: (N_("To: the sender, later"), N_("Each is kept here for {destination}, to go back to its sender.")),
    Goal.SENT: (N_("To: the sender, now"), N_("Each is given to {destination} at once, to go back to its sender.")),
}
"""What the key says and what it means for a round; both are translated when shown."""


class ExpiredScreen(TopPage):
    """The list, in the order in which somebody walks past the doors."""

    KEYMAP = EXPIRED_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._listed: tuple[Uncollected, ...] | None = None
        """None until it was read."""
        self._goal = Goal.SHELF
        self._driver = _("the driver")
        """Who takes those that go back, or where they are brought."""
        self._typed = ""
        self._wanted: tuple[Uncollected, ...] = ()
        """What the round is about that is asked for."""

    def compose_content(self) -> Iterable[Widget]:
        """Return how many there are and what they would free, over the list."""
        yield Heading(_("Expired"), id="count")
        yield Heading("", id="soon")
        yield Field(_("Who takes what goes back?"), _("type the driver, or where it is brought"))
        yield PlaceList(empty=_("Reading the journal..."))

    def appear(self) -> None:
        """Read what is there."""
        self._draw_goal()
        self._read()

    def on_screen_resume(self) -> None:
        """Read again after a round."""
        if self.is_ready and self._listed is not None and not self.busy:
            self._read()

    def entry_changed(self, text: str) -> None:
        """Take what is typed for whoever takes what goes back."""
        if text == self._typed:
            return
        self._typed = text
        if self._goal is not Goal.SHELF:
            self._driver = self.query_one(Field).text = text.strip()
            self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Begin a round with what was typed."""
        if self._goal is Goal.SHELF:
            return False
        self.entry_changed(text)
        self._typed = ""  # it is used: what comes next begins anew
        if self.allows(ROUND):
            self.action_round()
        return True

    def allows(self, action: Action) -> bool | None:
        """Wait for something to take out, and for where it goes."""
        if action in {ROUND, ONLY_THIS}:
            wanted = self._expired() if action is ROUND else self._chosen()
            return bool(wanted and self._driver) and super().allows(action)
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Say where the parcels go."""
        return _(GOALS[self._goal][0]) if action is GOAL else super().label_of(action)

    def action_round(self) -> None:
        """Ask whether a round past all that are expired begins."""
        if self._typed:
            self.post_message(Confirmed())
        else:
            self._ask(self._expired())

    def action_only_this(self) -> None:
        """Ask the same about the selected parcel."""
        self._ask(self._chosen())

    def action_begin(self) -> None:
        """Begin the round."""
        self.asking.stop()
        self.cover(ShowRound(self._wanted, Plan(self._goal, "" if self._goal is Goal.SHELF else self._driver)))

    def action_goal(self) -> None:
        """Take the next way on which the parcels go on."""
        goals = tuple(GOALS)
        self._goal = goals[(goals.index(self._goal) + 1) % len(goals)]
        self._use_entry()

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.query_one(PlaceList).move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self.query_one(PlaceList).page(by)
        self.show_actions()

    def on_place_list_chosen(self, message: PlaceList.Chosen) -> None:
        """Select what was tapped."""
        message.stop()
        self.show_actions()

    def _use_entry(self) -> None:
        self.post_message(EntryUsed())
        self._typed = ""
        self._draw_goal()

    def _draw_goal(self) -> None:
        field = self.query_one(Field)
        field.display = self._goal is not Goal.SHELF
        field.text = self._driver
        self.show_actions()

    def _ask(self, wanted: tuple[Uncollected, ...]) -> None:
        self._wanted = wanted
        title = ngettext("Take {count} parcel out of its locker?", "Take {count} parcels out?", len(wanted))
        goal = _(GOALS[self._goal][1]).format(destination=self._driver)
        meaning = _(
            "{goal} The kiosk opens no door: open each locker yourself. Say of each parcel that it is out; then the"
            " kiosk gives its locker back."
        )
        self.ask_first(title.format(count=len(wanted)), meaning.format(goal=goal), ROUND_QUESTION)

    def _read(self) -> None:
        self.run(
            self.services.queries.expiry.uncollected(), _("Reading the journal"), self._read_and_look, opening=True
        )

    def _read_and_look(self, listed: tuple[Uncollected, ...]) -> None:
        self._show(listed)
        self._look(listed)

    @work(group="banks", exclusive=True, exit_on_error=False)
    async def _look(self, listed: tuple[Uncollected, ...]) -> None:
        """Leave out what was collected meanwhile, once the banks are read; nobody waits for that."""
        expiry = self.services.queries.expiry
        with suppress(KioskError):  # without a network the list is what the journal knows
            await expiry.look(listed)
            listed = await expiry.uncollected()
            if self.is_ready and not self.asking.answers and listed != self._listed:
                self._show(listed)

    def _show(self, listed: tuple[Uncollected, ...]) -> None:
        self._listed = listed
        now = self.services.clock.now()
        expired = self._expired()
        count, soon = self.query_one("#count", Heading), self.query_one("#soon", Heading)
        words = ngettext(
            "{count} parcel was not collected in time", "{count} parcels were not collected in time", len(expired)
        )
        count.text = words.format(count=len(expired)) if expired else _("No parcel has expired")
        count.aside = _frees(expired)
        later = len(listed) - len(expired)
        words = ngettext("{count} more expires within a day", "{count} more expire within a day", later)
        soon.text = words.format(count=later) if later else ""
        rows = self.query_one(PlaceList)
        rows.empty = _("Nothing has to be taken out.")
        rows.show([self._row(each, now) for each in listed], rows.highlighted or 0)
        self.show_actions()

    def _row(self, each: Uncollected, now: datetime) -> PlaceRow:
        parcel = each.parcel
        size = size_word(parcel.place.size) if parcel.place else ""
        parts = (size, parcel.tracking_number, recipient(parcel), where_to_find(parcel.contact))
        place = where_words(parcel, self.services.queries.lockers.label)
        tone = "attention" if each.is_expired else "quiet"
        return PlaceRow(place, " · ".join(part for part in parts if part), time_over(each, now), tone=tone)

    def _expired(self) -> tuple[Uncollected, ...]:
        return tuple(each for each in self._listed or () if each.is_expired)

    def _chosen(self) -> tuple[Uncollected, ...]:
        at = self.query_one(PlaceList).highlighted
        return self._listed[at : at + 1] if at is not None and self._listed else ()


def _frees(expired: tuple[Uncollected, ...]) -> str:
    """Return how many lockers of each size would be free."""
    units = {
        (each.parcel.place.locker_bank_id, each.parcel.place.locker_unit_id): each.parcel.place.size
        for each in expired
        if each.parcel.place
    }
    counted = Counter(size_word(size) or "?" for size in units.values())
    text = pgettext("lockers of a size", "{count} {size}")
    sizes = ", ".join(text.format(count=count, size=size) for size, count in counted.items())
    return _("frees {sizes}").format(sizes=sizes) if counted else ""
