"""What somebody has to look at: alarms of the centre, events that can't be read there, and parcels that do not fit.

An alarm is closed here, with a reason. What a desk found is closed at that desk: the centre changes nothing of its own.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from kiosk.fleet.centre import Centre
from kiosk.fleet.finding import PARCELS, FleetParcel, parcels_of
from kiosk.fleet.names import Names

MOST: Final = 200
"""Of each kind."""


class AlarmKind(StrEnum):
    """What of a desk's journal does not go on from what the centre has of it."""

    OLDER_COPY = "older_copy"
    ANOTHER_JOURNAL = "another_journal"
    CHAIN_BROKEN = "chain_broken"
    EVENT_CHANGED = "event_changed"


class Alarm(NamedTuple):
    """One alarm; a closed one says by whom and why."""

    desk: str
    site: str
    desk_name: str
    kind: str
    """An `AlarmKind`, unless a later program raised it."""
    sequence: int
    raised_at: datetime
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: str = ""

    @property
    def key(self) -> str:
        """Return what it is known by."""
        return f"{self.desk}:{self.kind}:{self.sequence}"


class ParkedEvent(NamedTuple):
    """An event that is stored as it came, and that the centre can't read."""

    desk: str
    site: str
    desk_name: str
    branch: int
    sequence: int
    sqlstate: str
    stored_at: datetime

    @property
    def key(self) -> str:
        """Return what it is known by."""
        return f"{self.desk}:{self.branch}:{self.sequence}"


class Concerns(NamedTuple):
    """Everything that somebody has to look at, each kind by its age."""

    alarms: tuple[Alarm, ...]
    """Those that are open first, then those closed last."""
    parked: tuple[ParkedEvent, ...]
    parcels: tuple[FleetParcel, ...]


async def concerns(centre: Centre, names: Names) -> Concerns:
    """Return what there is to look at; raises FleetError."""
    alarms = await centre.rows(_ALARMS, (MOST,))
    parked = await centre.rows(_PARKED, (MOST,))
    parcels = await centre.rows(_PARCELS, (MOST,))
    return Concerns(
        tuple(Alarm(**row) for row in alarms),
        tuple(ParkedEvent(**row) for row in parked),
        await parcels_of(names, parcels),
    )


async def close_alarm(centre: Centre, alarm: Alarm, person: str, reason: str) -> bool:
    """Close an alarm; False if somebody else did meanwhile. Raises FleetError."""
    return bool(await centre.call("close_alarm", alarm.desk, alarm.kind, alarm.sequence, person, reason))


_ALARMS: Final = """
SELECT a.desk, d.site, d.name AS desk_name, a.kind, a.sequence, a.raised_at, a.closed_at,
    coalesce(a.closed_by, '') AS closed_by, coalesce(a.reason, '') AS reason
FROM fleet.alarms a JOIN fleet.desks d ON d.desk = a.desk
ORDER BY a.closed_at IS NOT NULL, a.closed_at DESC, a.raised_at, a.desk LIMIT %s
"""
_PARKED: Final = """
SELECT e.desk, d.site, d.name AS desk_name, e.branch, e.sequence, e.parked AS sqlstate, e.stored_at
FROM fleet.events e JOIN fleet.desks d ON d.desk = e.desk
WHERE e.parked IS NOT NULL ORDER BY e.desk, e.sequence LIMIT %s
"""
_PARCELS: Final = f"""
{PARCELS} WHERE p.present AND (p.findings <> '{{}}' OR p.in_doubt) ORDER BY p.since, p.desk LIMIT %s
"""
