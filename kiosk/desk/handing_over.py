"""Giving parcels out at the desk: one, or several at once to one person. A single one is `leaving.hand_over`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kiosk.desk.leaving import Leaving
from kiosk.errors import KioskError
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import IdentityCheck


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
    """Several parcels for one person."""

    def __init__(self, journal: Journal, leaving: Leaving) -> None:
        self._journal = journal
        self._leaving = leaving

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
