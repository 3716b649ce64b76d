"""The search for facilities near the desk: a list beside a map, with its keys for order, filter and another search.

What is listed is decided in `results.py`, what is said in `wording.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal

from kiosk.errors import KioskError
from kiosk.facilities.finder import Answer, Finder
from kiosk.facilities.values import Facility, Question
from kiosk.wiring import Services
from kiosk.words.facility_options import question_words
from kiosk.words.language import N_, _
from screens.actions import Action
from screens.destinations import ShowFacility, ShowFacilityAddress, ShowFacilityChoices
from screens.finder.coordinates import Point
from screens.finder.facility_list import FacilityList
from screens.finder.facility_map import FacilityMap
from screens.finder.map_layout import Pin
from screens.finder.pins import middle_of, pin_of
from screens.finder.results import Results
from screens.finder.rows import facility_row
from screens.finder.wording import (
    Remark,
    as_of,
    count_words,
    empty_words,
    no_address,
    order_label,
    remark_on,
    where_words,
)
from screens.finder_actions import ADDRESS, ASK_AGAIN, CHOICES, FINDER_KEYS, OPEN_PLACE, SORT, STILL_OPEN
from screens.top_page import TopPage
from screens.widgets.heading import Heading
from screens.widgets.status_bar import Status

if TYPE_CHECKING:
    from textual.widget import Widget

OFF_THE_MAP = N_("Not on the map: no coordinates")
NO_MAP = N_("No map: these have no coordinates")


class FinderScreen(TopPage):
    """Asks at once around the desk; what was chosen stays chosen when the order or the time changes."""

    KEYMAP = FINDER_KEYS

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._question = services.facilities.open().first_question
        self._results = Results()
        self._middle: tuple[Point, bool] | None = None
        """The middle of the map, and whether it is the address that was searched around."""
        self._shown: tuple[Facility, ...] = ()
        """What the list has now, in its order."""
        self._minute = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return what was asked, the list and the map."""
        yield Heading("", id="where")
        yield Heading("", id="what")
        with Horizontal():
            yield FacilityList()
            yield FacilityMap()

    def appear(self) -> None:
        """Search near the desk, if its address is set."""
        if self._question.address.is_complete:
            self.ask(self._question)
        else:
            self._show_words()
            self._say(no_address())

    def ask(self, question: Question) -> None:
        """Ask the service; an answer to an earlier question that is still on its way is dropped when it comes."""
        if question != self._question:
            self._forget()
        self._question = question
        self.turn += 1  # so that `run` drops the answer to the question before
        self.notice.clear()
        self.run(self._find(question), _("Searching"), self._take)
        # After `run`, which makes the screen busy: the empty list then says that a search is under way.
        self._draw()

    def show_status(self, status: Status) -> None:
        """Every minute say anew what is open."""
        super().show_status(status)
        if self.is_ready and status.time_text != self._minute:
            self._minute = status.time_text
            self._draw()

    def allows(self, action: Action) -> bool | None:
        """Ask for something to open or to sort; another question may be asked at any time."""
        if action in {CHOICES, ADDRESS}:
            return True
        if action is OPEN_PLACE:
            return bool(self._shown)
        if action in {SORT, STILL_OPEN}:
            return bool(self._results.found)
        if action is ASK_AGAIN and not self._question.address.is_complete:
            return False
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Say the order as it is, and what the filter would do."""
        if action is SORT:
            return order_label(self._results)
        if action is STILL_OPEN and self._results.only_open:
            return _("Show all")
        return super().label_of(action)

    def action_open(self) -> None:
        """Show the page of the chosen facility."""
        index = self._list.highlighted
        if index is not None and self._results.answer is not None:
            self.cover(ShowFacility(self._shown[index], self._results.answer))

    def action_choices(self) -> None:
        """Choose carrier, service, distance and number."""
        self.cover(ShowFacilityChoices(self._question, self.ask))

    def action_address(self) -> None:
        """Type another address."""
        self.cover(ShowFacilityAddress(self._question, self.ask))

    def action_ask_again(self) -> None:
        """Ask the same once more."""
        self.ask(self._question)

    def action_sort(self) -> None:
        """Take the next order."""
        self._results = self._results.with_next_order()
        self._draw()

    def action_still_open(self) -> None:
        """Leave out what closes too soon, or show all again."""
        self._results = replace(self._results, only_open=not self._results.only_open)
        self._draw()

    def action_move(self, by: int) -> None:
        """Move in the list; the map follows."""
        self._list.move(by)
        self._follow()

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self._list.page(by)
        self._follow()

    def on_facility_list_chosen(self, message: FacilityList.Chosen) -> None:
        """Open the facility that was tapped in the list."""
        message.stop()
        self._follow()
        self.action_open()

    def on_facility_map_chosen(self, message: FacilityMap.Chosen) -> None:
        """Choose the facility that was tapped on the map; the list tells which it is."""
        message.stop()
        self._list.highlighted = message.number - 1
        self._follow()

    async def failed(self, error: KioskError) -> None:
        """Show no earlier answer beside the error: it may be one to another question."""
        self._forget()
        self._draw()
        self.fail(error)

    async def _find(self, question: Question) -> Answer | None:
        """Search; once the screen was left nobody wants to hear that a search failed, so that is no error but None."""
        turn = self.turn
        try:
            return await self._finder.near(question)
        except KioskError:
            if self.is_still_at(turn):
                raise
            return None

    def _take(self, found: Answer | None) -> None:
        if found is None:
            return
        self._results = replace(self._results, answer=found)
        self._middle = middle_of(found.facilities)
        self._draw(first=True)
        remark = remark_on(found, self.services.clock.now())
        if remark is not None:
            self._say(remark)

    def _forget(self) -> None:
        self._results = replace(self._results, answer=None)
        self._middle, self._shown = None, ()

    def _say(self, remark: Remark) -> None:
        self.notice.say(*remark)

    def _draw(self, *, first: bool = False) -> None:
        """Show the answer as it stands at this minute; what was chosen stays chosen, unless it is the `first` time."""
        now = self.services.clock.now()
        index = self._list.highlighted
        chosen = self._shown[index] if index is not None and self._shown and not first else None
        self._shown = self._results.listed(now)
        self._list.empty = empty_words(self._results, busy=self.busy)
        judged = [(number, each, each.state_at(now)) for number, each in enumerate(self._shown, 1)]
        first_off_map = next((number for number, each, _state in judged if each.latitude is None), None)
        # Those with coordinates stand first, so if the first one has none, nobody has.
        heading = _(NO_MAP) if first_off_map == 1 else _(OFF_THE_MAP)
        self._list.show(
            [
                facility_row(each, number, state, heading if number == first_off_map else "")
                for number, each, state in judged
            ],
            self._shown.index(chosen) if chosen in self._shown else 0,
        )
        self._draw_map([pin for number, each, state in judged if (pin := pin_of(each, number, state)) is not None])
        self._show_words()
        self.show_actions()

    def _draw_map(self, pins: list[Pin]) -> None:
        """Draw what is listed, around the middle of the whole answer: leaving some out moves nothing."""
        self._map.display = bool(pins) or self.busy  # while asked, it keeps its place
        if self._middle is None:
            self._map.clear()
        else:
            point, is_known = self._middle
            self._map.show(pins, point, self._middle_name() if is_known else _("middle"))
        self._follow()

    def _follow(self) -> None:
        index = self._list.highlighted
        self._map.chosen = None if index is None else index + 1

    def _middle_name(self) -> str:
        is_desk = self._question.address == self.services.facilities.open().first_question.address
        return _("desk") if is_desk else _("address")

    def _show_words(self) -> None:
        where, what = self.query_one("#where", Heading), self.query_one("#what", Heading)
        where.text = where_words(self._question)
        what.text = question_words(self._question, self._finder.limits)
        answer = self._results.answer
        where.aside = as_of(answer, self.services.clock.now()) if answer else ""
        what.aside = count_words(self._results, len(self._shown)) if answer else ""

    @property
    def _finder(self) -> Finder:
        return self.services.facilities.open()

    @property
    def _list(self) -> FacilityList:
        return self.query_one(FacilityList)

    @property
    def _map(self) -> FacilityMap:
        return self.query_one(FacilityMap)
