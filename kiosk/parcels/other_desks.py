"""What this desk knows of the others: their parcels as they last told of them, and what they found at doors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kiosk.parcels.base import Value
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import GONE, UnitPlace
from kiosk.parcels.states import ParcelState


class OtherParcel(Value):
    """A parcel of another desk."""

    desk: str
    """The id of the desk that has it."""
    desk_name: str
    site: str
    parcel_id: str
    tracking_number: str
    numbers: tuple[str, ...] = ()
    """All that find it, its own among them."""
    state: ParcelState
    contact: Contact | None = None
    place: UnitPlace | None = None
    shelf: str | None = None
    since: datetime
    """Since when it is where it is."""
    taken_in_at: datetime
    expiry: datetime | None = None
    in_doubt: bool = False

    @property
    def is_in_locker(self) -> bool:
        """Tell whether it lies in its unit."""
        return self.state is ParcelState.IN_LOCKER

    @property
    def is_on_shelf(self) -> bool:
        """Tell whether it lies at a shelf place."""
        return self.state is ParcelState.ON_SHELF

    @property
    def is_outgoing(self) -> bool:
        """Tell whether it is to leave with a carrier."""
        return self.state is ParcelState.OUTGOING

    @property
    def has_unit(self) -> bool:
        """Tell whether it is in a unit or on its way into one."""
        return self.state in {ParcelState.RESERVED, ParcelState.IN_LOCKER}

    @property
    def is_gone(self) -> bool:
        """Tell whether it came to its end."""
        return self.state in GONE


class OtherDesks(Protocol):
    """What the desk asks about the others. It answers from what was heard last, and never waits for the centre."""

    async def heard_at(self) -> datetime | None:
        """Return when the centre was last heard; None if it never was, or if this desk is on its own."""

    async def with_number(self, numbers: Sequence[str]) -> OtherParcel | None:
        """Return the parcel that is at another desk and that one of these numbers finds, the first that does."""

    async def of_contact(self, contact_id: str) -> tuple[OtherParcel, ...]:
        """Return what other desks have for a contact, the newest first."""

    async def in_bank(self, locker_bank_id: str) -> tuple[OtherParcel, ...]:
        """Return what other desks have in the units of a bank."""

    async def doubtful_units(self, locker_bank_id: str, since: datetime) -> frozenset[str]:
        """Return the ids of a bank's units that other desks found occupied or shut since then."""

    async def searched(self, text: str, limit: int) -> tuple[OtherParcel, ...]:
        """Return what other desks have that a number, its end, or the beginning of a name finds, the newest first."""


class NoOtherDesks:
    """A desk that is on its own."""

    async def heard_at(self) -> datetime | None:
        """Return that nobody was heard."""
        return None

    async def with_number(self, numbers: Sequence[str]) -> OtherParcel | None:  # noqa: ARG002 - as OtherDesks has it
        """Find nothing."""
        return None

    async def of_contact(self, contact_id: str) -> tuple[OtherParcel, ...]:  # noqa: ARG002 - the same
        """Find nothing."""
        return ()

    async def in_bank(self, locker_bank_id: str) -> tuple[OtherParcel, ...]:  # noqa: ARG002 - the same
        """Find nothing."""
        return ()

    async def doubtful_units(self, locker_bank_id: str, since: datetime) -> frozenset[str]:  # noqa: ARG002 - the same
        """Doubt nothing."""
        return frozenset()

    async def searched(self, text: str, limit: int) -> tuple[OtherParcel, ...]:  # noqa: ARG002 - the same
        """Find nothing."""
        return ()
