"""What is personal goes: at once when a person is to be forgotten, by itself a while after a parcel's end.

The events stay, and their chain holds: only the fields that tell of a person are blanked.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from kiosk.desk.trusted_time import TrustedTime
from kiosk.errors import UnknownPersonError
from kiosk.journal.people import PeopleInJournal
from kiosk.journal.store import Journal
from kiosk.parcels.people import Person
from kiosk.recipients.directory import Directory


class Forgotten(NamedTuple):
    """What was known of a person."""

    listed: bool
    """Stood in the directory."""
    parcels: int
    """Past parcels whose events told of the person."""


class Privacy:
    """Forgets people, and keeps to the time after which nothing personal is left (`days`)."""

    def __init__(self, journal: Journal, directory: Directory, time: TrustedTime, *, days: float) -> None:
        self._journal = journal
        self._people = PeopleInJournal(journal)
        self._directory = directory
        self._time = time
        self._kept_for = timedelta(days=days)

    async def forget(self, contact_id: str, person: Person) -> Forgotten:
        """Remove a person from the directory and blank their fields in the journal.

        Raises ParcelsPresentError while a parcel is here for them, UnknownPersonError where nothing was known.
        """
        # The journal first: it refuses while a parcel is here, and the directory must still know the person then.
        parcels = await self._people.forget(contact_id, person)
        listed = await self._directory.forget(contact_id)
        if not parcels and not listed:
            raise UnknownPersonError(contact_id=contact_id)
        if not parcels:
            await self._people.forget_listed(contact_id, person)
        return Forgotten(listed, parcels)

    async def keep_to_the_time(self, person: Person) -> int:
        """Blank what is older than the setting allows; return of how many parcels. Called once a day."""
        before = self._time.now() - self._kept_for
        parcels = await self._people.forget_before(before, person)
        await self._directory.forget_unused(before, await self._people.present())
        return parcels
