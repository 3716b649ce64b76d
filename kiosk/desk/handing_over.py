"""Giving parcels out at the desk: by pickup code, and several at once to one person. One is `leaving.hand_over`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kiosk.desk.leaving import Leaving
from kiosk.desk.pickup_codes import PickupCodes
from kiosk.desk.scanning import Scans
from kiosk.errors import KioskError, UnreadableScanError
from kiosk.journal.store import Journal
from kiosk.parcels.base import LONGEST_PICKUP_CODE
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import IdentityCheck
from kiosk.tracking.codes import Code


class OpenedBy(NamedTuple):
    """What a pickup code means at the desk."""

    parcel: Parcel
    """The one that it opens."""
    may_be_new: bool
    """The same text can be the number of a parcel that is not here yet: a carrier's, or one of this mailroom."""


class NotGiven(NamedTuple):
    """A parcel that could not be recorded as given out, and why."""

    parcel: Parcel
    error: KioskError


class GivenOut(NamedTuple):
    """What became of parcels that were to be given out together."""

    given: tuple[Parcel, ...]
    """As they stand; the locker of one that is in doubt is given back later."""
    not_given: tuple[NotGiven, ...]


class HandingOver:
    """Which parcels somebody collects, and giving them out."""

    def __init__(self, journal: Journal, leaving: Leaving, scans: Scans, codes: PickupCodes) -> None:
        self._journal = journal
        self._leaving = leaving
        self._scans = scans
        self._codes = codes

    async def opened_by(self, code: Code) -> OpenedBy | None:
        """Return what a text means as a pickup code; None where it is none that waits or is kept here.

        What can only be a carrier's number is not compared, and the number of a parcel that is here is that parcel's.
        """
        if len(code) > LONGEST_PICKUP_CODE or code.is_certain:
            return None
        parcel = await self._codes.parcel_of(code)
        if parcel is None:
            return None
        try:
            scan = code.scan
        except UnreadableScanError:
            return OpenedBy(parcel, may_be_new=False)
        if await self._scans.known(scan) is not None:
            return None
        return OpenedBy(parcel, may_be_new=self._scans.is_number(scan))

    async def others_for(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """Return the other parcels that are here for the parcel's recipient, the oldest first; none while unknown.

        What is to leave with a carrier is not for them.
        """
        if parcel.contact is None:
            return ()
        here = await self._journal.here_for(parcel.contact.contact_id)
        return tuple(
            each for each in here if each.parcel_id != parcel.parcel_id and not (each.is_gone or each.is_outgoing)
        )

    async def give(
        self, parcels: Iterable[Parcel], to: str, checked: IdentityCheck, person: Person, *, signature: str = ""
    ) -> GivenOut:
        """Record that parcels were given out, one after the other: what fails with one holds no other back."""
        given: list[Parcel] = []
        not_given: list[NotGiven] = []
        for parcel in parcels:
            try:
                given.append(await self._leaving.hand_over(parcel, to, checked, person, signature=signature))
            except KioskError as error:
                not_given.append(NotGiven(parcel, error))
        return GivenOut(tuple(given), tuple(not_given))
