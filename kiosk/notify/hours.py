"""When notices may go out: not in quiet hours, and only on some days of the week. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from kiosk.settings.notices import Notices

_MINUTE = timedelta(minutes=1)


class Rules(NamedTuple):
    """What the recipients' clocks say when notices may go out."""

    zone: tzinfo | None
    """None: the machine's."""
    quiet_from: time
    quiet_until: time
    """The same as `quiet_from`: no time is quiet."""
    weekdays: frozenset[int]
    """As `date.weekday()` counts them; at least one."""

    def allow(self, at: datetime) -> bool:
        """Tell whether notices may go out at a moment."""
        local = at.astimezone(self.zone)
        return local.weekday() in self.weekdays and not self._is_quiet(local.time())

    def _is_quiet(self, now: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= now < self.quiet_until
        return now >= self.quiet_from or now < self.quiet_until


def rules_of(notices: Notices) -> Rules:
    """Return what the settings say."""
    days = frozenset(list(type(day)).index(day) for day in notices.weekdays)
    return Rules(notices.zone, notices.quiet_from, notices.quiet_until, days)


def next_open(rules: Rules, at: datetime) -> datetime:
    """Return the first moment, `at` itself or a full minute after it, at which notices may go out; UTC."""
    moment = at.astimezone(UTC)
    while not rules.allow(moment):
        moment = _next_change(rules, moment)
    return moment


def _next_change(rules: Rules, moment: datetime) -> datetime:
    """Return the next moment at which they might be allowed."""
    local = moment.astimezone(rules.zone)
    change = min(_wall_time_until(local, time(0)), _wall_time_until(local, rules.quiet_until))
    then = moment + change
    if then.astimezone(rules.zone).utcoffset() == local.utcoffset():
        return then
    # The clocks are set in between, so that a time of day may come twice or never.
    return moment.replace(second=0, microsecond=0) + _MINUTE


def _wall_time_until(local: datetime, when: time) -> timedelta:
    """Return how long it takes until a time of day comes, if nobody sets the clocks."""
    naive = local.replace(tzinfo=None)
    change = datetime.combine(naive.date(), when)
    return (change if change > naive else change + timedelta(days=1)) - naive
