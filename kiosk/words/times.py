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


def day_and_time(moment: datetime, now: datetime) -> str:
    """Return the local time, with the day where it is not today: `Mon 24 Nov 20:41`."""
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return _("today {time}").format(time=time_of_day(moment))
    return f"{local:%a} {local.day} {local:%b %H:%M}"
