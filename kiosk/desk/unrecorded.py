"""Parcels that were put into a unit in which the service does not have them: only a person can say where one is."""

from __future__ import annotations

from kiosk.desk.permission import allowed
from kiosk.journal.store import Journal
from kiosk.parcels.events import CollectionNoted, ParcelTakenBack
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.steps import Step


class Unrecorded:
    """What a person says of such a parcel; what was to be looked into about its unit is settled by it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def take_back(self, parcel: Parcel, person: Person) -> Parcel:
        """Record that the parcel is in somebody's hands again; raises what `permission.allowed` says."""
        may = allowed(Step.TAKE_BACK, person)
        return await self._journal.append(parcel.parcel_id, ParcelTakenBack(), person, allowed=may)

    async def note_collected(self, parcel: Parcel, person: Person) -> Parcel:
        """Record that the parcel was collected; raises what `permission.allowed` says."""
        may = allowed(Step.NOTE_COLLECTED, person)
        return await self._journal.append(parcel.parcel_id, CollectionNoted(), person, allowed=may)
