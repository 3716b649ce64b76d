"""What is said of a facility: its hours, what makes them unsure, its holidays, its services."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kiosk.facilities.addresses import Address
from kiosk.facilities.holidays import Holiday, HolidayDate, federal_holiday
from kiosk.facilities.hours import DayHours, Opening, WeekHours
from kiosk.facilities.values import Facility
from kiosk.words.facilities import facility_name, holiday_sentence, is_unsure, service_words, state_words

MONDAY_NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
"""In Virginia."""
SURE, UNSURE, NOWHERE = Address(state="VA"), Address(state="KY"), Address(country_code="DE")


def week(*openings: tuple[time, time], as_listed: tuple[str, ...] = (), days: int = 1) -> WeekHours:
    """Return a week that is open from Monday on for so many days."""
    day = DayHours(
        openings=tuple(Opening(opens=opens, closes=closes) for opens, closes in openings), as_listed=as_listed
    )
    return WeekHours(days=(day,) * days + (DayHours(),) * (7 - days))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "no hours listed"),
        (week(as_listed=("by appointment",)), "hours unclear"),
        (week((time(0), time(0)), days=7), "open 24 hours"),
        (week((time(8), time(17))), "open now"),
        (week((time(8), time(13))), "open now"),
        (week((time(8), time(12, 59))), "closes in 59 min"),
        (week((time(8), time(12, 1))), "closes in 1 min"),
        (week((time(13, 30), time(17))), "opens 13:30"),
        (week((time(8), time(11)), days=2), "opens tomorrow 8:00"),
        (week((time(8), time(11))), "opens next Mon 8:00"),
        (WeekHours(days=(DayHours(as_listed=("seldom",)),) * 7), "hours unclear"),
        (WeekHours(days=(DayHours(), *[DayHours(as_listed=("seldom",))] * 6)), "closed now"),
        (
            WeekHours(days=(*[DayHours()] * 6, DayHours(openings=(Opening(opens=time(9), closes=time(12)),)))),
            "opens Sun 9:00",
        ),
    ],
)
def test_a_state_in_words(hours: WeekHours | None, words: str) -> None:
    facility = Facility(address=SURE, week=hours)
    assert state_words(facility, facility.state_at(MONDAY_NOON)) == words


def test_the_last_minute_is_not_counted() -> None:
    facility = Facility(address=SURE, week=week((time(8), time(12))))
    state = facility.state_at(MONDAY_NOON - timedelta(seconds=30))
    assert state_words(facility, state) == "closes within a minute"


@pytest.mark.parametrize(
    ("address", "hours", "words"),
    [
        (UNSURE, week((time(8), time(17))), "open now (unsure)"),
        (UNSURE, week((time(8), time(11))), "opens next Mon 8:00 (unsure)"),
        (UNSURE, week((time(0), time(0)), days=7), "open 24 hours"),
        (UNSURE, None, "no hours listed"),
        (NOWHERE, week((time(8), time(17))), "local time unknown"),
    ],
)
def test_only_what_another_time_zone_would_change_is_marked_as_unsure(
    address: Address, hours: WeekHours | None, words: str
) -> None:
    facility = Facility(address=address, week=hours)
    state = facility.state_at(MONDAY_NOON)
    assert state_words(facility, state) == words
    assert is_unsure(facility, state) is words.endswith("(unsure)")


def test_a_holiday_is_told_by_its_name() -> None:
    assert holiday_sentence(HolidayDate(Holiday.JUNETEENTH)) == "Today is Juneteenth. Hours may differ."
    observed = federal_holiday(date(2026, 7, 3))
    assert observed is not None
    assert holiday_sentence(observed) == "Independence Day is observed today. Hours may differ."


@pytest.mark.parametrize("holiday", Holiday)
def test_every_holiday_has_a_name(holiday: Holiday) -> None:
    assert holiday.value not in holiday_sentence(HolidayDate(holiday))


def test_services_are_said_as_far_as_they_are_known() -> None:
    attributes = (("LABEL_BROKER_RETAIL", "true"), ("PUDO_POINT", "true"))
    shop = Facility(address=SURE, attributes=attributes, qr_code=False)
    assert service_words(shop) == ["prints labels", "accepts returns"]
    better = shop.model_copy(update={"packageless": True, "qr_code": True})
    assert service_words(better) == ["prints labels", "accepts returns without a box", "scans QR codes"]
    assert service_words(Facility(address=SURE)) == []


def test_every_facility_is_called_something() -> None:
    assert facility_name(Facility(name="Corner Shop", address=SURE)) == "Corner Shop"
    assert facility_name(Facility(address=Address())) == "Unnamed facility"
