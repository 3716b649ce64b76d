"""How times read: of day, of a day and a time, for tables. Local time always. Numbers are in `numbers.py`.

Names and patterns are texts like any other, so each language puts the pieces in its own order; it may use any of
`PIECES`, whichever the English pattern has.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from kiosk.words.language import _, ngettext, pgettext

PIECES: Final = ("weekday", "day", "dd", "month", "mm", "yyyy", "yy", "time")
"""Of Monday, 2 March 2026: `Mon`, `2`, `02`, `Mar`, `03`, `2026`, `26`; and a time of day."""

_LONGEST: Final = len("24 Nov 20:41")


def local_time(moment: datetime) -> str:
    """Return a time as people at the desk read it, in as many characters every day."""
    return _written(pgettext("date", "{yyyy}-{mm}-{dd} {time}"), moment.astimezone(), time_of_day(moment))


def time_of_day(moment: datetime, *, seconds: bool = False) -> str:
    """Return the local time as 20:41, or to the second."""
    local = moment.astimezone()
    hh, mm, ss = f"{local:%H %M %S}".split()
    if seconds:
        return pgettext("time of day", "{hh}:{mm}:{ss}").format(hh=hh, mm=mm, ss=ss)
    return pgettext("time of day", "{hh}:{mm}").format(hh=hh, mm=mm)


def clock_time(moment: time) -> str:
    """Return a time of day that somebody has set: `8:00`, `16:30`."""
    return pgettext("time of day", "{hh}:{mm}").format(hh=moment.hour, mm=f"{moment.minute:02}")


def to_the_second(moment: datetime) -> str:
    """Return day and local time to the second: `Mon 24 Nov 2025, 20:41:07`."""
    # Translators: a date may use any of {weekday} {day} {dd} {month} {mm} {yyyy} {yy} {time}
    pattern = pgettext("date", "{weekday} {day} {month} {yyyy}, {time}")
    return _written(pattern, moment.astimezone(), time_of_day(moment, seconds=True))


def day_and_time(moment: datetime, now: datetime) -> str:
    """Return the local time, with the day where it is not today: `Mon 24 Nov 20:41`."""
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return _("today {time}").format(time=time_of_day(moment))
    return _written(pgettext("date", "{weekday} {day} {month} {time}"), local, time_of_day(moment))


def since(moment: datetime, now: datetime) -> str:
    """Return a past local time as it follows "since", with the day where it is not today: `20:41`, `Mon 24 Nov 20:41`.

    Another year is named.
    """
    day, today, time = moment.astimezone().date(), now.astimezone().date(), time_of_day(moment)
    if day == today:
        return time
    if day == today - timedelta(days=1):
        return _("yesterday {time}").format(time=time)
    return _("{day} {time}").format(day=day_name(day, today), time=time)


def short_day(day: date) -> str:
    """Return a day in six characters at most: `25 Nov`."""
    # Translators: six characters at most
    return _written(pgettext("date", "{day} {month}"), day)


def short_month(day: date) -> str:
    """Return the month of a day in another year, in six characters at most, unlike a day: `Nov` and `25`."""
    # Translators: six characters at most
    return _written(pgettext("date", "{month}\u2019{yy}"), day)


def short_day_and_time(moment: datetime) -> str:
    """Return a day and a time for a table, one like the other in length: `24 Nov 20:41`."""
    # Translators: twelve characters at most
    return _written(pgettext("date", "{day} {month} {time}"), moment.astimezone(), time_of_day(moment)).rjust(_LONGEST)


def is_day_first() -> bool:
    """Tell how a day with a slash is written in the language that is spoken: 24/11, or as in English 11/24."""
    # Translators: the order in which people type a day; only that order counts
    pattern = pgettext("date", "{mm}/{dd}")
    return pattern.find("d") < pattern.find("m")


def day_name(day: date, today: date) -> str:
    """Return a day as people at the desk say it; with its year where that is another one."""
    if day == today:
        return _("Today")
    in_year = pgettext("date", "{weekday} {day} {month}")
    name = _written(in_year if day.year == today.year else pgettext("date", "{weekday} {day} {month} {yyyy}"), day)
    return _("Yesterday, {day}").format(day=name) if day == today - timedelta(days=1) else name


def end_and_time_left(end: datetime, now: datetime) -> str:
    """Return when a time in a locker is over, and how long it goes on; or since when it is over."""
    time, left = day_and_time(end, now), end - now
    if left < timedelta(0):
        return _("expired since {time}").format(time=time)
    hours, days = left // timedelta(hours=1), left // timedelta(days=1)
    if days > 1:
        return _("{time}, expires in {days} days").format(time=time, days=days)
    text = ngettext("{time}, expires in {hours} hour", "{time}, expires in {hours} hours", hours)
    return text.format(time=time, hours=hours) if hours else _("{time}, expires within the hour").format(time=time)


def weekday_name(weekday: int) -> str:
    """Return the short name of a day of the week; Monday is 0."""
    names = (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )
    return names[weekday]


def month_name(month: int) -> str:
    """Return the short name of a month; January is 1."""
    names = (
        pgettext("month", "Jan"),
        pgettext("month", "Feb"),
        pgettext("month", "Mar"),
        pgettext("month", "Apr"),
        pgettext("month", "May"),
        pgettext("month", "Jun"),
        pgettext("month", "Jul"),
        pgettext("month", "Aug"),
        pgettext("month", "Sep"),
        pgettext("month", "Oct"),
        pgettext("month", "Nov"),
        pgettext("month", "Dec"),
    )
    return names[month - 1]


def _written(pattern: str, day: date, time: str = "") -> str:
    return pattern.format(
        weekday=weekday_name(day.weekday()),
        day=day.day,
        dd=f"{day.day:02}",
        month=month_name(day.month),
        mm=f"{day.month:02}",
        yyyy=f"{day.year:04}",
        yy=f"{day.year % 100:02}",
        time=time,
    )
