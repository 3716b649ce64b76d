"""Finds parcels of all desks, and what happened to one of them at every desk that had its number. Reads only."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from kiosk.fleet.centre import Centre
from kiosk.fleet.names import Names, Whose
from kiosk.fleet.records import COLUMNS, FleetRecord, in_one_order, record_of
from kiosk.parcels.digests import contact_digest
from kiosk.parcels.states import Finding, ParcelState

MOST_FOUND: Final = 100
"""Nobody reads further down a list; who finds as many types more of the number."""
MOST_EVENTS: Final = 2_000
LEAST_TYPED: Final = 4
"""Characters of a number from which on its beginning or end finds it; of fewer it has to be all."""
HIGHEST: Final = "\U0010ffff"
"""Makes of a text the last one that begins with it."""


class FleetParcel(NamedTuple):
    """A parcel as its desk last told of it."""

    desk: str
    site: str
    desk_name: str
    parcel_id: str
    tracking_number: str
    state: ParcelState | None
    """None where nobody here can tell."""
    in_doubt: bool
    findings: tuple[Finding, ...]
    whose: Whose
    bank: str
    unit: str
    size: str
    shelf: str
    since: datetime
    taken_in_at: datetime
    expiry: datetime | None

    @property
    def key(self) -> str:
        """Return what it is known by."""
        return f"{self.desk}:{self.parcel_id}"


async def find_parcels(centre: Centre, names: Names, text: str) -> tuple[FleetParcel, ...]:
    """Return the parcels whose numbers begin or end with a text, or whose contact has it as its id; the latest first.

    At most 100; raises FleetError.
    """
    code = "".join(text.split()).upper()
    if not code:
        return ()
    behind = HIGHEST if len(code) >= LEAST_TYPED else ""
    values = {
        "begins": code,
        "begins_to": code + behind,
        "ends": code[::-1],
        "ends_to": code[::-1] + behind,
        "contact": contact_digest(text.strip()),
        "most": MOST_FOUND,
    }
    return await parcels_of(names, await centre.rows(_FIND, values))


async def parcels_of(names: Names, rows: list[dict[str, Any]]) -> tuple[FleetParcel, ...]:
    """Return the parcels of some rows, with the names of their recipients; raises FleetError."""
    whose = await names.of(rows)
    return tuple(_parcel(row, each) for row, each in zip(rows, whose, strict=True))


async def history(centre: Centre, parcel: FleetParcel) -> tuple[FleetRecord, ...]:
    """Return what happened, at every desk, to parcels with a number of this one, the oldest first; raises FleetError.

    Of more than 2,000 events, the latest.
    """
    rows = await centre.rows(_HISTORY, {"desk": parcel.desk, "parcel_id": parcel.parcel_id, "most": MOST_EVENTS})
    return in_one_order(map(record_of, rows))


def _parcel(row: dict[str, Any], whose: Whose) -> FleetParcel:
    # A later program may know more states and findings than this one; what was left with a branch nobody can tell.
    is_known = row["state"] in set(ParcelState) and not row["left_behind"]
    state = ParcelState(row["state"]) if is_known else None
    return FleetParcel(
        row["desk"],
        row["site"],
        row["desk_name"],
        row["parcel_id"],
        row["tracking_number"],
        state,
        row["in_doubt"],
        tuple(Finding(each) for each in row["findings"] if each in set(Finding)),
        whose,
        row["bank"] or "",
        row["unit"] or "",
        row["size"] or "",
        row["shelf"] or "",
        row["since"],
        row["taken_in_at"],
        row["expiry"],
    )


PARCELS: Final = """
SELECT p.*, d.site, d.name AS desk_name FROM fleet.parcels p JOIN fleet.desks d ON d.desk = p.desk
"""
"""What `parcels_of` reads."""

_FIND: Final = f"""
WITH found AS (
    (SELECT desk, parcel_id FROM fleet.numbers WHERE number >= %(begins)s AND number <= %(begins_to)s
        ORDER BY number LIMIT %(most)s)
    UNION
    (SELECT desk, parcel_id FROM fleet.numbers WHERE backwards >= %(ends)s AND backwards <= %(ends_to)s
        ORDER BY backwards LIMIT %(most)s)
    UNION
    (SELECT desk, parcel_id FROM fleet.parcels WHERE contact = %(contact)s ORDER BY since DESC LIMIT %(most)s)
)
{PARCELS} JOIN found ON found.desk = p.desk AND found.parcel_id = p.parcel_id
ORDER BY p.since DESC, p.desk, p.parcel_id LIMIT %(most)s
"""

_HISTORY: Final = f"""
WITH had AS (
    SELECT DISTINCT n.desk, n.parcel_id FROM fleet.numbers n JOIN fleet.numbers own ON own.number = n.number
    WHERE own.desk = %(desk)s AND own.parcel_id = %(parcel_id)s
)
SELECT {COLUMNS} FROM had
JOIN fleet.events e ON e.desk = had.desk AND e.parcel_id = had.parcel_id
JOIN fleet.desks d ON d.desk = e.desk
ORDER BY e.at DESC LIMIT %(most)s
"""
