"""How full the banks of all desks are, and how many parcels each site took in an hour. Reads only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from kiosk.fleet.centre import Centre

HOURS: Final = 24


class BankUse(NamedTuple):
    """A bank, as the desk said that came last of those which stand at it."""

    bank: str
    label: str
    site: str
    desk_name: str
    told_at: datetime
    units: int
    free: int


class SiteHours(NamedTuple):
    """How many parcels a site took in in each of the last 24 hours, the oldest first; the last one has just begun."""

    site: str
    begins_at: datetime
    taken_in: tuple[int, ...]


async def bank_use(centre: Centre) -> tuple[BankUse, ...]:
    """Return every bank by site and name; raises FleetError."""
    told = await centre.rows(
        "SELECT site, name, seen_at, banks FROM fleet.desks WHERE seen_at IS NOT NULL ORDER BY seen_at"
    )
    # Several desks can stand at one bank: the one that came last knows best.
    latest = {use.bank: use for row in told for each in row["banks"] if (use := _use(row, each)) is not None}
    return tuple(sorted(latest.values(), key=lambda use: (use.site, use.label, use.bank)))


async def labels(centre: Centre) -> dict[str, str]:
    """Return the names of banks as people say them, by id; raises FleetError."""
    return {use.bank: use.label for use in await bank_use(centre)}


async def parcels_by_hour(centre: Centre, now: datetime) -> tuple[SiteHours, ...]:
    """Return the last day of each site that has a desk; raises FleetError."""
    begins_at = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    rows = await centre.rows(_HOURS, {"begins_at": begins_at})
    counted: dict[str, list[int]] = {}
    for row in rows:
        hours = counted.setdefault(row["site"], [0] * HOURS)
        at = int((row["hour"] - begins_at) / timedelta(hours=1)) if row["hour"] else -1
        # The clock of a desk may be ahead.
        if 0 <= at < HOURS:
            hours[at] += row["events"]
    return tuple(SiteHours(site, begins_at, tuple(hours)) for site, hours in sorted(counted.items()))


def _use(row: dict[str, Any], told: object) -> BankUse | None:
    """Return a bank as a desk told of it; None for what is none."""
    match told:
        case {"lockerBankId": str(bank), "label": str(label), "units": int(units), "free": int(free)}:
            return BankUse(bank, label or bank, row["site"], row["name"], row["seen_at"], units, free)
        case _:
            return None


_HOURS: Final = """
SELECT d.site, h.hour, sum(h.events) AS events FROM fleet.desks d
LEFT JOIN fleet.hours h ON h.desk = d.desk AND h.type = 'parcel_taken_in' AND h.hour >= %(begins_at)s
GROUP BY d.site, h.hour
"""
