"""Hours in every form that was seen: read where they say something, else unclear, and never closed by mistake."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.facilities.hours import DayHours, WeekHours
from kiosk.facilities.reading_hours import read_week

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


def day_of(name: str, *timings: Any) -> dict[str, Any]:
    return {"day": name, "facilityTimings": list(timings)}


def span(opens: Any, closes: Any) -> dict[str, Any]:
    return {"opensAt": opens, "closesAt": closes}


def week_of(*days: Any) -> WeekHours:
    week = read_week(list(days))
    assert week is not None
    return week


def spans(day: DayHours) -> list[tuple[time, time]]:
    return [(opening.opens, opening.closes) for opening in day.openings]


@pytest.mark.parametrize(
    ("opens", "closes", "read"),
    [
        ("8:00 AM", "5:00 PM", (time(8), time(17))),
        ("8 am", "5 p.m.", (time(8), time(17))),
        ("12:00 AM", "12:00 PM", (time(0), time(12))),
        ("0800", "1730", (time(8), time(17, 30))),
        ("080000", "17:30:00", (time(8), time(17, 30))),
        ("8", "17", (time(8), time(17))),
        (8, 17, (time(8), time(17))),
        ("08:00:00Z", "17:00:00Z", (time(8), time(17))),
        ("22:00", "02:00", (time(22), time(2))),
        ("6:00 PM", "2:00 AM", (time(18), time(2))),
        ("06:00", "00:00", (time(6), time(0))),
    ],
)
def test_times_of_day_are_read_in_either_notation(opens: Any, closes: Any, read: tuple[time, time]) -> None:
    assert spans(week_of(day_of("MONDAY", span(opens, closes))).days[0]) == [read]


@pytest.mark.parametrize(
    ("opens", "closes"),
    [("08:00", "05:00"), ("9", "5"), ("8 AM", "5"), ("12:30", "05:00"), ("12:59", "1"), ("13 PM", "14:00")],
)
def test_a_span_that_lost_its_half_of_the_day_is_unclear(opens: str, closes: str) -> None:
    day = week_of(day_of("MONDAY", span(opens, closes))).days[0]
    assert (day.openings, day.as_listed) == ((), (f"{opens} - {closes}",))


def test_an_afternoon_that_comes_before_its_morning_has_lost_its_half_too() -> None:
    week = week_of(
        day_of("MONDAY", span("08:00", "12:00"), span("01:00", "05:00")),
        day_of("TUESDAY", span("13:30", "17:00"), span("08:00", "12:00")),
        day_of("WEDNESDAY", span("22:00", "02:00"), span("08:00", "12:00")),
    )
    assert week.days[0] == DayHours(as_listed=("08:00 - 12:00", "01:00 - 05:00"))
    assert spans(week.days[1]) == [(time(8), time(12)), (time(13, 30), time(17))]
    assert spans(week.days[2]) == [(time(8), time(12)), (time(22), time(2))]


@pytest.mark.parametrize("closed", [span("CLOSED", "CLOSED"), span("Closed", None), span(None, "closed"), "CLOSED"])
def test_a_day_that_says_closed_is_closed(closed: Any) -> None:
    week = week_of(day_of("MONDAY", span("8:00", "16:00")), day_of("SUNDAY", closed))
    assert (week.days[6].openings, week.days[6].as_listed) == ((), ())
    assert week_of(day_of("SUNDAY", closed)).days[6] == DayHours()


def test_midnight_to_midnight_is_all_day_where_all_seven_days_say_so() -> None:
    always = [day_of(name, span("00:00", "00:00")) for name in DAYS]
    assert all(opening.is_all_day for day in week_of(*always).days for opening in day.openings)
    unclear = week_of(*always[:6])
    assert [(day.openings, day.as_listed) for day in unclear.days[:6]] == [((), ("00:00 - 00:00",))] * 6


@pytest.mark.parametrize("name", ["Wed", "wed.", "WEDNES", "wednesday", " Wednesday "])
def test_a_day_may_be_shortened(name: str) -> None:
    week = week_of(day_of(name, span("8:00", "16:00")))
    assert [bool(day.openings) for day in week.days] == [False, False, True, False, False, False, False]


def test_a_day_that_can_not_be_read_makes_those_unclear_that_are_not_listed() -> None:
    week = week_of(day_of("MONDAY", span("8:00", "16:00")), day_of("TUESDAY"), day_of("Mi", span("9:00", "17:00")))
    assert [day.as_listed for day in week.days] == [(), (), *[("Mi 09:00 - 17:00",)] * 5]


hours = st.recursive(
    st.none()
    | st.integers()
    | st.booleans()
    | st.text(max_size=9)
    | st.sampled_from(["08:00", "5 PM", "CLOSED", "2400"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["day", "facilityTimings", "opensAt", "closesAt"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(hours)
def test_any_json_is_a_week_or_none(raw: Any) -> None:
    week = read_week(raw)
    assert week is None or len(week.days) == 7
