"""A week of opening hours as bars and words, and the facility's own time in it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.facilities.addresses import Address
from kiosk.facilities.hours import DayHours, Opening, WeekHours, state_at
from kiosk.facilities.values import Facility
from screens.finder.week import local_now, week_rows
from screens.finder.week_chart import DAY, Bar

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""Monday noon in Virginia."""

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weeks = st.lists(
    st.lists(st.builds(lambda opens, closes: Opening(opens=opens, closes=closes), times, times), max_size=3),
    min_size=7,
    max_size=7,
).map(lambda days: WeekHours(days=tuple(DayHours(openings=tuple(each)) for each in days)))


def week(*openings: Opening, as_listed: tuple[str, ...] = ()) -> WeekHours:
    """Return a week that opens only on Mondays."""
    return WeekHours(days=(DayHours(openings=openings, as_listed=as_listed), *[DayHours()] * 6))


@pytest.mark.parametrize(
    ("openings", "bars", "words"),
    [
        ([(time(8), time(17))], [Bar(480, 1020)], "8-17"),
        ([(time(8), time(12)), (time(13, 30), time(17))], [Bar(480, 720), Bar(810, 1020)], "8-12 13:30-17"),
        ([(time(0), time(0))], [Bar(0, DAY)], "24 hours"),
        ([(time(18), time(0))], [Bar(1080, DAY)], "18-24"),
        ([(time(18), time(2))], [Bar(1080, DAY)], "18-2"),
        ([], [], "closed"),
    ],
)
def test_a_day_in_bars_and_words(openings: list[tuple[time, time]], bars: list[Bar], words: str) -> None:
    monday = week_rows(week(*(Opening(opens=opens, closes=closes) for opens, closes in openings)))[0]
    assert list(monday.bars) == bars
    assert monday.words == words


def test_what_lasts_past_midnight_goes_on_the_next_morning_and_from_sunday_to_monday() -> None:
    assert week_rows(week(Opening(opens=time(18), closes=time(2))))[1].bars == (Bar(0, 120),)
    sunday = WeekHours(days=(*[DayHours()] * 6, DayHours(openings=(Opening(opens=time(20), closes=time(3)),))))
    assert week_rows(sunday)[0].bars == (Bar(0, 180),)


def test_what_nobody_can_read_stands_beside_what_can_be_read() -> None:
    listed = week(Opening(opens=time(8), closes=time(12)), as_listed=("by appointment",))
    assert week_rows(listed)[0].words == "8-12 by appointment"


@given(weeks, st.integers(0, 7 * DAY - 1))
def test_the_bars_say_of_every_minute_what_the_model_says(hours: WeekHours, minute: int) -> None:
    now = datetime(2026, 3, 2 + minute // DAY, minute % DAY // 60, minute % 60, tzinfo=UTC)  # no change of clocks
    row = week_rows(hours)[minute // DAY]
    drawn = any(bar.opens <= minute % DAY < bar.closes for bar in row.bars)
    assert drawn == state_at(hours, ZoneInfo("UTC"), now).is_open


def test_the_time_of_a_guessed_zone_has_a_question_mark() -> None:
    unsure = Facility(address=Address(state="KY"))
    now = local_now(unsure, NOW)
    assert now is not None
    assert now.words == "12:00?"
    assert local_now(Facility(address=Address(state="??")), NOW) is None
