"""How times read: of day, of a day and a time, for tables. Local time always."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kiosk.words.language import _, ngettext


def local_time(moment: datetime) -> str:
    """Return a time as people at the desk read it."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def time_of_day(moment: datetime) -> str:
    """Return the local time as 20:41."""
    return moment.astimezone().strftime("%H:%M")


def day_and_time(moment: datetime, now: datetime) -> str:
    """Return the local time, with the day where it is not today: `Mon 24 Nov 20:41`."""
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return _("today {time}").format(time=time_of_day(moment))
    return f"{local:%a} {local.day} {local:%b %H:%M}"


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
    return f"{day.day} {day:%b}"


def day_name(day: date, today: date) -> str:
    """Return a day as people at the desk say it; with its year where that is another one."""
    if day == today:
        return _("Today")
    name = f"{day:%a} {short_day(day)}" if day.year == today.year else f"{day:%a} {short_day(day)} {day.year}"
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
