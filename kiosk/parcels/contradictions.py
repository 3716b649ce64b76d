"""What does not fit in what the service says of a unit, or between that and the journal: every odd combination. Pure.

A service may leave out flags, numbers and contacts: what it never tells contradicts nothing. Numbers of another desk in
a shared bank are no contradiction either. About a parcel of ours `findings.py` tells more, and it is recorded; what is
found here is only shown, and ends by itself. What is said of it is in `kiosk/words/contradictions.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import cache
from typing import Final, NamedTuple

from kiosk.parcels.lockers import LockerBankDetails, LockerUnit
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Contradiction
from kiosk.parcels.steps import Step


class Named(Enum):
    """Whom the service names as the unit's contact."""

    NOBODY = auto()
    SOMEBODY = auto()
    ANOTHER = auto()
    """Somebody else than the journal has for a parcel in it."""


class Recorded(Enum):
    """What the journal has in the unit."""

    NOTHING = auto()
    WAITING = auto()
    """Parcels that are not put in yet."""
    INSIDE = auto()
    """At least one that lies in it."""
    UNLISTED = auto()
    """At least one that the service does not list, while it lists others."""


class Told(NamedTuple):
    """What a service tells of the units of a bank at all, as far as the reading shows."""

    numbers: bool
    contacts: bool


class Unit(NamedTuple):
    """What counts of one unit: three flags, two lists, the contact, the journal."""

    in_service: bool | None
    reserved: bool | None
    occupied: bool | None
    lists_reserved: bool
    lists_deposited: bool
    contact: Named
    journal: Recorded
    told: Told

    @property
    def lists(self) -> bool:
        """Whether the service lists any number for it."""
        return self.lists_reserved or self.lists_deposited

    @property
    def is_held(self) -> bool:
        """Whether the service holds it for somebody, by any sign."""
        return bool(self.reserved or self.occupied) or self.lists

    @property
    def is_missed(self) -> bool:
        """Whether the journal has a parcel in it of which the service, that would tell, says nothing."""
        if self.journal in {Recorded.NOTHING, Recorded.UNLISTED}:
            return self.journal is Recorded.UNLISTED
        if self.lists:
            return False
        return self.told.numbers or self._looks_free

    @property
    def _looks_free(self) -> bool:
        tells = self.reserved is not None or self.occupied is not None
        return tells and not self.reserved and not self.occupied

    @property
    def is_unexplained(self) -> bool:
        """Whether no list and no journal knows a parcel of it; in a bank without lists a contact's name explains it."""
        is_anothers = self.contact is not Named.NOBODY and not self.told.numbers
        return not self.lists and self.journal is Recorded.NOTHING and not is_anothers


_ODD: Final[tuple[tuple[Contradiction, Callable[[Unit], bool]], ...]] = (
    (
        Contradiction.OUT_OF_SERVICE_IN_USE,
        lambda unit: unit.in_service is False and (unit.is_held or unit.journal is not Recorded.NOTHING),
    ),
    (Contradiction.EMPTY_BUT_LISTED, lambda unit: unit.occupied is False and unit.lists_deposited),
    (Contradiction.FREE_BUT_RESERVED, lambda unit: unit.reserved is False and unit.lists_reserved),
    (Contradiction.OCCUPIED_BY_NOTHING_KNOWN, lambda unit: bool(unit.occupied) and unit.is_unexplained),
    (Contradiction.RESERVED_FOR_NOTHING_KNOWN, lambda unit: bool(unit.reserved) and unit.is_unexplained),
    (Contradiction.NOT_AT_SERVICE, lambda unit: unit.is_missed),
    (Contradiction.FOR_SOMEBODY_ELSE, lambda unit: unit.contact is Named.ANOTHER),
    (
        Contradiction.DEPOSIT_NOT_AT_SERVICE,
        lambda unit: unit.journal is Recorded.INSIDE and unit.occupied is False and not unit.lists_deposited,
    ),
    (
        Contradiction.OCCUPIED_NOT_DEPOSITED,
        lambda unit: unit.journal is Recorded.WAITING and bool(unit.occupied) and not unit.lists_deposited,
    ),
    (
        Contradiction.FREE_BUT_SOMEBODYS,
        lambda unit: unit.contact is not Named.NOBODY and unit.reserved is False and not unit.is_held,
    ),
    (
        Contradiction.HELD_FOR_NOBODY,
        lambda unit: unit.contact is Named.NOBODY and unit.told.contacts and unit.is_held,
    ),
)
"""What is odd, the most telling first: of those that apply to a unit the first is said."""

MENDED_BY: Final[dict[Contradiction, tuple[Step, ...]]] = {
    Contradiction.OUT_OF_SERVICE_IN_USE: (Step.CHECK, Step.CLEAR, Step.RELEASE, Step.TAKE_OUT),
    Contradiction.EMPTY_BUT_LISTED: (Step.CHECK, Step.CLEAR, Step.TAKE_OUT),
    Contradiction.FREE_BUT_RESERVED: (Step.CHECK, Step.RELEASE, Step.TAKE_OUT),
    Contradiction.OCCUPIED_BY_NOTHING_KNOWN: (),
    Contradiction.RESERVED_FOR_NOTHING_KNOWN: (),
    Contradiction.NOT_AT_SERVICE: (Step.CHECK,),
    Contradiction.FOR_SOMEBODY_ELSE: (Step.CHECK, Step.CLEAR, Step.RELEASE, Step.TAKE_OUT),
    Contradiction.DEPOSIT_NOT_AT_SERVICE: (Step.CHECK, Step.RENEW_CODE, Step.CLEAR, Step.TAKE_OUT),
    Contradiction.OCCUPIED_NOT_DEPOSITED: (Step.DEPOSIT, Step.RELEASE, Step.TAKE_OUT),
    Contradiction.FREE_BUT_SOMEBODYS: (),
    Contradiction.HELD_FOR_NOBODY: (Step.CHECK, Step.CLEAR, Step.TAKE_OUT),
}
"""The steps that mend each with the parcel that the journal has there; none: somebody has to count the bank."""


@cache
def contradiction_in(unit: Unit) -> Contradiction | None:
    """Return what does not fit; None for what is normal. Kept: a large bank has the same few combinations again."""
    return next((code for code, is_odd in _ODD if is_odd(unit)), None)


def contradiction_of(unit: LockerUnit, parcels: Sequence[Parcel], told: Told) -> Contradiction | None:
    """Return what does not fit in a unit with what the journal has there; nothing while a request of it is open."""
    if any(parcel.open_write is not None for parcel in parcels):
        return None
    return contradiction_in(
        Unit(
            in_service=unit.unit_in_service,
            reserved=unit.unit_reserved,
            occupied=unit.unit_occupied,
            lists_reserved=bool(unit.parcels_reserved),
            lists_deposited=bool(unit.parcels_deposited),
            contact=_named(unit, parcels),
            journal=_recorded(unit, parcels),
            told=told,
        )
    )


def told_of(details: LockerBankDetails) -> Told:
    """Return what the service tells of this bank's units at all."""
    units = details.locker_units
    return Told(any(unit.numbers for unit in units), any(unit.contact_id for unit in units))


def _named(unit: LockerUnit, parcels: Sequence[Parcel]) -> Named:
    if not unit.contact_id:
        return Named.NOBODY
    contacts = {parcel.contact.contact_id for parcel in parcels if parcel.contact is not None}
    return Named.ANOTHER if contacts - {unit.contact_id} else Named.SOMEBODY


def _recorded(unit: LockerUnit, parcels: Sequence[Parcel]) -> Recorded:
    if not parcels:
        return Recorded.NOTHING
    if unit.numbers and any(not unit.is_known_by(parcel.tracking_number) for parcel in parcels):
        return Recorded.UNLISTED
    if any(parcel.is_in_locker for parcel in parcels):
        return Recorded.INSIDE
    return Recorded.WAITING
