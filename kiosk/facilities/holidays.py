"""US federal holidays, computed: on them a post office or a shop may keep other hours than those listed.

The days are those of 5 U.S.C. 6103; the day in lieu is the one federal employees get.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

_FIXED: Final = (
    (1, 1, "New Year's Day"),
    (6, 19, "Juneteenth"),
    (7, 4, "Independence Day"),
    (11, 11, "Veterans Day"),
    (12, 25, "Christmas Day"),
)
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
_MOVING: Final = (
    (1, 3, _MONDAY, "Martin Luther King Jr. Day"),
    (2, 3, _MONDAY, "Washington's Birthday"),
    (5, -1, _MONDAY, "Memorial Day"),
    (9, 1, _MONDAY, "Labor Day"),
    (10, 2, _MONDAY, "Columbus Day"),
    (11, 4, _THURSDAY, "Thanksgiving Day"),
)
"""Month, which one in it (-1: the last), weekday, name."""


def federal_holiday(day: date) -> str | None:
    """Return the name of the US federal holiday on this date, or None.

    One that falls on a weekend is named on its own date and, with "(observed)", on the weekday beside it.
    """
    return _holidays_of(day.year).get(day)


@cache
def _holidays_of(year: int) -> dict[date, str]:
    found = {_nth(year, month, which, weekday): name for month, which, weekday, name in _MOVING}
    for fixed_year in (year, year + 1):  # the first of January may be kept on the last of December
        for month, number, name in _FIXED:
            day = date(fixed_year, month, number)
            found[day] = name
            if day.weekday() in {_SATURDAY, _SUNDAY}:
                step = -1 if day.weekday() == _SATURDAY else 1
                found[day + timedelta(days=step)] = f"{name} (observed)"
    return found


def _nth(year: int, month: int, which: int, weekday: int) -> date:
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
