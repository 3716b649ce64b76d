"""The facts that the journal holds about parcels: one past-tense class each; its code is in `registry.py`.

No event holds a sentence, a pickup code, a token or a secret.
"""

from __future__ import annotations

from typing import ClassVar

from kiosk.parcels.base import KnownTime, Value
from kiosk.parcels.carriers import Carrier
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import AttentionItem, Cause, UnitPlace
from kiosk.parcels.states import Finding, NumberQuestion, Operation, Role, ShelfReason, UnitProblem
from kiosk.parcels.steps import Step


class Event(Value):
    """Something that happened: to a parcel, or to the desk (`desk_events.py`)."""

    personal: ClassVar[frozenset[str]] = frozenset()
    """Names of the fields that tell of a person: stored apart, they can be forgotten without breaking the chain."""


class ParcelTakenIn(Event):
    """A parcel was scanned and nobody here knew it."""

    tracking_number: str
    scanned: str
    carrier: Carrier | None = None
    question: NumberQuestion | None = None
    readings: tuple[str, ...] = ()  # what other carriers would read in the same barcode


class CodeAdded(Event):
    """Another barcode of the same box was scanned; from now on it finds the parcel."""

    scanned: str
    code: str
    readings: tuple[str, ...] = ()


class CodeTakenOff(Event):
    """A barcode belongs to another box after all."""

    code: str
    readings: tuple[str, ...] = ()


class ParcelJoined(Event):
    """The parcel's barcode is on the same box as another parcel's: from now on it finds that one."""

    to: str


class NumberChosen(Event):
    """It is settled which number is the parcel's; the one before goes on finding it."""

    tracking_number: str
    carrier: Carrier | None = None
    scanned: str | None = None
    """The barcode it was read from, where that is another one than before."""
    question: NumberQuestion | None = None


class ParcelFound(Event):
    """A unit holds a parcel that this journal did not know: another kiosk or the web took it in."""

    personal: ClassVar[frozenset[str]] = frozenset({"contact"})
    tracking_number: str
    contact: Contact | None
    place: UnitPlace
    reservation_expiry: KnownTime = None
    deposited: bool
    deposited_at: KnownTime = None
    deposit_expiry: KnownTime = None


class RecipientChosen(Event):
    """The clerk said for whom it is."""

    personal: ClassVar[frozenset[str]] = frozenset({"contact"})
    contact: Contact | None
    """None where a slip was undone, and once the person was forgotten."""


class RecipientRead(Event):
    """Nobody in the directory fits: this is the name as it was read off the label."""

    personal: ClassVar[frozenset[str]] = frozenset({"name"})
    name: str | None


class WriteAsked(Event):
    """A request is about to leave; recorded before it does. With `ends_intake` the parcel is given up with its unit."""

    intent_id: str
    owner: str
    user_id: str = ""
    """As whom it is written; empty in what version 0.1 recorded."""
    operation: Operation
    place: UnitPlace
    expiry: KnownTime = None
    parcels: tuple[str, ...] = ()
    ends_intake: bool = False


class WriteTakenOver(Event):
    """A write that a dead process left open is now this process's to settle."""

    intent_id: str
    owner: str


class WriteDelayed(Event):
    """A write could not leave that only says where the parcel is already; it is delivered when the line is back."""

    intent_id: str
    cause: Cause


class WriteRepeated(Event):
    """The same request is about to leave again: a reading showed that it was not done, or its answer is missed."""

    intent_id: str
    owner: str
    was_done: bool = False
    """The reading showed that it was done."""


class WriteFellInDoubt(Event):
    """A request left and no usable answer came: it may or may not have been done."""

    intent_id: str
    cause: Cause


class WriteFailed(Event):
    """A request was certainly not done: refused, or it never left."""

    intent_id: str
    operation: Operation
    cause: Cause


class UnitReserved(Event):
    """A unit is held for the parcel."""

    intent_id: str
    place: UnitPlace
    expiry: KnownTime = None


class ReservationLapsed(Event):
    """The server no longer holds a unit for the parcel, without our having freed it."""

    place: UnitPlace


class ParcelDeposited(Event):
    """The deposit is recorded at the server."""

    intent_id: str
    place: UnitPlace
    deposited_at: KnownTime = None
    deposit_expiry: KnownTime = None
    code_received: bool


class ParcelLeftUnrecorded(Event):
    """It was put into a unit, and the service does not have it there."""

    place: UnitPlace


class ParcelTakenBack(Event):
    """A parcel that was put in unrecorded, or was to leave with a carrier, is in somebody's hands again."""


class CollectionNoted(Event):
    """Somebody said that a parcel which was put in unrecorded was collected."""


class DepositExtended(Event):
    """The service was found to keep the deposit until a later time than is known here."""

    expiry: KnownTime


class UnitFreed(Event):
    """The parcel's unit was given back."""

    intent_id: str
    place: UnitPlace


class ReservationExtended(Event):
    """The reservation holds until another time."""

    intent_id: str
    place: UnitPlace
    expiry: KnownTime


class ParcelFoundGone(Event):
    """The parcel's unit no longer holds it: it was collected, or taken out by an operator."""


class UnitReported(Event):
    """The clerk found something wrong at the door."""

    place: UnitPlace
    problem: UnitProblem


class AboutCode(Event):
    """Something that happened to a pickup code, which is known by the deposit that brought it."""

    intent_id: str = ""
    """Empty in older events, and where no code came with the deposit."""


class PickupCodeSeen(AboutCode):
    """The clerk confirmed that the code was shown or handed over; it waits no longer."""


class PickupCodeShownAgain(AboutCode):
    """Somebody had a code shown again that had been seen before."""


class PickupCodeExpired(AboutCode):
    """The deposit's time was over before anybody saw the code; it is deleted with this."""


class PickupCodeReplaced(AboutCode):
    """A further parcel was deposited in the unit: its code counts for all, this parcel's is deleted with this."""

    by_parcel_id: str


class PickupCodeHandedOver(AboutCode):
    """The parcel whose deposit brought the unit's code left it: the code waits with this one now."""

    from_parcel_id: str
    deposit_expiry: KnownTime = None


class ParcelPutOnShelf(Event):
    """The parcel was laid at a shelf place."""

    shelf: str
    reason: ShelfReason
    size: LockerSize | None = None


class ParcelTakenOffShelf(Event):
    """The parcel is in the clerk's hands again."""


class AttentionRaised(Event):
    """Something about the parcel needs an operator."""

    item: AttentionItem


class AttentionClosed(Event):
    """Somebody looked into it."""

    finding: Finding
    reason: str


class ParcelCancelled(Event):
    """The intake was given up; the parcel is not in a locker."""


class WrongRecipientNoticed(Event):
    """The parcel lies in the wrong person's unit and is about to be taken out."""


class ParcelMovedOn(Event):
    """The parcel left the wrong person's unit; it goes on, with what was to be looked into, as another intake."""

    to_parcel_id: str


class ParcelMovedHere(Event):
    """The parcel was taken in anew, because it lay in the wrong person's unit."""

    from_parcel_id: str


class CorrectionAsked(Event):
    """Somebody is about to mend something from afar; what came of it are the events that follow."""

    step: Step
    reason: str
    role: Role
    origin: str
