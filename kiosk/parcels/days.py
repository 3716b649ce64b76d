"""A day as people type one. Pure.

Only what can be one day alone is read: a weekday's name could be the last one or the next one, and it is a family name.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from kiosk.parcels.base import CREDIBLE_YEARS

_DAYS_BACK = {
    **dict.fromkeys(("today", "heute", "hoy", "aujourd'hui", "aujourd\u2019hui"), 0),
    **dict.fromkeys(("yesterday", "gestern", "ayer", "hier"), 1),
}
"""In every language that a front end speaks, whichever it speaks now: a search is read below the front ends."""

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    # The last full stop may be missing only behind a year: 4.11 may be a shelf place.
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})?"),
)
"""2026-11-24; 24.11. and 24.11.2026."""

_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}))?")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?")
"""11/24 and 11/24/2026, or 24/11 and 24/11/2026: which one is meant is a habit of the language that is spoken."""


def read_day(text: str, today: date, *, day_first: bool = False) -> date | None:
    """Return the day that a text names, without a year the latest such day up to today; None where it names none.

    With `day_first` 4/11 is in November.
    """
    if (back := _DAYS_BACK.get(text.casefold())) is not None:
        return today - timedelta(days=back)
    # isascii: \d would let through digits of other scripts.
    forms = (*_FORMS, _DAY_FIRST if day_first else _MONTH_FIRST)
    found = next((found for form in forms if text.isascii() and (found := form.fullmatch(text))), None)
    if found is None:
        return None
    month, day, year = int(found["month"]), int(found["day"]), found["year"]
    if year:
        return _day(int(year), month, day)
    # 29 February is in one year of four, or once of eight.
    past = (_day(today.year - back, month, day) for back in range(9))
    return next((each for each in past if each is not None and each <= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    if year not in CREDIBLE_YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
