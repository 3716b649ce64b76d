"""How times read: of day, of a day and a time, for tables. Local time always."""

from __future__ import annotations

from datetime import datetime

from kiosk.words.language import _


def local_time(moment: datetime) -> str:
    """Return a time as people at the desk read it."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def time_of_day(moment: datetime) -> str:
    """Return the local time as 20:41."""
    return moment.astimezone().strftime("%H:%M")


def short_day(moment: datetime, now: datetime) -> str:
    """Return when something was in few columns: `20:41` of today, else `24 Nov`, with the year where it is another."""
    local, today = moment.astimezone(), now.astimezone()
    if local.date() == today.date():
        return time_of_day(moment)
    return f"{local.day} {local:%b}" if local.year == today.year else f"{local.day} {local:%b %y}"


def day_and_time(moment: datetime, now: datetime) -> str:
    """Return the local time, with the day where it is not today: `Mon 24 Nov 20:41`."""
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return _("today {time}").format(time=time_of_day(moment))
    return f"{local:%a} {local.day} {local:%b %H:%M}"
