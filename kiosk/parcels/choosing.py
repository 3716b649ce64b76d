"""Which unit of a bank is proposed for a parcel. Pure: nothing is asked or recorded here."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from kiosk.errors import NoFreeUnitError
from kiosk.parcels.parcel import UnitPlace

if TYPE_CHECKING:
    from collections.abc import Container

    from kiosk.desk.lookup import BankView
    from kiosk.parcels.contacts import Contact
    from kiosk.parcels.lockers import LockerSize, LockerUnit, SizeAvailability


def fitting_units(
    view: BankView, size: LockerSize, contact: Contact | None, *, out_of_reach: bool = False
) -> tuple[LockerUnit, ...]:
    """Return the free units of that size for this contact.

    Whoever needs one within reach gets no other, unless the clerk said so (`out_of_reach`); for everybody else those
    within reach come into question only when there are no others.
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
    return bool(availability.free or availability.some_free)


def choose_unit(  # noqa: PLR0913 - what it depends on, by name
    view: BankView,
    size: LockerSize,
    contact: Contact | None,
    kiosk: str,
    *,
    tried: Container[str] = frozenset(),
    out_of_reach: bool = False,
) -> UnitPlace:
    """Return the unit to ask for, or only the size where the bank tells no units; raises NoFreeUnitError."""
    bank_id, label = view.details.locker_bank_id, view.details.label
    if not view.details.locker_units:
        if any(each.size == size and (each.free == 0 or each.some_free is False) for each in view.sizes):
            raise NoFreeUnitError(f"{label} has no free locker of size {size}.")
        return UnitPlace(locker_bank_id=bank_id, locker_unit_id="", size=size)
    fitting = fitting_units(view, size, contact, out_of_reach=out_of_reach)
    free = [unit for unit in fitting if unit.locker_unit_id not in tried]
    if not free:
        reach = " within reach" if view.free_units(size) else ""
        raise NoFreeUnitError(f"{label} has no free locker of size {size}{reach}.")
    # Each kiosk starts at a place of its own, so that those that share a bank rarely ask for the same unit.
    unit = free[zlib.crc32(kiosk.encode()) % len(free)]
    return UnitPlace(locker_bank_id=bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)
