"""How each desk stands, as the centre knows it: is it here, how old is what is known, what waits. Reads only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from kiosk.fleet.centre import Centre

AWAY_AFTER: Final = timedelta(minutes=3)
"""A desk that is here says so once a minute."""
MOST_OFFSET: Final = timedelta(minutes=2)
"""How far a desk's clock may be off before somebody is told."""


class Standing(NamedTuple):
    """A desk as it stands."""

    desk: str
    site: str
    name: str
    seen_at: datetime | None
    """When it was here last; None if it never was."""
    stored_at: datetime
    """When its newest event was stored."""
    is_away: bool
    clock_offset: timedelta | None
    """By how much its clock is ahead."""
    program: str
    events: int
    """The number of its newest event that is stored."""
    waiting: int
    """How many more it had when it came last."""
    parked: int
    """Events that were stored and can't be read."""
    alarms: int
    to_look_at: int
    """Parcels with findings, or in doubt."""
    here: int
    """Parcels that are there."""

    @property
    def is_clock_off(self) -> bool:
        """Tell whether its clock has to be put right."""
        return self.clock_offset is not None and abs(self.clock_offset) > MOST_OFFSET

    @property
    def known_at(self) -> datetime:
        """Return of when it is what is known of it."""
        return max(self.seen_at, self.stored_at) if self.seen_at else self.stored_at

    @property
    def is_pressing(self) -> bool:
        """Tell whether somebody has to look at the desk itself."""
        return bool(self.alarms or self.parked or self.is_clock_off or self.is_away)


async def standings(centre: Centre) -> tuple[Standing, ...]:
    """Return every desk that may be seen, by site and name; raises FleetError."""
    rows = await centre.rows(_QUERY, {"away_after": AWAY_AFTER})
    return tuple(_standing(row) for row in rows)


def _standing(row: dict[str, Any]) -> Standing:
    offset = row["clock_offset"]
    return Standing(**{**row, "clock_offset": None if offset is None else timedelta(seconds=offset)})


# Each count is taken once for all desks, off an index that has nothing else in it.
_QUERY: Final = """
SELECT d.desk, d.site, d.name, d.seen_at, h.stored_at, d.clock_offset, coalesce(d.program, '') AS program,
    h.sequence AS events, greatest(d.told - h.sequence, 0) AS waiting,
    coalesce(d.seen_at < clock_timestamp() - %(away_after)s, true) AS is_away,
    coalesce(parked.count, 0) AS parked, coalesce(alarms.count, 0) AS alarms,
    coalesce(to_look_at.count, 0) AS to_look_at, coalesce(here.count, 0) AS here
FROM fleet.desks d JOIN fleet.heads h ON h.desk = d.desk
LEFT JOIN (SELECT desk, count(*) FROM fleet.events WHERE parked IS NOT NULL GROUP BY desk) AS parked
    ON parked.desk = d.desk
LEFT JOIN (SELECT desk, count(*) FROM fleet.alarms WHERE closed_at IS NULL GROUP BY desk) AS alarms
    ON alarms.desk = d.desk
LEFT JOIN (
    SELECT desk, count(*) FROM fleet.parcels WHERE present AND (findings <> '{}' OR in_doubt) GROUP BY desk
) AS to_look_at ON to_look_at.desk = d.desk
LEFT JOIN (SELECT desk, count(*) FROM fleet.parcels WHERE present GROUP BY desk) AS here ON here.desk = d.desk
ORDER BY d.site, d.name, d.desk
"""
