"""What is personal goes: at once when a person is to be forgotten, by itself a while after a parcel's end.

The events stay, and their chain holds: only the fields that tell of a person are blanked.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from kiosk.desk.trusted_time import TrustedTime
from kiosk.errors import ParcelsPresentError, UnknownPersonError
from kiosk.journal.people import PeopleInJournal
from kiosk.journal.store import Journal
from kiosk.parcels.digests import contact_digest
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

    async def forget_as_others_did(self, digests: Collection[str], person: Person) -> frozenset[str]:
        """Forget those whom another desk forgot, by the digests of their ids; return the digests that are done with.

        Whoever still has a parcel here is forgotten another time. Raises StorageError and DirectoryError.
        """
        ids = {contact_digest(each): each for each in await self._known_ids(digests)} if digests else {}
        done = set(digests) - set(ids)
        for digest, contact_id in ids.items():
            with suppress(ParcelsPresentError):
                # Another process may have been faster.
                with suppress(UnknownPersonError):
                    await self.forget(contact_id, person)
                done.add(digest)
        return frozenset(done)

    async def _known_ids(self, digests: Collection[str]) -> frozenset[str]:
        """Return the ids, of all that this desk knows, whose digests these are."""
        wanted = frozenset(digests)
        listed = await self._directory.ids(lambda contact_id: contact_digest(contact_id) in wanted)
        told = await self._people.ids(lambda contact_id: contact_digest(contact_id) in wanted)
        return listed | told

    async def keep_to_the_time(self, person: Person) -> int:
        """Blank what is older than the setting allows; return of how many parcels. Called once a day."""
        before = self._time.now() - self._kept_for
        parcels = await self._people.forget_before(before, person)
        await self._directory.forget_unused(before, await self._people.present())
        return parcels
