"""What all models share: strict about what we make, tolerant about what we are answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.clock import ManualClock, SystemClock
from kiosk.parcels.base import LONGEST_TEXT, Answer, KnownTime, Timestamp, Value, format_timestamp

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Ticket(Value):
    seat_number: str
    issued: Timestamp = None


class Reply(Answer):
    seat_number: str = "none"
    issued: Timestamp = None


def test_a_value_refuses_what_it_does_not_know_and_can_not_be_changed() -> None:
    with pytest.raises(ValidationError):
        Ticket.model_validate({"seatNumber": "7", "row": 3})
    ticket = Ticket(seat_number="7")
    with pytest.raises(ValidationError):
        ticket.seat_number = "8"  # type: ignore[misc]


def test_names_are_read_either_way_and_written_as_the_api_does() -> None:
    assert Ticket.model_validate({"seatNumber": "7"}) == Ticket.model_validate({"seat_number": "7"})
    assert Ticket(seat_number="7", issued=NOON).model_dump(mode="json", by_alias=True) == {
        "seatNumber": "7",
        "issued": "2026-03-02T12:00:00Z",
    }


def test_an_answer_ignores_what_it_does_not_know_and_takes_nulls_for_absent_and_numbers_for_ids() -> None:
    assert Reply.model_validate({"seatNumber": None, "row": 3}) == Reply()
    assert Reply.model_validate({"seatNumber": 7}) == Reply(seat_number="7")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-03-02T12:00:00Z", NOON),
        ("2026-03-02T14:00:00+02:00", NOON),
        ("2026-03-02T12:00:00", NOON),
        ("2026-03-02 12:00:00.000", NOON),
        (NOON.timestamp(), NOON),
        (int(NOON.timestamp()) * 1000, NOON),
        ("", None),
        (None, None),
        ("soon", None),
        ({"time": 1}, None),
        ("0001-01-01T00:00:00+14:00", None),
        (float("nan"), None),
        (10**30, None),
    ],
)
def test_a_time_is_read_in_any_likely_form_and_else_counts_as_absent(raw: Any, expected: datetime | None) -> None:
    assert Reply.model_validate({"issued": raw}).issued == expected


@given(raw=st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.lists(st.integers())))
def test_no_time_of_an_answer_makes_reading_fail(raw: Any) -> None:
    issued = Reply.model_validate({"issued": raw}).issued
    assert issued is None or issued.tzinfo is UTC


@given(seconds=st.floats(0, (datetime(2099, 12, 30, tzinfo=UTC) - NOON).total_seconds()), hours=st.integers(-14, 14))
def test_a_written_time_reads_back_to_the_second(seconds: float, hours: int) -> None:
    aware = (NOON + timedelta(seconds=seconds)).astimezone(timezone(timedelta(hours=hours)))
    assert Reply.model_validate({"issued": format_timestamp(aware)}).issued == aware.replace(microsecond=0)


def test_the_manual_clock_stands_still_until_it_is_moved() -> None:
    clock = ManualClock(NOON.astimezone(timezone(timedelta(hours=5))))
    assert clock.now() == clock.now() == NOON
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(hours=-1))
    assert clock.now() == NOON - timedelta(hours=1)


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)
    assert SystemClock().now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-14:00",
        "1899-12-30T00:00:00",
        "1970-01-01T00:00:00Z",
        "2100-01-01T00:00:00Z",
        "253402300799",
    ],
)
def test_a_date_that_no_parcel_can_have_is_absent(text: str) -> None:
    assert Reply.model_validate({"issued": text}).issued is None


class Kept(Value):
    at: KnownTime = None


@given(st.datetimes(timezones=st.timezones()) | st.datetimes())
def test_a_time_that_is_kept_can_be_told_in_any_zone_or_is_absent(moment: datetime) -> None:
    kept = Kept.model_validate_json(Kept.model_construct(at=moment).model_dump_json()).at
    if kept is None:
        return
    # By their seconds: Python calls a time that a change of the clocks left out equal to no time of another zone.
    assert kept.timestamp() == moment.timestamp()
    for hours in (-14, 14):
        assert kept.astimezone(timezone(timedelta(hours=hours))) == kept


def test_a_text_too_long_to_be_one_is_absent() -> None:
    assert Reply.model_validate({"seatNumber": "7" * LONGEST_TEXT}).seat_number == "7" * LONGEST_TEXT
    assert Reply.model_validate({"seatNumber": "7" * (LONGEST_TEXT + 1)}).seat_number == "none"
