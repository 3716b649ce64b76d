"""Parcels that can't go into a locker now: which shelf place they lie at, and how they go on. Needs no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import ShelfPlaceTakenError, WrongStateError
from kiosk.parcels.choosing import has_room
from kiosk.parcels.events import ParcelHeld, ParcelResumed
from kiosk.parcels.parcel import HoldReason, Parcel, ParcelState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.desk.lookup import BankView, Lookup
    from kiosk.journal.store import Actor, Journal
    from kiosk.parcels.contacts import Contact
    from kiosk.parcels.lockers import LockerSize

LONGEST_PLACE = 20
"""Characters of a shelf place's name; it must be legible on the label."""


class Holding:
    """The shelf."""

    def __init__(self, journal: Journal, lookup: Lookup) -> None:
        self._journal = journal
        self._lookup = lookup

    async def held(self) -> tuple[Parcel, ...]:
        """Return the parcels on the shelf, the oldest first."""
        return tuple(parcel for parcel in await self._journal.unfinished() if parcel.state is ParcelState.HELD)

    async def propose_place(self) -> str:
        """Return the lowest shelf place that is empty: S1, S2, ..."""
        taken = {parcel.shelf for parcel in await self.held()}
        return next(place for number in range(1, len(taken) + 2) if (place := f"S{number}") not in taken)

    async def hold(
        self, parcel: Parcel, shelf: str, reason: HoldReason, actor: Actor, *, size: LockerSize | None = None
    ) -> Parcel:
        """Record that the parcel lies at that shelf place; `size` is the locker size it waits for.

        Raises ShelfPlaceTakenError where another parcel lies there, WrongStateError where it is not in hand.
        """
        place = shelf.strip().upper()[:LONGEST_PLACE]
        if not place:
            raise ShelfPlaceTakenError("The shelf place needs a name.")
        return await self._journal.append(
            parcel.parcel_id, ParcelHeld(shelf=place, reason=reason, size=size), actor, only_if=_in_hand
        )

    async def resume(self, parcel: Parcel, actor: Actor) -> Parcel:
        """Take a parcel off the shelf; what was entered before is still there."""
        return await self._journal.append(
            parcel.parcel_id, ParcelResumed(), actor, only_if=lambda known: known.state is ParcelState.HELD
        )

    async def look_for_room(self) -> None:
        """Read the banks anew if a parcel waits for a locker; raises ApiError. Call it every few minutes at most."""
        if any(parcel.hold_reason in _WAITS_FOR_A_LOCKER for parcel in await self.held()):
            for bank in await self._lookup.banks():
                await self._lookup.bank(bank.locker_bank_id)

    def sees_no_room(self) -> bool:
        """Tell whether every bank was full when it was read last; False while none was read."""
        views = self._lookup.seen_banks()
        return bool(views) and not any(_has_room(None, view, None) for view in views)

    def with_room(self, parcels: Iterable[Parcel]) -> frozenset[str]:
        """Return the ids of the held parcels for which a unit was free when the banks were read last."""
        views = self._lookup.seen_banks()
        return frozenset(
            parcel.parcel_id
            for parcel in parcels
            if parcel.hold_reason in _WAITS_FOR_A_LOCKER
            and any(_has_room(parcel.wanted_size, view, parcel.contact) for view in views)
        )


_WAITS_FOR_A_LOCKER = {HoldReason.NO_UNIT, HoldReason.NO_NETWORK}


def _has_room(wanted: LockerSize | None, view: BankView, contact: Contact | None) -> bool:
    return any(has_room(view, each, contact) for each in view.sizes if wanted in {None, each.size})


def _in_hand(parcel: Parcel) -> bool:
    if parcel.open_write is not None:
        raise WrongStateError(f"The {parcel.open_write.operation.value} of this parcel is not confirmed yet.")
    return parcel.state in {ParcelState.TAKEN_IN, ParcelState.HELD}
