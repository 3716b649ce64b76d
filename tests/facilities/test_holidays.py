"""US federal holidays against the calendars that the Office of Personnel Management published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.facilities.holidays import Holiday, HolidayDate, federal_holiday

PUBLISHED = {
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
}
"""The days off, those in lieu of a weekend's instead of the day itself."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_off_are_the_published_ones(year: int) -> None:
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))
    found = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and federal_holiday(day)]
    assert " ".join(found) == PUBLISHED[year]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 7, 3), HolidayDate(Holiday.INDEPENDENCE_DAY, is_observed=True)),
        (date(2026, 7, 4), HolidayDate(Holiday.INDEPENDENCE_DAY)),
        (date(2026, 5, 25), HolidayDate(Holiday.MEMORIAL_DAY)),
        (date(2026, 11, 26), HolidayDate(Holiday.THANKSGIVING_DAY)),
        (date(2027, 12, 31), HolidayDate(Holiday.NEW_YEARS_DAY, is_observed=True)),
        (date(2026, 11, 27), None),
    ],
)
def test_a_holiday_on_a_weekend_is_observed_beside_it(day: date, found: HolidayDate | None) -> None:
    assert federal_holiday(day) == found
