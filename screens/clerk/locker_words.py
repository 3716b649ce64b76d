"""How lockers that can be chosen read on the locker screen: words only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.parcels.choosing import fitting_units

if TYPE_CHECKING:
    from kiosk.desk.open_lockers import OpenLocker
    from kiosk.parcels.choosing import BankView
    from kiosk.parcels.contacts import Contact
    from kiosk.parcels.lockers import SizeAvailability


def room_words(view: BankView, availability: SizeAvailability, contact: Contact | None) -> str:
    """Return how many lockers of a size there are for this contact, or what else the bank tells."""
    if view.details.locker_units and availability.free is not None:
        if contact is not None and contact.accessible:
            within_reach = len(fitting_units(view, availability.size, contact))
            return f"{within_reach} in reach" if within_reach else "none in reach"
        free = len(view.free_units(availability.size))
        return f"{free} free" if free else "full"
    if availability.free is not None:
        return f"{availability.free} free" if availability.free else "full"
    return {True: "some free", False: "full", None: "unknown"}[availability.some_free]


def inside_words(locker: OpenLocker) -> str:
    """Return how full the recipient's locker is, as far as it is known: `2 inside`."""
    if locker.inside:
        return f"{len(locker.inside)} inside"
    return f"{len(locker.on_their_way)} on the way"


def add_words(locker: OpenLocker) -> str:
    """Return the words on the key that adds to it."""
    return f"Add to locker {locker.place.locker_unit_id} ({inside_words(locker)})"


def has_words(locker: OpenLocker, name: str, bank_label: str) -> str:
    """Return that the recipient has a locker; `bank_label` where it is in another bank than the one shown."""
    where = f" in {bank_label}" if bank_label else ""
    return f"{name} has locker {locker.place.locker_unit_id}{where} already ({inside_words(locker)})."
