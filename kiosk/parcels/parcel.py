"""A parcel as the journal knows it now: one physical package, from its scan to its end."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kiosk.parcels.base import Value
from kiosk.parcels.carriers import Carrier
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize


class ParcelState(StrEnum):
    """Where a parcel stands. The word is what the screens show."""

    TAKEN_IN = "taken in"
    """Scanned; in the clerk's hands, no unit yet."""
    RESERVED = "reserved"
    """A unit is held for it; the clerk has not said that it is in."""
    HELD = "held"
    """Taken in, not in a locker: it lies at a named shelf place."""
    DEPOSITED = "in locker"
    COLLECTED = "collected"
    """It was in a unit and is not any more, without our having taken it out."""
    CANCELLED = "cancelled"


class Operation(StrEnum):
    """The API's writes."""

    RESERVE = "reserve"
    DEPOSIT = "deposit"
    FREE = "free"
    EXTEND = "extend"
    ADD = "add"
    """Put one more parcel into a unit that is reserved already (updateReservation)."""


class UnitProblem(StrEnum):
    """What a clerk can find at a door."""

    OCCUPIED = "occupied"
    DID_NOT_OPEN = "did not open"
    TOO_SMALL = "too small"


class HoldReason(StrEnum):
    """Why a parcel lies on the shelf and not in a locker."""

    NO_NETWORK = "no network"
    NO_UNIT = "no locker free"
    UNKNOWN_RECIPIENT = "recipient unknown"
    WISH = "put aside"


class Cause(StrEnum):
    """Why somebody has to look at a parcel who can do more than a clerk."""

    TWO_UNITS = "holds two lockers"
    SOMEBODY_ELSE = "number held by somebody else"
    REFUSED_LATE = "refused after it was in"


class NumberQuestion(StrEnum):
    """What a person has to say about a parcel's number before the intake goes on."""

    TWO_CARRIERS = "two carriers fit"
    CHECK_DIGIT = "check digit wrong"
    IN_HOUSE = "no carrier fits"
    GUESS = "only a guess"
    """Its shape fits a carrier, and many other codes."""
    LOOK_ALIKE = "may be something else"
    """It fits a carrier, and it may be the number of goods or of a paper."""
    FAULT = "damaged on the way"
    """Half of a number, another keyboard layout, a number that a spreadsheet has rounded."""
    TO_WRITE = "number to write on the box"
    """It bears no barcode; the kiosk made a number for it."""


class UnitPlace(Value):
    """A unit as the kiosk points to it."""

    locker_bank_id: str
    locker_unit_id: str
    size: LockerSize | None = None


class Attention(Value):
    """One thing to look at, until somebody closes it with a reason."""

    cause: Cause
    sentence: str
    """What is the matter."""
    proposal: str
    """What would mend it."""
    place: UnitPlace | None = None
    """The unit it is about, where it is not the parcel's own."""


class OpenWrite(Value):
    """A write that was recorded as asked and has no recorded outcome: on its way, or in doubt."""

    intent_id: str
    """Minted before the first request and kept by every repeat; travels as X-PB-TransactionId for tracing."""
    owner: str
    """The process that asked (`kiosk/journal/owners.py`); only a dead owner's write is taken over."""
    operation: Operation
    place: UnitPlace
    expiry: datetime | None = None
    """The reservation expiry that was asked for."""
    parcels: tuple[str, ...] = ()
    """The numbers that the unit shall hold after an update."""
    in_doubt: bool = False


class Parcel(Value):
    """One package: what it is, for whom, where, and what is still open about it."""

    parcel_id: str
    tracking_number: str
    scanned: str
    """The raw scan; empty where the kiosk made the number."""
    carrier: Carrier | None = None
    """Who brought it, as far as the number says so."""
    question: NumberQuestion | None = None
    other_codes: tuple[str, ...] = ()
    """Numbers of further barcodes on the box, the likeliest first; each finds the parcel."""
    taken_in_at: datetime
    state: ParcelState = ParcelState.TAKEN_IN
    contact: Contact | None = None
    recipient_read: str = ""
    """The name on the label, while nobody was found for it in the directory."""
    place: UnitPlace | None = None
    shared: bool = False
    """It was added to a unit that its contact had already."""
    unfit_units: tuple[UnitPlace, ...] = ()
    """Units at whose door something was wrong for this parcel; they are not proposed for it again."""
    reservation_expiry: datetime | None = None
    deposited_at: datetime | None = None
    deposit_expiry: datetime | None = None
    open_write: OpenWrite | None = None
    shelf: str | None = None
    """The shelf place of a held parcel."""
    hold_reason: HoldReason | None = None
    wanted_size: LockerSize | None = None
    """The size that a held parcel waits for, if somebody said so."""
    attention: tuple[Attention, ...] = ()
    code_waiting: bool = False
    """A pickup code was received and nobody has confirmed that it was seen."""
    wrong_recipient: bool = False
    """The recipient was found to be the wrong one: once out of its unit, it is taken in anew."""
    joined_to: str | None = None
    """The parcel id of the box on which its barcode is too."""
    moved_to: str | None = None
    """The parcel id under which it was taken in anew for the right person."""
    moved_from: str | None = None
    """The parcel id under which it lay in the wrong person's unit."""

    @property
    def second_number(self) -> str | None:
        """The API's `secondaryTrackingNumber`: the likeliest of the other codes."""
        return self.other_codes[0] if self.other_codes else None

    @property
    def second_place(self) -> UnitPlace | None:
        """The other unit that is held for it by mistake, where an attention item says so."""
        return next((item.place for item in self.attention if item.cause is Cause.TWO_UNITS), None)

    @property
    def unfinished(self) -> bool:
        """Tell whether somebody still has to do something about it."""
        return (
            self.open_write is not None
            or self.code_waiting
            or bool(self.attention)
            or self.state in {ParcelState.TAKEN_IN, ParcelState.RESERVED, ParcelState.HELD}
        )

    @property
    def present(self) -> bool:
        """Tell whether it is here as far as is known: in hand, on the shelf or in a unit."""
        return self.unfinished or self.state is ParcelState.DEPOSITED
