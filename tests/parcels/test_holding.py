"""The ends that a clerk can choose for a reservation: whole days, later than the present one, within the limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.holding import HoldUntil, choices, end_of
from kiosk.parcels.parcel import Parcel

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def parcel(taken_in: datetime, held_until: datetime | None = None) -> Parcel:
    return Parcel(
        parcel_id="p1", tracking_number="T1", scanned="T1", taken_in_at=taken_in, reservation_expiry=held_until
    )


def test_the_ends_are_those_of_days() -> None:
    ends = [end_of(each, NOW).astimezone() for each in HoldUntil]
    today = NOW.astimezone().date()
    assert [each.date() for each in ends] == [today + timedelta(days=days) for days in (0, 1, 7)]
    assert {(each.hour, each.minute) for each in ends} == {(23, 59)}


def test_an_end_that_would_shorten_the_reservation_is_no_choice() -> None:
    held = parcel(NOW, NOW + timedelta(days=1, hours=-1))
    assert choices(held, NOW, timedelta(days=30)) == (HoldUntil.TOMORROW, HoldUntil.WEEK)


def test_an_old_parcel_has_fewer_choices_and_at_last_none() -> None:
    assert choices(parcel(NOW - timedelta(days=28)), NOW, timedelta(days=30)) == (HoldUntil.TONIGHT, HoldUntil.TOMORROW)
    assert choices(parcel(NOW - timedelta(days=30)), NOW, timedelta(days=30)) == ()


@given(
    later=st.timedeltas(timedelta(0), timedelta(days=2000)),
    age=st.timedeltas(timedelta(0), timedelta(days=60)),
    left=st.timedeltas(timedelta(days=-3), timedelta(days=10)),
    longest=st.timedeltas(timedelta(hours=1), timedelta(days=90)),
)
def test_no_choice_is_past_the_limit_or_before_the_present_end(
    later: timedelta, age: timedelta, left: timedelta, longest: timedelta
) -> None:
    now = NOW + later
    held = parcel(now - age, now + left)
    for each in choices(held, now, longest):
        assert now + left < end_of(each, now) <= now - age + longest
