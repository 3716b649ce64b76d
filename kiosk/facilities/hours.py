"""Weekly opening hours and whether a place is open at a moment. Pure: no clock, no texts of the API, no words.

All hours are the place's own wall time. The published page gives no zone and no word on holidays
(https://docs.shippingapi.pitneybowes.com/api/post-carrier-facility.html), so both are judged elsewhere and handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import Field

from kiosk.parcels.base import Value

SOON_MINUTES: Final = 60
"""A place that closes in fewer minutes closes soon."""

_ENDLESS: Final = timedelta(days=7, hours=12)
"""Longer than any stretch of a week that ends, also when clocks go back in it."""
_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


class Opening(Value, defer_build=True):
    """One stretch of a day. One that doesn't close later than it opens ends on the next day; midnight ends a day."""

    opens: time
    closes: time

    @property
    def ends_next_day(self) -> bool:
        """Tell whether it ends on the day after; midnight, the end of its own day, counts as that."""
        return self.closes <= self.opens

    @property
    def is_all_day(self) -> bool:
        """Tell whether it lasts from midnight to midnight."""
        return self.opens == self.closes == time(0)


class DayHours(Value, defer_build=True):
    """One weekday; without openings it is closed."""

    openings: tuple[Opening, ...] = ()
    as_listed: tuple[str, ...] = ()
    """Timings that could not be read, as they came."""


class WeekHours(Value, defer_build=True):
    """Seven days, Monday first."""

    days: tuple[DayHours, ...] = Field(min_length=7, max_length=7)

    def on(self, day: date) -> DayHours:
        """Return the hours of a date, by its weekday."""
        return self.days[day.weekday()]


class Openness(StrEnum):
    """What can be said of a place at a moment."""

    OPEN = "open"
    CLOSED = "closed"
    UNCLEAR = "unclear"
    """Today's hours hold a text that could not be read, and the rest does not say that it is open."""
    NOT_LISTED = "not_listed"
    NO_ZONE = "no_zone"
    """The place's local time is not known."""


class OpenState(Value, defer_build=True):
    """Whether a place is open at a moment, and until or from when; all times aware, in the place's own zone."""

    openness: Openness
    at: datetime
    """The moment that was asked about; in UTC where the zone is not known."""
    closes_at: datetime | None = None
    """When the present stretch ends; None while closed, and where it never ends (`is_round_the_clock`)."""
    opens_at: datetime | None = None
    """When the next stretch begins; None while open, and where the listed hours don't say."""
    is_round_the_clock: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether it is surely open."""
        return self.openness is Openness.OPEN

    @property
    def minutes_left(self) -> int | None:
        """Whole minutes until it closes, the begun one not counted; None while closed or without an end."""
        if self.closes_at is None:
            return None
        # In UTC, because Python subtracts times of one zone by their wall clocks, whatever the clocks did between them.
        return int((self.closes_at.astimezone(UTC) - self.at.astimezone(UTC)) / timedelta(minutes=1))

    @property
    def closes_soon(self) -> bool:
        """Tell whether it is open for less than `SOON_MINUTES`."""
        return self.minutes_left is not None and self.minutes_left < SOON_MINUTES


def state_at(week: WeekHours | None, zone: ZoneInfo | None, now: datetime) -> OpenState:
    """Judge a week's hours at a moment; `week` None means that none are listed, `zone` None that it is not known."""
    if week is None:
        return OpenState(openness=Openness.NOT_LISTED, at=now.astimezone(zone or UTC))
    if zone is None:
        return OpenState(openness=Openness.NO_ZONE, at=now.astimezone(UTC))
    here = now.astimezone(zone)
    # Python compares times of one zone by their wall clocks, so an hour that comes twice would count as one.
    present = now.astimezone(UTC)
    for begin, end in _stretches(week, zone, here.date()):
        if end <= present:
            continue
        if begin <= present:
            round_the_clock = end - present >= _ENDLESS
            closes_at = None if round_the_clock else end.astimezone(zone)
            return OpenState(openness=Openness.OPEN, at=here, closes_at=closes_at, is_round_the_clock=round_the_clock)
        return _closed(week, here, begin.astimezone(zone))
    return _closed(week, here, None)


def is_open_in(minutes: int, week: WeekHours | None, zone: ZoneInfo | None, now: datetime) -> bool:
    """Tell whether it is surely open so many minutes from now."""
    return state_at(week, zone, now + timedelta(minutes=minutes)).is_open


def _closed(week: WeekHours, here: datetime, opens_at: datetime | None) -> OpenState:
    """Say that it is closed, as far as unreadable hours before the next opening allow that."""
    if week.on(here.date()).as_listed:
        return OpenState(openness=Openness.UNCLEAR, at=here)
    days = range(1, (opens_at.date() - here.date()).days + 1 if opens_at else 8)
    if any(week.on(here.date() + _DAY * number).as_listed for number in days):
        opens_at = None
    return OpenState(openness=Openness.CLOSED, at=here, opens_at=opens_at)


def _stretches(week: WeekHours, zone: ZoneInfo, today: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield when it is open in UTC, from yesterday on for nine days, in order; what touches is one."""
    begin = end = None
    # From yesterday, whose last stretch may reach into today, to a week and a day on: a stretch that is still open at
    # the end of that is taken to last for ever.
    for number in range(-1, 9):
        day = today + _DAY * number
        for opens, closes in sorted(_moments(opening, day, zone) for opening in week.on(day).openings):
            if opens == closes:  # it lies where clocks go forward, and does not take place
                continue
            if begin is not None and end is not None and opens <= end:
                end = max(end, closes)
                continue
            if begin is not None and end is not None:
                yield begin, end
            begin, end = opens, closes
    if begin is not None and end is not None:
        yield begin, end


def _moments(opening: Opening, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    last_day = day + _DAY if opening.ends_next_day else day
    return moment_of(day, opening.opens, zone), moment_of(last_day, opening.closes, zone)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the first moment (UTC) at which the wall clock of the zone shows this time, or has passed it.

    When clocks go forward some times never come: they count as the moment of the change. When clocks go back, some
    come twice: the first counts.
    """
    wall = datetime.combine(day, at, zone)
    moment = wall.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    # The time lies in the gap: with fold the offset after the change is used, so the change is between the two.
    before, after = wall.replace(fold=1).astimezone(UTC), moment
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
