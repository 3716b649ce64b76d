"""Parcels that can't go into a locker now: which shelf place they lie at, and how they go on. Needs no network."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.desk.activity import Activity
from kiosk.desk.findings import still_held
from kiosk.desk.lockers import Lockers
from kiosk.desk.permission import allowed
from kiosk.desk.requests import WritePath
from kiosk.desk.writes.wanted import Wanted
from kiosk.errors import InDoubtError, NotFoundError, RefusedError, ShelfPlaceTakenError, WrongStateError
from kiosk.journal.home import WAITS_FOR_A_LOCKER, Need
from kiosk.journal.store import Journal
from kiosk.parcels.choosing import BankView, has_room
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import AttentionRaised, ParcelPutOnShelf, ParcelTakenOffShelf, ReservationLapsed
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation, ShelfReason
from kiosk.parcels.steps import Step

LONGEST_PLACE = 20
"""Characters of a shelf place's name; it must be legible on the label."""


class Shelf:
    """The shelf."""

    def __init__(self, journal: Journal, write_path: WritePath, lockers: Lockers, activity: Activity) -> None:
        self._journal = journal
        self._write_path = write_path
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

        A unit that is held for it is given back, now or, without a network, later. Raises ShelfPlaceTakenError where
        another parcel lies there or the place has no name.
        """
        # In capitals, so that "s1" and "S1" are not two places with one label.
        place = shelf.strip().upper()[:LONGEST_PLACE]
        if not place:
            raise ShelfPlaceTakenError("shelf_place_nameless")
        laid = ParcelPutOnShelf(shelf=place, reason=reason, size=size)
        if parcel.place is not None and parcel.is_reserved:
            return await self._out_of_unit(parcel, parcel.place, laid, person)
        may = allowed(Step.PUT_ON_SHELF, person)

        def look(known: Parcel) -> None:
            may(known)
            if known.has_unit:  # another process reserved a unit meanwhile
                raise WrongStateError("changed_meanwhile")

        return await self._journal.append(parcel.parcel_id, laid, person, allowed=look)

    async def _out_of_unit(self, parcel: Parcel, place: UnitPlace, laid: ParcelPutOnShelf, person: Person) -> Parcel:
        """Lay a parcel on the shelf that waits for its unit: it lies there whatever the network does."""
        try:
            wanted = Wanted(Operation.FREE, place)
            return await self._write_path.perform(parcel, wanted, person, Step.PUT_ON_SHELF, behind=laid)
        except NotFoundError:  # the unit was given back already
            lapsed = ReservationLapsed(place=place)
            return await self._journal.append(parcel.parcel_id, lapsed, person)
        except RefusedError:
            held = AttentionRaised(item=still_held(place))
            return await self._journal.append(parcel.parcel_id, held, person)
        except InDoubtError:
            now = await self._journal.parcel(parcel.parcel_id) or parcel
            if not now.is_on_shelf:
                raise
            return now

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
