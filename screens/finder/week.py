"""A facility's opening hours as the rows of the week that `week_chart.py` draws, and its own time in them."""

from __future__ import annotations

from datetime import datetime, time

from kiosk.facilities.hours import DayHours, Opening, WeekHours
from kiosk.facilities.values import Facility
from kiosk.words.language import _
from kiosk.words.times import clock_time, weekday_name
from screens.finder.week_chart import DAY, Bar, DayRow, Now


def week_rows(week: WeekHours) -> tuple[DayRow, ...]:
    """Return the week as rows to draw; what lasts past midnight goes on at the beginning of the next day's bar."""
    return tuple(
        # Monday's row begins with what is left of Sunday's: days[-1].
        DayRow(weekday_name(at), (*_after_midnight(week.days[at - 1]), *_bars(day)), _day_words(day))
        for at, day in enumerate(week.days)
    )


def local_now(facility: Facility, now: datetime) -> Now | None:
    """Return the facility's own time, with a question mark where its zone is a guess; None where it isn't known."""
    if facility.zone.zone is None:
        return None
    here = now.astimezone(facility.zone.zone)
    words = clock_time(here.time())
    return Now(here.weekday(), _minute(here.time()), words if facility.zone.is_sure else f"{words}?")


def _bars(day: DayHours) -> list[Bar]:
    return [Bar(_minute(each.opens), DAY if each.ends_next_day else _minute(each.closes)) for each in day.openings]


def _after_midnight(day: DayHours) -> list[Bar]:
    """Return what of a day's openings lies on the day after."""
    # What closes at midnight sharp leaves nothing for the day after.
    return [Bar(0, _minute(each.closes)) for each in day.openings if each.ends_next_day and _minute(each.closes)]


def _day_words(day: DayHours) -> str:
    if any(each.is_all_day for each in day.openings):
        return _("24 hours")
    words = [f"{_clock(each.opens)}-{_end(each)}" for each in day.openings]
    return " ".join([*words, *day.as_listed]) or _("closed")


def _end(opening: Opening) -> str:
    # 0 would read as the beginning of the day.
    return "24" if not _minute(opening.closes) else _clock(opening.closes)


def _clock(at: time) -> str:
    """Return a time in few characters: `8`, `13:30`."""
    return f"{at.hour}:{at.minute:02}" if at.minute else str(at.hour)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
