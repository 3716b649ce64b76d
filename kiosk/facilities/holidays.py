"""US federal holidays, computed: on them a post office or a shop may keep other hours than those listed.

The days are those of 5 U.S.C. 6103; the day in lieu is the one federal employees get.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple


class Holiday(StrEnum):
    """The eleven legal public holidays."""

    NEW_YEARS_DAY = "new_years_day"
    MARTIN_LUTHER_KING_DAY = "martin_luther_king_day"
    WASHINGTONS_BIRTHDAY = "washingtons_birthday"
    MEMORIAL_DAY = "memorial_day"
    JUNETEENTH = "juneteenth"
    INDEPENDENCE_DAY = "independence_day"
    LABOR_DAY = "labor_day"
    COLUMBUS_DAY = "columbus_day"
    VETERANS_DAY = "veterans_day"
    THANKSGIVING_DAY = "thanksgiving_day"
    CHRISTMAS_DAY = "christmas_day"


class HolidayDate(NamedTuple):
    """What a date is: the holiday itself, or the weekday off for one that falls on a weekend."""

    holiday: Holiday
    is_observed: bool = False


_FIXED: Final = (
    (1, 1, Holiday.NEW_YEARS_DAY),
    (6, 19, Holiday.JUNETEENTH),
    (7, 4, Holiday.INDEPENDENCE_DAY),
    (11, 11, Holiday.VETERANS_DAY),
    (12, 25, Holiday.CHRISTMAS_DAY),
)
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
_MOVING: Final = (
    (1, 3, _MONDAY, Holiday.MARTIN_LUTHER_KING_DAY),
    (2, 3, _MONDAY, Holiday.WASHINGTONS_BIRTHDAY),
    (5, -1, _MONDAY, Holiday.MEMORIAL_DAY),
    (9, 1, _MONDAY, Holiday.LABOR_DAY),
    (10, 2, _MONDAY, Holiday.COLUMBUS_DAY),
    (11, 4, _THURSDAY, Holiday.THANKSGIVING_DAY),
)
"""Month, which one in it (-1: the last), weekday, holiday."""


def federal_holiday(day: date) -> HolidayDate | None:
    """Return the US federal holiday on this date, or None.

    One that falls on a weekend is found on its own date and, as observed, on the weekday beside it.
    """
    return _holidays_of(day.year).get(day)


@cache
def _holidays_of(year: int) -> dict[date, HolidayDate]:
    found = {_nth(year, month, which, weekday): HolidayDate(holiday) for month, which, weekday, holiday in _MOVING}
    for fixed_year in (year, year + 1):  # New Year's Day may be observed on December 31 of the year before
        for month, number, holiday in _FIXED:
            day = date(fixed_year, month, number)
            found[day] = HolidayDate(holiday)
            if day.weekday() in {_SATURDAY, _SUNDAY}:
                # Saturday's holiday is observed on the Friday before it, Sunday's on the Monday after it.
                step = -1 if day.weekday() == _SATURDAY else 1
                found[day + timedelta(days=step)] = HolidayDate(holiday, is_observed=True)
    return found


def _nth(year: int, month: int, which: int, weekday: int) -> date:
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
