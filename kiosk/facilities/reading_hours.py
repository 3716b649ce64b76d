"""Reads the hours of a facility. What can't be read is kept as the text that it came as, and never counts as closed.

Seen: `08:00:00` and `6:00:00`, `0800`, `8`, `8:00 AM`, `24:00`, `CLOSED`, missing days, `Wed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time
from functools import lru_cache
from typing import Final, NamedTuple

from pydantic import JsonValue

from kiosk.facilities.hours import DayHours, Opening, WeekHours
from kiosk.facilities.parts import fields_of, items_of, text_of

_DAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_SHORTEST_DAY: Final = 3
_NOON: Final = 12 * 60
_ONE_PM: Final = 13 * 60
"""From here on only hours that are counted to 24 have a name."""
_MIDNIGHT: Final = 24 * 60
_MOST_TIMINGS: Final = 12
_TIME: Final = re.compile(
    r"(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2})(?::?(?P<seconds>\d{2})(?:\.0+)?)?)?"
    r" ?(?:(?P<half>[AP])\.?M\.?|Z)?",
    re.IGNORECASE,
)


class _Timing(NamedTuple):
    """One timing of a day: minutes since midnight where it could be read, else the text that it came as."""

    opening: tuple[int, int] | None = None
    as_listed: str = ""
    all_day: bool = False
    """The same midnight twice: all day, or closed."""
    says_closed: bool = False


def read_week(raw: JsonValue) -> WeekHours | None:
    """Read the days: one that is not listed is closed, and if none says anything no hours are listed.

    A day whose name can't be read may be any of those that are not listed, so they are unclear.
    """
    found: dict[str, list[_Timing]] = {}
    of_unread_days: list[str] = []
    for item in items_of(raw):
        fields = fields_of(item)
        name, timings = text_of(fields.get("day")), fields.get("facilityTimings")
        listed = timings if isinstance(timings, list) else [timings] if timings is not None else []
        told = [_timing(each) for each in listed[:_MOST_TIMINGS]]
        day = _day_name(name)
        if day is not None:
            found.setdefault(day, []).extend(told)
        else:
            of_unread_days += [f"{name} {text}".strip() for each in told if (text := _as_text(each))]
    unclear = [_Timing(as_listed=text) for text in of_unread_days]
    return _week([found.get(day, unclear)[:_MOST_TIMINGS] for day in _DAYS])


def _week(days: list[list[_Timing]]) -> WeekHours | None:
    timings = [timing for day in days for timing in day]
    # Midnight to midnight on one day may mean that it is closed; on all seven it is open day and night.
    day_and_night = all(any(timing.all_day for timing in day) for day in days)
    week = _week_of(tuple(_day(day, day_and_night=day_and_night) for day in days))
    says_something = any(day.openings or day.as_listed for day in week.days)
    return week if says_something or any(timing.says_closed for timing in timings) else None


def _day_name(text: str) -> str | None:
    """Return the day that a name or its beginning means."""
    name = text.upper().rstrip(".")
    return next((day for day in _DAYS if len(name) >= _SHORTEST_DAY and day.startswith(name)), None)


def _day(timings: Iterable[_Timing], *, day_and_night: bool) -> DayHours:
    openings: list[tuple[int, int]] = []
    as_listed: list[str] = []
    for timing in timings:
        if timing.all_day and day_and_night:
            openings.append((0, 0))
        elif timing.opening is not None:
            openings.append(timing.opening)
        elif timing.as_listed:
            as_listed.append(timing.as_listed)
    if _have_lost_their_halves(openings):
        as_listed += [_as_text(_Timing(opening=each)) for each in openings]
        openings.clear()
    return _day_of(tuple(sorted(openings)), tuple(as_listed))


# Facilities keep much the same hours: a week or a day that was made before is taken again.
@lru_cache(maxsize=256)
def _week_of(days: tuple[DayHours, ...]) -> WeekHours:
    return WeekHours(days=days)


@lru_cache(maxsize=256)
def _day_of(openings: tuple[tuple[int, int], ...], as_listed: tuple[str, ...]) -> DayHours:
    made = (Opening(opens=time(*divmod(opens, 60)), closes=time(*divmod(closes, 60))) for opens, closes in openings)
    return DayHours(openings=tuple(made), as_listed=as_listed)


def _timing(raw: JsonValue) -> _Timing:
    fields, text = fields_of(raw), _text(raw)
    if "CLOSED" in {text_of(each).upper() for each in (raw, fields.get("opensAt"), fields.get("closesAt"))}:
        return _Timing(says_closed=True)
    opens, closes = (_read_time(text_of(fields.get(name))) for name in ("opensAt", "closesAt"))
    if opens is None or closes is None:
        return _Timing(as_listed=text)
    if opens.minutes in {closes.minutes, _MIDNIGHT}:
        return _Timing(as_listed=text, all_day=opens.minutes == closes.minutes == 0)
    if _has_lost_its_half(opens, closes):
        return _Timing(as_listed=text)
    # A minute to midnight is how systems write the end of the day that have no 24:00.
    end = 0 if closes.minutes in {_MIDNIGHT, _MIDNIGHT - 1} else closes.minutes
    return _Timing(opening=(opens.minutes, end))


class _Time(NamedTuple):
    minutes: int
    """Since midnight; 24:00 is the end of the day."""
    has_half: bool
    """It says whether it is before noon."""


def _read_time(text: str) -> _Time | None:
    """Read a time of day, seconds left out."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes, half = int(found["hours"]), int(found["minutes"] or 0), found["half"]
    if minutes >= 60 or int(found["seconds"] or 0) >= 60 or hours * 60 + minutes > _MIDNIGHT:
        return None
    if half is None:
        return _Time(hours * 60 + minutes, has_half=False)
    if not 1 <= hours <= 12:
        return None
    return _Time(hours % 12 * 60 + minutes + (_NOON if half.upper() == "P" else 0), has_half=True)


def _has_lost_its_half(opens: _Time, closes: _Time) -> bool:
    """Tell whether a span ends before it begins and would be a day's work if its end were after noon."""
    if opens.has_half and closes.has_half:
        return False
    return 0 < closes.minutes < opens.minutes < _ONE_PM


def _have_lost_their_halves(openings: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a later stretch of a day comes before an earlier one, as 01:00 to 05:00 behind 08:00 to 12:00."""
    return list(openings) != sorted(openings) and all(0 < minutes < _ONE_PM for each in openings for minutes in each)


def _as_text(timing: _Timing) -> str:
    if timing.opening is None:
        return timing.as_listed
    return " - ".join(f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in timing.opening)


def _text(timing: JsonValue) -> str:
    if not isinstance(timing, dict):
        return text_of(timing)
    texts = [text_of(timing.get("opensAt")), text_of(timing.get("closesAt"))]
    return " - ".join(text or "?" for text in texts) if any(texts) else ""
