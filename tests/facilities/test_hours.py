"""Whether a place is open: a table of cases, and rules that hold at every moment of every week in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.facilities.hours import DayHours, Opening, Openness, OpenState, WeekHours, is_open_in, moment_of, state_at

EASTERN = ZoneInfo("America/New_York")
ZONES = [ZoneInfo(name) for name in ("America/New_York", "America/Phoenix", "America/St_Johns", "Pacific/Honolulu")]
START = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def opening(text: str) -> Opening:
    """Read "8:00-16:00"; the end of the day is 24:00."""
    opens, closes = (part.split(":") for part in text.split("-"))
    return Opening(opens=time(int(opens[0]), int(opens[1])), closes=time(int(closes[0]) % 24, int(closes[1])))


def week(**days: str) -> WeekHours:
    """Write a week: `mon="8:00-16:00"`, `workdays=`, `daily=`; what begins with a letter could not be read."""
    groups = {"workdays": DAYS[:5], "daily": DAYS}
    texts = {day: text for name, text in days.items() for day in groups.get(name, (name,))}
    return WeekHours(
        days=tuple(
            DayHours(
                openings=tuple(opening(part) for part in texts.get(day, "").split() if part[0].isdigit()),
                as_listed=tuple(part for part in texts.get(day, "").split() if not part[0].isdigit()),
            )
            for day in DAYS
        )
    )


def local(text: str, zone: ZoneInfo = EASTERN, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


OFFICE = week(workdays="8:00-16:00", sat="9:00-12:00")
LUNCH = week(workdays="8:30-12:00 13:00-16:30")
ALWAYS = week(daily="0:00-24:00")
LATE = week(daily="16:00-2:00")
NIGHT = week(fri="22:00-4:00")
MONDAYS = week(mon="9:00-17:00")
APPOINTMENT = week(mon="9:00-17:00", fri="appointment")

# 2026: Monday 2 March; clocks go forward on Sunday 8 March at 2:00 and back on Sunday 1 November at 2:00.
CASES = [
    (OFFICE, "2026-03-02T08:00", "open"),
    (OFFICE, "2026-03-02T07:59:59", "closed 03-02T08:00"),
    (OFFICE, "2026-03-02T15:00", "open"),
    (OFFICE, "2026-03-02T15:01", "open 59"),
    (OFFICE, "2026-03-02T15:35", "open 25"),
    (OFFICE, "2026-03-02T15:35:30", "open 24"),
    (OFFICE, "2026-03-02T15:59:30", "open 0"),
    (OFFICE, "2026-03-02T16:00", "closed 03-03T08:00"),
    (OFFICE, "2026-03-06T17:00", "closed 03-07T09:00"),
    (OFFICE, "2026-03-07T12:00", "closed 03-09T08:00"),
    (OFFICE, "2026-03-08T12:00", "closed 03-09T08:00"),
    (LUNCH, "2026-03-02T11:50", "open 10"),
    (LUNCH, "2026-03-02T12:00", "closed 03-02T13:00"),
    (LUNCH, "2026-03-02T13:00", "open"),
    (ALWAYS, "2026-03-02T00:00", "open always"),
    (ALWAYS, "2026-03-08T02:30", "open always"),
    (ALWAYS, "2026-11-01T01:30", "open always"),
    (LATE, "2026-03-02T01:30", "open 30"),
    (LATE, "2026-03-02T02:00", "closed 03-02T16:00"),
    (LATE, "2026-03-02T23:59", "open"),
    (NIGHT, "2026-03-07T03:30", "open 30"),
    (NIGHT, "2026-03-07T04:00", "closed 03-13T22:00"),
    (NIGHT, "2026-03-06T21:00", "closed 03-06T22:00"),
    (MONDAYS, "2026-03-02T18:00", "closed 03-09T09:00"),
    (MONDAYS, "2026-03-03T08:00", "closed 03-09T09:00"),
    (APPOINTMENT, "2026-03-06T10:00", "unclear"),
    (APPOINTMENT, "2026-03-07T10:00", "closed 03-09T09:00"),
    (APPOINTMENT, "2026-03-03T10:00", "closed"),
    (week(fri="9:00-12:00 afternoon"), "2026-03-06T10:00", "open"),
    (week(fri="9:00-12:00 afternoon"), "2026-03-06T13:00", "unclear"),
    (week(fri="seldom"), "2026-03-02T13:00", "closed"),
    # Two stretches that touch at midnight are one.
    (week(mon="18:00-24:00", tue="0:00-3:00"), "2026-03-02T23:30", "open"),
    (week(mon="18:00-24:00", tue="0:00-3:00"), "2026-03-03T02:20", "open 40"),
    (week(daily="0:00-24:00", sun=""), "2026-03-07T23:20", "open 40"),
    (week(daily="0:00-24:00", sun=""), "2026-03-08T12:00", "closed 03-09T00:00"),
]


def brief(state: OpenState) -> str:
    """Write a state as its code, with what is left of the last hour, or the date and time of the next opening."""
    parts = [state.openness.value]
    if state.is_round_the_clock:
        parts.append("always")
    if state.closes_soon:
        parts.append(str(state.minutes_left))
    if state.opens_at:
        parts.append(f"{state.opens_at:%m-%dT%H:%M}")
    return " ".join(parts)


@pytest.mark.parametrize(("hours", "at", "state"), CASES)
def test_the_state_at_a_moment(hours: WeekHours, at: str, state: str) -> None:
    assert brief(state_at(hours, EASTERN, local(at))) == state


def test_nothing_listed_and_nothing_known_are_said() -> None:
    now = local("2026-03-02T10:00")
    assert state_at(None, EASTERN, now).openness is Openness.NOT_LISTED
    assert state_at(OFFICE, None, now).openness is Openness.NO_ZONE
    assert not is_open_in(0, None, EASTERN, now)
    assert not is_open_in(0, OFFICE, None, now)


def test_a_state_has_its_times_in_the_places_own_zone() -> None:
    state = state_at(OFFICE, EASTERN, datetime(2026, 3, 2, 20, 30, tzinfo=UTC))
    assert state.at.isoformat() == "2026-03-02T15:30:00-05:00"
    assert (state.openness, state.minutes_left) == (Openness.OPEN, 30)
    assert state.closes_at is not None
    assert state.closes_at.isoformat() == "2026-03-02T16:00:00-05:00"
    assert state.opens_at is None


def test_a_stretch_that_ends_is_not_round_the_clock_in_the_longest_week() -> None:
    hours = week(daily="0:00-24:00", sat="0:10-24:00")
    state = state_at(hours, EASTERN, local("2026-10-31T00:10"))
    assert state.closes_at == local("2026-11-07T00:00")
    assert not state.is_round_the_clock


def test_open_in_some_minutes_means_open_when_one_gets_there() -> None:
    now = local("2026-03-02T15:40")
    assert is_open_in(19, OFFICE, EASTERN, now)
    assert not is_open_in(20, OFFICE, EASTERN, now)
    assert is_open_in(20, OFFICE, EASTERN, local("2026-03-02T07:50"))
    assert not is_open_in(20, LUNCH, EASTERN, local("2026-03-02T11:50"))


@pytest.mark.parametrize(
    ("at", "fold", "left"),
    [
        # The night of the change to summer time is an hour shorter: from 1:30 to 4:00 there are 90 minutes.
        ("2026-03-08T01:30", 0, 90),
        ("2026-03-08T03:30", 0, 30),
        # The night of the change back is an hour longer.
        ("2026-11-01T00:30", 0, 270),
        ("2026-11-01T01:30", 0, 210),
        ("2026-11-01T01:30", 1, 150),
    ],
)
def test_the_nights_on_which_clocks_change(at: str, fold: int, left: int) -> None:
    night = week(sat="22:00-4:00", sun="22:00-4:00")
    assert state_at(night, EASTERN, local(at, fold=fold)).minutes_left == left


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2026, 3, 8), time(2, 30), "2026-03-08T07:00:00+00:00"),
        (date(2026, 3, 8), time(2), "2026-03-08T07:00:00+00:00"),
        (date(2026, 3, 8), time(3), "2026-03-08T07:00:00+00:00"),
        (date(2026, 3, 8), time(1, 59), "2026-03-08T06:59:00+00:00"),
        (date(2026, 11, 1), time(1, 30), "2026-11-01T05:30:00+00:00"),
        (date(2026, 11, 1), time(2), "2026-11-01T07:00:00+00:00"),
    ],
)
def test_a_time_that_never_comes_is_the_moment_of_the_change_and_of_two_the_first_counts(
    day: date, at: time, moment: str
) -> None:
    assert moment_of(day, at, EASTERN).isoformat() == moment


def test_a_stretch_inside_the_missing_hour_does_not_take_place() -> None:
    hours = week(sun="2:10-2:50")
    assert state_at(hours, EASTERN, local("2026-03-08T01:00")).opens_at == local("2026-03-15T02:10")
    assert state_at(hours, EASTERN, local("2026-03-15T02:20")).is_open


times = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
openings = st.builds(Opening, opens=times, closes=times)
weeks = st.lists(st.builds(DayHours, openings=st.lists(openings, max_size=3).map(tuple)), min_size=7, max_size=7).map(
    lambda days: WeekHours(days=tuple(days))
)
zones = st.sampled_from(ZONES)
moments = st.one_of(
    st.floats(0, 3 * 365 * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds)),
    # Around the changes of clocks, which a random moment seldom meets.
    st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes),
        st.sampled_from([datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)]),
        st.integers(-24 * 60, 48 * 60),
    ),
)
many = settings(max_examples=100, deadline=None)


def naively_open(hours: WeekHours, zone: ZoneInfo, now: datetime) -> bool:
    """Judge by the wall clock alone, day by day: right where clocks don't change."""
    here = now.astimezone(zone)
    wall = here.time()
    today, yesterday = hours.on(here.date()), hours.on(here.date() - timedelta(days=1))
    return any(
        each.opens <= wall if each.ends_next_day else each.opens <= wall < each.closes for each in today.openings
    ) or any(each.ends_next_day and wall < each.closes for each in yesterday.openings)


def offset_changes_near(zone: ZoneInfo, now: datetime) -> bool:
    days = (now.astimezone(zone).replace(tzinfo=None) + timedelta(days=number) for number in range(-2, 10))
    return len({day.replace(tzinfo=zone).utcoffset() for day in days}) > 1


@many
@given(weeks, zones, moments)
def test_on_ordinary_days_the_wall_clock_decides(hours: WeekHours, zone: ZoneInfo, now: datetime) -> None:
    if not offset_changes_near(zone, now):
        assert state_at(hours, zone, now).is_open == naively_open(hours, zone, now)


@many
@given(weeks, zones, moments)
@example(ALWAYS, EASTERN, datetime(2026, 3, 8, 6, 59, tzinfo=UTC))
@example(LATE, EASTERN, datetime(2026, 11, 1, 5, 30, tzinfo=UTC))
def test_what_is_said_of_the_next_change_holds(hours: WeekHours, zone: ZoneInfo, now: datetime) -> None:
    state = state_at(hours, zone, now)
    second = timedelta(seconds=1)
    change = state.closes_at if state.is_open else state.opens_at
    if change is None:
        # Nothing is listed, or nothing ever closes.
        for hour in range(0, 7 * 24, 5):
            assert state_at(hours, zone, now + timedelta(hours=hour)).is_open == state.is_open
        return
    change = change.astimezone(UTC)
    assert change > now
    assert state_at(hours, zone, change).is_open != state.is_open
    for step in range(10):
        between = now + (change - second - now) * step / 9
        if between >= now:
            assert state_at(hours, zone, between).is_open == state.is_open


@many
@given(weeks, zones, moments, st.integers(0, 600))
def test_being_open_in_some_minutes_is_being_open_then(
    hours: WeekHours, zone: ZoneInfo, now: datetime, minutes: int
) -> None:
    later = now + timedelta(minutes=minutes)
    assert is_open_in(minutes, hours, zone, now) == state_at(hours, zone, later).is_open
    state = state_at(hours, zone, now)
    if state.minutes_left is not None:
        assert is_open_in(max(state.minutes_left - 1, 0), hours, zone, now) or state.minutes_left == 0


@many
@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), times, zones)
@example(date(2026, 3, 8), time(2, 30), EASTERN)
@example(date(2026, 11, 1), time(1, 30), EASTERN)
def test_a_wall_time_is_the_first_moment_at_which_the_clock_has_reached_it(day: date, at: time, zone: ZoneInfo) -> None:
    moment = moment_of(day, at, zone)
    wall = datetime.combine(day, at)
    assert moment.astimezone(zone).replace(tzinfo=None) >= wall
    assert (moment - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < wall
