"""Parcels that can't go into a locker now: which shelf place they lie at, and how they go on. Needs no network."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.desk.activity import Activity
from kiosk.desk.lockers import Lockers
from kiosk.desk.permission import allowed
from kiosk.errors import ShelfPlaceTakenError
from kiosk.journal.home import WAITS_FOR_A_LOCKER, Need
from kiosk.journal.store import Journal
from kiosk.parcels.choosing import BankView, has_room
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelPutOnShelf, ParcelTakenOffShelf
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import ShelfReason
from kiosk.parcels.steps import Step

LONGEST_PLACE = 20
"""Characters of a shelf place's name; it must be legible on the label."""


class Shelf:
    """The shelf."""

    def __init__(self, journal: Journal, lockers: Lockers, activity: Activity) -> None:
        self._journal = journal
        self._lockers = lockers
        self._activity = activity

    async def parcels(self) -> tuple[Parcel, ...]:
        """Return the parcels on the shelf, the oldest first."""
        return tuple(parcel for parcel in await self._journal.unfinished() if parcel.is_on_shelf)

    async def propose_place(self) -> str:
        """Return the lowest shelf place that is empty: S1, S2, ..."""
        # By its shelf, as the journal compares them, and not by whether it lies there.
        taken = {parcel.shelf for parcel in await self._journal.unfinished() if parcel.shelf is not None}
        # One more name than places taken: at least one of them is empty.
        return next(place for number in range(1, len(taken) + 2) if (place := f"S{number}") not in taken)

    async def put_on(
        self, parcel: Parcel, shelf: str, reason: ShelfReason, person: Person, *, size: LockerSize | None = None
    ) -> Parcel:
        """Record that the parcel lies at that shelf place; `size` is the locker size it waits for.

        Raises ShelfPlaceTakenError where another parcel lies there or the place has no name.
        """
        # In capitals, so that "s1" and "S1" are not two places with one label.
        place = shelf.strip().upper()[:LONGEST_PLACE]
        if not place:
            raise ShelfPlaceTakenError("shelf_place_nameless")
        laid, may = ParcelPutOnShelf(shelf=place, reason=reason, size=size), allowed(Step.PUT_ON_SHELF, person)
        return await self._journal.append(parcel.parcel_id, laid, person, allowed=may)

    async def take_off(self, parcel: Parcel, person: Person) -> Parcel:
        """Take a parcel off the shelf; what was entered before is still there."""
        may = allowed(Step.TAKE_OFF_SHELF, person)
        return await self._journal.append(parcel.parcel_id, ParcelTakenOffShelf(), person, allowed=may)

    async def look_for_room(self) -> None:
        """Read the banks anew if a parcel waits for a locker; raises ApiError. Call it every few minutes at most."""
        if any(parcel.shelf_reason in WAITS_FOR_A_LOCKER for parcel in await self.parcels()):
            for bank in await self._lockers.banks():
                await self._lockers.bank(bank.locker_bank_id)

    def sees_no_room(self) -> bool:
        """Tell whether every bank was full when it was read last; False while none was read."""
        views = self._lockers.seen_banks()
        return bool(views) and not any(_has_room(None, view, None) for view in views)

    def has_room(self, need: Need) -> bool:
        """Tell whether a unit was free for what a parcel waits for when the banks were read last.

        None is while there is no connection: then no unit can be reserved.
        """
        if self._activity.is_down:
            return False
        contact = Contact(contact_id="anybody", name="", accessible=True) if need.accessible else None
        return any(_has_room(need.size or None, view, contact) for view in self._lockers.seen_banks())

    def with_room(self, parcels: Iterable[Parcel]) -> frozenset[str]:
        """Return the ids of the parcels that wait for a unit while one is free for them."""
        return frozenset(
            parcel.parcel_id
            for parcel in parcels
            if parcel.shelf_reason in WAITS_FOR_A_LOCKER
            and self.has_room(Need(parcel.wanted_size or "", parcel.contact is not None and parcel.contact.accessible))
        )


def _has_room(wanted: str | None, view: BankView, contact: Contact | None) -> bool:
    return any(has_room(view, each, contact) for each in view.sizes if wanted in {None, each.size})
