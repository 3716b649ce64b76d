"""One place: where it is, when it is open, and a code that opens it on a phone's map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from screens.clerk.actions import CODE_ALONE, FACILITY_KEYS
from screens.clerk.finder_page import FinderPage
from screens.facility_wording import (
    local_now,
    miles,
    parking_words,
    service_words,
    sign_and_state,
    week_rows,
)
from screens.phone_map import map_links
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.qr_code import QrCode
from screens.widgets.week_hours import WeekHours
from screens.widgets.words import Words
from screens.wording import day_and_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.events import Resize
    from textual.widget import Widget

    from kiosk.facilities.finder import Answer
    from kiosk.facilities.values import Facility
    from kiosk.wiring import Services
    from screens.actions import Action
    from screens.widgets.status_bar import Status

FACTS_WIDTH = 47
"""Columns that the week with its words needs beside the code."""


class FacilityScreen(FinderPage):
    """Everything the answer tells about a place. The code beside it is the most telling one that fits."""

    KEYMAP = FACILITY_KEYS

    def __init__(self, services: Services, facility: Facility, answer: Answer) -> None:
        super().__init__(services)
        self._facility = facility
        self._answer = answer
        self._links = map_links(facility)
        self._minute = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return what is known beside the code."""
        yield Heading(self._facility.label, self._as_of)
        with Horizontal():
            with Vertical(id="facts"):
                yield Words(id="state")
                for name, value in self._facts():
                    yield Words(f"{name:<9}{value}")
                yield WeekHours()
            yield QrCode()

    def appear(self) -> None:
        """Show the hours as they stand now, and say what makes them unsure."""
        self._draw()
        self._choose_code()
        doubts = list(self._doubts())
        if doubts:
            self.notice.say(NoticeKind.LOOK, doubts[0], " ".join(doubts[1:]))

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
        return "Everything" if action is CODE_ALONE and self.has_class("-alone") else super().label_of(action)

    def action_code_alone(self) -> None:
        """Show the code alone, or everything again."""
        self.toggle_class("-alone")
        self._choose_code()
        self.show_actions()

    def _draw(self) -> None:
        now = self.services.clock.now()
        facility = self._facility
        words, tone = sign_and_state(facility, now)
        state = self.query_one("#state", Words)
        state.text = words
        state.set_classes(f"-state -{tone}")
        week = self.query_one(WeekHours)
        week.display = facility.week is not None
        if facility.week is not None:
            week.show(week_rows(facility.week), local_now(facility, now))

    def _choose_code(self) -> None:
        """Take the first link whose code fits with its full quiet zone; else the shortest, alone it may still fit."""
        if not self._links:
            self.query_one(QrCode).display = False
            return
        content = self.query_one("#content").size
        beside = Size(content.width - FACTS_WIDTH, content.height - 1)
        room = content if self.has_class("-alone") else beside
        fitting = (link for link in self._links if _fits(QrCode.size_for(link), room))
        self.query_one(QrCode).text = next(fitting, self._links[-1])

    def _facts(self) -> Iterable[tuple[str, str]]:
        facility = self._facility
        address = facility.address
        lines = [*address.lines] if facility.name else []
        place = " ".join(
            part for part in (address.city + ("," if address.city else ""), address.state, address.postal_code) if part
        )
        yield from zip(("Address", *[""] * len(lines)), (*lines, place), strict=True)
        distance = miles(facility.distance_miles)
        if distance:
            yield "Away", distance
        if facility.phone:
            yield "Phone", facility.phone
        if parking_words(facility):
            yield "Parking", parking_words(facility)
        yield from zip(("Services", ""), service_words(facility), strict=False)

    def _doubts(self) -> Iterable[str]:
        now = self.services.clock.now()
        holiday = self._facility.holiday_at(now)
        if self._answer.is_old:
            yield f"This is an old answer, of {day_and_time(self._answer.asked_at, now)}: hours may have changed."
        if holiday:
            yield f"Today is {holiday}: hours may differ."
        if not self._facility.zone.is_sure:
            yield "Local time unsure: this place may lie in another time zone."

    @property
    def _as_of(self) -> str:
        known_as = self._facility.location_id or self._facility.facility_id
        as_of = f"as of {day_and_time(self._answer.asked_at, self.services.clock.now())}"
        return f"{known_as} \u00b7 {as_of}" if known_as else as_of


def _fits(needed: Size, room: Size) -> bool:
    return needed.width <= room.width and needed.height <= room.height
