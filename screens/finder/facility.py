"""One facility: where it is, when it is open, and a code that opens it on a phone's map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from kiosk.facilities.finder import Answer
from kiosk.facilities.values import Facility, Parking
from kiosk.wiring import Services
from kiosk.words.facilities import (
    ZONE_UNSURE,
    facility_name,
    holiday_sentence,
    is_unsure,
    service_words,
    state_words,
)
from kiosk.words.language import N_, _
from kiosk.words.plain import fit
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.finder.phone_links import map_links
from screens.finder.rows import look_of, miles
from screens.finder.week import local_now, week_rows
from screens.finder.week_chart import WeekChart
from screens.finder.wording import as_of
from screens.finder_actions import CODE_ALONE, FACILITY_KEYS
from screens.top_page import TopPage
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.qr_code import QUIET_ZONES, QrCode, size_for
from screens.widgets.status_bar import Status
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.events import Resize
    from textual.widget import Widget

FACTS_WIDTH = 47
"""Columns that the week with its words needs beside the code."""
NAMES = 9
"""Columns of the names of facts, at least."""

_PARKING = {Parking.LOT: N_("lot"), Parking.STREET: N_("street"), Parking.NONE: N_("none")}


class FacilityScreen(TopPage):
    """Everything the answer tells about a facility. The code beside it is the most telling one that fits."""

    KEYMAP = FACILITY_KEYS

    def __init__(self, services: Services, facility: Facility, answer: Answer) -> None:
        super().__init__(services)
        self._facility = facility
        self._answer = answer
        self._links = map_links(facility)
        self._minute = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return what is known beside the code."""
        yield Heading(facility_name(self._facility), self._as_of)
        with Horizontal():
            with Vertical(id="facts"):
                yield Words(id="state")
                facts = list(self._facts())
                columns = max(NAMES, *(cell_len(name) + 2 for name, _value in facts))
                for name, value in facts:
                    yield Words(f"{fit(name, columns)}{value}")
                yield WeekChart()
            yield QrCode()

    def appear(self) -> None:
        """Show the hours as they stand now, and say what makes them unsure."""
        self._draw()
        doubts, holiday = list(self._doubts()), self._facility.holiday_at(self.services.clock.now())
        sentences = [*doubts, *([holiday_sentence(holiday)] if holiday else [])]
        if sentences:
            self.notice.say(NoticeKind.LOOK if doubts else NoticeKind.INFO, sentences[0], " ".join(sentences[1:]))
        self.call_after_refresh(self._choose_code)  # the notice takes its rows from the code

    def show_status(self, status: Status) -> None:
        """Every minute say anew whether it is open."""
        super().show_status(status)
        if self.is_ready and status.time_text != self._minute:
            self._minute = status.time_text
            self._draw()

    def on_resize(self, event: Resize) -> None:
        """Take the code that fits the new size."""
        if event.size and self.is_ready:
            self._choose_code()

    def allows(self, action: Action) -> bool | None:
        """Offer the code alone where there is one at all."""
        return bool(self._links) if action is CODE_ALONE else super().allows(action)

    def label_of(self, action: Action) -> str:
        """Say what the key does now."""
        return _("Everything") if action is CODE_ALONE and self.has_class("-alone") else super().label_of(action)

    def action_code_alone(self) -> None:
        """Show the code alone, or everything again."""
        self.toggle_class("-alone")
        self._choose_code()
        self.show_actions()

    def _draw(self) -> None:
        now = self.services.clock.now()
        facility = self._facility
        state = facility.state_at(now)
        look = look_of(state)
        words = self.query_one("#state", Words)
        words.text = f"{look.sign} {state_words(facility, state)}"
        words.set_classes(f"-state -{look.tone}")
        week = self.query_one(WeekChart)
        week.display = facility.week is not None
        if facility.week is not None:
            week.show(week_rows(facility.week), local_now(facility, now))

    def _choose_code(self) -> None:
        """Take the first link whose code fits with its full quiet zone; else the shortest, with what zone is left.

        A code that does not fit at all asks for a larger window, in all the width there is: only where it stands alone,
        for beside the facts that would push them off the screen.
        """
        code, content = self.query_one(QrCode), self.query_one("#content").size
        is_alone = self.has_class("-alone")
        # The heading takes a row; alone, the code has that one too.
        room = content if is_alone else Size(content.width - FACTS_WIDTH, content.height - 1)
        shortest = self._links[-1] if self._links else ""
        code.text = next((link for link in self._links if _fits(QrCode.size_for(link), room)), shortest)
        code.display = bool(shortest) and (is_alone or _fits(size_for(code.text, QUIET_ZONES[-1]), room))

    def _facts(self) -> Iterable[tuple[str, str]]:
        """Return the lines over the week; one without a name of its own goes on with the line before."""
        facility = self._facility
        address = facility.address
        street = [*address.lines] if facility.name else []  # else the street is the heading
        city = f"{address.city}," if address.city else ""
        place = " ".join(part for part in (city, address.state, address.postal_code) if part)
        yield from zip((_("Address"), *[""] * len(street)), (*street, place), strict=True)
        if facility.distance_miles is not None:
            yield _("Distance"), miles(facility.distance_miles)
        if facility.phone:
            yield _("Phone"), facility.phone
        if facility.parking in _PARKING:
            yield _("Parking"), _(_PARKING[facility.parking])
        services = service_words(facility)
        if services:
            yield _("Services"), services[0]
        if services[1:]:
            yield "", ", ".join(services[1:])

    def _doubts(self) -> Iterable[str]:
        """Yield why the hours shown may be wrong."""
        now = self.services.clock.now()
        if self._answer.is_old:
            yield _("Saved information from {time}: hours may have changed.").format(
                time=day_and_time(self._answer.asked_at, now)
            )
        if is_unsure(self._facility, self._facility.state_at(now)):
            yield _(ZONE_UNSURE)

    @property
    def _as_of(self) -> str:
        known_as = self._facility.location_id or self._facility.facility_id
        return " \u00b7 ".join(part for part in (known_as, as_of(self._answer, self.services.clock.now())) if part)


def _fits(needed: Size, room: Size) -> bool:
    return needed.width <= room.width and needed.height <= room.height
