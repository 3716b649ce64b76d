"""Facilities in words: hours as bars, states, what lies on the map, and the choices of the search."""

from __future__ import annotations

from datetime import UTC, datetime, time
from math import cos, hypot, radians
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.facilities.addresses import Address
from kiosk.facilities.hours import DayHours, Opening, WeekHours, state_at
from kiosk.facilities.values import LIMITS, Facility, FacilityVariant, Question
from screens.facility_choices import Aspect, options_of, question_words
from screens.facility_wording import facility_row, local_now, middle_of, pin_of, week_rows
from screens.widgets.globe import MILES_PER_DEGREE, Point, east_and_north
from screens.widgets.week_hours import DAY, Bar

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""Monday noon in Virginia."""
VIRGINIA = Address(lines=("1 Main St",), city="Roanoke", state="VA", postal_code="24019")

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


@pytest.mark.parametrize(
    ("closes", "sign", "state", "tone"),
    [
        (time(17), "●", "open now", "free"),
        (time(12, 25), "●", "closes in 25 min", "attention"),
        (time(11), "○", "opens next Mon 8:00", "occupied"),
    ],
)
def test_a_state_has_a_sign_words_and_a_tone(closes: time, sign: str, state: str, tone: str) -> None:
    place = Facility(name="A", address=VIRGINIA, week=week(Opening(opens=time(8), closes=closes)), distance_miles=0.42)
    row = facility_row(place, 3, place.state_at(NOW))
    assert (row.number, row.sign, row.state, row.tone, row.distance) == (3, sign, state, tone, "0.4 mi")


def test_a_guessed_zone_makes_the_state_and_the_time_unsure() -> None:
    unsure = Facility(address=Address(state="KY"), week=week(Opening(opens=time(8), closes=time(17))))
    assert facility_row(unsure, 1, unsure.state_at(NOW)).state == "open now (unsure)"
    now = local_now(unsure, NOW)
    assert now is not None
    assert now.words == "12:00?"
    nowhere = Facility(address=Address(state="??"), week=week())
    assert local_now(nowhere, NOW) is None
    assert facility_row(nowhere, 1, nowhere.state_at(NOW)).state == "local time unknown"


def test_only_a_place_with_coordinates_is_on_the_map() -> None:
    nowhere = Facility(address=VIRGINIA)
    assert pin_of(nowhere, 1, nowhere.state_at(NOW)) is None
    place = Facility(address=VIRGINIA, latitude=37.3, longitude=-79.9)
    pin = pin_of(place, 4, place.state_at(NOW))
    assert pin is not None
    assert (pin.number, pin.point, pin.is_open) == (4, Point(37.3, -79.9), None)


def test_the_middle_is_the_desk_where_distances_tell_it() -> None:
    desk = Point(37.34, -79.955)
    places = []
    for north, east in ((0.02, 0.01), (-0.03, 0.02), (0.01, -0.04), (-0.01, -0.02)):
        miles = hypot(north, east * cos(radians(desk.latitude))) * MILES_PER_DEGREE
        at = (desk.latitude + north, desk.longitude + east)
        places.append(Facility(address=VIRGINIA, latitude=at[0], longitude=at[1], distance_miles=round(miles, 2)))
    found = middle_of(places)
    assert found is not None
    assert found[1]
    assert hypot(*east_and_north(found[0], desk)) < 0.05
    without = middle_of([each.model_copy(update={"distance_miles": None}) for each in places])
    assert without is not None
    assert not without[1]
    assert middle_of([Facility(address=VIRGINIA)]) is None


@pytest.mark.parametrize("variant", FacilityVariant)
def test_every_choice_is_taken_by_the_service_of_the_account(variant: FacilityVariant) -> None:
    question = Question(address=VIRGINIA)
    for aspect in Aspect:
        options = options_of(aspect, LIMITS[variant])
        assert options
        for option in options:
            asked = option.in_question(question)
            asked.check(variant)
            assert [each.label for each in options if each.fits(asked)] == [option.label]
            assert option.label in question_words(asked, LIMITS[variant])


def test_an_account_that_knows_only_post_offices_is_offered_no_drop_off_points() -> None:
    labels = [option.label for option in options_of(Aspect.SERVICE, LIMITS[FacilityVariant.SHIPPING360])]
    assert labels == ["Any service", "Prints labels", "Label machine"]
    assert len(options_of(Aspect.CARRIER, LIMITS[FacilityVariant.SHIPPING360])) == 1
    assert [option.label for option in options_of(Aspect.COUNT, LIMITS[FacilityVariant.SHIPPING360])][-1] == "50 places"
