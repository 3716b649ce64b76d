"""Whom the journal tells of, and how they are forgotten; how a row is blanked is in `kiosk/journal/forgetting.py`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial

from kiosk.journal import forgetting, recording
from kiosk.journal.recording import Stamp
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import OldParcelsBlanked, PersonForgotten
from kiosk.parcels.people import Person


class PeopleInJournal:
    """The people that the events and parcels of a journal tell of."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def forget(self, contact_id: str, person: Person) -> int:
        """Blank what past events and parcels tell of a contact; return of how many parcels.

        Raises ParcelsPresentError while one of them is here.
        """

        def work(database: sqlite3.Connection, stamp: Stamp) -> int:
            parcels = forgetting.forget_person(database, contact_id)
            if parcels:
                recording.append(database, None, PersonForgotten(parcels=parcels), stamp)
            return parcels

        return await self._journal.write(person, work)

    async def forget_listed(self, contact_id: str, person: Person) -> None:
        """Record that a contact was forgotten of whom the journal told nothing."""

        def work(database: sqlite3.Connection, stamp: Stamp) -> None:
            forgetting.let_centre_forget(database, contact_id)
            recording.append(database, None, PersonForgotten(parcels=0), stamp)

        await self._journal.write(person, work)

    async def forget_before(self, moment: datetime, person: Person) -> int:
        """Blank the personal fields of parcels that ended before then; return of how many parcels."""
        blanked, is_all = 0, False

        def work(database: sqlite3.Connection, stamp: Stamp) -> tuple[int, bool]:
            piece = forgetting.forget_piece(database, moment)
            if piece.parcels:
                # With each piece: what is blanked and what says so are on the disk together.
                event = OldParcelsBlanked(parcels=piece.parcels, ended_before=piece.ended_before)
                recording.append(database, None, event, stamp)
            return piece.parcels, piece.is_all

        while not is_all:
            more, is_all = await self._journal.write(person, work)
            blanked += more
        return blanked

    async def ids(self, wanted: Callable[[str], bool]) -> frozenset[str]:
        """Return the ids of those contacts whom the events tell of and for which `wanted` says so."""
        found: set[str] = set()
        behind: int | None = -1
        while behind is not None:
            # In pieces: a clerk's next event does not wait for ten years of them.
            piece = partial(forgetting.told_contacts, behind=behind)
            ids, behind = await self._journal.connection.read(piece)
            found |= {contact_id for contact_id in ids if wanted(contact_id)}
        return frozenset(found)

    async def present(self) -> frozenset[str]:
        """Return the ids of the contacts for whom a parcel is here."""
        return await self._journal.connection.read(forgetting.present_contacts)
