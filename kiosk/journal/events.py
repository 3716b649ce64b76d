"""The facts that the journal holds: one past-tense class each, nothing about how they are stored.

No event holds a pickup code, a token or a secret. Fields named in `personal` are stored apart, so that they can be
forgotten without breaking the chain.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from kiosk.models.base import Value
from kiosk.models.contacts import Contact
from kiosk.models.lockers import LockerSize
from kiosk.models.operators import Repair, Role
from kiosk.models.parcels import Attention, Cause, HoldReason, Operation, UnitPlace, UnitProblem


class Event(Value):
    """Something that happened; to a parcel, where nothing else is said."""

    personal: ClassVar[frozenset[str]] = frozenset()
    """Names of the fields that tell something about a person."""


class ParcelTakenIn(Event):
    """A parcel was scanned and nobody here knew it."""

    tracking_number: str
    scanned: str


class ParcelFound(Event):
    """A unit holds a parcel that this journal did not know: another kiosk or the web took it in."""

    personal: ClassVar[frozenset[str]] = frozenset({"contact"})
    tracking_number: str
    contact: Contact | None
    place: UnitPlace
    reservation_expiry: datetime | None = None
    deposited: bool
    deposited_at: datetime | None = None
    deposit_expiry: datetime | None = None


class RecipientChosen(Event):
    """The clerk said for whom it is."""

    personal: ClassVar[frozenset[str]] = frozenset({"contact"})
    contact: Contact | None
    """None once the person was forgotten."""


class WriteAsked(Event):
    """A request is about to leave; recorded before it does."""

    intent_id: str
    owner: str
    operation: Operation
    place: UnitPlace
    expiry: datetime | None = None
    parcels: tuple[str, ...] = ()


class WriteTakenOver(Event):
    """A write that a dead process left open is now this process's to settle."""

    intent_id: str
    owner: str


class WriteDelayed(Event):
    """A deposit could not leave although the parcel is in; it is delivered when the line is back."""

    intent_id: str
    reason: str


class WriteRepeated(Event):
    """The same request is about to leave again, after a reading showed that it had not been done."""

    intent_id: str
    owner: str


class WriteFellInDoubt(Event):
    """A request left and no usable answer came: it may or may not have been done."""

    intent_id: str
    reason: str


class WriteFailed(Event):
    """A request was certainly not done: refused, or it never left."""

    intent_id: str
    operation: Operation
    reason: str


class UnitReserved(Event):
    """A unit is held for the parcel."""

    intent_id: str
    place: UnitPlace
    expiry: datetime | None = None


class ReservationLapsed(Event):
    """The server no longer holds a unit for the parcel, without our having freed it."""

    place: UnitPlace


class ParcelDeposited(Event):
    """The deposit is recorded at the server."""

    intent_id: str
    place: UnitPlace
    deposited_at: datetime | None = None
    deposit_expiry: datetime | None = None
    code_received: bool


class UnitFreed(Event):
    """The parcel's unit was given back."""

    intent_id: str
    place: UnitPlace


class ReservationExtended(Event):
    """The reservation holds until another time."""

    intent_id: str
    place: UnitPlace
    expiry: datetime


class ParcelFoundGone(Event):
    """The parcel's unit no longer holds it: it was collected, or taken out by an operator."""


class UnitReported(Event):
    """The clerk found something wrong at the door."""

    place: UnitPlace
    problem: UnitProblem


class PickupCodeSeen(Event):
    """The clerk confirmed that the code was shown or handed over; it is deleted with this."""


class PickupCodeExpired(Event):
    """The deposit's time was over before anybody saw the code; it is deleted with this."""


class ParcelHeld(Event):
    """The parcel was laid at a shelf place."""

    shelf: str
    reason: HoldReason
    size: LockerSize | None = None


class ParcelResumed(Event):
    """A held parcel is in the clerk's hands again."""


class AttentionRaised(Event):
    """Something about the parcel needs an operator."""

    attention: Attention


class AttentionClosed(Event):
    """Somebody looked into it."""

    cause: Cause
    reason: str


class ParcelCancelled(Event):
    """The intake was given up; the parcel is not in a locker."""


class RepairAsked(Event):
    """An operator is about to repair something; what came of it are the events that follow."""

    repair: Repair
    reason: str
    role: Role
    origin: str


class OperatorLoggedIn(Event):
    """Somebody opened the console. About no parcel."""

    role: Role
    origin: str


class OperatorLoggedOut(Event):
    """The console was closed, or its line dropped. About no parcel."""

    origin: str


class OperatorRefused(Event):
    """Somebody with a key, but without a role, asked for the console. About no parcel."""

    origin: str


class ReportRead(Event):
    """Somebody read the report without opening the console. About no parcel."""

    role: Role
    origin: str


EVENT_TYPES: dict[str, type[Event]] = {
    event.__name__: event
    for event in (
        ParcelTakenIn,
        ParcelFound,
        RecipientChosen,
        WriteAsked,
        WriteTakenOver,
        WriteDelayed,
        WriteRepeated,
        WriteFellInDoubt,
        WriteFailed,
        UnitReserved,
        ReservationLapsed,
        ParcelDeposited,
        UnitFreed,
        ReservationExtended,
        ParcelFoundGone,
        UnitReported,
        PickupCodeSeen,
        PickupCodeExpired,
        ParcelHeld,
        ParcelResumed,
        AttentionRaised,
        AttentionClosed,
        ParcelCancelled,
        RepairAsked,
        OperatorLoggedIn,
        OperatorLoggedOut,
        OperatorRefused,
        ReportRead,
    )
}
