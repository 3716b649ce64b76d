"""Locker banks, units, reservations and deposits in the words of the ParcelPoint API.

Requests are strict, answers tolerant; a field that no page documents is optional here.
Sources: the operation pages named in `kiosk/api/lockers.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from typing import Annotated, Any, NewType, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator

from kiosk.parcels.base import Answer, Timestamp, Value
from kiosk.parcels.states import ContactType, UnitState

LockerSize = NewType("LockerSize", str)
"""A size as the API names it. An unknown one is shown as it comes."""

SIZES = tuple(LockerSize(name) for name in ("small", "medium", "large", "mlarge"))
"""The documented sizes, in the API's own order (createReservation)."""


def size_order(size: LockerSize | None) -> tuple[int, str]:
    """Return a sort key that puts documented sizes first, in the API's order, then unknown ones by name."""
    return (SIZES.index(size), "") if size in SIZES else (len(SIZES), size or "")


def _known_contact_type(raw: Any) -> Any:
    # A kind that is new to us must not make the whole unit unreadable.
    return raw if isinstance(raw, str) and raw in set(ContactType) else None


AnsweredContactType = Annotated[ContactType | None, BeforeValidator(_known_contact_type)]


class ParcelReference(Answer):
    """One parcel as the API names it inside a unit."""

    tracking_number: str = Field(min_length=1)
    secondary_tracking_number: str | None = None


class LockerBank(Answer):
    """One bank; every field but the id is inferred from the documentation's wording."""

    locker_bank_id: str
    locker_bank_name: str = ""
    location_id: str = ""
    location_name: str = ""

    @property
    def label(self) -> str:
        """The name people use, or the id where there is none."""
        return self.locker_bank_name or self.locker_bank_id


class SizeAvailability(Answer):
    """How many units of a size are free in a bank; None where only "some" or nothing is known."""

    size: LockerSize
    free: int | None = None
    some_free: bool | None = None
    """Whether any is free, where the answer is a flag; follows from `free` where that is a number."""


class LockerUnit(Answer):
    """One door with its reservation and content, as both reservation reads show it (getReservation)."""

    locker_bank_id: str = ""
    locker_unit_id: str
    size: LockerSize | None = None
    accessible: bool = False
    unit_in_service: bool | None = None
    unit_reserved: bool | None = None
    unit_occupied: bool | None = None
    parcels_reserved: tuple[ParcelReference, ...] = ()
    parcels_deposited: tuple[ParcelReference, ...] = ()
    contact_id: str | None = None
    contact_type: AnsweredContactType = None
    contact_name: str = ""
    reservation_time: Timestamp = None
    reservation_expiry_time: Timestamp = None
    deposit_time: Timestamp = None
    deposit_expiry_time: Timestamp = None

    @property
    def state(self) -> UnitState:
        """The one word for this door. Nothing is called free unless the answer says so."""
        if self.unit_in_service is False:
            return UnitState.OUT_OF_SERVICE
        # Flags and lists can disagree; whichever says that there is something in it counts.
        if self.unit_occupied or self.parcels_deposited:
            return UnitState.OCCUPIED
        if self.unit_reserved or self.parcels_reserved:
            return UnitState.RESERVED
        # No page promises the flags: without either of them, empty lists are no proof that the unit is free.
        if self.unit_reserved is None and self.unit_occupied is None:
            return UnitState.UNKNOWN
        return UnitState.FREE

    @property
    def numbers(self) -> tuple[str, ...]:
        """All numbers that are reserved or deposited here, each once."""
        both = (*self.parcels_reserved, *self.parcels_deposited)
        return tuple(dict.fromkeys(parcel.tracking_number for parcel in both))

    def holds(self, tracking_number: str) -> bool:
        """Tell whether this number is reserved or deposited here."""
        return tracking_number in self.numbers

    def is_known_by(self, number: str) -> bool:
        """Tell whether one of its parcels has this number, as its first or second one."""
        parcels = (*self.parcels_reserved, *self.parcels_deposited)
        return any(number in {each.tracking_number, each.secondary_tracking_number} for each in parcels)

    def has_deposited(self, tracking_number: str) -> bool:
        """Tell whether this number was deposited here."""
        return any(tracking_number == parcel.tracking_number for parcel in self.parcels_deposited)

    def waits_for(self, tracking_number: str) -> bool:
        """Tell whether this number is reserved here and nothing says that it was deposited."""
        if not self.holds(tracking_number) or self.has_deposited(tracking_number):
            return False
        # A list of deposits that is in use names each one; without it, flag and time must say that the unit is empty.
        return bool(self.parcels_deposited) or not (self.unit_occupied or self.deposit_time)


class LockerBankDetails(LockerBank):
    """A bank with its units; empty where the answer held none."""

    locker_units: tuple[LockerUnit, ...] = ()

    def free_units(self, size: LockerSize | None = None) -> tuple[LockerUnit, ...]:
        """Return the free units, of one size or of all, in the bank's own order."""
        return tuple(
            unit for unit in self.locker_units if unit.state is UnitState.FREE and (size is None or unit.size == size)
        )

    def availability(self, *, without: Container[str] = ()) -> tuple[SizeAvailability, ...]:
        """Count the free units of each size that the bank has, in the API's order of sizes, `without` some units."""
        free = Counter(unit.size for unit in self.free_units() if unit.locker_unit_id not in without)
        unknown = {unit.size for unit in self.locker_units if unit.state is UnitState.UNKNOWN}
        sizes = sorted({unit.size for unit in self.locker_units if unit.size}, key=size_order)
        return tuple(
            # 0 would call a size full of which some units did not say how they are.
            SizeAvailability(size=size, free=None if size in unknown and not free[size] else free[size])
            for size in sizes
        )


class CreateReservationRequest(Value):
    """What createReservation takes. A unit id wins over a size; one of the two must be there."""

    user_id: str = Field(min_length=1)
    size: LockerSize | None = None
    locker_unit_id: str | None = None
    accessible: bool | None = None
    contact_id: str = Field(min_length=1)
    contact_type: ContactType
    tracking_number: str = Field(min_length=1)
    secondary_tracking_number: str | None = None
    reservation_expiry_time: Timestamp = None

    @model_validator(mode="after")
    def _size_or_unit(self) -> Self:
        if self.size is None and self.locker_unit_id is None:
            raise ValueError("size, lockerUnitId")
        return self


class CreateReservationAnswer(Answer):
    """What createReservation answers; the unit id is the truth, whatever was asked for."""

    locker_unit_id: str = Field(min_length=1)
    locker_bank_id: str = ""
    size: LockerSize | None = None
    contact_id: str | None = None
    contact_type: AnsweredContactType = None
    tracking_number: str | None = None
    secondary_tracking_number: str | None = None
    reservation_expiry_time: Timestamp = None
    accessible: bool | None = None


class FreeReservationAnswer(Answer):
    """What freeReservation answers; a unit that is still reserved holds other parcels."""

    locker_bank_id: str = ""
    locker_unit_id: str = ""
    unit_reserved: bool | None = None
    contact_id: str | None = None
    contact_type: AnsweredContactType = None
    parcels_reserved: tuple[ParcelReference, ...] = ()


class UpdateDepositAnswer(Answer):
    """What updateDeposit answers: for recipients the only sight of the pickup code."""

    locker_bank_id: str = ""
    locker_unit_id: str = ""
    user_id: str | None = None
    pickup_code: SecretStr | None = None
    deposit_time: Timestamp = None
    deposit_expiry_time: Timestamp = None
    parcels_deposited: tuple[ParcelReference, ...] = ()


class UpdateReservationAnswer(Answer):
    """What updateReservation answers."""

    locker_bank_id: str = ""
    locker_unit_id: str = ""
    user_id: str | None = None
    reservation_expiry_time: Timestamp = None
    parcels_reserved: tuple[ParcelReference, ...] = ()
