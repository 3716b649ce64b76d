"""What is done with pickup codes in the journal: each in one transaction with the event that tells of it.

Where the codes themselves lie is in `codes.py`; how a further parcel in the unit ends one, in `unit_mates.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from hmac import compare_digest
from typing import NamedTuple

from pydantic import SecretStr

from kiosk.errors import WrongStateError
from kiosk.journal import codes, recording
from kiosk.journal.codes import KeptCode
from kiosk.journal.projection import read_parcel
from kiosk.journal.recording import Allowed, Stamp
from kiosk.journal.store import Journal
from kiosk.journal.unit_mates import in_unit
from kiosk.parcels.events import PickupCodeExpired, PickupCodeSeen, PickupCodeShownAgain
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.pickup_code import PickupCode


class CodesOfParcel(NamedTuple):
    """The pickup codes of a parcel, as they are at one moment."""

    parcel: Parcel
    waiting: PickupCode | None
    """Nobody has confirmed having seen it."""
    kept: PickupCode | None
    """It was seen, and can be shown again for a while."""
    inside: tuple[Parcel, ...]
    """What this journal has in the parcel's unit, itself among them."""


class CodeStore:
    """The pickup codes of one journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def of(self, parcel_id: str) -> CodesOfParcel | None:
        """Return a parcel's codes; None if there is no such parcel."""

        def work(database: sqlite3.Connection) -> CodesOfParcel | None:
            parcel = read_parcel(database, parcel_id)
            if parcel is None:
                return None
            inside = in_unit(database, parcel.place) if parcel.place else ()
            waiting, kept = codes.waiting(database, parcel_id), codes.kept(database, parcel_id)
            return CodesOfParcel(parcel, waiting, kept, inside)

        return await self._journal.connection.read(work)

    async def seen(
        self, parcel_id: str, shown: PickupCode | None, person: Person, *, keep_for: timedelta, allowed: Allowed
    ) -> Parcel:
        """Record that a code was seen; it waits no longer, and is kept for so long to be shown again.

        `shown` is what was on the screen, None where none came with the deposit. Raises WrongStateError where another
        code waits by now: that one stays.
        """

        def work(database: sqlite3.Connection, stamp: Stamp) -> Parcel:
            recording.check(database, parcel_id, allowed)
            # Read first: recording PickupCodeSeen deletes it.
            code = codes.waiting(database, parcel_id)
            if _intent(code) != _intent(shown):
                raise WrongStateError("code_replaced")
            parcel = recording.record(database, parcel_id, PickupCodeSeen(intent_id=_intent(code)), stamp)
            if code is not None and keep_for > timedelta(0):
                codes.keep(database, parcel_id, code, stamp.at, keep_for)
            return parcel

        return await self._journal.write(person, work)

    async def expired(self, parcel_id: str, person: Person, *, allowed: Allowed) -> Parcel:
        """Delete a code that nobody saw in its time; an item says so."""

        def work(database: sqlite3.Connection, stamp: Stamp) -> Parcel:
            recording.check(database, parcel_id, allowed)
            expired = PickupCodeExpired(intent_id=_intent(codes.waiting(database, parcel_id)))
            return recording.record(database, parcel_id, expired, stamp)

        return await self._journal.write(person, work)

    async def show_again(self, parcel_id: str, person: Person, *, allowed: Allowed) -> PickupCode | None:
        """Record that a code is shown again, and return it; None, and nothing recorded, where none is kept."""

        def work(database: sqlite3.Connection, stamp: Stamp) -> PickupCode | None:
            code = codes.kept(database, parcel_id)
            if code is not None:
                recording.check(database, parcel_id, allowed)
                recording.record(database, parcel_id, PickupCodeShownAgain(intent_id=code.intent_id), stamp)
            return code

        return await self._journal.write(person, work)

    async def parcel_of(self, typed: SecretStr) -> Parcel | None:
        """Return the parcel whose code this is; None where no code that waits or is kept is the same."""

        def work(database: sqlite3.Connection) -> Parcel | None:
            wanted = _compared(typed)
            # Every code is looked at, each in constant time: how long it takes tells nothing.
            found = [parcel_id for parcel_id, code in codes.every(database) if compare_digest(_compared(code), wanted)]
            return read_parcel(database, found[0]) if found else None

        return await self._journal.connection.read(work)

    async def kept(self) -> tuple[KeptCode, ...]:
        """Return for which parcels a code that was seen is kept, and until when."""
        return await self._journal.connection.read(codes.all_kept)

    async def drop(self, kept: Iterable[KeptCode]) -> None:
        """Delete kept codes; no byte of them is left in the file."""
        await self._journal.change(lambda database: codes.drop(database, kept))


def _compared(code: SecretStr) -> bytes:
    """Return a code as it is compared: as somebody may type it, in small letters or with blanks."""
    return "".join(code.get_secret_value().split()).upper().encode(errors="replace")


def _intent(code: PickupCode | None) -> str:
    return code.intent_id if code is not None else ""
