"""Which unit of a bank is proposed for a parcel, from the bank as it was read. Pure: nothing is asked here."""

from __future__ import annotations

import zlib
from collections.abc import Container
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerBankDetails, LockerSize, LockerUnit, SizeAvailability
from kiosk.parcels.parcel import UnitPlace

REPORT_HOLDS_FOR = timedelta(hours=24)
"""How long a unit that was found occupied or shut is not chosen."""


class BankView(NamedTuple):
    """A bank as it was at `read_at`, and the units that clerks reported."""

    details: LockerBankDetails
    sizes: tuple[SizeAvailability, ...]
    reported: frozenset[str]
    read_at: datetime

    def free_units(self, size: LockerSize) -> tuple[LockerUnit, ...]:
        """Return the units of that size that are free and that nobody reported."""
        return tuple(unit for unit in self.details.free_units(size) if unit.locker_unit_id not in self.reported)

    def has_any_room(self) -> bool:
        """Tell whether a unit of any size may be reserved, for whomever."""
        return any(each.free != 0 and each.some_free is not False for each in self.sizes)


def fitting_units(
    view: BankView, size: LockerSize, contact: Contact | None, *, out_of_reach: bool = False
) -> tuple[LockerUnit, ...]:
    """Return the free units of that size for this contact.

    A contact who needs a unit within reach gets no other, unless the clerk said so (`out_of_reach`); for everybody
    else those within reach come into question only when there are no others.
    """
    free = view.free_units(size)
    needs_reach = contact is not None and contact.accessible
    suited = tuple(unit for unit in free if unit.accessible == needs_reach)
    return suited if suited or (needs_reach and not out_of_reach) else free


def has_room(
    view: BankView, availability: SizeAvailability, contact: Contact | None, *, out_of_reach: bool = False
) -> bool:
    """Tell whether a unit of that size can be reserved, as far as the bank tells."""
    if view.details.locker_units:
        return bool(fitting_units(view, availability.size, contact, out_of_reach=out_of_reach))
    # An unknown count is no promise of room here, though `choose_unit` asks for such a size.
    return bool(availability.free or availability.some_free)


def choose_unit(
    view: BankView,
    size: LockerSize,
    contact: Contact | None,
    desk_name: str,
    *,
    without: Container[str] = frozenset(),
    out_of_reach: bool = False,
) -> UnitPlace | None:
    """Return the unit to ask for, or only the size where the bank tells no units; None where none is free.

    Units in `without` are not asked for: they were tried, or are not for this parcel.
    """
    bank_id = view.details.locker_bank_id
    # The service may list no units of a bank; then it has to choose one, and only a size can be asked for.
    if not view.details.locker_units:
        if any(each.size == size and (each.free == 0 or each.some_free is False) for each in view.sizes):
            return None
        return UnitPlace(locker_bank_id=bank_id, locker_unit_id="", size=size)
    fitting = fitting_units(view, size, contact, out_of_reach=out_of_reach)
    free = [unit for unit in fitting if unit.locker_unit_id not in without]
    if not free:
        return None
    # Each desk starts at a place of its own, so that those that share a bank rarely ask for the same unit.
    unit = free[zlib.crc32(desk_name.encode()) % len(free)]
    return UnitPlace(locker_bank_id=bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)
