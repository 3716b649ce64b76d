"""Where can a parcel be brought, and until when? Places near the desk as a list beside a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

from kiosk.errors import KioskError
from kiosk.facilities.addresses import Address
from kiosk.facilities.finder import Sort, arranged, open_in
from kiosk.facilities.values import Question
from kiosk.words.errors import explain
from screens.clerk.actions import ADDRESS, ASK_AGAIN, CHOICES, FINDER_KEYS, OPEN_PLACE, SORT, STILL_OPEN
from screens.clerk.finder_page import FinderPage
from screens.destinations import ShowFacility, ShowFacilityAddress, ShowFacilityChoices
from screens.facility_choices import question_words
from screens.facility_wording import NO_MAP, OFF_THE_MAP, facility_row, middle_of, pin_of
from screens.widgets.facility_list import FacilityList
from screens.widgets.facility_map import FacilityMap
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.wording import day_and_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.facilities.finder import Answer
    from kiosk.facilities.values import Facility
    from kiosk.wiring import Services
    from screens.actions import Action
    from screens.widgets.globe import Point
    from screens.widgets.map_plan import Pin
    from screens.widgets.status_bar import Status

WALK_MINUTES = 20
"""A place that closes sooner is of no use to somebody who still has to get there."""
FIRST_MILES, FIRST_COUNT = 5, 10
NO_ADDRESS = "This kiosk does not know the desk's address."
NOTHING = f"Press {CHOICES.key_label} for a longer distance, or {ADDRESS.key_label} for another address."


class FinderScreen(FinderPage):
    """Asks at once around the desk; what was chosen stays chosen when the order or the time changes."""

    KEYMAP = FINDER_KEYS

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        address = Address.of_desk(services.settings.desk.address)
        self._question = Question(address=address, radius_miles=FIRST_MILES, count=FIRST_COUNT)
        self._answer: Answer | None = None
        self._middle: tuple[Point, bool] | None = None
        self._shown: tuple[Facility, ...] = ()
        self._sort = Sort.DISTANCE
        self._only_open = False
        self._minute = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return what was asked, the list and the map."""
        yield Heading("", id="where")
        yield Heading("", id="what")
        with Horizontal():
            yield FacilityList()
            yield FacilityMap()

    def appear(self) -> None:
        """Look around the desk, if it is known where that is."""
        if self._question.address.is_complete:
            self.ask(self._question)
        else:
            self._show_words()
            self.notice.say(NoticeKind.LOOK, NO_ADDRESS, f"Press {ADDRESS.key_label} and type one.")

    def ask(self, question: Question) -> None:
        """Ask the service; an answer that is still on its way for an earlier question is no longer wanted."""
        if question != self._question:
            self._forget()
        self._question = question
        self.turn += 1
        self.notice.clear()
        self.run(self._find(question), "Looking for places", self._take)
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
            return bool(self._answer and self._answer.facilities)
        if action is ASK_AGAIN and not self._question.address.is_complete:
            return False
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Say the order as it is, and what the filter would do."""
        if action is SORT:
            return "As it came" if self._keeps_order else f"By {self._sort}"
        if action is STILL_OPEN and self._only_open:
            return "Show all"
        return super().label_of(action)

    def action_open(self) -> None:
        """Show the page of the chosen place."""
        index = self._list.highlighted
        if index is not None and self._answer is not None:
            self.cover(ShowFacility(self._shown[index], self._answer))

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
        orders = list(Sort)
        self._sort = orders[(orders.index(self._sort) + 1) % len(orders)]
        self._draw()

    def action_still_open(self) -> None:
        """Leave out what closes too soon, or show all again."""
        self._only_open = not self._only_open
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
        """Open the place that was tapped in the list."""
        message.stop()
        self._follow()
        self.action_open()

    def on_facility_map_chosen(self, message: FacilityMap.Chosen) -> None:
        """Choose the place that was tapped on the map; the list tells which it is."""
        message.stop()
        self._list.highlighted = message.number - 1
        self._follow()

    async def _find(self, question: Question) -> Answer | KioskError:
        """Return the error instead of raising it: one that comes after the screen was left is nobody's business."""
        try:
            return await self.services.facilities.near(question)
        except KioskError as error:
            return error

    def _take(self, found: Answer | KioskError) -> None:
        if isinstance(found, KioskError):
            self._forget()
            self._draw()
            self.fail(found)
            return
        self._answer, self._middle = found, middle_of(found.facilities)
        self._draw(first=True)
        self._remark(found)

    def _forget(self) -> None:
        self._answer, self._middle, self._shown = None, None, ()

    def _remark(self, answer: Answer) -> None:
        """Say what a person has to know of this answer."""
        now = self.services.clock.now()
        holiday = next((day for each in answer.facilities if (day := each.holiday_at(now))), None)
        if answer.problem is not None:
            problem = explain(answer.problem).title.lower()
            self.notice.say(
                NoticeKind.LOOK,
                f"This is the answer of {day_and_time(answer.asked_at, now)}: {problem} now.",
                f"Hours may have changed since. Press {ASK_AGAIN.key_label} to search again.",
            )
        elif not answer.facilities:
            self.notice.say(
                NoticeKind.LOOK, f"There is no such place within {self._question.radius_miles} miles.", NOTHING
            )
        elif holiday:
            self.notice.say(NoticeKind.INFO, f"Today is {holiday}: hours may differ.")

    def _draw(self, *, first: bool = False) -> None:
        """Show the answer as it stands at this minute."""
        now = self.services.clock.now()
        index = self._list.highlighted
        chosen = self._shown[index] if index is not None and self._shown and not first else None
        found = self._answer.facilities if self._answer else ()
        if not self._keeps_order:
            found = arranged(found, self._sort, now)
        wanted = open_in(found, WALK_MINUTES, now) if self._only_open else found
        on_map = [each for each in wanted if each.latitude is not None]
        off_map = [each for each in wanted if each.latitude is None]
        self._shown = (*on_map, *off_map)
        at = self._shown.index(chosen) if chosen in self._shown else 0
        self._list.empty = self._nothing(len(found))
        judged = [(number, each, each.state_at(now)) for number, each in enumerate(self._shown, 1)]
        apart = OFF_THE_MAP if on_map else NO_MAP
        self._list.show(
            [
                facility_row(each, number, state, apart if number == len(on_map) + 1 else "")
                for number, each, state in judged
            ],
            at,
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
            is_desk = self._question.address == Address.of_desk(self.services.settings.desk.address)
            self._map.show(pins, point, ("desk" if is_desk else "address") if is_known else "middle")
        self._follow()

    def _follow(self) -> None:
        index = self._list.highlighted
        self._map.chosen = None if index is None else index + 1

    def _show_words(self) -> None:
        where, what = self.query_one("#where", Heading), self.query_one("#what", Heading)
        where.text = (
            f"Near {self._question.address.one_line}" if self._question.address.is_complete else "Near the desk"
        )
        what.text = question_words(self._question, self.services.facilities.limits)
        where.aside = what.aside = ""
        if self._answer is not None:
            old = "old, " if self._answer.is_old else ""
            where.aside = f"{old}as of {day_and_time(self._answer.asked_at, self.services.clock.now())}"
            all_of_them = len(self._answer.facilities)
            what.aside = f"{len(self._shown)} of {all_of_them}" if self._only_open else f"{all_of_them} found"

    def _nothing(self, found: int) -> str:
        """Say why the list is empty."""
        if self.busy:
            return "Asking..."
        if found:
            return f"None of the {found} is open in {WALK_MINUTES} minutes. Press {STILL_OPEN.key_label} for all."
        return "Nothing to show."

    @property
    def _keeps_order(self) -> bool:
        """Whether the answer doesn't say how far anything is: then its own order says more than the names would."""
        if self._sort is not Sort.DISTANCE or self._answer is None:
            return False
        return all(each.distance_miles is None for each in self._answer.facilities)

    @property
    def _list(self) -> FacilityList:
        return self.query_one(FacilityList)

    @property
    def _map(self) -> FacilityMap:
        return self.query_one(FacilityMap)
