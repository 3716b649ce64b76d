"""Events of all desks as somebody reads them, and the one order of time they stand in. Values; asks nobody."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from heapq import merge
from typing import Any, Final, NamedTuple

from kiosk.journal.chain import join
from kiosk.parcels.events import Event
from kiosk.parcels.records import EventRecord, UnreadableEvent
from kiosk.parcels.registry import EVENTS

COLUMNS: Final = """
e.desk, e.branch, e.sequence, e.record, e.at, e.clock_offset, e.person, e.parcel_id, e.type, d.name, d.site,
(SELECT p.tracking_number FROM fleet.parcels p WHERE p.desk = e.desk AND p.parcel_id = e.parcel_id) AS tracking_number
"""
"""What `record_of` reads, of `fleet.events e` and `fleet.desks d`."""


class FleetRecord(NamedTuple):
    """One event of one desk."""

    site: str
    desk_name: str
    branch: int
    """A desk that was brought back from a backup goes on in another branch."""
    record: EventRecord
    clock_offset: timedelta
    """By how much the desk's clock was ahead; none where it was as good as right."""

    @property
    def happened_at(self) -> datetime:
        """Return when it happened by the centre's clock; `record.at` is by the desk's own."""
        return self.record.at - self.clock_offset

    @property
    def place(self) -> tuple[int, int]:
        """Return its place in the desk's chain."""
        return self.branch, self.record.sequence

    @property
    def key(self) -> str:
        """Return what it is known by."""
        return f"{self.record.desk}:{self.branch}:{self.record.sequence}"


def record_of(row: dict[str, Any]) -> FleetRecord:
    """Return the event of a row of the centre, without its personal fields."""
    event: Event
    kiosk, ahead = row["name"], timedelta(seconds=row["clock_offset"])
    try:
        fields = json.loads(row["record"])
        kiosk, event = str(fields[3]), join(EVENTS[row["type"]], fields[7], None)
    except (ValueError, KeyError, IndexError, TypeError):  # one bad event does not end the list
        event = UnreadableEvent(code=row["type"] or "")
    record = EventRecord(
        row["desk"],
        row["sequence"],
        row["at"] + ahead,
        kiosk,
        row["person"] or "",
        row["parcel_id"],
        row["tracking_number"] or "",
        event,
    )
    return FleetRecord(row["site"], row["name"], row["branch"], record, ahead)


def in_one_order(records: Iterable[FleetRecord]) -> tuple[FleetRecord, ...]:
    """Return events of several desks in the order in which they happened, the oldest first.

    What one desk recorded stays in its chain's order, even where its clock was set back in between.
    """
    chains: dict[str, list[FleetRecord]] = {}
    for each in sorted(records, key=lambda each: each.place):
        chains.setdefault(each.record.desk, []).append(each)
    # A merge takes each chain as it stands; only which of them goes on is decided by time.
    return tuple(merge(*chains.values(), key=lambda each: (each.happened_at, each.record.desk)))
