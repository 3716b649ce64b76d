"""When notices may go out: never in quiet hours, never too early, and no minute later than need be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from time import tzset
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.notify.hours import Rules, next_open, rules_of
from kiosk.settings.notices import Notices, Weekday

NEW_YORK = ZoneInfo("America/New_York")
ALL_DAYS = frozenset(range(7))
ZONES = (
    "America/New_York",
    "America/St_Johns",  # set its clocks at one minute past midnight until 2011
    "Africa/Casablanca",
    "Australia/Lord_Howe",  # sets them by half an hour
    "Asia/Kathmandu",
    "Europe/Berlin",
    "Pacific/Apia",  # left out a whole day in 2011
    "UTC",
)
MINUTE = timedelta(minutes=1)

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.integers(0, 30 * 365 * 24 * 3600).map(
    lambda second: datetime(2006, 1, 1, tzinfo=UTC) + timedelta(0, second)
)


def spoken(rules: Rules, at: datetime) -> bool:
    """Say by the words of the settings whether notices may go out."""
    local = at.astimezone(rules.zone)
    now, start, end = local.time(), rules.quiet_from, rules.quiet_until
    quiet = start <= now < end if start < end else start != end and not end <= now < start
    return local.weekday() in rules.weekdays and not quiet


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, datetime]:
    """Return a zone, and a moment within two days of one at which its clocks are set, where it has any."""
    zone, year = draw(st.sampled_from(ZONES)), draw(st.integers(2006, 2036))
    days = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(365))
    offsets = [(day, day.astimezone(ZoneInfo(zone)).utcoffset()) for day in days]
    changes = [day for (day, before), (_, after) in pairwise(offsets) if before != after]
    day = draw(st.sampled_from(changes)) if changes else datetime(year, 3, 1, tzinfo=UTC)
    return zone, day + timedelta(minutes=draw(st.integers(-24 * 60, 48 * 60)), seconds=draw(st.integers(0, 59)))


@settings(deadline=None, max_examples=300)
@given(
    near_a_change() | st.tuples(st.sampled_from(ZONES), moments), times, times, st.sets(st.integers(0, 6), min_size=1)
)
def test_it_is_never_quiet_then_never_before_and_not_a_minute_later(
    where: tuple[str, datetime], quiet_from: time, quiet_until: time, days: set[int]
) -> None:
    zone, at = where
    rules = Rules(ZoneInfo(zone), quiet_from, quiet_until, frozenset(days))
    found = next_open(rules, at)
    assert spoken(rules, found)
    assert found >= at
    if found != at:
        assert (found.second, found.microsecond) == (0, 0)
        minute = at
        while minute < found:
            assert not spoken(rules, minute)
            minute = minute.replace(second=0, microsecond=0) + MINUTE


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-20T21:59:59-05:00", "2026-11-20T21:59:59-05:00"),
        ("2026-11-20T22:00:00-05:00", "2026-11-21T07:00:00-05:00"),
        ("2026-11-21T06:59:59.5-05:00", "2026-11-21T07:00:00-05:00"),
        ("2026-11-21T07:00:00-05:00", "2026-11-21T07:00:00-05:00"),
        # The night in which the clocks go forward is an hour shorter, the other one longer.
        ("2026-03-07T23:00:00-05:00", "2026-03-08T07:00:00-04:00"),
        ("2026-10-31T23:00:00-04:00", "2026-11-01T07:00:00-05:00"),
    ],
)
def test_a_night_ends_in_the_morning_whatever_the_clocks_do(at: str, opens: str) -> None:
    rules = Rules(NEW_YORK, time(22), time(7), ALL_DAYS)
    assert next_open(rules, datetime.fromisoformat(at)) == datetime.fromisoformat(opens)


def test_quiet_hours_that_end_while_the_clocks_go_forward_end_at_that_moment() -> None:
    rules = Rules(NEW_YORK, time(22), time(2, 30), ALL_DAYS)
    opens = datetime.fromisoformat("2026-03-08T03:00:00-04:00")
    assert next_open(rules, datetime.fromisoformat("2026-03-08T00:00:00-05:00")) == opens


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_are_kept_both_times() -> None:
    rules = Rules(NEW_YORK, time(22), time(1, 30), ALL_DAYS)
    first = next_open(rules, datetime.fromisoformat("2026-11-01T00:10:00-04:00"))
    assert first == datetime.fromisoformat("2026-11-01T01:30:00-04:00")
    second = next_open(rules, datetime.fromisoformat("2026-11-01T01:00:00-05:00"))
    assert second == datetime.fromisoformat("2026-11-01T01:30:00-05:00")


def test_a_weekend_is_waited_for_and_days_begin_at_local_midnight() -> None:
    rules = Rules(NEW_YORK, time(0), time(0), frozenset({5, 6}))
    assert next_open(rules, datetime(2026, 11, 19, 12, tzinfo=UTC)) == datetime(2026, 11, 21, 5, tzinfo=UTC)


def test_the_settings_name_days_times_and_zone() -> None:
    days = (Weekday.SUN, Weekday.MON)
    notices = Notices(quiet_from=time(20), quiet_until=time(8), weekdays=days, time_zone="Asia/Tokyo")
    assert rules_of(notices) == Rules(ZoneInfo("Asia/Tokyo"), time(20), time(8), frozenset({0, 6}))
    assert rules_of(Notices()) == Rules(None, time(22), time(7), ALL_DAYS)


@pytest.fixture
def machine_in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "America/New_York")
        tzset()
        yield
    tzset()


@pytest.mark.usefixtures("machine_in_new_york")
def test_without_a_zone_the_machines_counts() -> None:
    night = datetime.fromisoformat("2026-03-07T23:00:00-05:00")
    assert next_open(rules_of(Notices()), night) == datetime.fromisoformat("2026-03-08T07:00:00-04:00")
