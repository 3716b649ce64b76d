"""What is said of a locker that contradicts itself: what does not fit, in a sentence, and what mends it."""

from __future__ import annotations

from typing import Final

from kiosk.parcels.states import Contradiction
from kiosk.words.language import N_, _

_COUNT = N_("Take stock of the bank: open the locker and scan what is in it.")

_SAID: Final[dict[Contradiction, tuple[str, str]]] = {
    Contradiction.EMPTY_BUT_LISTED: (
        N_("The locker service lists parcels in this locker, but reports it as empty."),
        N_("Check the locker. If the parcel on record is not in it, free the locker."),
    ),
    Contradiction.OCCUPIED_BY_NOTHING_KNOWN: (
        N_("The locker service reports this locker as occupied, but no parcel is on record for it."),
        _COUNT,
    ),
    Contradiction.FREE_BUT_RESERVED: (
        N_("The locker service lists a reservation for this locker, but reports it as not reserved."),
        N_("Check where the parcel is. If it is not to go into this locker, free the locker."),
    ),
    Contradiction.RESERVED_FOR_NOTHING_KNOWN: (
        N_("The locker service reports this locker as reserved, but names no parcel for it."),
        _COUNT,
    ),
    Contradiction.FREE_BUT_SOMEBODYS: (
        N_("The locker service reports this locker as free, but names a contact for it."),
        _COUNT,
    ),
    Contradiction.HELD_FOR_NOBODY: (
        N_("The locker service reports this locker as in use, but names nobody it is for."),
        N_("Check the locker. If the parcel on record is not in it, free the locker."),
    ),
    Contradiction.OUT_OF_SERVICE_IN_USE: (
        N_("This locker is out of service, but a parcel is on record for it."),
        N_("Have the locker opened, take the parcel out, and free the locker."),
    ),
    Contradiction.NOT_AT_SERVICE: (
        N_("This desk has a parcel in this locker that the locker service does not list there."),
        N_("Ask the locker service again where the parcel is."),
    ),
    Contradiction.DEPOSIT_NOT_AT_SERVICE: (
        N_("This desk has a parcel in this locker, but the locker service reports it as empty."),
        N_("Check the locker. If the parcel is in it, get a new pickup code; if not, free the locker."),
    ),
    Contradiction.OCCUPIED_NOT_DEPOSITED: (
        N_("Something is in this locker, but nobody recorded that its parcel was put in."),
        N_("Check the locker. If the parcel is in it, record that; if not, free the locker."),
    ),
    Contradiction.FOR_SOMEBODY_ELSE: (
        N_("This desk has a parcel in this locker for somebody else than the locker service names."),
        N_("Compare the label with the recipient, and take the parcel out if it is the wrong locker."),
    ),
}


def contradiction_sentence(contradiction: Contradiction) -> str:
    """Return what does not fit."""
    return _(_SAID[contradiction][0])


def how_to_mend(contradiction: Contradiction) -> str:
    """Return what to do about it."""
    return _(_SAID[contradiction][1])
