"""Which parcels are here, and how many: one count for every screen, page and report. Reads the journal only.

What a reading of a bank showed counts at once, also where nobody recorded it: a console changes nothing by looking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kiosk.clock import Clock
from kiosk.desk.lockers import Lockers
from kiosk.desk.observations import shown_by
from kiosk.journal import units
from kiosk.journal.store import Journal
from kiosk.parcels.fold import apply
from kiosk.parcels.listing import Count, count
from kiosk.parcels.parcel import Parcel


class Inside(NamedTuple):
    """The parcels that have a unit, in the order in which they came, and what readings show beyond the journal."""

    parcels: tuple[Parcel, ...]
    ended: dict[str, tuple[Parcel, Parcel]]
    """Those that left their unit without that being recorded: as the journal has them, and as they are."""

    def as_they_are(self, parcels: Iterable[Parcel]) -> tuple[Parcel, ...]:
        """Return those of the parcels that are here, as they are."""
        known = (self.ended.get(each.parcel_id, (each, each))[1] for each in parcels)
        return tuple(each for each in known if each.present)


class Presence:
    """The parcels that are here."""

    def __init__(self, journal: Journal, lockers: Lockers, clock: Clock) -> None:
        self._journal = journal
        self._lockers = lockers
        self._clock = clock

    async def inside(self) -> Inside:
        """Return what is in units, or on its way into one, by the journal and the latest readings."""
        inside = await units.in_units(self._journal.connection)
        now, ended = self._clock.now(), {}
        for read in self._lockers.readings():
            for parcel, shown in shown_by(read, inside):
                if shown.gone is not None:
                    ended[parcel.parcel_id] = (parcel, apply(parcel, shown.gone, at=now))
        found = Inside(tuple(each.parcel for each in inside), ended)
        return found._replace(parcels=tuple(each for each in found.as_they_are(found.parcels) if each.has_unit))

    async def count(self) -> Count:
        """Count the parcels that are here: all of them, however many there are."""
        by_state = Counter(await units.count_by_state(self._journal.connection))
        for before, after in (await self.inside()).ended.values():
            by_state[before.state] -= 1
            by_state[after.state] += after.present
        return count(by_state)
